"""Shapes of Spanish commands, the most particular first.

They are matched against the folded command, without polite words at its ends, in which time expressions
(`WHEN`), bare durations (`LENGTH`) and priorities (`PRIORITY`) are replaced by marks.
"""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.es.nouns import ALARM, ANY, EVENT, TASK, THE, TIMER
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
            r"(?:(?:muchas|mil|muchísimas)?\s*gracias|perfecto|genial|vale|ok|sí|si|no"
            r"|bien|adiós|hasta\s+luego|nada|quizás?|tal\s+vez|estupendo|muy\s+bien"
            r"|olvídalo)(?:\s+(?:gracias|hecho|todo))*"
        ),
        asks="thanks",
    ),
    Frame(
        "help",
        (
            r"ay[uú]da(?:r|me|rme|nos|rnos)?|qué\s+(?:puedes|sabes)\s+hacer|quién\s+eres"
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
            rf"|pausar?|repetir|repite|atrasar?|posponga|suspende[r]?)\s+{THE}{ALARM}\b.*|pausar?\s+(?:{WHEN}|{LENGTH})"
            rf"|(?:silencia|silenciar|{_STOP})\s+{THE}{ALARM}\s+(?:durante\s+|por\s+)?{LENGTH}|.*\b(?:posponer"
            rf"|pospón|pospone|snooze|repetición\s+de\s+alarma)\b.*|(?:pon|deja)\s+{THE}{ALARM}\s+en\s+(?:pausa|espera)\b.*|recu[eé]rdamelo\s+(?:más\s+tarde|luego|después)|{LENGTH}\s+más(?:\s+(?:de\s"
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
            rf"(?:\w+\s+)?(?:{TIMER}\b.*)?|vuelve\s+a\s+poner\s+en\s+marcha\s+{THE}{TIMER}.*"
        ),
        "timer",
    ),
    Frame(
        "restart",
        (
            rf"pon\s+{THE}{TIMER}\s+a\s+cero|(?:empieza|comienza)\s+(?:otra\s+vez|de\s+nuevo)\s+{THE}{TIMER}.*|(?:reinicia|reiniciar|restablece|restablecer|resetea|vuelve\s+a\s+(?:iniciar"
            rf"|empezar|poner))\s*{THE}(?:\w+\s+)?(?:{TIMER}\b.*)?"
        ),
        "timer",
    ),
    Frame(
        "silence",
        (
            rf"(?:quiero\s+)?que\s+{THE}{ALARM}\s+(?:se\s+(?:detenga|apague|calle|pare)|pare)|cállate|basta|haz\s+silencio|deja\s+de\s+(?:sonar|hacer\s+(?:ese?|este|ruido)).*"
            rf"|{_STOP}\s*{THE}(?:{ALARM})?(?:\s+(?:ahora|ya))?|pon\s+{THE}{ALARM}\s+en\s"
            rf"+silencio|silencio|{ALARM}\s+(?:off|silencio)"
        ),
        "alarm",
    ),
    Frame(
        "update",
        rf"(?:añ[aá]de|añadir|adicionar?|agr[eé]ga|agregar|suma|sumar|pon|quita|quitar|resta"
        rf"|restar|aumenta|reduce)(?:le)?\s+(?:otros\s+|otras\s+)?{LENGTH}(?:\s+(?:más\s+)?"
        rf"(?:a|al|de|del)\s+{THE}(?P<ref>.*?(?:{TIMER}|{ALARM}|recordatorio))\b.*)?"
        rf"|(?:aumenta|aumentar|extiende|extender|alarga|prolonga|amplía"
        rf"|incrementa|reduce|reducir|acorta|disminuye)\s+{THE}(?P<ref2>.*?(?:{TIMER}"
        rf"|{ALARM})(?:\s+\w+)?)\s+(?:en\s+|por\s+|a\s+)?(?:{LENGTH}|{WHEN}).*",
        "timer",
    ),
)

