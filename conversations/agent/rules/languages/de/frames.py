"""Shapes of German commands, the most particular first.

They are matched against the folded command, without polite words at its ends, in which time expressions
(`WHEN`), bare durations (`LENGTH`) and priorities (`PRIORITY`) are replaced by marks.
"""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.de import outside
from conversations.agent.rules.languages.de.nouns import (
    ALARM,
    ANY,
    CALENDAR,
    EVENT,
    OBJECT,
    TASK,
    THE,
    TIMER,
    verb,
)
from conversations.agent.rules.marks import LENGTH, PRIORITY, WHEN, WORDS

_SHOW_VERBS = verb(
    "zeig list nenn les schau find such durchsuch prüf überprüf öffn check sag ruf zieh "
    "bring lass hol erzähl verrat guck schlag präsentier blätter kontrollier geb schick"
)
_END = verb("beend brech cancel lösch entfern annullier stornier")

_TALK = (
    Frame(
        "undo",
        r"(?:mach(?:e)?\s+(?:das|es|die\s+letzte\s+\w+|alles)\s+(?:wieder\s+)?rückgängig"
        r"|rückgängig(?:\s+machen)?"
        r"|nimm\s+das\s+zurück|(?:das|es)\s+rückgängig\s+machen|(?:das\s+)?war\s+(?:falsch"
        r"|ein\s+versehen)|widerrufen)",
    ),
    Frame(
        "choose",
        r"(?:ich\s+meine?\s+|nimm\s+|wähle?\s+)?(?:(?:die|das|den|der)\s+)?(?P<choice>erst"
        r"e[nrs]?|zweite[nrs]?|dritte[nrs]?"
        r"|vierte[nrs]?|fünfte[nrs]?|letzte[nrs]?|[0-9]{1,2}\.)(?:\s+(?:aufgabe|option|eintrag))?"
        r"|(?:nummer|nr\.?|option)?\s*(?P<number>[0-9]{1,2}|eins|zwei|drei|vier|fünf|sechs|sieben)",
    ),
    Frame("choose", r"(?P<both>beide[ns]?|alle|alles|alle\s+(?:zwei|drei|vier|beide))"),
    Frame(
        "smalltalk",
        rf"(?:hallo|hi|hey|moin|servus|grüß\s+(?:dich|gott)|guten\s*(?:{WHEN}|\bmorgen\b"
        rf"|tag|abend)|gute\s*(?:{WHEN}|nacht))(?:\s+\w+)?"
        r"|wie\s+geht(?:'s|\s+es)(?:\s+dir)?",
    ),
    Frame(
        "smalltalk",
        r"(?:danke|(?:(?:vielen|herzlichen|besten|tausend)\s+)?(?:lieben\s+)?dank|super|toll|prima|klasse"
        r"|perfekt|gut|ok"
        r"|okay|ja|nein|tschüss|bis\s+bald|schon\s+gut|egal"
        r"|vergiss\s+es|nichts|vielleicht)(?:\s+(?:schön|sehr|dir|gemacht|danke))*",
        asks="thanks",
    ),
    Frame(
        "help",
        r"hilfe|hilf\s+mir|was\s+(?:kannst|machst)\s+du(?:\s+\w+)*|was\s+kann\s+ich\s+(?:s"
        r"agen|fragen|tun)|wer\s+bist\s+du"
        r"|wie\s+(?:funktioniert|benutze|verwende)\b.*",
    ),
)

