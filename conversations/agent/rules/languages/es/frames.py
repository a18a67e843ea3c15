"""Shapes of Spanish commands, the most particular first.

They are matched against the folded command, without polite words at its ends, in which time expressions
(`WHEN`), bare durations (`LENGTH`) and priorities (`PRIORITY`) are replaced by marks.
"""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.es.nouns import ALARM, ANY, DET, EVENT, LIST, OBJECT, TASK, THE, TIMER
from conversations.agent.rules.marks import LENGTH, PRIORITY, WHEN, WORDS

_TALK = (
    Frame("undo", r"(?:deshaz|deshacer|revierte|revertir)(?:\s+(?:eso|esto|lo|el\s+último\s+\w+|la\s+última\s+\w+))?|cancela\s+(?:eso|lo\s+último)"),
    Frame(
        "choose",
        r"(?:me\s+refiero\s+a(?:l)?\s+|toma\s+|elige\s+)?(?:(?:el|la)\s+)?(?P<choice>primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|últim[oa])(?:\s+tarea)?"
        r"|(?:(?:el\s+)?número|opción|n°)?\s*(?P<number>[0-9]{1,2}|dos|tres|cuatro|cinco|seis)",
    ),
    Frame("choose", r"(?P<both>ambos|ambas|los\s+dos|las\s+dos|todos|todas|todo)"),
    Frame("smalltalk", r"(?:hola|buenos\s+días|buenas\s+(?:tardes|noches)|buenas|hey)(?:\s+\w+)?|(?:cómo|como|qué)\s+(?:estás|está|tal)"),
    Frame(
        "smalltalk",
        r"(?:gracias|muchas\s+gracias|perfecto|genial|vale|ok|sí|si|no|bien|adiós|hasta\s+luego|nada|quizás?|tal\s+vez|estupendo|muy\s+bien|olvídalo)(?:\s+(?:gracias|hecho|todo))*",
        asks="thanks",
    ),
    Frame("help", r"ayuda(?:me)?|ayúdame|qué\s+(?:puedes|sabes)\s+hacer|quién\s+eres|cómo\s+(?:funciona|se\s+usa|te\s+uso)\b.*"),
)

_STOP = r"(?:apaga|apagar|para|parar|silencia|silenciar|detén|deten|detener|calla|desactiva|corta|quita)"
_CLOCK = (
    Frame(
        "snooze",
        rf"(?:pospón|pospon|posponer|pospone|aplaza|aplazar|retrasa|retrasar|pausa|repetir|repite|atrasa)\s+{THE}{ALARM}\b.*|.*\b(?:posponer|pospón|pospone|snooze|repetición\s+de\s+alarma)\b.*|{LENGTH}\s+más(?:\s+(?:de\s+sueño|por\s+favor))?",
        "alarm",
        asks="at once",
    ),
    Frame("pause", rf"(?:pausa|pausar|detén|deten|detener|para|parar|suspende|interrumpe|pon\s+en\s+pausa)\s+{THE}(?:\w+\s+)?{TIMER}\b.*|pausa|pon\s+{THE}{TIMER}\s+en\s+pausa", "timer"),
    Frame("resume", rf"(?:reanuda|reanudar|continúa|continua|continuar|sigue|reactiva)\s*(?:con\s+)?{THE}(?:\w+\s+)?(?:{TIMER}\b.*)?", "timer"),
    Frame("restart", rf"(?:reinicia|reiniciar|restablece|restablecer|resetea|vuelve\s+a\s+(?:iniciar|empezar|poner))\s*{THE}(?:\w+\s+)?(?:{TIMER}\b.*)?", "timer"),
    Frame("silence", rf"{_STOP}\s*{THE}(?:{ALARM})?(?:\s+(?:ahora|ya|{WHEN}))?|pon\s+{THE}{ALARM}\s+en\s+silencio|silencio|{ALARM}\s+(?:off|silencio)", "alarm"),
    Frame(
        "update",
        rf"(?:añade|añadir|agrega|agregar|suma|sumar|pon|quita|quitar|resta|restar|aumenta|reduce)(?:le)?\s+(?:otros\s+|otras\s+)?{LENGTH}(?:\s+(?:más\s+)?(?:a|al|de|del)\s+{THE}(?P<ref>.*?(?:{TIMER}|{ALARM}))\b.*)?"
        rf"|(?:aumenta|aumentar|extiende|extender|alarga|prolonga|amplía|incrementa|reduce|reducir|acorta|disminuye)\s+{THE}(?P<ref2>.*?(?:{TIMER}|{ALARM}))\s+(?:en\s+|por\s+|a\s+)?{LENGTH}.*",
        "timer",
    ),
)