_SHOW = (
    r"(?:(?:me\s+)?(?:muestra(?:me)?|muéstr[ae](?:me|\s+me)?|muestr[ea](?:me)?|mostrar(?:me)?|accede[r]?\s+a|acceda\s+a"
    r"|d[eé]jame\s+(?:ver|escuchar|o[ií]r)|navegar?\s+por|hágame\s+saber|hazme\s+saber|inf[oó]rma(?:me)?|inf[oó]rme(?:me)?|de[cz]i[rm](?:me)?|díga(?:me|nos)|enseñar(?:\s+me|me)?"
    r"|sacar?|saque|léa(?:me)?|lea|busque|encuentre|consultar|colocar\s+en\s+una\s+lista|enumera\w*|repasar|revise|quiero\s+ver|muestrme|enseña(?:me)?"
    r"|enséñ[ae](?:me|nos)|lista|listar|lee(?:me)?|léeme|leer|encuentra|encontrar"
    r"|busca|buscar|revisa|revisar|ver|veo|mira|mirar|comprueba|consulta"
    r"|abre|abrir|dame(?!\s+una?\b)|di(?:me)?|dime|cuéntame|traer|trae|repasa|recordarme\s+mis))"
)
_FREE = r"(?:disponibles?|libres?|ocupad[oa]s?|abiert[oa]s?|reservad[oa]s?)"
_QUERY = (
    Frame(
        "query",
        rf"(?:es|está[n]?|son|será[n]?|estará[n]?|estoy|estaré|estás|cuándo|cuando|quién|qué|que|hay|a\s+qué\s+hora|ver\s+si"
        rf"|comprueb[ae]|revisa|mira|dime\s+si|decirme\s+si|saber\s+si|se\s+está|si|tiene|tengo)\b.*\b{_FREE}\b.*"
        r"|(?:puedo|podemos|se\s+puede|es\s+posible)\s+reservar\b.*|.*\b(?:disponibilidad|tiempo\s+libre|huecos?)\b.*",
    ),
    Frame(
        "query",
        r"(?:(?:me\s+)?recordar(?:me)?|recu[eé]rdame|dime|decirme|saber|muéstrame)?\s*lo\s+que\s+(?:\w+\s+)?(?:tengo|tenía|tenemos"
        r"|debo|está|hay|hago|queda|haré)\b.*|(?:me\s+recordar|recordarme|recu[eé]rdame)\s+(?:cuándo|cuál\w*|qué|dónde|a\s+qué"
        rf"|cuánt\w+)\b.*|(?:el|la|mi|mis|las|los)\s+(?:próxim[oa]s?|siguientes?)\s+{EVENT}(?:\s+.*)?"
        r"|(?:agenda|calendario|horario|programación|planes)(?:\s+(?:para|de|del)\b.*|\s*"
        rf"{WHEN})?"
        r"|(?:qué|que)\s+(?:tengo|hay)\s+(?:por\s+venir|pendiente|planeado|programado|hoy|para)\b.*"
        rf"|(?:mis|todas\s+mis|todos\s+mis)\s+{ANY}\b.*|(?:alg[uú]n|alguna)\s+{ANY}\b.*|se\s+han\s+\w+.*{ANY}\b.*"
        r"|tengo\s+(?:algo|alguna?|cosas)\b.*|(?:pusiste|creaste|configuraste|añadiste|has\s+\w+[ai]do)\s+.*"
        rf"|a\s+qu[eé]\s+hora\s+(?:es|son|est[aá]|suena|sonará|se\s+supone|empieza|comienza|termina)\b.*"
        r"|cu[aá]nto\s+(?:tiempo\s+)?(?:m[aá]s\s+)?(?:antes|tengo|me\s+queda|queda|falta|resta)\b.*"
        r"|(?:algo|alguna\s+cosa)\s+(?:más\s+)?(?:que\s+qued\w+\s+)?(?:de|en)\s+(?:la|mi)\s+lista.*"
        rf"|(?:configuraci(?:ón|ones))\s+de\s+(?:la\s+)?{ALARM}",
    ),
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
    Frame(
        "query",
        rf"(?:algo|alguna\s+cosa)\s+(?:previst[oa]|planead[oa]|programad[oa]|pendiente)\b.*|para\s+qué\s+hora\b.*|(?:con|de)\s+qui[eé]n\s+"
        rf"(?:tengo|he\s+quedado|quedé)\b.*|(?:repasa|resume|recapitula|resumir|repasar)(?:me)?\s+{THE}(?:{ANY}|día|semana|jornada|{WHEN}).*"
        rf"|(?:la\s+sala\s+)?\w+\s+est(?:á|ará)n?\s+{_FREE}\s*{WHEN}",
    ),
    Frame("query", rf"(?:cuándo|cuando|a\s+qué\s+hora)\s+(?:es|tengo|son|empieza)\s+{THE}(?P<text>{WORDS}+)"),
    Frame(
        "query",
        (
            rf"(?:qué|que|cuál\w*|cual\w*|cuándo|cuando|dónde|cuánt[oa]s?|cuant[oa]s?"
            rf"|a\s+qué|para\s+qué|hay|tengo(?!\s+(?:una?|clase|examen|turno|médico|dentista|vuelo|partido)\b)|tiene|está[n]?|estan|existe\w*"
            rf"|he|es|son|tenemos|cómo)\b(?!\s+que\s).*(?:\b(?:{ANY}|pendiente"
            rf"|programad[oa]s?|queda|planead[oa]s?|hacer|comprar|configurad[oa]s?"
            rf"|establecid[oa]s?|activad[oa]s?)\b|{WHEN}).*"
        ),
    ),
    Frame("query", rf"{_SHOW}\b.*\b(?:{ANY}|pendiente\w*|queda|restante|compras?|comestibles)\b.*"),
    Frame("query", rf"{_SHOW}\s+(?:todo\b.*|{WHEN}|lo\s+que\b.*)"),
    Frame(
        "query",
        (
            rf"(?:todas?\s+|todos\s+|mis\s+|las\s+|los\s+|mi\s+|la\s+|el\s+"
            rf"|próximas\s+|{WHEN}\s*)*(?!recordatorio\b)(?:{TASK}|listas?(?:\s+(?:de|del)\s.*)?"
            rf"|agenda|alarmas|temporizadores|citas)(?:\s*(?:{WHEN}|para\b.*"
            rf"|con\b.*))*(?<!recordatorio)(?<!recordatorio\s)"
        ),
    ),
    Frame("query", r"(?:tiempo\s+(?:restante|que\s+queda))\b.*|cuánto\s+(?:tiempo\s+)?(?:queda|falta)\b.*"),
)

FRAMES = (*_TALK, *_CLOCK)
QUERIES = _QUERY
