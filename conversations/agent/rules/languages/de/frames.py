"""Shapes of German commands, the most particular first.

They are matched against the folded command, without polite words at its ends, in which time expressions
(`WHEN`), bare durations (`LENGTH`) and priorities (`PRIORITY`) are replaced by marks.
"""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.de.nouns import ALARM, ANY, DET, EVENT, LIST, OBJECT, TASK, THE, TIMER
from conversations.agent.rules.marks import LENGTH, PRIORITY, WHEN, WORDS

_TALK = (
    Frame(
        "undo",
        r"(?:mach(?:e)?\s+(?:das|es|die\s+letzte\s+\w+|alles)\s+(?:wieder\s+)?rückgängig|rückgängig(?:\s+machen)?"
        r"|nimm\s+das\s+zurück|(?:das|es)\s+rückgängig\s+machen|(?:das\s+)?war\s+(?:falsch|ein\s+versehen)|widerrufen)",
    ),
    Frame(
        "choose",
        r"(?:ich\s+meine?\s+|nimm\s+|wähle?\s+)?(?:(?:die|das|den|der)\s+)?(?P<choice>erste[nrs]?|zweite[nrs]?|dritte[nrs]?"
        r"|vierte[nrs]?|fünfte[nrs]?|letzte[nrs]?|[0-9]{1,2}\.)(?:\s+(?:aufgabe|option|eintrag))?"
        r"|(?:nummer|nr\.?|option)?\s*(?P<number>[0-9]{1,2}|eins|zwei|drei|vier|fünf|sechs|sieben)",
    ),
    Frame("choose", r"(?P<both>beide[ns]?|alle|alles|alle\s+(?:zwei|drei|vier|beide))"),
    Frame(
        "smalltalk",
        r"(?:hallo|hi|hey|moin|servus|grüß\s+(?:dich|gott)|guten\s+(?:morgen|tag|abend)|gute\s+nacht)(?:\s+\w+)?"
        r"|wie\s+geht(?:'s|\s+es)(?:\s+dir)?",
    ),
    Frame(
        "smalltalk",
        r"(?:danke|vielen\s+dank|super|toll|prima|klasse|perfekt|gut|ok|okay|ja|nein|tschüss|bis\s+bald|schon\s+gut|egal"
        r"|vergiss\s+es|nichts|vielleicht)(?:\s+(?:schön|sehr|dir|gemacht|danke))*",
        asks="thanks",
    ),
    Frame(
        "help",
        r"hilfe|hilf\s+mir|was\s+(?:kannst|machst)\s+du(?:\s+\w+)*|was\s+kann\s+ich\s+(?:sagen|fragen|tun)|wer\s+bist\s+du"
        r"|wie\s+(?:funktioniert|benutze|verwende)\b.*",
    ),
)