_SHOW = r"(?:muestra(?:me)?|muéstrame|muestrame|mostrar(?:me)?|enseña(?:me)?|enséñame|lista|listar|lee(?:me)?|léeme|leer|encuentra|encontrar|busca|buscar|revisa|revisar|ver|veo|mira|mirar|comprueba|consulta|abre|abrir|dame|di(?:me)?|dime|cuéntame|traer|trae|repasa|recordarme\s+mis)"
_QUERY = (
    Frame("query", r"(?:qué|que|cuáles|muestra\w*|muéstrame|hay|tengo).*\b(?:atrasad[oa]s?|vencid[oa]s?|retrasad[oa]s?)\b.*|(?:mis\s+|las\s+)?tareas\s+(?:atrasadas|vencidas)", asks="overdue"),
    Frame("query", r"(?:qué|que|cuáles|muestra\w*|muéstrame)\b.*\b(?:terminad[oa]s?|completad[oa]s?|hech[oa]s?|he\s+hecho)\b.*", asks="done"),
    Frame("query", rf"(?:cuándo|cuando|a\s+qué\s+hora)\s+(?:es|tengo|son|empieza)\s+{THE}(?P<text>{WORDS}+)"),
    Frame(
        "query",
        rf"(?:qué|que|cuál\w*|cual\w*|cuándo|cuando|dónde|cuánt[oa]s?|cuant[oa]s?|a\s+qué|para\s+qué|hay|tengo|tiene|está[n]?|estan|existe\w*|he|es|son|tenemos|cómo)\b(?!\s+que\s).*(?:\b(?:{ANY}|pendiente|programad[oa]s?|queda|planead[oa]s?|hacer|comprar|configurad[oa]s?|establecid[oa]s?|activad[oa]s?)\b|{WHEN}).*",
    ),
    Frame("query", rf"{_SHOW}\b.*\b(?:{ANY}|pendiente\w*|queda|restante|compras?)\b.*"),
    Frame("query", rf"{_SHOW}\s+(?:todo\b.*|{WHEN}|lo\s+que\b.*)"),
    Frame("query", rf"(?:todas?\s+|todos\s+|mis\s+|las\s+|los\s+|mi\s+|la\s+|el\s+|próximas\s+|{WHEN}\s*)*(?:{TASK}|listas?(?:\s+(?:de|del)\s.*)?|agenda|alarmas|temporizadores|citas)(?:\s*(?:{WHEN}|para\b.*|con\b.*))*(?<!recordatorio)(?<!recordatorio\s)"),
    Frame("query", r"(?:tiempo\s+(?:restante|que\s+queda))\b.*|cuánto\s+(?:tiempo\s+)?(?:queda|falta)\b.*"),
)

