"""Words for tasks, alarms and timers, and forms of verbs, from which the German frames are made."""

from __future__ import annotations

from conversations.agent.rules.language import DURATION_MARK
from conversations.agent.rules.marks import MARKS

TASK = (
    r"(?:\w*aufgaben?|to[\s-]?dos?|punkte?|\w*erinnerung(?:en)?|reminders?|einträge?|eintrag|elemente?"
    r"|\w*artikel|lebensmittel(?=\s+hinzu\b|,)|notiz(?:en)?|tasks?|\w*posten|merkzettel|erledigung(?:en)?"
    r"|vorhaben|listenpunkte?)"
)
ALARM = r"(?:\w*weckern?|alarme?n?|weckruf|weckzeit(?:en)?)"
TIMER = r"(?:[\w-]*timers?|countdowns?|stoppuhr(?:en)?|zeitmesser|kurzzeitwecker|zeitschaltuhr|eieruhr)"
EVENT = (
    r"(?:\w*termine?n?s?|\w*besprechung(?:en)?|\w*meetings?|\w*treffens?|ereignisse?n?"
    r"|verabredung(?:en)?|\w*veranstaltung(?:en)?|kalendereintr[aä]ge?|\w*sitzung(?:en)?|\w*konferenz(?:en)?)"
)
CALENDAR = r"(?:\w*kalendar|\w*kalender|terminplan(?:er)?|zeitplan|tagesplan|planer|agenda)"
OBJECT = rf"(?:{TASK}|{ALARM}|{TIMER})"
ANY = rf"(?:{OBJECT}|{EVENT}|{CALENDAR}|\w*liste[n]?|\w*notizen)"
THE = (
    r"(?:(?:der|die|das|den|dem|des|mein(?:e[nmrs]?)?|unser(?:e[nmrs]?)?"
    r"|alle[nrm]?|sämtliche[nrms]?|dies(?:e[nmrs]?)?|jede[nmrs]?"
    r"|ein(?:e[nmrs]?)?|all|mir|bitte|doch|mal|sie|ganze[nrs]?|gesamte[nrs]?|komplette[nrs]?)\s+)*+"
)
DET = (
    r"(?:(?:der|die|das|den|dem|mein(?:e[nmrs]?)?|ein(?:e[nmrs]?)?"
    r"|neue[nmrs]?|weitere[nmrs]?|noch|zusätzliche[nmrs]?"
    r"|mir|bitte|uns|doch|mal|andere[nmrs]?|zweite[nmrs]?|sie|für\s+mich)\s+)*+"
)
LIST = rf"(?:{THE}(?P<list>[^{MARKS}{DURATION_MARK}\s,]*?)-?\s?(?:liste|listen|zettel))"
# the calendar that something is put into, with what leads to it
INTO_CALENDAR = (
    rf"(?:(?:in|auf|zu|zum|im|an)\s+)?(?:(?:den|dem|das|die|der|meine[nmr]?|unsere[nmr]?|mein"
    rf"|deine[nm]?)\s+)?"
    rf"{CALENDAR}"
)


def verb(stems: str) -> str:
    """Imperatives from their stems, familiar and polite: "setz", "setze", "setzen Sie"."""
    return rf"(?:(?:{'|'.join(stems.split())})(?:en?|n)?(?:\s+(?:sie|bitte|mir|doch|mal))*+)"
