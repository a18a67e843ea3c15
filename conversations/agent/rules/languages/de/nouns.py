"""Words for tasks, alarms and timers, from which the German frames are made."""

from __future__ import annotations

from conversations.agent.rules.language import DURATION_MARK
from conversations.agent.rules.marks import MARKS

TASK = (
    r"(?:aufgaben?|to[\s-]?dos?|punkte?|erinnerung(?:en)?|einträge?|eintrag|elemente?|artikel|notiz(?:en)?)"
)
ALARM = r"(?:weckern?|wecker|alarme?n?|weckruf|weckzeit(?:en)?)"
TIMER = r"(?:timers?|countdowns?|stoppuhr(?:en)?|zeitmesser|kurzzeitwecker|zeitschaltuhr)"
EVENT = (
    r"(?:termine?n?|besprechung(?:en)?|meetings?|treffen|ereignisse?n?"
    r"|verabredung(?:en)?|veranstaltung(?:en)?|kalendereintr[aä]ge?)"
)
OBJECT = rf"(?:{TASK}|{ALARM}|{TIMER})"
ANY = rf"(?:{OBJECT}|{EVENT}|kalender|zeitplan|agenda|\w*liste[n]?|\w*notizen)"
THE = (
    r"(?:(?:der|die|das|den|dem|des|mein(?:e[nmrs]?)?|unser(?:e[nmrs]?)?"
    r"|alle[nrms]?|dies(?:e[nmrs]?)?|jede[nmrs]?"
    r"|ein(?:e[nmrs]?)?|all|mir|bitte|doch|mal)\s+)*"
)
DET = (
    r"(?:(?:der|die|das|den|dem|mein(?:e[nmrs]?)?|ein(?:e[nmrs]?)?"
    r"|neue[nmrs]?|weitere[nmrs]?|noch|zusätzliche[nmrs]?"
    r"|mir|bitte|uns|doch|mal|andere[nmrs]?|zweite[nmrs]?)\s+)*"
)
LIST = rf"(?:{THE}(?P<list>[^{MARKS}{DURATION_MARK}\s]*?)-?\s?listen?)"