_DONE = r"(?:hech[oa]s?|terminad[oa]s?|completad[oa]s?|complet[oa]s?|acabad[oa]s?|finalizad[oa]s?|realizad[oa]s?|list[oa]s?|comprad[oa]s?)"
_FINISH = (
    Frame("reopen", rf"(?:reabre|reabrir|desmarca|desmarcar|reactiva)\s+{THE}(?P<ref>.+)|marca\s+{THE}(?P<ref2>.+?)\s+como\s+(?:no\s+{_DONE}|pendiente|sin\s+hacer)|{THE}(?P<ref3>.+?)\s+no\s+está\s+{_DONE}"),
    Frame("complete", rf"(?:marca|marcar|pon|poner|establece|establecer|fija|señala)\s+{THE}(?:{TASK}\s*:?\s+)?(?P<ref>.+?)\s+(?:como\s+|en\s+|a\s+)?{_DONE}(?:\s+.*)?"),
    Frame("complete", rf"(?:tacha|tachar)\s+{THE}(?P<ref>.+?)(?:\s+(?:de|en)\s+{LIST})?"),
    Frame("complete", rf"(?:completa|completar|termina|terminar|finaliza|finalizar|acaba|cierra)\s+{THE}{TASK}\s*:?\s*(?P<ref>.+)"),
    Frame("complete", rf"(?:marca|marcar)\s+{THE}(?:{TASK}\s*:?\s+)?(?P<ref>.+?)(?:\s+(?:de|en)\s+{LIST})?"),
    Frame("complete", rf"(?:ya\s+)?(?:he|hemos)\s+(?:ya\s+)?(?:\w+[ai]do|hecho|visto|escrito|puesto|vuelto|roto|abierto)\s+(?:con\s+)?{THE}(?:{TASK}\s+)?(?P<ref>{WORDS}+)|ya\s+(?:\w+é|hice|fui|puse|\w+í)\s+{THE}(?P<ref2>{WORDS}+)"),
    Frame("complete", rf"{THE}(?P<ref>.+?)\s+(?:está[n]?|ha\s+sido|han\s+sido|fue)\s+(?:ya\s+|tod[oa]s?\s+)*{_DONE}(?:\s+.*)?|{THE}{TASK}\s+(?P<ref2>.+?)\s+{_DONE}"),
    Frame("update", rf"(?:quita|elimina|borra)\s+{THE}(?:(?P<clear>fecha(?:\s+límite)?|vencimiento)|(?P<clear_rrule>repetición))\s+(?:de|del|a|al)\s+{THE}(?P<ref>.+)"),
    Frame(
        "delete",
        rf"(?:borra(?:r|me)?|elimina(?:r)?|cancela(?:r|me)?|quita(?:r)?|suprime|suprimir|anula(?:r)?|descarta(?:r)?|olvida(?:r)?|remueve|remover|deshazte\s+de|cancelen)\s+{THE}(?P<ref>.+?)(?:\s+(?:de|en)\s+{LIST})?"
        rf"|(?:desactiva(?:r)?|apaga(?:r)?|vacía|limpia|deten(?:er)?|detén)\s+{THE}(?P<ref2>.*\b(?:{OBJECT}|lista)\b.*)|{LIST}\s*,?\s*(?:borra|elimina|eliminar|quita|quitar)\s+{THE}(?P<ref3>.+)",
    ),
    Frame("delete", rf"no\s+me\s+recuerdes\s+(?:más\s+)?(?:que\s+|lo\s+de\s+)?(?P<ref>.+)|ya\s+no\s+(?:necesito|quiero)\s+{THE}(?P<ref2>.*\b{OBJECT}\b.*)"),
)

_CHANGE_VERB = r"(?:mueve|mover|cambia|cambiar|cambie|pospón|posponer|aplaza|aplazar|atrasa|adelanta|adelantar|modifica|modificar|actualiza|actualizar|reprograma|reprogramar|edita|editar|retrasa|retrasar|traslada|ajusta\s+de\s+nuevo|pasa)"
_CHANGE = (
    Frame("update", rf"(?:renombra|renombrar)\s+{THE}(?P<ref>.+?)\s+(?:a|como|por)\s+(?P<to>.+)|cambia\s+el\s+(?:nombre|título)\s+de\s+{THE}(?P<ref2>.+?)\s+(?:a|por)\s+(?P<to2>.+)", keeps_dates=True),
    Frame("update", rf"(?:pon|cambia|dale|marca)\s+(?:la\s+prioridad\s+de(?:l)?\s+)?{THE}(?P<ref>.+?)\s*(?:a|con|como)?\s*{PRIORITY}"),
    Frame("update", rf"{_CHANGE_VERB}\s+{THE}(?P<ref>{WORDS}*?)\s*(?:de\s+|del\s+)?(?:{WHEN}\s*)?(?:a\s+|al\s+|para\s+|en\s+)?(?:{WHEN}|{LENGTH}).*"),
    Frame("update", rf"{_CHANGE_VERB}\s+{THE}(?P<ref>.+)"),
)

