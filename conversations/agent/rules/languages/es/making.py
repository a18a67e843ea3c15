"""Shapes of Spanish commands that make tasks, alarms, timers and lists."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.es.nouns import (
    ALARM,
    DET,
    EVENT,
    LIST,
    NAMED,
    TASK,
    THE,
    TIMER,
    order,
)
from conversations.agent.rules.marks import LENGTH, WHEN, WORDS

_ADD = (
    rf"(?:{order('añad agreg agregu pon pong apunt anot incluy met escrib inclu sum coloc coloqu ech')}"
    rf"|poner(?:me)?|pon(?:le|me)?"
    r"|(?:ve|vete)\s+(?:añadiendo|apuntando|anotando|agregando))"
)
_MAKE = (
    r"(?:poner(?:me)?|pon(?:me|le|nos)?|haz(?:me|nos)?|hacer(?:me)?|(?:me\s+)?haces|dame|mantén"
    rf"|{order('añad agreg agregu pong cre program establec establezc')}"
    rf"|{order('fij anot apunt configur ajust activ inici planific planifiqu')}"
    rf"|{order('guard coloc organic organiz prepar reserv envi mand')}"
    rf"|{order('agend concert conciert introduc insert gener defin marc marqu')}"
    r"|empieza|comienza|necesito|(?:yo\s+)?quiero|quisiera|nuev[oa]|hágame|prográmame)"
)
_REMIND = (
    r"(?:(?:me\s+|nos\s+|que\s+me\s+)?(?:recu[eé]rd[ae]s?|recordar(?:as|ás)?|av[ií]s[ae]s?|avisar(?:as|ás)?|avise[ns]?|adviert[ae]s?"
    r"|notific(?:a|ar)|notifique)\s?(?:me|nos|melo|le(?!\s+a\s+\w+\s+que))?"
    r"|(?:hazme|háganme|me\s+haces)\s+(?:acordar|recordar|acuerdo)(?:me)?|acuérdame|acordarme)"
)
_REMINDERS = (
    Frame(
        "create",
        rf"(?:(?:quiero|quisiera|necesito|me\s+gustaría)\s+que\s+)?{_REMIND}\b\s*(?:(?:{WHEN}|{LENGTH}|\s|,|por\s+favor)*+)"
        r"(?:(?:que\s+no\s+(?:me\s+)?olvide|lo\s+de|lo\s+del|de\s+que|de|que|para|sobre|acerca\s+de|cuando\s+sean)\b\s*)?(?P<title>.*)",
    ),
    Frame(
        "create",
        r"(?:despi[eé]rt[ae](?:me|nos)|despertar(?:me|nos)|lev[aá]nt[ae](?:me|nos)|me\s+(?:despiert|levant)[ae]s?)\b\s*(?P<rest>.*)"
        rf"|(?:necesito|quiero|tengo\s+que)\s+(?:que\s+)?(?:me\s+despiertes|despertarme|levantarme)\s*{WHEN}.*",
        kind="alarm",
    ),
)
_INTO_LISTS = (
    Frame(
        "create",
        rf"{_ADD}\s+(?!una?\s+(?:nueva\s+)?lista|(?:a|en)\s+(?:la|mi|nuestra)\s+lista)(?P<title>\S.*?)\s+(?:a|en|al|de)\s+{LIST}"
        rf"(?P<rest>\s*{WHEN})?",
    ),
    Frame(
        "create",
        rf"{_ADD}\s+(?:a|en)\s+{THE}lista(?:\s+(?:de\s+|del\s+)(?:la\s+)?(?P<list>[\w\s]+?(?=\s*[:,])|\w+))?\s*[:,]?\s*(?P<title>.+)?",
    ),
    Frame("create", rf"(?:a|en)\s+{LIST}\s*,?\s*{_ADD}\s+(?P<title>.+)"),
    Frame(
        "create",
        rf"(?:{order('cre añad agreg inici abr prepar')}|haz(?:me)?|hacer|empieza|empezar|comienza"
        rf"|comenzar|nueva|quiero|necesito"
        rf"|quisiera)\s+(?:(?:una|la|otra|nueva)\s+)*lista(?:\s+(?:nueva|vacía))?(?:{NAMED}(?P<list>.+)|\s*{WHEN})?",
        asks="new list",
    ),
)
_CLOCKS = (
    Frame(
        "create",
        rf"(?:{_MAKE}\s+)?(?:en\s+marcha\s+)?{DET}(?:{LENGTH}\s*)?(?:{TIMER})\b\s*(?P<title>.*)"
        rf"|(?:cuenta|contar|cuente|cronometra)\s+{LENGTH}\s*(?P<title2>.*)",
        kind="timer",
    ),
    Frame("create", rf"{_MAKE}\s+{DET}(?P<name>{WORDS}*?)\s*{ALARM}\b\s*(?P<title>.*)", kind="alarm"),
)
_HAVE = r"(?:tengo|tenemos)\s+"
_APPOINTMENT = (
    r"(?:clase|cita|médico|dentista|examen|turno|partido|cena|comida|vuelo|revisión|concierto|entrevista"
    r"|ensayo)"
)
_TASKS = (
    Frame("create", rf"{_MAKE}\s+{DET}(?P<name>{WORDS}*?)\s*\b{TASK}\b\s*(?P<title>.*)"),
    Frame(
        "create",
        rf"{_MAKE}\s+{DET}(?P<title>.+?)\s*(?:a|en|al)\s+(?:mi|el|la|nuestro)?\s*(?:calendario|agenda|horario)(?P<rest>.*)",
    ),
    Frame(
        "create",
        r"(?:nuev[oa]\s+)?(?:tarea|recordatorio|nota|por\s+hacer|pendiente)\s*(?:[:,-]|para\b|de\b)?\s*(?P<title>.+)",
    ),
    Frame("create", rf"(?:{WHEN}\s*)?(?:{ALARM})\b\s*(?P<title>.*)", kind="alarm"),
    Frame(
        "create",
        r"no\s+(?:te\s+|me\s+|nos\s+)?(?:(?:debo|quiero|puedo)\s+|dejes\s+(?:que\s+)?(?:se\s+)?(?:me\s+)?)*+olvid\w+\s*"
        r"(?:de\s+que\s+|del?\s+|que\s+)?(?P<title>.+)|que\s+no\s+se\s+(?:me|nos)\s+olvide\s+(?P<title2>.+)"
        r"|(?:acu[eé]rdate|acordarse|acordarnos|piensa)\s+(?:de\s+|en\s+)?(?P<title3>.+)",
    ),
    Frame(
        "create",
        rf"(?:{WHEN}\s*,?\s*)?(?:tengo\s+que|debo|debería|tendría\s+que|tenemos\s+que|deberíamos|hay\s+que|habría\s+que|hace\s+falta"
        r"|(?:me|nos)\s+(?:hace\s+falta|falta)|falta|se\s+(?:me\s+|nos\s+)?(?:ha|han)\s+(?:acabado|terminado)|(?:ya\s+)?no\s+(?:queda|hay"
        r"|tengo|tenemos)|necesito|necesitamos|quiero)\s+(?:recordar\s+|acordarme\s+de\s+)?(?P<title>.+)",
    ),
    Frame(
        "create",
        rf"{_HAVE}(?=.*{WHEN})(?:una?\s+)?(?P<title>{_APPOINTMENT}\b.*|(?<=una\s)\w.*|(?<=un\s)\w.*)"
        rf"|{WHEN}\s*,?\s*{_HAVE}(?:una?\s+)?(?P<title2>\w.*)",
    ),
    Frame(
        "create",
        rf"(?!reservar\b(?!.*\b{EVENT}\b))"
        rf"(?:{order('añad agreg agregu cre program planific planifiqu organic organiz')}"
        rf"|{order('apunt anot reserv bloque agend conciert fij plane prev prevé')}"
        rf"|pon(?:me|le)?|toma\s+nota|agéndame)(?!\w)\s*(?:[:,]|de\s+que\b|que\b)?\s*{DET}(?P<title>.+)",
    ),
    Frame("create", rf"{DET}(?P<title>.*\b{EVENT}\b.*?)"),
)
FRAMES = (*_REMINDERS, *_INTO_LISTS, *_CLOCKS, *_TASKS)
