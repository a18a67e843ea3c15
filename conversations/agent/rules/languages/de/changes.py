"""Shapes of German commands that change or make tasks."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.de.nouns import (
    ALARM,
    DET,
    EVENT,
    INTO_CALENDAR,
    LIST,
    TASK,
    THE,
    TIMER,
    verb,
)
from conversations.agent.rules.marks import LENGTH, PRIORITY, WHEN, WORDS

_SET_UP = verb(
    "stell setz erstell mach füg plan richt leg trag aktivier start beginn schalt "
    "programmier brauch buch notier speicher hinterleg schreib konfigurier benötig generier "
    "vereinbar bereit"
)
_EDIT = verb(
    "verschieb schieb verleg änder aktualisier bearbeit pass modifizier wechsel veränder korrigier überarbeit"
)
_SHIFT = verb(
    "verschieb schieb verleg verlager änder aktualisier bearbeit beweg pass terminier zieh tausch wechsel"
)
_ARRANGE = verb("erstell plan vereinbar trag leg buch richt organisier setz ansetz arrangier")
_ENTER = verb("setz füg trag schreib stell plan mach vermerk markier notier")
_PUT = verb("füg setz schreib pack trag tu leg stell notier ergänz")

# "setz", "stell" and "leg" move what has an article, except an alarm, and what goes into a list or calendar
_MOVE = (
    rf"(?:{verb('setz stell leg')}(?=\s+(?:bitte\s+)?(?:der|die|das|den|dem|mein\w*|unser\w*"
    rf"|dies\w*)\b)(?!\s+(?:mir\s+)?(?:noch\s+)?(?:ein|eine|einen|neue[nrs]?)\b"
    rf"|.*\b(?:{ALARM}|{TIMER}|{INTO_CALENDAR}|\w*liste|{TASK}\s+(?:für|an|um|dass|zu[mr]?))\b))"
)
_CHANGE = (
    Frame(
        "update",
        rf"(?:{verb('ersetz tausch')})\s+{THE}(?P<ref3>.+?)\s+(?:durch|gegen)\s+{THE}(?P<to3>.+)"
        rf"|(?:{verb('benenn nenn')})\s+{THE}(?:{TASK}\s+)?(?P<ref>.+?)\s+(?:in|zu)?\s*(?P<to>\S.*?)\s+um"
        rf"|(?:{verb('änder')})\s+{THE}(?:namen|titel|bezeichnung)\s+(?:von|der|des"
        rf"|vom)\s+(?P<ref2>.+?)\s+(?:in|zu|auf)\s+(?P<to2>.+)",
        keeps_dates=True,
    ),
    Frame(
        "update",
        rf"(?:{verb('änder setz stell erhöh senk')})\s+die\s+(?:priorität|prio)\s+(?:von|für|bei"
        rf"|der)\s+{THE}(?:{TASK}\s+)?(?P<ref>.+?)\s+"
        r"(?:auf|zu|in)\s+(?P<level>dringend|hoch|mittel|normal|niedrig|keine)",
    ),
    Frame(
        "update",
        (
            rf"(?:{verb('setz stuf mach markier')})\s+{THE}(?P<ref2>.+?)\s+(?:auf\s+"
            rf"|als\s+)?(?P<level>dringend|wichtig|eilig)(?:\s+ein)?"
            rf"|(?:{verb('stell setz')})\s+{THE}(?P<ref3>{ALARM})\s*(?:von\s+)?{WHEN}\s+(?:auf\s+)?{WHEN}"
            r"(?:\s+um)?"
            rf"|{THE}(?P<ref4>{WORDS}*?\b{EVENT}\b{WORDS}*?)\s*{WHEN}?\s*(?:ist\s+(?:jetzt|nun|doch|erst|schon)|wird\s+(?:auf|verschoben"
            rf"|verlegt)|(?:ver)?schiebt\s+sich)\s*(?:auf\s+)?{WHEN}(?:\s+(?:verschoben|verlegt))?"
            rf"|(?:{verb('setz änder mach stell')}|gib)\s+(?:die\s+priorität\s+(?:von"
            rf"|für)\s+)?{THE}(?P<ref>.+?)\s+(?:auf\s+|zu\s+)?{PRIORITY}"
        ),
    ),
    Frame(
        "update",
        rf"(?:{_SHIFT}"
        rf"|{_MOVE})\s+"
        rf"{THE}(?P<ref>{WORDS}*?)\s*(?:\b(?:von|vom)\s+)?(?:{WHEN}\s*)?(?:\b(?:auf"
        rf"|zu|nach|zum|um)\s+)?(?:{WHEN}|{LENGTH})\s*(?:um|an|vor"
        rf"|nach\s+hinten|nach\s+vorn[e]?|neu|später|früher|länger|kürzer|fest)?"
        rf"(?<!zurück)",
    ),
    Frame(
        "update",
        rf"(?:mach(?:e)?|lass(?:e)?"
        rf"|halte?)\s+(?!(?:mir\s+)?(?:bitte\s+)?eine?n?\b){THE}(?P<ref>{WORDS}*?\b(?:{EVENT}|{TASK}|{ALARM}"
        rf"|{TIMER})\b.*?)\s*"
        rf"(?:um\s+|auf\s+|erst\s+|schon\s+)*(?:{WHEN}|{LENGTH})\s*(?:später|früher|länger|kürzer"
        rf"|nach\s+hinten|nach\s+vorn[e]?)?"
        r"(?:\s*(?:beginnen\w*|starten|anfangen|stattfinden|enden))?",
    ),
    Frame(
        "update",
        (
            rf"(?:{_EDIT})"
            rf"\s+(?!{LIST}\s+(?:mit|um)\b){THE}(?P<ref>.+)"
        ),
    ),
    Frame(
        "update",
        (
            rf"{THE}(?P<ref>.+?)\s*(?:auf\s+|um\s+|nach\s+|von\s+)?(?:{WHEN}"
            rf"|{LENGTH})?\s*(?:verschieben|verlegen|ändern|umbenennen|aktualisieren|bearbeiten|anpassen"
            rf"|vorziehen|verlängern(?=\s*$))"
        ),
    ),
)

_MAKE = (
    rf"(?:{_SET_UP}"
    r"|(?:ich\s+|wir\s+)?(?:will|wollen|möchte|möchten|brauche|brauchen|benötige|hätte\s+gerne?)|gib|nimm"
    r"|neue[rnms]?)"
)
_AHEAD = (
    r"(?:(?:der|die|das|den|dem|mein(?:e[nmrs]?)?|ein(?:e[nmrs]?)?|neue[nmrs]?|mir|bitte|ab\s+jetzt|sofort"
    r"|noch)\s+"
    rf"|{WHEN}\s*|{LENGTH}\s*)*+"
)
# the end of a separable verb between the noun and what it is about: "eine Erinnerung ein, um …"
_SPLIT_OFF = (
    r"(?:\s*\b(?:hinzu|ein|an|auf|rein|dazu|fest)"
    r"(?=\s*(?:[,:]|$|(?:um|dass|damit|an|für|zu|mit|zum|zur|namens|am|in)\b)))?[\s,:]*"
)
_REMIND = r"(?:(?:er|err|ein)?inn?er|benachrichtig|ermahn|mahn|alarmier|verständig)(?:e|en|n|st)?(?:\s+sie)?"
# Entries of lists and calendars are made by verbs that otherwise move tasks.
_INTO = (
    Frame(
        "create",
        rf"(?:{_PUT}|nimm|nehmen\s+sie)\s+(?:(?:noch|auch|mal|bitte)\s+)*(?P<title>\S.*?)\s*,?\s+(?:mit\s+)?(?:"
        rf"(?:auf|in|zu|zur|an|bei)\s+{LIST}|(?:der|meine[rm]?|unsere[rm]?"
        rf"|dem)\s+(?P<list3>\S*?)-?\s?(?:liste|zettel))"
        r"(?:\s+(?:mit\s+)?(?:hinzu|ein|auf|dazu|drauf|rauf|rein|an))?(?P<rest>(?:\s.*)?)",
    ),
    Frame(
        "create",
        rf"(?:{verb('füg setz schreib pack')})\s+(?:auf\s+|in\s+|zu\s+|zur\s+)?{LIST}(?:\s+hinzu)?\s*[:,]?\s+"
        r"(?P<title>.+?)(?:\s+(?:hinzu|ein|auf))?"
        rf"|(?:{verb('aktualisier ergänz erweiter')})\s+{LIST}\s+(?:mit|um)\s+(?P<title2>.+)"
        rf"|(?:auf|zu|in)\s+{LIST}\s+(?P<title3>.+?)\s+(?:hinzufügen|setzen|schreiben|packen|ergänzen)",
    ),
    Frame(
        "create",
        rf"(?P<title>.+?)\s+(?:(?:auf|zu|zur|in)\s+)?{LIST}\s+(?:setzen|hinzufügen|schreiben|packen|stellen"
        rf"|ergänzen)",
    ),
    Frame(
        "create",
        (
            rf"(?:(?:{verb('erstell füg mach leg beginn start eröffn generier')})\s+)(?:mir\s+)?(?:eine\s+"
            r"|die\s+|bitte\s+|mir\s+)*+(?:(?:neue|weitere)\s+)?(?P<list>[\w-]*?)-?\s?liste(?:\s+(?:namens"
            r"|für(?:\s+(?:den|die|das|meinen?|unseren?)(?=\s))?|mit\s+dem\s+namen|mit)\s+(?P<title>.+?))?(?:\s+(?:hinzu|an))?"
            r"|(?:neue\s+)(?P<list2>[\w-]*?)-?\s?liste(?:\s+(?:erstellen|anlegen|machen))?"
            r"|(?:eine\s+)(?:neue\s+)?(?P<list3>[\w-]*?)-?\s?liste\s+(?:erstellen|anlegen|machen)"
        ),
        asks="new list",
    ),
    Frame(
        "create",
        rf"(?:{_ENTER}|nimm)\s+{DET}(?P<title>\S.*?)\s*"
        rf"(?:\b(?:in|auf|zu[mr]?|im)\s+(?:(?:den|meinen|meinem|unseren|dem|mein|deinen)\s+)?|\b(?:dem"
        rf"|meinem|unserem)\s+)"
        r"(?:kalend[ae]r|terminkalender|zeitplan|terminplan|tagesplan)\b(?P<rest>.*)"
        rf"|(?:{verb('markier vermerk notier trag')})\s+(?:bitte\s+)?(?:im|in)\s+(?:(?:den|meinem|meinen"
        rf"|dem)\s+)?kalender,?\s*"
        r"(?:ein,?\s*)?(?:dass\s+)?(?P<title2>.+)",
    ),
)
_CREATE = (
    Frame(
        "create",
        rf"(?:{_REMIND})\s+(?:mich|uns|(?:meine[nrm]?\s+)?\w+(?:\s+und\s+(?:mich|\w+))?)\b\s*(?:{WHEN}"
        rf"|{LENGTH}|\s|bitte|doch|mal|auch|,)*+(?:daran|darüber|davor|dran)?\s*,?\s*(?:{WHEN}|\s)*+,?\s*"
        rf"(?:bitte\s+)?(?:dass\s+(?:ich|wir)\s+|dass\s+|an\s+(?:den\s+|die\s+|das\s+)?"
        rf"|zu\s+(?=\w+\s*$))?(?P<title>.*)",
    ),
    Frame(
        "create",
        rf"(?:mich|uns)\s+(?:{WHEN}\s*|bitte\s+|doch\s+)*+(?:daran\s+"
        rf"|dran\s+)?(?:{WHEN}\s*)?(?:zu\s+)?erinnern\b\s*,?\s*"
        r"(?:daran,?\s+)?(?:dass\s+(?:ich|wir)\s+|an\s+(?:den\s+|die\s+|das\s+)?)?(?P<title>\S.*)"
        rf"|(?:mich|uns)\s+(?:{WHEN}\s*|bitte\s+|doch\s+)*+(?:daran,?|ans?)\s+(?:den\s+|die\s+|das\s+)?"
        rf"(?P<title2>.+?),?\s+(?:zu\s+)?erinnern",
    ),
    Frame(
        "create",
        r"(?:ich\s+(?:möchte|will|muss|müsste|sollte|würde\s+gerne?)\s+)?(?:an"
        r"|daran),?\s+(?P<title>.+?),?\s+erinnert\s+werden",
    ),
    Frame(
        "create",
        rf"(?:ich\s+(?:möchte|will|hätte\s+gerne?),?\s+dass\s+du|du\s+sollst)\s+(?:mich"
        rf"|uns)\s+(?:{WHEN}\s*)?(?:daran,?|an)\s+"
        r"(?P<title>.+?),?\s+(?:erinnerst|erinnern)",
    ),
    Frame(
        "create",
        r"weck(?:e|en)?\s+(?:sie\s+)?(?:mich|uns)\b\s*(?P<rest>.*)|(?P<rest2>.*)\s+(?:auf)?wecken",
        kind="alarm",
    ),
    Frame(
        "create",
        rf"(?:{_MAKE}\s+)?{_AHEAD}(?P<name>{WORDS}*?)\s*(?:{WHEN}"
        rf"|{LENGTH})?\s*-?{TIMER}\b{_SPLIT_OFF}(?P<title>.*)",
        kind="timer",
    ),
    Frame(
        "create",
        rf"{_MAKE}\s+{_AHEAD}(?P<name>{WORDS}*?)\s*\b{ALARM}\b{_SPLIT_OFF}(?P<title>.*)",
        kind="alarm",
    ),
    Frame("create", rf"{_MAKE}\s+{_AHEAD}(?P<name>.*?)\s*\b{TASK}\b{_SPLIT_OFF}(?P<title>.*?)(?:\s+hinzu)?"),
    Frame(
        "create",
        rf"(?:ich\s+(?:will|möchte|würde\s+gerne?)\s+)?{DET}{TASK}\b\s*(?:für\s+|an\s+)?(?P<title>.*?)\s*"
        r"\b(?:hinzufügen|erstellen|anlegen|einrichten|eintragen|setzen|machen)"
        rf"|(?:hinzufügen|eintragen|aufnehmen|ergänzen)\s+(?:von|der|des)\s+(?P<title2>.+?)\s+(?:zu|zur|auf"
        rf"|in)\s+{LIST}",
    ),
    Frame("create", rf"(?:neue[rs]?\s+)?(?:{TASK})\s*[:,-]\s*(?P<title>.+)"),
    Frame("create", rf"(?:{WHEN}\s*)?(?:{ALARM})\b\s*(?P<title>.*)", kind="alarm"),
    Frame(
        "create",
        r"(?:vergiss|vergesse|vergessen\s+sie)\s+(?:bitte\s+)?nicht\s*,?\s*(?:dass\s+|an\s+"
        r"|daran,?\s+)?(?P<title>.+)"
        r"|(?:denk(?:e)?|denken\s+sie)\s+(?:bitte\s+)?(?:daran|dran"
        r"|an)\s*,?\s*(?:dass\s+(?:ich\s+)?)?(?P<title2>.+)"
        r"|lass\s+mich\s+(?:bitte\s+)?nicht\s+vergessen\s*,?\s*(?:dass\s+(?:ich\s+)?)?(?P<title3>.+)",
    ),
    Frame(
        "create",
        (
            r"ich\s+darf\s+(?P<title5>\w.+?)\s+(?:auf\s+keinen\s+fall\s+)?nicht\s+vergessen|ich\s+darf\s+(?:auf\s+keinen\s+fall\s+"
            r"|keinesfalls\s+)?nicht\s+vergessen,?\s*(?:dass\s+(?:ich\s+)?)?(?P<title>.+)"
            r"|nicht\s+vergessen\s*[:,]?\s*(?P<title2>.+)|(?P<title3>.+?)\s+nicht\s+vergessen"
            r"|(?:damit|dass)\s+ich\s+(?P<title4>.+?)\s+nicht\s+vergesse"
        ),
    ),
    Frame(
        "create",
        (
            r"(?:ich|wir)\s+(?:muss|müssen|müssten?|soll|sollen|sollte|sollten|brauche|brauchen"
            r"|will|wollen|möchte|möchten)\s+(?:noch\s+|unbedingt\s+|dringend\s+|auch\s+|mal\s+"
            r"|wieder\s+)*+(?P<title>.+)"
        ),
    ),
    Frame(
        "create",
        rf"(?:ich|wir)\s+(?:habe|hab"
        rf"|haben)\s+(?=.*{WHEN})(?:{WHEN}\s*)?(?:einen?\s+)?(?P<title>.*\b{EVENT}\b.*?)"
        rf"(?:,?\s+(?:bitte\s+)?(?:stell|trag|mach|setz|erstell)e?\s+(?:mir\s+)?(?:dafür\s+"
        rf"|dazu\s+)?(?:eine\s+erinnerung|es|das|ihn|sie)"
        r"(?:\s+(?:ein|dazu|dafür))?)?",
    ),
    Frame(
        "create",
        r"(?:notiere?|notiz|merke?\s+dir|schreib(?:e)?\s+(?:dir\s+|mir\s+)?auf|notier\s+(?:dir|mir)"
        r"|halte?\s+fest)\s*(?:bitte\s+)?"
        r"(?:,?\s*dass|:|,)?\s*(?P<title>.+)",
    ),
    Frame(
        "create",
        (
            r"(?!buch\s.*(?:kaufen|lesen|geben|bestellen|holen|leihen|bringen|suchen)\s*$)"
            rf"(?:{_ARRANGE}|wir\s+vereinbaren)\s+{DET}"
            rf"(?:(?:neue[nrs]?\s+)?(?:{EVENT}|{TASK})\s*,\s*(?:um\s+)?)?(?P<title>.+?)(?:\s+(?:ein|an"
            rf"|hinzu))?"
        ),
    ),
    Frame("create", rf"(?:{verb('füg')})\s+{DET}(?P<title>.+?)\s+hinzu(?P<rest>.*)"),
    Frame(
        "create",
        rf"{DET}(?P<title>.*\b{EVENT}\b.*?)\s+(?:erstellen|planen|eintragen|anlegen|hinzufügen|vereinbaren"
        rf"|einplanen|ansetzen)"
        rf"|{DET}(?P<title2>.+?)\s+{INTO_CALENDAR}\s+(?:eintragen|hinzufügen|setzen|aufnehmen)",
    ),
)
FRAMES = (*_INTO, *_CHANGE, *_CREATE)