_MAKE = (
    r"(?:pon(?:me|er|ga)?|ponme|crea(?:r|me)?|añade|añadir|agrega(?:r)?|ajusta(?:r)?|programa(?:r|me)?|haz(?:me)?|hacer|define|configura(?:r|rme|me)?|activa(?:r)?|inicia(?:r)?|empieza|comienza|planifica(?:r)?|guarda|coloca|establece(?:r)?|fija|dame|anota|apunta|necesito|quiero|quisiera|nuev[oa]|organiza(?:r)?|prepara|reserva(?:r)?|envía(?:me)?|mantén|agenda(?:r)?|concierta|introduce|inserta|genera|prográmame|créame|mándame|establecer)"
)
_CREATE = (
    Frame("create", rf"(?:recu[eé]rda\s?(?:me|nos|le)|recordar(?:me|nos|le)?|recuerda(?:me)?|av[ií]sa(?:me)?|avísame|hazme\s+acordar|hazme\s+recordar|acuérdame)\b\s*(?:(?:{WHEN}|{LENGTH}|\s|,|por\s+favor)*)(?:(?:de\s+que|de|que|para|sobre|acerca\s+de)\b\s*)?(?P<title>.*)"),
    Frame("create", r"(?:despi[eé]rta(?:me|nos)|levántame)\b\s*(?P<rest>.*)", kind="alarm"),
    Frame("create", rf"(?:añade|añadir|agrega|agregar|pon|poner|apunta|apuntar|anota|incluye|mete|escribe)\s+(?!una?\s+lista|a\s+la)(?P<title>\S.*?)\s+(?:a|en|al)\s+{LIST}(?P<rest>\s*{WHEN})?"),
    Frame("create", rf"(?:añade|añadir|agrega|agregar|pon|poner|apunta)\s+(?:a|en)\s+{THE}lista(?:\s+(?:de\s+|del\s+)(?:la\s+)?(?P<list>\w+))?\s*[:,]?\s*(?P<title>.+)?"),
    Frame("create", r"(?:crea|crear|añade|añadir|agrega|haz|hacer|empieza|comienza|nueva)\s+(?:una\s+|la\s+)?(?:nueva\s+)?lista(?:\s+nueva)?(?:\s+(?:de\s+|del\s+|para\s+|llamada\s+)(?:la\s+)?(?P<list>.+))?", asks="new list"),
    Frame("create", rf"(?:{_MAKE}\s+)?{DET}(?:{LENGTH}\s*)?(?:{TIMER})\b\s*(?P<title>.*)", kind="timer"),
    Frame("create", rf"{_MAKE}\s+{DET}(?P<name>{WORDS}*?)\s*{ALARM}\b\s*(?P<title>.*)", kind="alarm"),
    Frame("create", rf"{_MAKE}\s+{DET}(?P<name>{WORDS}*?)\s*\b{TASK}\b\s*(?P<title>.*)"),
    Frame("create", rf"{_MAKE}\s+{DET}(?P<title>.+?)\s*(?:a|en|al)\s+(?:mi|el|la|nuestro)?\s*(?:calendario|agenda|horario)(?P<rest>.*)"),
    Frame("create", rf"(?:nuev[oa]\s+)?(?:tarea|recordatorio|nota)\s*(?:[:,-]|para\b|de\b)?\s*(?P<title>.+)"),
    Frame("create", rf"(?:{WHEN}\s*)?(?:{ALARM})\b\s*(?P<title>.*)", kind="alarm"),
    Frame("create", r"no\s+(?:te\s+|me\s+)?(?:olvides|olvidar|dejes\s+(?:que\s+me\s+)?olvid\w+)\s+(?:de\s+|que\s+)?(?P<title>.+)|que\s+no\s+se\s+me\s+olvide\s+(?P<title2>.+)"),
    Frame("create", r"(?:tengo\s+que|debo|debería|tenemos\s+que|hay\s+que|necesito|quiero)\s+(?P<title>.+)"),
    Frame("create", rf"(?:añade|añadir|agrega|agregar|crea|crear|programa|programar|planifica|organiza|apunta|anota|reserva|agenda|agendar|pon|concierta|fija)\s+{DET}(?P<title>.+)"),
    Frame("create", rf"{DET}(?P<title>.*\b{EVENT}\b.*?)"),
)

FRAMES = (*_TALK, *_CLOCK, *_FINISH, *_QUERY, *_CHANGE, *_CREATE)