_CLOCK = (
    Frame(
        "snooze",
        rf"(?:schlummer(?:n|e|modus|funktion)?|snooze)\b.*|.*\b(?:schlummer\w*|snooze)\b.*"
        rf"|(?:wecker|alarm)\s+(?:noch\s+)?{LENGTH}\s+(?:später|verschieben)|noch\s+{LENGTH}(?:\s+schlafen)?"
        rf"|(?:pausiere?|verschieb(?:e)?)\s+(?:den|meinen|diesen)\s+(?:wecker|alarm)\s+(?:um\s+|für\s+)?{LENGTH}.*",
        "alarm",
        asks="at once",
    ),
    Frame(
        "silence",
        rf"(?:schalte?|stelle?|mach(?:e)?)\s+{THE}(?:{WHEN}\s*)?{ALARM}\s*(?:bitte\s+)?(?:{WHEN}\s*)?(?:aus|ab|stumm|leise)"
        rf"|{THE}{ALARM}\s+(?:aus|ausschalten|abschalten|stumm\w*|abstellen|stoppen|beenden)"
        rf"|(?:stopp?e?|beende?|ruhe|stille)\s*{THE}(?:{ALARM})?|(?:sei\s+)?(?:ruhig|leise|still)",
        "alarm",
    ),
    Frame(
        "pause",
        rf"(?:pausiere?|stopp?e?|halte?|unterbrich|unterbreche)\s+{THE}(?:\w+\s+)?{TIMER}\b.*|{THE}{TIMER}\s+(?:anhalten"
        rf"|pausieren|stoppen|unterbrechen)|pause|pausieren",
        "timer",
    ),
    Frame(
        "resume",
        rf"(?:setze?|lass|führe?)\s+{THE}(?:\w+\s+)?{TIMER}\s+(?:wieder\s+)?(?:fort|weiter\w*)|{THE}{TIMER}\s+(?:fortsetzen"
        rf"|weiterlaufen\s+lassen|weiter)|(?:mach|fahr)\s+(?:mit\s+)?.*\b{TIMER}\s+(?:weiter|fort)|weiter|fortsetzen"
        rf"|starte?\s+{THE}(?:\w+\s+)?{TIMER}\s+wieder|nimm\s+{THE}{TIMER}\s+wieder\s+auf",
        "timer",
    ),
    Frame(
        "restart",
        rf"(?:setze?)\s+{THE}(?:\w+\s+)?{TIMER}\s+zurück|(?:starte?)\s+{THE}(?:\w+\s+)?{TIMER}\s+(?:neu|noch\s*mal|erneut)"
        rf"|{THE}{TIMER}\s+(?:zurücksetzen|neu\s?starten)|(?:resette|reset)\b.*",
        "timer",
    ),
    Frame(
        "update",
        rf"(?:verlängere?|verkürze?|kürze|erhöhe?|reduziere|verringere)\s+{THE}(?P<ref>.*?(?:{TIMER}|{ALARM}))\s+(?:um\s+)?{LENGTH}.*"
        rf"|(?:füge?|gib|zieh(?:e)?|nimm|addiere)\s+(?:noch\s+)?(?:zu(?:m)?\s+|von\s+|vom\s+)?{THE}(?P<ref2>.*?(?:{TIMER}|{ALARM}))\s+(?:noch\s+)?{LENGTH}.*"
        rf"|(?:füge?|gib|addiere)\s+(?:noch\s+)?{LENGTH}\s+(?:zu(?:m|r)?|auf)\s+{THE}(?P<ref3>.*?(?:{TIMER}|{ALARM}))\b.*"
        rf"|(?:zieh(?:e)?|nimm)\s+{LENGTH}\s+(?:vom|von)\s+{THE}(?P<ref4>.*?(?:{TIMER}|{ALARM}))\b.*"
        rf"|(?:füge?|gib)\s+(?:noch\s+)?{LENGTH}\s+hinzu",
        "timer",
    ),
)

_QUERY = (
    Frame(
        "query",
        r"(?:was|welche|zeige?|gibt\s+es|habe?\s+ich).*\b(?:überfällig\w*|verspätet\w*|verpasst)\b.*",
        asks="overdue",
    ),
    Frame("query", rf"(?:alle\s+|meine\s+)*überfällige[n]?(?:\s+{TASK})?", asks="overdue"),
    Frame("query", r"(?:was|welche|zeige?)\b.*\b(?:erledigt\w*|geschafft|abgeschlossen\w*|fertig)\b.*", asks="done"),
    Frame("query", rf"wann\s+(?:ist|muss\s+ich|habe\s+ich|beginnt|findet)\s+{THE}(?P<text>{WORDS}+?)(?:\s+(?:fällig|statt))?"),
    Frame(
        "query",
        rf"(?:was|wann|welche[rnms]?|wo|wie\s?(?:viele?|lange|spät|oft)|(?:um|auf)\s+(?:wie\s?viel|welche\s+\w+))\b.*\b(?:{ANY}|fällig|geplant"
        rf"|ansteht|erinner\w*|übrig|zu\s+(?:tun|erledigen)|muss\s+ich|soll\s+ich|kaufen|vor|dran|weckst|klingelt)\b.*",
    ),
    Frame(
        "query",
        rf"(?:was|wie)\s+(?:steht|liegt|kommt|gibt\s+es|ist|habe\s+ich|mache\s+ich|sieht|passiert)\b.*(?:{WHEN}|\ban\b|\blos\b|\bvor\b).*",
    ),
    Frame(
        "query",
        rf"(?:zeige?|liste|nenne?|lies|lese|sieh|schaue?|finde?|suche?|such|prüfe?|überprüfe?|öffne|checke?|sage?|gib|ruf(?:e)?|zieh(?:e)?"
        rf"|bring(?:e)?|lass|hol(?:e)?|erzähle?|verrate?|guck)\s+.*?\b(?:{ANY}|fällig\w*|ansteht|übrig)\b.*",
    ),
    Frame("query", rf"(?:zeige?|liste)(?:\s+mir)?\s+(?:alles|{WHEN}|was\s+.*)"),
    Frame(
        "query",
        rf"(?:habe?\s+ich|hab\s+ich|gibt\s+es|ist|sind|war|waren|hat|haben|hatte|läuft|bin\s+ich|steht|stehen|wird|werde|kannst\s+du\s+mir\s+sagen)"
        rf"\b.*\b(?:{ANY}|fällig|geplant|gestellt|eingestellt|irgendetwas|etwas|was)\b.*",
    ),
    Frame(
        "query",
        rf"(?:(?:ich\s+)?(?:möchte|will|würde|muss|brauche)\s+)?{THE}(?:\w+\s+)?(?:{ANY})\b.*\b(?:sehen|anzeigen|ansehen|zeigen|überprüfen"
        rf"|prüfen|auflisten|vorlesen|lesen|wissen|finden|öffnen|anschauen|durchgehen|checken)",
    ),
    Frame("query", rf"(?:alle\s+|meine\s+|die\s+|kommende\s+|offene\s+|{WHEN}\s*)*(?:{TASK}|\w*listen?|termine|wecker|timer|agenda|kalender)(?:\s*(?:{WHEN}|für\b.*|zu\b.*|mit\b.*))*"),
    Frame("query", rf"(?:wie\s?viel\s+zeit|verbleibende\s+zeit|restzeit)\b.*|.*\b(?:noch\s+übrig|verbleib\w*)\b.*"),
)