_CLOCK = (
    Frame(
        "snooze",
        rf"{THE}{ALARM}\s*(?:{WHEN}|{LENGTH})\s*(?:nochmals?|noch\s?mal|erneut|wieder)|(?:schlummer(?:n|e|modus|funktion)?|snooze)\b.*|.*\b(?:schlummer\w*|snooze)\b.*"
        rf"|(?:wecker|alarm)\s+(?:noch\s+)?{LENGTH}\s+(?:später|verschieben)|noch\s+{LENGTH}(?:\s+schlafen)?"
        rf"|(?:{verb('pausier verschieb halt stopp unterbrech verzöger')}"
        rf"|unterbrich)\s+{THE}(?:\w+\s+)?{ALARM}"
        rf"\s+(?:um\s+|für\s+)?{LENGTH}.*"
        rf"|(?:{verb('schieb verschieb zieh')})\s+{THE}{ALARM}\s+(?:um\s+)?{LENGTH}(?:\s+(?:nach\s+hinten"
        rf"|später|auf))?"
        rf"|(?:{verb('stell schalt mach')})\s+{THE}{ALARM}\s+(?:für\s+)?{LENGTH}\s+(?:stumm|leise|aus|ab)"
        rf"|(?:weck(?:e)?|wecken\s+sie)\s+mich\s+(?:(?:noch\s?mal\s+|wieder\s+|erneut\s+)+(?:in\s+|{WHEN}"
        rf"|{LENGTH}).*"
        rf"|(?:in\s+)?(?:{WHEN}|{LENGTH})\s*(?:noch\s?mal|wieder|erneut))"
        rf"|(?:lass\s+mich\s+)?noch\s+(?:ein\s+)?(?:bisschen|wenig|weiter)\s+schlafen",
        "alarm",
        asks="at once",
    ),
    Frame(
        "silence",
        rf"(?:{verb('schalt stell mach')})\s+{THE}(?:{WHEN}\s*)?{ALARM}\s*(?:bitte\s+)?(?:{WHEN}"
        rf"\s*)?(?:aus|ab|stumm|leise)"
        rf"|{THE}{ALARM}\s+(?:aus|ausschalten|ausmachen|abschalten|stumm\w*|abstellen|stoppen|beenden|ruhe"
        rf"|leise)"
        rf"|(?:stopp?|beend|ruhe|stille)(?:e|en)?\s*{THE}(?:{ALARM})?|(?:sei\s+)?(?:ruhig|leise|still)"
        rf"|.*\b{ALARM}\b.*\b(?:ausgestellt|ausgeschaltet|abgestellt|abgeschaltet|gestoppt"
        rf"|ausgemacht)\s+(?:wird|werden|haben)"
        rf"|(?:{verb('beend stopp')})\s+{THE}(?:wecker|alarm)?(?:klingeln|geklingel|läuten|ton|geräusch"
        rf"|gebimmel)"
        r"|hör(?:e)?\s+(?:bitte\s+)?auf(?:,?\s+.*\b(?:geräusch\w*|klingeln|piepen|piepsen|bimmeln|lärm\w*"
        r"|krach|läuten)\b.*)?"
        r"|aufhören|(?:schluss|genug)(?:\s+mit\s+.*\b(?:lärm|geräusch\w*|klingeln|piepen|krach|gebimmel)\b)?",
        "alarm",
    ),
    Frame(
        "create",
        rf"lass(?:e|en\s+sie)?\s+{THE}(?P<name>{WORDS}*?){ALARM}\b.*\b(?:klingeln|läuten|losgehen|erklingen)"
        rf"|(?:ich\s+(?:möchte|will|hätte\s+gerne?),?\s+dass\s+du"
        rf"|du\s+sollst)\s+(?:mir\s+)?{THE}(?P<name2>{WORDS}*?)"
        rf"\b(?:{ALARM}|{TIMER})\b.*\b(?:stellst|einstellst|startest|setzt|stellen|einstellen|starten)",
        "alarm",
    ),
    Frame(
        "delete",
        rf"(?:{_END}|brich)\s+{THE}(?:\w+\s+)?(?P<ref>(?:{LENGTH}\s*)?{TIMER}\b.*?)(?:\s+ab)?"
        rf"|(?:{verb('beend stopp lösch')})\s+(?:hier|im\s+\w+"
        rf"|in\s+diesem\s+\w+)\s+{THE}(?P<ref2>{TIMER}\b.*)"
        rf"|(?:{verb('stopp')})\s+(?:alle|sämtliche)\s+{THE}(?P<ref3>{TIMER}\b.*)"
        rf"|{THE}(?P<ref4>{TIMER}(?:\s+.*?)?)\s+(?:abbrechen|löschen|entfernen)",
        "timer",
    ),
    Frame(
        "pause",
        rf"(?:{verb('pausier stopp halt unterbrech')}|unterbrich)\s+{THE}(?:\w+\s+)?(?:{LENGTH}\s*)?{TIMER}\b"
        rf".*|{THE}{TIMER}\s+(?:anhalten|pausieren|stoppen|unterbrechen)|pause|pausieren",
        "timer",
    ),
    Frame(
        "resume",
        rf"(?:setze?|setzen\s+sie|lass|führe?)\s+{THE}(?:\w+\s+)?(?:{LENGTH}\s*)?{TIMER}\b.*\s+(?:fort"
        rf"|weiter\w*)"
        rf"|(?:setze?|lass|führe?)\s+{THE}(?:\w+\s+)?{TIMER}\s+(?:wieder\s+)?(?:fort|weiter\w*)"
        rf"|{THE}{TIMER}\s+(?:fortsetzen|fortfahren|weiterlaufen(?:\s+lassen)?|weiter)"
        rf"|(?:mach|mache|fahr|fahre)\s+(?:mit\s+)?.*\b{TIMER}\b.*\s+(?:weiter|fort)|weiter|fortsetzen"
        rf"|weitermachen"
        rf"|(?:starte?|aktiviere?)\s+{THE}(?:\w+\s+)?{TIMER}\s+wieder|nimm\s+{THE}{TIMER}\s+wieder\s+auf",
        "timer",
    ),
    Frame(
        "restart",
        rf"(?:setze?|stelle?)\s+{THE}(?:\w+\s+)?{TIMER}\s+(?:zurück|auf\s+(?:null|0))|(?:starte?)\s+{THE}(?:\w+\s+)?{TIMER}"
        rf"\s+(?:neu|noch\s*mal|nochmals|erneut|von\s+vorn[e]?)"
        rf"|{THE}{TIMER}\s+(?:zurücksetzen|neu\s?starten|nochmal\s+starten)|(?:resette|reset)\b.*",
        "timer",
    ),
    Frame(
        "update",
        rf"(?:{verb('verlänger verkürz kürz erhöh reduzier verringer')})\s+{THE}(?P<ref>.*?("
        rf"?:{TIMER}|{ALARM}))(?:\s+(?:im|in\s+der|für)\s+\w+)?\s+(?:um\s+)?{LENGTH}.*"
        rf"|(?:{verb('füg zieh addier')}|gib|nimm)\s+(?:noch\s+)?(?:zu(?:m)?\s+"
        rf"|von\s+|vom\s+)?{THE}(?P<ref2>.*?(?:{TIMER}|{ALARM}))\s+(?:noch\s+)?(?:weitere\s+)?{LENGTH}.*"
        rf"|(?:{verb('füg addier')}|gib)\s+(?:noch\s+)?{LENGTH}\s+(?:zu(?:m|r)?"
        rf"|auf)\s+{THE}(?P<ref3>.*?(?:{TIMER}|{ALARM}))\b.*"
        rf"|(?:{verb('zieh')}|nimm)\s+{LENGTH}\s+(?:vom|von)\s+{THE}(?P<ref4>.*?(?:{TIMER}|{ALARM}))\b.*"
        rf"|(?:{verb('füg zieh')}|gib|nimm|leg(?:e)?)\s+(?:(?:noch|weitere|nochmal)\s+)*{LENGTH}\s+(?:hinzu"
        rf"|dazu|drauf|ab|weg)"
        rf"|(?:{verb('setz stell')})\s+{THE}(?P<ref7>{WORDS}*?(?:{TIMER}|{ALARM}))\s*(?:auf\s+)?(?:{WHEN}"
        rf"|{LENGTH})\s*(?:zurück|um)"
        rf"|(?:{verb('stell')})\s+{THE}(?P<ref6>{ALARM}|{TIMER})\s+(?:um\s+)?{LENGTH}\s+(?:vor|zurück"
        rf"|nach\s+(?:vorne?|hinten)|später|früher)"
        rf"|{THE}(?P<ref5>{TIMER})\s+(?:um\s+)?{LENGTH}\s*(?:verlängern|verkürzen|erhöhen|kürzen)",
        "timer",
    ),
)

