"""Shapes of Spanish commands, the most particular first.

They are matched against the folded command, without polite words at its ends, in which time expressions
(`WHEN`), bare durations (`LENGTH`) and priorities (`PRIORITY`) are replaced by marks.
"""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.es.nouns import ALARM, ANY, TASK, THE, TIMER
from conversations.agent.rules.marks import LENGTH, WHEN, WORDS

_TALK = (
    Frame(
        "undo",
        (
            r"(?:deshaz|deshacer|revierte|revertir)(?:\s+(?:eso|esto|lo|el\s+último\s+\w+"
            r"|la\s+última\s+\w+))?|cancela\s+(?:eso|lo\s+último)"
        ),
    ),
    Frame(
        "choose",
        r"(?:me\s+refiero\s+a(?:l)?\s+|toma\s+|elige\s+)?(?:(?:el|la)\s+)?(?P<choice>prime"
        r"r[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|últim[oa])(?:\s+tarea)?"
        r"|(?:(?:el\s+)?número|opción|n°)?\s*(?P<number>[0-9]{1,2}|dos|tres|cuatro|cinco|seis)",
    ),
    Frame("choose", r"(?P<both>ambos|ambas|los\s+dos|las\s+dos|todos|todas|todo)"),
    Frame(
        "smalltalk",
        (
            r"(?:hola|buenos\s+días|buenas\s+(?:tardes|noches)|buenas|hey)(?:\s+\w+)?"
            r"|(?:cómo|como|qué)\s+(?:estás|está|tal)"
        ),
    ),
    Frame(
        "smalltalk",
        (
            r"(?:gracias|muchas\s+gracias|perfecto|genial|vale|ok|sí|si|no"
            r"|bien|adiós|hasta\s+luego|nada|quizás?|tal\s+vez|estupendo|muy\s+bien"
            r"|olvídalo)(?:\s+(?:gracias|hecho|todo))*"
        ),
        asks="thanks",
    ),
    Frame(
        "help",
        (
            r"ayuda(?:me)?|ayúdame|qué\s+(?:puedes|sabes)\s+hacer|quién\s+eres"
            r"|cómo\s+(?:funciona|se\s+usa|te\s+uso)\b.*"
        ),
    ),
)

_STOP = r"(?:apaga|apagar|para|parar|silencia|silenciar|detén|deten|detener|calla|desactiva|corta|quita)"
_CLOCK = (
    Frame(
        "snooze",
        (
            rf"(?:pospón|pospon|posponer|pospone|aplaza|aplazar|retrasa|retrasar"
            rf"|pausa|repetir|repite|atrasa)\s+{THE}{ALARM}\b.*|.*\b(?:posponer"
            rf"|pospón|pospone|snooze|repetición\s+de\s+alarma)\b.*|{LENGTH}\s+más(?:\s+(?:de\s"
            rf"+sueño|por\s+favor))?"
        ),
        "alarm",
        asks="at once",
    ),
    Frame(
        "pause",
        (
            rf"(?:pausa|pausar|detén|deten|detener|para|parar|suspende|interrumpe"
            rf"|pon\s+en\s+pausa)\s+{THE}(?:\w+\s+)?{TIMER}\b.*|pausa|pon\s+{THE}{TIMER}\s+en\s"
            rf"+pausa"
        ),
        "timer",
    ),
    Frame(
        "resume",
        (
            rf"(?:reanuda|reanudar|continúa|continua|continuar|sigue|reactiva)\s*(?:con\s+)?{THE}"
            rf"(?:\w+\s+)?(?:{TIMER}\b.*)?"
        ),
        "timer",
    ),
    Frame(
        "restart",
        (
            rf"(?:reinicia|reiniciar|restablece|restablecer|resetea|vuelve\s+a\s+(?:iniciar"
            rf"|empezar|poner))\s*{THE}(?:\w+\s+)?(?:{TIMER}\b.*)?"
        ),
        "timer",
    ),
    Frame(
        "silence",
        (
            rf"{_STOP}\s*{THE}(?:{ALARM})?(?:\s+(?:ahora|ya|{WHEN}))?|pon\s+{THE}{ALARM}\s+en\s"
            rf"+silencio|silencio|{ALARM}\s+(?:off|silencio)"
        ),
        "alarm",
    ),
    Frame(
        "update",
        rf"(?:añade|añadir|agrega|agregar|suma|sumar|pon|quita|quitar|resta"
        rf"|restar|aumenta|reduce)(?:le)?\s+(?:otros\s+|otras\s+)?{LENGTH}(?:\s+(?:más\s+)?"
        rf"(?:a|al|de|del)\s+{THE}(?P<ref>.*?(?:{TIMER}|{ALARM}))\b.*)?"
        rf"|(?:aumenta|aumentar|extiende|extender|alarga|prolonga|amplía"
        rf"|incrementa|reduce|reducir|acorta|disminuye)\s+{THE}(?P<ref2>.*?(?:{TIMER}"
        rf"|{ALARM}))\s+(?:en\s+|por\s+|a\s+)?{LENGTH}.*",
        "timer",
    ),
)

