"""Words for tasks, alarms and timers, and forms of verbs, from which the French frames are made."""

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
LIST = (
    rf"(?:{THE}listes?(?:\s+(?:de\s+la\s+|de\s+l'|de\s+|des\s+|d'\s?|du\s+|pour\s+(?:le|la|les)\s+)?"
    rf"(?P<list>[^{MARKS}{DURATION_MARK}]+?))?)"
)
# how a list is named that is to be made
NAMED = (
    r"(?:\s+(?:avec\s+le\s+(?:nom|titre)|qui\s+s'appelle|appelée?|intitulée?|nommée?|pour\s+(?:le|la|les)|pour"
    r"|de|des|du)\s+|\s+d'|\s*:\s*|\s+)"
)


def order(stems: str) -> str:
    """Forms of verbs in -er that ask for something, from their stems: "ajoute", "ajoutez-moi", "ajouter"."""
    return (
        rf"(?:(?:{'|'.join(stems.split())})(?:e[zrs]?)(?!\w)"
        r"(?:[\s-]+(?:moi|nous|lui|donc|aussi|juste|encore)\b)*)"
    )