_DONE = r"(?:erledigt|fertig|abgeschlossen|abgehakt|gemacht|beendet|vollständig|komplett|geschafft|gekauft|vollendet|abgearbeitet)"
_FINISH = (
    Frame(
        "reopen",
        rf"(?:öffne|aktiviere)\s+{THE}(?P<ref>.+?)\s+(?:wieder|erneut)|{THE}(?P<ref2>.+?)\s+(?:wieder\s+öffnen|ist\s+(?:doch\s+)?(?:noch\s+)?"
        rf"nicht\s+(?:fertig|erledigt))|markiere\s+{THE}(?P<ref3>.+?)\s+als\s+(?:nicht\s+(?:erledigt|fertig)|unerledigt|offen)",
    ),
    Frame(
        "complete",
        rf"(?:markiere?|setze?|stelle?|kennzeichne?)\s*,?\s*{THE}(?P<ref>.+?)\s*,?\s+(?:als\s+|auf\s+){_DONE}(?:\s+.*)?"
        rf"|{THE}(?P<ref2>.+?)\s+als\s+{_DONE}\s+(?:markieren|kennzeichnen|setzen|abhaken)",
    ),
    Frame(
        "complete",
        rf"(?:hake?|streiche?|kreuze?)\s+{THE}(?P<ref>.+?)\s+(?:ab|durch)(?:\s+.*)?|{THE}(?P<ref2>.+?)\s+(?:abhaken|durchstreichen)"
        rf"|(?:schließe?|beende?)\s+{THE}(?:{TASK}\s+)?(?P<ref3>.+?)\s+ab|(?:erledige|vervollständige|vollende|beende)\s+{THE}{TASK}\b[\s:,]*(?P<ref4>.+)",
    ),
    Frame("complete", rf"(?:markiere?)\s*,?\s*{THE}(?P<ref>.+?)(?:\s*,?\s+(?:auf|in|von)\s+{LIST}.*)?"),
    Frame(
        "complete",
        rf"ich\s+(?:habe?|bin)\s+(?:(?:schon|bereits|gerade|endlich|jetzt)\s+)*(?:mit\s+)?{THE}(?:{TASK}\s+)?(?P<ref>{WORDS}+?)\s+"
        rf"(?:{_DONE}|ge\w+[tn]|\w+ge\w+[tn]|be\w+[tn]|er\w+t|ver\w+t|über\w+n)",
    ),
    Frame("complete", rf"{THE}(?P<ref>.+?)\s+(?:ist|sind|wurde[n]?|hab(?:e)?\s+ich)\s+(?:(?:schon|bereits|jetzt|alle)\s+)*{_DONE}(?:\s+.*)?"),
    Frame("complete", rf"{THE}(?P<ref>.+?)\s+(?:erledigt|fertig|abgeschlossen)"),
    Frame(
        "update",
        rf"(?:entferne?|lösche?|nimm)\s+{THE}(?:(?P<clear>fälligkeit\w*|termin|datum|frist)|(?P<clear_rrule>wiederholung))\s+"
        rf"(?:von|vom|bei|für|aus)\s+{THE}(?P<ref>.+)",
    ),
    Frame(
        "delete",
        rf"(?:lösche?|entferne?|streiche?|nimm|hol(?:e)?)\s+{THE}(?P<ref>.+?)\s+(?:von|aus|in|auf)\s+{LIST}(?:\s+(?:weg|runter|heraus|raus))?"
        rf"|{LIST}\s*,?\s+(?:lösche?|entferne?)\s+{THE}(?P<ref2>.+)",
    ),
    Frame(
        "delete",
        rf"(?:lösche?|entferne?|streiche?|storniere?|annulliere?|beseitige|verwerfe|verwirf|cancel|cancele|lösch)\s+{THE}(?P<ref>.+)"
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
        rf"(?:gib|setze?|ändere?|mach(?:e)?|stelle?)\s+(?:die\s+priorität\s+(?:von|für)\s+)?{THE}(?P<ref>.+?)\s+(?:auf\s+|zu\s+)?{PRIORITY}",
    ),
    Frame(
        "update",
        rf"(?:verschiebe?|verlege?|verlager(?:e)?|ändere?|aktualisiere?|bearbeite?|bewege?|passe?|setze?|stelle?|terminiere|lege?|ziehe?|tausche?|wechsele?)\s+"
        rf"{THE}(?P<ref>{WORDS}*?)\s*(?:von\s+|vom\s+)?(?:{WHEN}\s*)?(?:auf\s+|zu\s+|nach\s+|zum\s+|um\s+)?(?:{WHEN}|{LENGTH})\s*(?:um|an|vor|nach\s+hinten|neu|später|früher)?"
        rf"(?<!zurück)",
    ),
    Frame("update", rf"(?:verschiebe?|verlege?|ändere?|aktualisiere?|bearbeite?|passe?|modifiziere?|wechsele?|verändere?|korrigiere?)\s+{THE}(?P<ref>.+)"),
    Frame("update", rf"{THE}(?P<ref>.+?)\s*(?:auf\s+|um\s+|nach\s+|von\s+)?(?:{WHEN}|{LENGTH})?\s*(?:verschieben|verlegen|ändern|umbenennen|aktualisieren|vorziehen|verlängern)"),
)

