"""Words for tasks, alarms and timers, from which the French frames are made."""

from __future__ import annotations

from conversations.agent.rules.language import DURATION_MARK
from conversations.agent.rules.marks import MARKS

TASK = (
    r"(?:tâches?(?:\s+à\s+faire)?|taches?|rappels?|(?<!en\s)notes?|choses?\s+à\s+faire"
    r"|éléments?|articles?|alertes?|notifications?|pense-bêtes?)"
)
ALARM = r"(?:alarmes?(?:[\s-]+réveil)?|réveils?(?:-matin)?|reveils?|sonneries?)"
TIMER = r"(?:minuteurs?|minuteries?|chronomètres?|chronos?|comptes?[\s-]+à[\s-]+rebours|timers?)"
EVENT = r"(?:rendez[-\s]vous|rdv|réunions?|événements?|évènements?|rencontres?|entretiens?)"
OBJECT = rf"(?:{TASK}|{ALARM}|{TIMER})"
ANY = rf"(?:{OBJECT}|{EVENT}|calendrier|agenda|emploi\s+du\s+temps|planning|programme|listes?|courses)"
THE = (
    r"(?:(?:le|la|les|un|une|des|du|de|mon|ma|mes|notre|nos|ce|cet"
    r"|cette|ces|tous|toutes|tout|toute|moi|s'il\s+(?:te|vous)\s+pla[iî]t)\s+"
    r"|l'\s?|d'\s?|-moi\s+)*"
)
DET = (
    r"(?:(?:le|la|les|un|une|des|du|de|mon|ma|mes|notre|nos|ce|cet"
    r"|cette|nouveau|nouvelle|nouvel|autre|moi|plusieurs|petit|en\s+place)\s+"
    r"|l'\s?|d'\s?|-moi\s+)*"
)
LIST = rf"(?:{THE}listes?(?:\s+(?:de\s+|des\s+|d'\s?|du\s+)(?P<list>[^{MARKS}{DURATION_MARK}]+?))?)"
