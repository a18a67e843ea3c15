from __future__ import annotations

from conversations.agent.claims.operations import (
    ANY,
    CHANGE,
    COMPLETE,
    CREATE,
    DELETE,
    FORGET,
    OUTWARD,
    REMEMBER,
    REMIND,
    REOPEN,
    RESTORE,
    UNDO,
)
from conversations.agent.claims.wording import Wording, words_of

WORDING = Wording(
    code="de",
    words=words_of(
        """
        ich die der das ist auf und für deine deiner wurde wurden habe dir den sind dein zu es du mir im
        """
    ),
    claims=(
        (
            CREATE | CHANGE | REMIND,
            r"hinzugefügt|angelegt|erstellt|eingetragen|aufgenommen|ergänzt|eingefügt|gemacht(?!\s+habe)"
            r"|aufgelistet|eingerichtet|geplant|eingeplant|angesetzt",
        ),
        (
            CREATE | CHANGE | REMIND | REMEMBER,
            r"notiert|gespeichert|vermerkt|aufgeschrieben|hinterlegt|festgehalten",
        ),
        (
            CHANGE | REMIND | DELETE,
            r"verschoben|verlegt|vorgezogen|umgelegt|verlagert|übertragen|gelegt|gesetzt|gestellt",
        ),
        (
            CHANGE | COMPLETE | REOPEN,
            r"geändert|aktualisiert|umbenannt|angepasst|zugewiesen|umgestellt|bearbeitet|priorisiert|korrigiert",
        ),
        (COMPLETE, r"erledigt|abgehakt|abgeschlossen|fertiggestellt|beendet"),
        (
            DELETE,
            r"gelöscht|entfernt|gestrichen|verworfen|storniert|weggeworfen|wieder\s+weg|(?:sind|ist)\s+weg",
        ),
        (REOPEN, r"wieder\s+(?:offen|geöffnet|eröffnet|aufgemacht)|wiedereröffnet"),
        (RESTORE | REOPEN, r"wiederhergestellt|zurückgeholt"),
        (UNDO, r"rückgängig\s+gemacht|zurückgenommen|widerrufen|zurückgesetzt"),
        (
            REMIND,
            r"erinnere\s+dich|(?:wirst|werde)\b[^.;]{0,120}\berinner\w*|erinnerung\b[^.;]{0,120}\b(?:eingestellt|aktiv|steht)",
        ),
        (REMEMBER, r"gemerkt|merke\s+mir|behalte\b[^.;]{0,120}\bim\s+kopf"),
        (FORGET, r"vergessen"),
        (
            OUTWARD,
            r"verschickt|gesendet|geschickt|abgeschickt|versendet|gebucht|eingeladen|reserviert|bestellt|bezahlt"
            r"|benachrichtigt|(?:ist|sind)\s+raus|weitergeleitet",
        ),
        (
            ANY,
            r"(?:steht|stehen|ist|sind|heißt|heißen|hat|haben|liegt)\s+(?:jetzt|nun|ab\s+sofort)"
            r"|(?:steht|ist|stehen|sind)\s+(?:schon\s+|bereits\s+)?auf\s+(?:deiner|der|ihrer)\s+\w*liste",
        ),
    ),
    openings=r"(?:alles\s+|schon\s+|ist\s+)?(?:erledigt|gemacht|fertig|geschafft)\b(?!e)",
    denials=r"\b(?:nicht|nichts|keine?[nrms]?|nie|niemals|weder|leider|konnte|konnten|ohne|fehlgeschlagen)\b",
    offers=r"\b(?:kann|könnte|könnten|soll|sollen|sollte|möchtest|möchten|willst|wollen|wenn|falls|sag|sagen|bevor"
    r"|zustimmung|bestätig\w*|freigabe|brauche|benötige|darf|dürfte|bitte|welche\w*|sobald|können)\b",
    reports=r"\b(?:gestern|vorgestern|letzte[nrs]?|vorhin|früher|bereits|schon|vor\s+\d+|bisher|bleiben|bleibt"
    r"|automatisch|immer|normalerweise|\d+\s+tage)\b",
    first_person=r"\b(?:ich|wir)\b",
    by_user=r"\b(?:du|sie)(?:\s+\w+){0,6}\s*$",
    later=r"\b(?:zu|noch)\s*$",
    calendar=r"\bin\s+(?:deinen|deinem|den|dem|ihren|ihrem)\s+kalender\b|\bim\s+kalender\b",
    counted=r"\w*aufgaben|einträge|erinnerungen|listen|dinge|punkte|sachen",
    numbers={
        "zwei": 2,
        "drei": 3,
        "vier": 4,
        "fünf": 5,
        "sechs": 6,
        "sieben": 7,
        "acht": 8,
        "neun": 9,
        "zehn": 10,
        "zwölf": 12,
        "zwanzig": 20,
    },
    empty=words_of(
        """
        der die das den dem des ein eine einen einem einer und oder ich du er sie es wir ihr mir dir
        dich mich sich mein meine meinen dein deine deinen deiner deinem ihr ihre ihren ist sind war
        wird werden wurde wurden habe hat haben hast werde wirst zu zum zur auf an am im in ins von vom
        mit für bei nach aus um als so ok okay klar alles beide beiden alle jetzt nun noch auch wieder
        schon dann daran daran damit dafür da hier heute morgen gestern früh abend mittag nacht uhr
        woche monat jahr montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz
        april mai juni juli august september oktober november dezember aufgabe aufgaben liste listen
        erinnerung erinnerungen eintrag einträge priorität dringend hoch niedrig mittel datum termin
        kalender titel name erledigt offen fertig super gerne gern perfekt prima gut gut, letzte letzten
        änderung änderungen papierkorb eingang neu neue neuen notiz notizen gemerkt dass weg zwei drei
        vier fünf sechs sieben acht neun zehn erinnere erinnert steht stehen markiert
        """
    ),
)
