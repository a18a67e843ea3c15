"""Shapes of German commands, the most particular first.

They are matched against the folded command, without polite words at its ends, in which time expressions
(`WHEN`), bare durations (`LENGTH`) and priorities (`PRIORITY`) are replaced by marks.
"""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.de.nouns import ALARM, ANY, TASK, THE, TIMER
from conversations.agent.rules.marks import LENGTH, WHEN, WORDS

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
        r"(?:hallo|hi|hey|moin|servus|grüß\s+(?:dich|gott)|guten\s+(?:morgen"
        r"|tag|abend)|gute\s+nacht)(?:\s+\w+)?"
        r"|wie\s+geht(?:'s|\s+es)(?:\s+dir)?",
    ),
    Frame(
        "smalltalk",
        r"(?:danke|vielen\s+dank|super|toll|prima|klasse|perfekt|gut|ok"
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
        rf"(?:schlummer(?:n|e|modus|funktion)?|snooze)\b.*|.*\b(?:schlummer\w*|snooze)\b.*"
        rf"|(?:wecker|alarm)\s+(?:noch\s+)?{LENGTH}\s+(?:später|verschieben)|noch\s+{LENGTH}(?:\s+schlafen)?"
        rf"|(?:pausiere?|verschieb(?:e)?)\s+(?:den|meinen|diesen)\s+(?:wecker"
        rf"|alarm)\s+(?:um\s+|für\s+)?{LENGTH}.*",
        "alarm",
        asks="at once",
    ),
    Frame(
        "silence",
        rf"(?:schalte?|stelle?|mach(?:e)?)\s+{THE}(?:{WHEN}\s*)?{ALARM}\s*(?:bitte\s+)?(?:{WHEN}"
        rf"\s*)?(?:aus|ab|stumm|leise)"
        rf"|{THE}{ALARM}\s+(?:aus|ausschalten|abschalten|stumm\w*|abstellen|stoppen|beenden)"
        rf"|(?:stopp?e?|beende?|ruhe|stille)\s*{THE}(?:{ALARM})?|(?:sei\s+)?(?:ruhig|leise|still)",
        "alarm",
    ),
    Frame(
        "pause",
        rf"(?:pausiere?|stopp?e?|halte?|unterbrich|unterbreche)\s+{THE}(?:\w+\s+)?{TIMER}\b"
        rf".*|{THE}{TIMER}\s+(?:anhalten"
        rf"|pausieren|stoppen|unterbrechen)|pause|pausieren",
        "timer",
    ),
    Frame(
        "resume",
        rf"(?:setze?|lass|führe?)\s+{THE}(?:\w+\s+)?{TIMER}\s+(?:wieder\s+)?(?:fort"
        rf"|weiter\w*)|{THE}{TIMER}\s+(?:fortsetzen"
        rf"|weiterlaufen\s+lassen|weiter)|(?:mach|fahr)\s+(?:mit\s+)?.*\b{TIMER}\s+(?:weite"
        rf"r|fort)|weiter|fortsetzen"
        rf"|starte?\s+{THE}(?:\w+\s+)?{TIMER}\s+wieder|nimm\s+{THE}{TIMER}\s+wieder\s+auf",
        "timer",
    ),
    Frame(
        "restart",
        rf"(?:setze?)\s+{THE}(?:\w+\s+)?{TIMER}\s+zurück|(?:starte?)\s+{THE}(?:\w+\s+)?{TIMER}"
        rf"\s+(?:neu|noch\s*mal|erneut)"
        rf"|{THE}{TIMER}\s+(?:zurücksetzen|neu\s?starten)|(?:resette|reset)\b.*",
        "timer",
    ),
    Frame(
        "update",
        rf"(?:verlängere?|verkürze?|kürze|erhöhe?|reduziere|verringere)\s+{THE}(?P<ref>.*?("
        rf"?:{TIMER}|{ALARM}))\s+(?:um\s+)?{LENGTH}.*"
        rf"|(?:füge?|gib|zieh(?:e)?|nimm|addiere)\s+(?:noch\s+)?(?:zu(?:m)?\s+"
        rf"|von\s+|vom\s+)?{THE}(?P<ref2>.*?(?:{TIMER}|{ALARM}))\s+(?:noch\s+)?{LENGTH}.*"
        rf"|(?:füge?|gib|addiere)\s+(?:noch\s+)?{LENGTH}\s+(?:zu(?:m|r)?"
        rf"|auf)\s+{THE}(?P<ref3>.*?(?:{TIMER}|{ALARM}))\b.*"
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
    Frame(
        "query",
        r"(?:was|welche|zeige?)\b.*\b(?:erledigt\w*|geschafft|abgeschlossen\w*|fertig)\b.*",
        asks="done",
    ),
    Frame(
        "query",
        (
            rf"wann\s+(?:ist|muss\s+ich|habe\s+ich|beginnt|findet)\s+{THE}(?P<text>{WORDS}+?)(?"
            rf":\s+(?:fällig|statt))?"
        ),
    ),
    Frame(
        "query",
        rf"(?:was|wann|welche[rnms]?|wo|wie\s?(?:viele?|lange|spät|oft)"
        rf"|(?:um|auf)\s+(?:wie\s?viel|welche\s+\w+))\b.*\b(?:{ANY}|fällig"
        rf"|geplant"
        rf"|ansteht|erinner\w*|übrig|zu\s+(?:tun|erledigen)|muss\s+ich|soll\s+ich"
        rf"|kaufen|vor|dran|weckst|klingelt)\b.*",
    ),
    Frame(
        "query",
        (
            rf"(?:was|wie)\s+(?:steht|liegt|kommt|gibt\s+es|ist|habe\s+ich|mache\s+ich"
            rf"|sieht|passiert)\b.*(?:{WHEN}|\ban\b|\blos\b|\bvor\b).*"
        ),
    ),
    Frame(
        "query",
        rf"(?:zeige?|liste|nenne?|lies|lese|sieh|schaue?|finde?|suche?|such"
        rf"|prüfe?|überprüfe?|öffne|checke?|sage?|gib|ruf(?:e)?|zieh(?:e)?"
        rf"|bring(?:e)?|lass|hol(?:e)?|erzähle?|verrate?|guck)\s+.*?\b(?:{ANY}|fällig\w*|ansteht|übrig)\b.*",
    ),
    Frame("query", rf"(?:zeige?|liste)(?:\s+mir)?\s+(?:alles|{WHEN}|was\s+.*)"),
    Frame(
        "query",
        rf"(?:habe?\s+ich|hab\s+ich|gibt\s+es|ist|sind|war|waren|hat|haben"
        rf"|hatte|läuft|bin\s+ich|steht|stehen|wird|werde|kannst\s+du\s+mir\s+sagen)"
        rf"\b.*\b(?:{ANY}|fällig|geplant|gestellt|eingestellt|irgendetwas|etwas|was)\b.*",
    ),
    Frame(
        "query",
        rf"(?:(?:ich\s+)?(?:möchte|will|würde|muss|brauche)\s+)?{THE}(?:\w+\s+)?(?:{ANY})\b"
        rf".*\b(?:sehen|anzeigen|ansehen|zeigen|überprüfen"
        rf"|prüfen|auflisten|vorlesen|lesen|wissen|finden|öffnen|anschauen|durchgehen|checken)",
    ),
    Frame(
        "query",
        (
            rf"(?:alle\s+|meine\s+|die\s+|kommende\s+|offene\s+|{WHEN}\s*)*(?:{TASK}"
            rf"|\w*listen?|termine|wecker|timer|agenda|kalender)(?:\s*(?:{WHEN}"
            rf"|für\b.*|zu\b.*|mit\b.*))*"
        ),
    ),
    Frame(
        "query",
        r"(?:wie\s?viel\s+zeit|verbleibende\s+zeit|restzeit)\b.*|.*\b(?:noch\s+übrig|verbleib\w*)\b.*",
    ),
)

FRAMES = (*_TALK, *_CLOCK)
QUERIES = _QUERY
