"""Shapes of German sentences that make tasks by saying what is missing, on, or to be told of."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.de.nouns import DET, LIST, TASK, THE, verb
from conversations.agent.rules.marks import WHEN

_HAVE = r"(?:(?:ich|wir)\s+(?:habe|hab|haben)|(?:habe|hab|haben)\s+(?:ich|wir))\s+"
# what one has and is no appointment
_NOTHING = (
    r"(?!.*\b(?:zeit|frei|nichts|keine?n?|was|etwas|hunger|durst|angst|lust|vergessen|fertig|schon|bereits"
    r"|ge\w+[tn])\b)"
)
FRAMES = (
    Frame(
        "create",
        rf"(?:sag|gib)e?\s+(?:mir|uns)\s+(?:bitte\s+)?bescheid,?\s+(?:wenn|sobald)\s+es\s*{WHEN}"
        rf"\s*(?:uhr\s+)?ist",
    ),
    Frame(
        "create",
        rf"(?:sag|gib|gebt?|melde?)e?\s+(?:mir|uns|dich)\s*(?:{WHEN}\s*)?(?:bescheid|laut)?"
        rf"\s*(?:{WHEN}\s*)?,?\s*"
        r"(?:dass\s+(?:ich\s+|wir\s+)?|wegen\s+|damit\s+ich\s+)(?P<title>.+)",
    ),
    Frame(
        "create",
        rf"(?:uns\s+|mir\s+|es\s+)*fehl(?:t|en)\s+(?:noch\s+|uns\s+|mir\s+|wieder\s+)*{DET}(?P<title>.+)"
        rf"|{THE}(?P<title2>[\w-]+)\s+(?:ist|sind|geht|gehen)\s+(?:fast\s+|bald\s+|schon"
        rf"\s+)*(?:alle|leer|aus|zu\s+ende|aufgebraucht)"
        r"|(?:wir|ich)\s+haben?\s+(?:keine?n?|kaum)\s+(?P<title3>.+?)\s+mehr",
    ),
    Frame("create", r"(?:zu\s+erledigen|noch\s+zu\s+tun|to\s?do|merke|zu\s+tun)\s*[:,-]\s*(?P<title>.+)"),
    Frame(
        "create",
        rf"(?:neue\s+|kurze\s+)?(?:erinnerung|notiz|aufgabe|to-?do)\s+(?:{WHEN}\s*)?(?:daran,?"
        rf"\s+|an\s+|für\s+|zum\s+|dass\s+(?:ich\s+)?)?"
        r"(?P<title>\S.*)",
    ),
    Frame(
        "create",
        rf"{LIST}\s+(?:mit|um)\s+(?P<title>.+?)\s+(?:ergänzen|erweitern|auffüllen)"
        rf"|(?:{verb('bring hau knall nehm')})\s+(?P<title2>.+?)\s+(?:auf|in)\s+{LIST}",
    ),
    Frame(
        "create",
        rf"(?:mach|mache)\s+ein(?:e[nm]?)?\s+(?=.*{WHEN})(?P<title>.+?)\s+aus"
        rf"|(?:{verb('schick send')})\s*(?:{WHEN}\s*)?(?:eine?\s+)?{TASK}\s*(?:für|an|zu[mr]?"
        rf"|wegen)\s+(?P<title2>.+)",
    ),
    Frame(
        "create",
        rf"{WHEN}\s*,?\s*(?:muss|müssen|müsste|soll|sollte|sollten|darf)\s+(?:ich|wir)\s+(?:noch"
        rf"\s+|unbedingt\s+|wieder\s+)*(?P<title>.+)",
    ),
    Frame(
        "create",
        rf"{_NOTHING}(?:{WHEN}\s*,?\s*{_HAVE}|{_HAVE}(?=.*{WHEN}))(?:{WHEN}\s*)?{DET}(?P<title>\w.*)",
    ),
)
