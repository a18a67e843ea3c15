"""Shapes of German commands that finish, change or make tasks."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.de.nouns import ALARM, DET, EVENT, LIST, OBJECT, TASK, THE, TIMER
from conversations.agent.rules.marks import LENGTH, PRIORITY, WHEN, WORDS

_DONE = (
    r"(?:erledigt|fertig|abgeschlossen|abgehakt|gemacht|beendet|vollständig"
    r"|komplett|geschafft|gekauft|vollendet|abgearbeitet)"
)
_FINISH = (
    Frame(
        "reopen",
        rf"(?:öffne|aktiviere)\s+{THE}(?P<ref>.+?)\s+(?:wieder|erneut)|{THE}(?P<ref2>.+?)\s"
        rf"+(?:wieder\s+öffnen|ist\s+(?:doch\s+)?(?:noch\s+)?"
        rf"nicht\s+(?:fertig|erledigt))|markiere\s+{THE}(?P<ref3>.+?)\s+als\s+(?:nicht\s+(?"
        rf":erledigt|fertig)|unerledigt|offen)",
    ),
    Frame(
        "complete",
        rf"(?:markiere?|setze?|stelle?|kennzeichne?)\s*,?\s*{THE}(?P<ref>.+?)\s*,?\s+(?:als"
        rf"\s+|auf\s+){_DONE}(?:\s+.*)?"
        rf"|{THE}(?P<ref2>.+?)\s+als\s+{_DONE}\s+(?:markieren|kennzeichnen|setzen|abhaken)",
    ),
    Frame(
        "complete",
        rf"(?:hake?|streiche?|kreuze?)\s+{THE}(?P<ref>.+?)\s+(?:ab|durch)(?:\s+.*)?"
        rf"|{THE}(?P<ref2>.+?)\s+(?:abhaken|durchstreichen)"
        rf"|(?:schließe?|beende?)\s+{THE}(?:{TASK}\s+)?(?P<ref3>.+?)\s+ab"
        rf"|(?:erledige|vervollständige|vollende|beende)\s+{THE}{TASK}\b[\s:,]*(?P<ref4>.+)",
    ),
    Frame("complete", rf"(?:markiere?)\s*,?\s*{THE}(?P<ref>.+?)(?:\s*,?\s+(?:auf|in|von)\s+{LIST}.*)?"),
    Frame(
        "complete",
        rf"ich\s+(?:habe?|bin)\s+(?:(?:schon|bereits|gerade|endlich|jetzt)\s+)*(?:mit\s+)?{THE}"
        rf"(?:{TASK}\s+)?(?P<ref>{WORDS}+?)\s+"
        rf"(?:{_DONE}|ge\w+[tn]|\w+ge\w+[tn]|be\w+[tn]|er\w+t|ver\w+t|über\w+n)",
    ),
    Frame(
        "complete",
        (
            rf"{THE}(?P<ref>.+?)\s+(?:ist|sind|wurde[n]?|hab(?:e)?\s+ich)\s+(?:(?:schon"
            rf"|bereits|jetzt|alle)\s+)*{_DONE}(?:\s+.*)?"
        ),
    ),
    Frame("complete", rf"{THE}(?P<ref>.+?)\s+(?:erledigt|fertig|abgeschlossen)"),
    Frame(
        "update",
        rf"(?:entferne?|lösche?|nimm)\s+{THE}(?:(?P<clear>fälligkeit\w*"
        rf"|termin|datum|frist)|(?P<clear_rrule>wiederholung))\s+"
        rf"(?:von|vom|bei|für|aus)\s+{THE}(?P<ref>.+)",
    ),
    Frame(
        "delete",
        rf"(?:lösche?|entferne?|streiche?|nimm|hol(?:e)?)\s+{THE}(?P<ref>.+?)\s+(?:von"
        rf"|aus|in|auf)\s+{LIST}(?:\s+(?:weg|runter|heraus|raus))?"
        rf"|{LIST}\s*,?\s+(?:lösche?|entferne?)\s+{THE}(?P<ref2>.+)",
    ),
    Frame(
        "delete",
        rf"(?:lösche?|entferne?|streiche?|storniere?|annulliere?|beseitige"
        rf"|verwerfe|verwirf|cancel|cancele|lösch)\s+{THE}(?P<ref>.+)"
        rf"|(?:sage?|brich|breche|schaffe?|setze?|blas(?:e)?)\s+{THE}(?P<ref2>.+?)\s+(?:ab)(?:\s+.*)?"
        rf"|{THE}(?P<ref3>.+?)\s+(?:löschen|entfernen|absagen|stornieren|streichen|abbrechen)"
        rf"|(?:schalte?|stelle?)\s+{THE}(?P<ref4>(?:alle\w*\s+)?(?:{ALARM})\b.*?)\s+(?:aus|ab)",
    ),
    Frame(
        "delete",
        r"(?:erinnere?|ermahne)\s+mich\s+nicht\s+(?:mehr\s+)?(?:daran,?\s+|an\s+)?(?P<ref>.+)"
        rf"|(?:ich\s+)?(?:brauche|will|möchte)\s+{THE}(?P<ref2>.*\b{OBJECT}\b.*?)\s+nicht\s+mehr",
    ),
)

_CHANGE = (
    Frame(
        "update",
        rf"(?:benenne?|nenne?)\s+{THE}(?P<ref>.+?)\s+(?:in|zu)?\s*(?P<to>\S.*?)\s+um",
        keeps_dates=True,
    ),
    Frame(
        "update",
        (
            rf"(?:gib|setze?|ändere?|mach(?:e)?|stelle?)\s+(?:die\s+priorität\s+(?:von"
            rf"|für)\s+)?{THE}(?P<ref>.+?)\s+(?:auf\s+|zu\s+)?{PRIORITY}"
        ),
    ),
    Frame(
        "update",
        rf"(?:verschiebe?|verlege?|verlager(?:e)?|ändere?|aktualisiere?"
        rf"|bearbeite?|bewege?|passe?|(?:setze?|stelle?)(?!\s+(?:mir\s+)?ein)|terminiere|lege?|ziehe?"
        rf"|tausche?|wechsele?)\s+"
        rf"{THE}(?P<ref>{WORDS}*?)\s*(?:von\s+|vom\s+)?(?:{WHEN}\s*)?(?:auf\s+"
        rf"|zu\s+|nach\s+|zum\s+|um\s+)?(?:{WHEN}|{LENGTH})\s*(?:um|an|vor"
        rf"|nach\s+hinten|neu|später|früher)?"
        rf"(?<!zurück)",
    ),
    Frame(
        "update",
        (
            rf"(?:verschiebe?|verlege?|ändere?|aktualisiere?|bearbeite?|passe?"
            rf"|modifiziere?|wechsele?|verändere?|korrigiere?)\s+{THE}(?P<ref>.+)"
        ),
    ),
    Frame(
        "update",
        (
            rf"{THE}(?P<ref>.+?)\s*(?:auf\s+|um\s+|nach\s+|von\s+)?(?:{WHEN}"
            rf"|{LENGTH})?\s*(?:verschieben|verlegen|ändern|umbenennen|aktualisieren"
            rf"|vorziehen|verlängern)"
        ),
    ),
)

_MAKE = (
    r"(?:stelle?|setze?|erstelle?|mach(?:e)?|füge?|plane?|richte?|lege?"
    r"|trage?|aktiviere?|starte?|beginne?|schalte?|programmiere?|brauche?"
    r"|will"
    r"|möchte|bereite|buche?|notiere?|speichere?|hinterlege?|gib|vereinbare"
    r"|neue[rnms]?|schreib(?:e)?|nimm|konfiguriere|benötige|hätte\s+gerne?)"
)
_CREATE = (
    Frame(
        "create",
        rf"(?:erinnere?|errinnere|benachrichtige?|ermahne|mahne|alarmiere)\s+(?:mich"
        rf"|uns|(?:meine[nrm]?\s+)?\w+(?:\s+und\s+(?:mich|\w+))?)\b\s*(?:{WHEN}"
        rf"|{LENGTH}|\s|bitte|doch|mal|auch)*,?\s*"
        rf"(?:daran|darüber|davor)?\s*,?\s*(?:{WHEN}|\s)*,?\s*(?:dass\s+(?:ich"
        rf"|wir)\s+|dass\s+|an\s+(?:den\s+|die\s+|das\s+|mein\w*\s+)?|zu\s+(?=\w+\s*$))?(?P"
        rf"<title>.*)",
    ),
    Frame("create", r"(?:ich\s+(?:möchte|will)\s+)?(?:an|daran)\s+(?P<title>.+?)\s+erinnert\s+werden"),
    Frame(
        "create", r"weck(?:e)?\s+(?:mich|uns)\b\s*(?P<rest>.*)|(?P<rest2>.*)\s+(?:auf)?wecken", kind="alarm"
    ),
    Frame(
        "create",
        (
            rf"(?:füge?|setze?|schreib(?:e)?|pack(?:e)?|trage?|nimm|tu|lege?"
            rf"|stelle?|notiere?|ergänze?)\s+(?P<title>\S.*?)\s*,?\s+(?:auf"
            rf"|in|zu|zur|an|bei)\s+{LIST}(?:\s+(?:hinzu|ein|auf|dazu|drauf))?(?P<rest>.*)"
        ),
    ),
    Frame(
        "create",
        (
            rf"(?:füge?|setze?|schreib(?:e)?)\s+(?:auf\s+|in\s+|zu\s+|zur\s+)?{LIST}\s*[:,]?\s+"
            rf"(?P<title>.+?)(?:\s+(?:hinzu|ein|auf))?"
        ),
    ),
    Frame("create", rf"(?P<title>.+?)\s+(?:auf|zu|zur|in)\s+{LIST}\s+(?:setzen|hinzufügen|schreiben|packen)"),
    Frame(
        "create",
        (
            r"(?:erstelle?|füge?|mach(?:e)?|lege?|beginne?|starte?)\s+(?:mir\s+)?(?:eine\s+"
            r"|die\s+)?(?:neue\s+)?(?P<list>[\w-]*?)-?\s?liste(?:\s+(?:namens"
            r"|für)\s+(?P<title>.+?))?(?:\s+(?:hinzu|an))?"
        ),
        asks="new list",
    ),
    Frame(
        "create",
        rf"(?:{_MAKE}\s+)?{DET}(?P<name>{WORDS}*?)\s*(?:{WHEN}|{LENGTH})?\s*-?{TIMER}\b\s*(?P<title>.*)",
        kind="timer",
    ),
    Frame(
        "create",
        rf"{_MAKE}\s+{DET}(?:{WHEN}\s*)?(?P<name>{WORDS}*?)\s*{ALARM}\b\s*(?P<title>.*)",
        kind="alarm",
    ),
    Frame("create", rf"{_MAKE}\s+{DET}(?:{WHEN}\s*)?(?P<name>.*?)\s*\b{TASK}\b\s*(?P<title>.*)"),
    Frame(
        "create",
        (
            rf"(?:setze?|füge?|trage?|schreib(?:e)?|stelle?|nimm|plane?|mach(?:e)?)\s+{DET}(?P<"
            rf"title>.+?)\s*(?:in|auf|zu(?:m)?)\s+(?:den|meinen|meinem|unseren"
            rf"|dem)?\s*(?:kalender|terminkalender|zeitplan)(?P<rest>.*)"
        ),
    ),
    Frame("create", rf"(?:neue[rs]?\s+)?(?:{TASK})\s*[:,-]\s*(?P<title>.+)"),
    Frame("create", rf"(?:{WHEN}\s*)?(?:{ALARM})\b\s*(?P<title>.*)", kind="alarm"),
    Frame(
        "create",
        r"(?:vergiss|vergesse|vergessen\s+sie)\s+nicht\s*,?\s*(?:dass\s+|an\s+|daran,?\s+)?(?P<title>.+)",
    ),
    Frame(
        "create",
        (
            r"ich\s+darf\s+nicht\s+vergessen,?\s*(?:zu\s+|dass\s+)?(?P<title>.+)"
            r"|nicht\s+vergessen\s*[:,]?\s*(?P<title2>.+)|(?P<title3>.+?)\s+nicht\s+vergessen"
        ),
    ),
    Frame(
        "create",
        (
            r"(?:ich|wir)\s+(?:muss|müssen|soll|sollte|sollten|brauche|brauchen"
            r"|will|möchte)\s+(?:noch\s+|unbedingt\s+|dringend\s+)?(?P<title>.+)"
        ),
    ),
    Frame(
        "create",
        r"(?:notiere?|notiz|merke?\s+dir|schreib(?:e)?\s+auf|notier\s+dir)\s*(?:dass|:|,)?\s*(?P<title>.+)",
    ),
    Frame(
        "create",
        (
            rf"(?:erstelle?|plane?|vereinbare?|trage?|lege?|buche?|richte?|organisiere?"
            rf"|setze?)\s+{DET}(?P<title>.+?)(?:\s+(?:ein|an|hinzu))?"
        ),
    ),
    Frame("create", rf"füge?\s+{DET}(?P<title>.+?)\s+hinzu(?P<rest>.*)"),
    Frame(
        "create",
        rf"{DET}(?P<title>.*\b{EVENT}\b.*?)\s+(?:erstellen|planen|eintragen|anlegen|hinzufügen|vereinbaren)",
    ),
)

FINISHING = _FINISH
FRAMES = (*_CHANGE, *_CREATE)