_KIND = (
    r"(?:(?:offen|nächst|kommend|gestellt|eingestellt|aktiv|aktuell|anstehend|wichtig|unerledigt|restlich"
    r"|laufend"
    r"|gespeichert|geplant|bestehend|gesetzt|letzt|neuest|vorhanden|ganz|gesamt|komplett|vollständig"
    r"|persönlich|privat|bevorstehend|ausstehend)(?:e[nrms]?)?\s+)"
)
_SHOW = (
    rf"(?:{_SHOW_VERBS}"
    r"|lies|sieh|gib)"
)
_QUERY = (
    Frame(
        "query",
        r"(?:was|welche|zeige?|gibt\s+es|habe?\s+ich).*\b(?:überfällig\w*|verspätet\w*|verpasst)\b.*",
        asks="overdue",
    ),
    Frame(
        "query",
        r"(?:(?:erinner\w*)\s+(?:mich|uns)|(?:mich|uns)\s+(?:\w+\s+)?(?:daran\s+)?erinnern)\b[^,]{0,20}?,?\s+"
        r"(?:daran,?\s+)?(?:was|wann|wo|wie\s?viele?|welche[nrms]?)\b.*\b(?:habe|muss|soll|tun|ansteht|steht"
        r"|kaufen|sind|ist)\b.*"
        rf"|(?:informier|unterricht|klär)(?:e|en)?\s+(?:sie\s+)?mich\s+über\b.*\b{ANY}\b.*"
        rf"|lass(?:en\s+sie)?\s+mich\b.*\b{ANY}\b.*\bwissen.*"
        r"|(?:.*\b(?:sagen|wissen|prüf\w*|schau\w*|sieh|nach|heraus\w*|feststellen|überprüf\w*|check\w*"
        r"|frag\w*)|sage?\s+mir),?\s+ob\s+"
        r"(?!.*\b(?:irgend\w*|jemand|online)\b)"
        rf".*\b(?:frei|verfügbar|zeit|beschäftigt|belegt|{ANY})\b.*",
    ),
    Frame("query", rf"(?:alle\s+|meine\s+)*überfällige[n]?(?:\s+{TASK})?", asks="overdue"),
    Frame(
        "query",
        r"(?:was|welche|zeige?)\b.*\b(?:erledigt\w*|geschafft|abgeschlossen\w*|fertig)\b.*",
        asks="done",
    ),
    Frame(
        "query",
        (
            rf"wann\s+(?:ist|muss\s+ich|habe\s+ich|beginnt|findet|startet|endet)\s+{THE}(?P<text>{WORDS}+?)(?"
            rf":\s+(?:fällig|statt|an))?"
        ),
    ),
    Frame(
        "query",
        r"wann\s+(?:beginn\w*|fängt|fangen|starte\w*|ende\w*|ist|sind|findet|finden|geht|klingelt|läutet"
        r"|(?:muss|soll|sollte|habe|hab|treffe|fliege|fahre|gehe|werde|war|hatte|wollte|bin)\s+(?:ich"
        r"|wir))\b.*"
        r"|(?:um|zu|bis)\s+(?:wie\s?viel\s+uhr|welche[rm]?\s+(?:uhrzeit|zeit|stunde))\b.*"
        rf"|hast\s+du\s+mich\b.*|an\s+welche[mnr]\s+(?:tag(?:en)?|datum|wochentag)\b.*"
        rf"|hast\s+du\b.*\b{ANY}\b.*"
        r"|was\s+(?:werde|mache|tue|habe|hab|muss|soll|sollte|wollte|darf|kann|hatte)\s+(?:ich|wir)\b.*"
        r"|welche[rnms]?\b.*\b(?:ich|mein\w*|wir|unser\w*)\b.*|welche[rnms]?\s+wird\s+mein\w*\b.*",
    ),
    Frame(
        "query",
        r"(?:bin\s+ich|sind\s+wir|habe?\s+(?:ich|wir)|hab\s+ich|wann\s+(?:bin|habe|hab)\s+ich)\b.*\b"
        r"(?:frei\w*|verfügbar|beschäftigt|zeit|luft|verplant|unterwegs|ausgebucht|lücke\w*)\b.*"
        r"|wann\s+(?:ist|sind|hat|haben)\b.*\b(?:frei|zeit|verfügbar)\b.*"
        r"|(?:ist|sind|hat|haben|wird|steht|befindet\s+sich|trifft\s+sich)\s+(?!.*\b(?:irgend\w*|jemand"
        r"|online)\b)"
        rf"(?=.*(?:{WHEN}|\b\w*(?:raum|räume|zimmer|saal)\b)).*\b(?:frei|verfügbar|beschäftigt|belegt"
        rf"|besetzt|zeit|erhältlich|zur\s+verfügung)\b.*"
        r"|(?:kann|könnte)\s+(?:ich|man)\s+.*\b(?:reservier|buch)\w*\b.*|feststellen,?\s+ob\b.*\b(?:frei"
        r"|verfügbar)\b.*",
    ),
    Frame(
        "query",
        rf"(?:was|wann|welche[rnms]?|wo|wie\s?(?:viele?|lange|spät|oft)"
        rf"|(?:um|auf)\s+(?:wie\s?viel|welche\s+\w+))\b.*\b(?:{ANY}|fällig"
        rf"|geplant|ansteht|erinner\w*|übrig|zu\s+(?:tun|erledigen)|muss\s+ich|soll\s+ich"
        rf"|kaufen|vor(?=\W*$)|dran|weckst|klingelt)\b.*",
    ),
    Frame(
        "query",
        (
            rf"(?:was|wie)\s+(?:steht|stehen|liegt|kommt|gibt\s+es|ist|habe\s+ich|mache\s+ich"
            rf"|sieht|passiert)\b.*(?:{WHEN}|\ban\b|\blos\b|\bvor\W*$).*"
        ),
    ),
    Frame(
        "query",
        rf"(?!(?:schick|send)\w*\b.*\beine?\s+erinnerung\b|bring\w*\s+.*\bauf\s+\w+\s+\w*liste$|zieh\w*\b.*\b(?:vor|ab|zurück|um)$|lass\w*\b.*\b(?:beginnen|starten|anfangen|stattfinden)$"
        rf"|.*{PRIORITY}){_SHOW}\s+(?!.*\b(?:hinzu|ab|und\s+erinner\w*|weg|raus|los)$).*?\b(?:{ANY}"
        rf"|fällig\w*|ansteht|übrig)\b.*"
        rf"|(?:ich\s+(?:möchte|will|muss|brauche)\s+)?(?:zugriff\s+auf|einblick\s+in"
        rf"|(?:einen\s+)?blick\s+(?:auf|in))\b.*\b{ANY}\b.*",
    ),
    Frame("query", rf"{_SHOW}(?:\s+mir)?\s+(?:alles\b.*|{WHEN}|was\s+.*)"),
    Frame(
        "query",
        rf"(?:habe?\s+ich|hab\s+ich|gibt\s+es|ist|sind|war|waren|hat|haben"
        rf"|hatte|läuft|bin\s+ich|steht|stehen|wird|werde(?=\s+ich)|kannst\s+du\s+mir\s+sagen)"
        rf"\b.*\b(?:{ANY}|fällig|geplant|gestellt|eingestellt|eingetragen|irgendetwas|irgendwas|etwas"
        rf"|was)\b.*",
    ),
    Frame(
        "query",
        r"(?!(?:erstell|mach|füg|setz|stell|plan|trag|leg|schreib|lösch|entfern|notier|änder|markier"
        r"|neue)\w*\s)"
        rf"(?:(?:ich\s+)?(?:möchte|will|würde|muss"
        rf"|brauche)\s+)?(?:gerne?\s+)?{THE}{_KIND}*(?:\w+\s+)?(?:{ANY})\b(?!\s*:)"
        rf".*\b(?:sehen|anzeigen|ansehen|zeigen|überprüfen"
        rf"|prüfen|auflisten|vorlesen|lesen|wissen|finden|öffnen|anschauen|durchgehen|checken|aufrufen"
        rf"|abfragen|nachsehen|zugreifen|zuzugreifen)\b.*",
    ),
    Frame(
        "query",
        (
            rf"(?:alle\s+|meine\s+|die\s+|unsere\s+|{_KIND}|{WHEN}\s*)*+(?:\w*aufgaben|to-?dos"
            rf"|\w*erinnerungen|punkte|notizen|\w*listen?"
            r"|\w*termine|besprechungen|meetings|veranstaltungen|verabredungen|ereignisse|agenda|kalender)"
            rf"(?:\s*(?:{WHEN}|für\b.*|zu\b.*|mit\b.*))*"
        ),
    ),
    Frame(
        "query",
        rf"(?:alle\s+|mein(?:e[nmrs]?)?\s+|der\s+|die\s+|{_KIND})*+(?:{OBJECT})(?:\s*(?:einstellung(?:en)?"
        rf"|status|zeiten|übersicht))?"
        rf"|(?:mein\w*\s+|der\s+|die\s+|das\s+)?(?:nächste|anstehende|kommende)[rnms]?\s+{EVENT}"
        r"|(?:muss|soll|sollte|kann|darf|wollte)\s+(?:ich|wir)\b.*\b(?:noch|etwas|irgendwas|was"
        r"|irgendetwas)\b.*"
        r"\b(?:erledigen|tun|machen|kaufen|besorgen|vorbereiten|abgeben|mitnehmen)"
        rf"|(?:status|stand|übersicht|zustand)\s+(?:des|der|meine[sr]|vom|von)\b.*\b(?:{OBJECT}"
        rf"|{CALENDAR}).*",
    ),
    Frame(
        "query",
        rf"wie\s+(?:steht\s+es|sieht\s+es|ist\s+(?:der\s+stand|die\s+lage))\s+(?:um|mit|bei|auf|von)\b.*|mit\s+wem\b.*\b(?:ich|wir)\b.*"
        rf"|(?:fass|fasse|geh|gehe)\s+(?:mir\s+|bitte\s+)*{THE}.*\b(?:{ANY})\b.*\b(?:zusammen|durch)"
        r"|(?:wie\s?viel\s+zeit|verbleibende\s+zeit|restzeit)\b.*|.*\b(?:noch\s+übrig|verbleib\w*)\b.*"
        rf"|.*\bauf\s+{THE}(?:\w+\s+)?(?:{ANY})\s+(?:zuzugreifen|zugreifen|zu\s+schauen|schauen)"
        rf"|wie\s+lange\s+(?:noch|läuft|dauert)\b.*",
    ),
)

FRAMES = (*_TALK, *outside.FRAMES, *_CLOCK)
QUERIES = _QUERY
