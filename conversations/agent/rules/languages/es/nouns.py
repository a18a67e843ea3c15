"""Words for tasks, alarms and timers, and forms of verbs, from which the Spanish frames are made."""

from __future__ import annotations

import re

from conversations.agent.rules.language import DURATION_MARK
from conversations.agent.rules.marks import MARKS

TASK = (
    r"(?:tareas?(?:\s+pendientes?)?|recordatorios?|notas?|pendientes?"
    r"|elementos?|artículos?|avisos?|alertas?|notificaci(?:ón|ones)|recordatorio)"
)
ALARM = r"(?:alarmas?|despertador(?:es)?)"
TIMER = r"(?:temporizador(?:es)?|cronómetros?|cronometros?|timers?|cuentas?\s+(?:atrás|regresivas?))"
EVENT = r"(?:citas?|reuni(?:ón|on|ones)|eventos?|encuentros?|juntas?|entrevistas?)"
OBJECT = rf"(?:{TASK}|{ALARM}|{TIMER})"
ANY = rf"(?:{OBJECT}|{EVENT}|calendario|agenda|horario|listas?|planes)"
THE = (
    r"(?:(?:el|la|los|las|un|una|unos|unas|mi|mis|nuestra|nuestro|este"
    r"|esta|estos|estas|ese|esa|todos|todas|todo|toda|de|del|por\s+favor"
    r"|me|lo)\s+)*"
)
DET = (
    r"(?:(?:el|la|los|las|un|una|unos|mi|mis|nuestro|nuestra|este|esta"
    r"|nuevo|nueva|otro|otra|más|me|favor|varias|segunda|segundo)\s+)*"
)
LIST = (
    rf"(?:{THE}listas?(?:\s+(?:de\s+|del\s+)(?:la\s+|las\s+|los\s+)?(?P<list>[^{MARKS}{DURATION_MARK}]+?))?)"
)
# how a list is named that is to be made
NAMED = (
    r"(?:\s+(?:con\s+el\s+(?:nombre|título)(?:\s+de)?|que\s+se\s+llame|llamada|titulada|para|de|del)\s+(?:la\s+|el\s+"
    r"|los\s+|las\s+)?|\s*:\s*)"
)
_ACCENTS = {"a": "[aá]", "e": "[eé]", "i": "[ií]", "o": "[oó]", "u": "[uú]"}


def order(stems: str) -> str:
    """Forms of verbs that ask for something, from their stems: "añade", "añada", "añadir", "añádemelo"."""
    accented = "|".join(re.sub(r"[aeiou]", lambda vowel: _ACCENTS[vowel[0]], stem) for stem in stems.split())
    return rf"(?:(?:{accented})(?:[aeiáéí]r|[aeéá]n?|[aeií]s)?(?:(?:me|nos|le|les|te)?(?:l[oa]s?)?)?(?!\w))"