_MAKE = (
    r"(?:stelle?|setze?|erstelle?|mach(?:e)?|füge?|plane?|richte?|lege?|trage?|aktiviere?|starte?|beginne?|schalte?|programmiere?|brauche?|will"
    r"|möchte|bereite|buche?|notiere?|speichere?|hinterlege?|gib|vereinbare|neue[rnms]?|schreib(?:e)?|nimm|konfiguriere|benötige|hätte\s+gerne?)"
)
_CREATE = (
    Frame(
        "create",
        rf"(?:erinnere?|errinnere|benachrichtige?|ermahne|mahne|alarmiere)\s+(?:mich|uns|(?:meine[nrm]?\s+)?\w+(?:\s+und\s+(?:mich|\w+))?)\b\s*(?:{WHEN}|{LENGTH}|\s|bitte|doch|mal|auch)*,?\s*"
        rf"(?:daran|darüber|davor)?\s*,?\s*(?:{WHEN}|\s)*,?\s*(?:dass\s+(?:ich|wir)\s+|dass\s+|an\s+(?:den\s+|die\s+|das\s+|mein\w*\s+)?|zu\s+(?=\w+\s*$))?(?P<title>.*)",
    ),
    Frame("create", rf"(?:ich\s+(?:möchte|will)\s+)?(?:an|daran)\s+(?P<title>.+?)\s+erinnert\s+werden"),
    Frame("create", r"weck(?:e)?\s+(?:mich|uns)\b\s*(?P<rest>.*)|(?P<rest2>.*)\s+(?:auf)?wecken", kind="alarm"),
    Frame(
        "create",
        rf"(?:füge?|setze?|schreib(?:e)?|pack(?:e)?|trage?|nimm|tu|lege?|stelle?|notiere?|ergänze?)\s+(?P<title>\S.*?)\s*,?\s+(?:auf|in|zu|zur|an|bei)\s+{LIST}(?:\s+(?:hinzu|ein|auf|dazu|drauf))?(?P<rest>.*)",
    ),
    Frame(
        "create",
        rf"(?:füge?|setze?|schreib(?:e)?)\s+(?:auf\s+|in\s+|zu\s+|zur\s+)?{LIST}\s*[:,]?\s+(?P<title>.+?)(?:\s+(?:hinzu|ein|auf))?",
    ),
    Frame("create", rf"(?P<title>.+?)\s+(?:auf|zu|zur|in)\s+{LIST}\s+(?:setzen|hinzufügen|schreiben|packen)"),
    Frame(
        "create",
        r"(?:erstelle?|füge?|mach(?:e)?|lege?|beginne?|starte?)\s+(?:mir\s+)?(?:eine\s+|die\s+)?(?:neue\s+)?(?P<list>[\w-]*?)-?\s?liste(?:\s+(?:namens|für)\s+(?P<title>.+?))?(?:\s+(?:hinzu|an))?",
        asks="new list",
    ),
    Frame("create", rf"(?:{_MAKE}\s+)?{DET}(?P<name>{WORDS}*?)\s*(?:{WHEN}|{LENGTH})?\s*-?{TIMER}\b\s*(?P<title>.*)", kind="timer"),
    Frame("create", rf"{_MAKE}\s+{DET}(?:{WHEN}\s*)?(?P<name>{WORDS}*?)\s*{ALARM}\b\s*(?P<title>.*)", kind="alarm"),
    Frame("create", rf"{_MAKE}\s+{DET}(?:{WHEN}\s*)?(?P<name>.*?)\s*\b{TASK}\b\s*(?P<title>.*)"),
    Frame(
        "create",
        rf"(?:setze?|füge?|trage?|schreib(?:e)?|stelle?|nimm|plane?|mach(?:e)?)\s+{DET}(?P<title>.+?)\s*(?:in|auf|zu(?:m)?)\s+(?:den|meinen|meinem|unseren|dem)?\s*(?:kalender|terminkalender|zeitplan)(?P<rest>.*)",
    ),
    Frame("create", rf"(?:neue[rs]?\s+)?(?:{TASK})\s*[:,-]\s*(?P<title>.+)"),
    Frame("create", rf"(?:{WHEN}\s*)?(?:{ALARM})\b\s*(?P<title>.*)", kind="alarm"),
    Frame("create", r"(?:vergiss|vergesse|vergessen\s+sie)\s+nicht\s*,?\s*(?:dass\s+|an\s+|daran,?\s+)?(?P<title>.+)"),
    Frame("create", r"ich\s+darf\s+nicht\s+vergessen,?\s*(?:zu\s+|dass\s+)?(?P<title>.+)|nicht\s+vergessen\s*[:,]?\s*(?P<title2>.+)|(?P<title3>.+?)\s+nicht\s+vergessen"),
    Frame("create", r"(?:ich|wir)\s+(?:muss|müssen|soll|sollte|sollten|brauche|brauchen|will|möchte)\s+(?:noch\s+|unbedingt\s+|dringend\s+)?(?P<title>.+)"),
    Frame("create", r"(?:notiere?|notiz|merke?\s+dir|schreib(?:e)?\s+auf|notier\s+dir)\s*(?:dass|:|,)?\s*(?P<title>.+)"),
    Frame("create", rf"(?:erstelle?|plane?|vereinbare?|trage?|lege?|buche?|richte?|organisiere?|setze?)\s+{DET}(?P<title>.+?)(?:\s+(?:ein|an|hinzu))?"),
    Frame("create", rf"füge?\s+{DET}(?P<title>.+?)\s+hinzu(?P<rest>.*)"),
    Frame("create", rf"{DET}(?P<title>.*\b{EVENT}\b.*?)\s+(?:erstellen|planen|eintragen|anlegen|hinzufügen|vereinbaren)"),
)

FRAMES = (*_TALK, *_CLOCK, *_FINISH, *_QUERY, *_CHANGE, *_CREATE)