_SHOW = (
    r"(?:muestra(?:me)?|muéstrame|muestrame|mostrar(?:me)?|enseña(?:me)?"
    r"|enséñame|lista|listar|lee(?:me)?|léeme|leer|encuentra|encontrar"
    r"|busca|buscar|revisa|revisar|ver|veo|mira|mirar|comprueba|consulta"
    r"|abre|abrir|dame|di(?:me)?|dime|cuéntame|traer|trae|repasa|recordarme\s+mis)"
)
_QUERY = (
    Frame(
        "query",
        (
            r"(?:qué|que|cuáles|muestra\w*|muéstrame|hay|tengo).*\b(?:atrasad[oa]s?"
            r"|vencid[oa]s?|retrasad[oa]s?)\b.*|(?:mis\s+|las\s+)?tareas\s+(?:atrasadas"
            r"|vencidas)"
        ),
        asks="overdue",
    ),
    Frame(
        "query",
        (
            r"(?:qué|que|cuáles|muestra\w*|muéstrame)\b.*\b(?:terminad[oa]s?"
            r"|completad[oa]s?|hech[oa]s?|he\s+hecho)\b.*"
        ),
        asks="done",
    ),
    Frame("query", rf"(?:cuándo|cuando|a\s+qué\s+hora)\s+(?:es|tengo|son|empieza)\s+{THE}(?P<text>{WORDS}+)"),
    Frame(
        "query",
        (
            rf"(?:qué|que|cuál\w*|cual\w*|cuándo|cuando|dónde|cuánt[oa]s?|cuant[oa]s?"
            rf"|a\s+qué|para\s+qué|hay|tengo|tiene|está[n]?|estan|existe\w*"
            rf"|he|es|son|tenemos|cómo)\b(?!\s+que\s).*(?:\b(?:{ANY}|pendiente"
            rf"|programad[oa]s?|queda|planead[oa]s?|hacer|comprar|configurad[oa]s?"
            rf"|establecid[oa]s?|activad[oa]s?)\b|{WHEN}).*"
        ),
    ),
    Frame("query", rf"{_SHOW}\b.*\b(?:{ANY}|pendiente\w*|queda|restante|compras?)\b.*"),
    Frame("query", rf"{_SHOW}\s+(?:todo\b.*|{WHEN}|lo\s+que\b.*)"),
    Frame(
        "query",
        (
            rf"(?:todas?\s+|todos\s+|mis\s+|las\s+|los\s+|mi\s+|la\s+|el\s+"
            rf"|próximas\s+|{WHEN}\s*)*(?:{TASK}|listas?(?:\s+(?:de|del)\s.*)?"
            rf"|agenda|alarmas|temporizadores|citas)(?:\s*(?:{WHEN}|para\b.*"
            rf"|con\b.*))*(?<!recordatorio)(?<!recordatorio\s)"
        ),
    ),
    Frame("query", r"(?:tiempo\s+(?:restante|que\s+queda))\b.*|cuánto\s+(?:tiempo\s+)?(?:queda|falta)\b.*"),
)

FRAMES = (*_TALK, *_CLOCK)
QUERIES = _QUERY
