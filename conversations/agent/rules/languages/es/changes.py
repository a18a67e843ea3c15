"""Shapes of Spanish commands that finish, change or make tasks."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.es.nouns import (
    ALARM,
    ANY,
    DET,
    EVENT,
    LIST,
    OBJECT,
    TASK,
    THE,
    TIMER,
)
from conversations.agent.rules.marks import LENGTH, PRIORITY, WHEN, WORDS

_DONE = (
    r"(?:hech[oa]s?|terminad[oa]s?|completad[oa]s?|complet[oa]s?|acabad[oa]s?"
    r"|finalizad[oa]s?|pagad[oa]s?|enviad[oa]s?|entregad[oa]s?|lavad[oa]s?|realizad[oa]s?|comprad[oa]s?)"
)
_READY = rf"(?:{_DONE}|list[oa]s?)"
_FINISH = (
    Frame(
        "reopen",
        (
            rf"(?:reabre|reabrir|desmarca|desmarcar|reactiva)\s+{THE}(?P<ref>.+)"
            rf"|marca\s+{THE}(?P<ref2>.+?)\s+como\s+(?:no\s+{_DONE}|pendiente"
            rf"|sin\s+hacer)|{THE}(?P<ref3>.+?)\s+no\s+está\s+{_DONE}"
        ),
    ),
    Frame(
        "complete",
        (
            rf"(?:marca|marcar|pon|poner|establece|establecer|fija|señala|marque|ponga)\s+{THE}(?:{TASK}\s*:"
            rf"?\s+)?(?P<ref>.+?)\s+(?:como\s+{_READY}|(?:en\s+|a\s+)?{_DONE})(?:\s+.*)?"
        ),
    ),
    Frame("complete", rf"(?:tacha|tachar)\s+{THE}(?P<ref>.+?)(?:\s+(?:de|en)\s+{LIST})?"),
    Frame(
        "complete",
        (
            rf"(?:completa|completar|termina|terminar|finaliza|finalizar|acaba"
            rf"|cierra)\s+{THE}{TASK}\s*:?\s*(?P<ref>.+)"
        ),
    ),
    Frame("complete", rf"(?:marca|marcar)\s+{THE}(?:{TASK}\s*:?\s+)?(?P<ref>.+?)(?:\s+(?:de|en)\s+{LIST})?"),
    Frame(
        "complete",
        (
            rf"(?:ya\s+)?(?:he|hemos)\s+(?:ya\s+)?(?:\w+[ai]do|hecho|visto|escrito"
            rf"|puesto|vuelto|roto|abierto)\s+(?:con\s+)?{THE}(?:{TASK}\s+)?(?P<ref>{WORDS}+)"
            rf"|ya\s+(?:\w+é|hice|fui|puse|\w+í)\s+{THE}(?P<ref2>{WORDS}+)"
        ),
    ),
    Frame(
        "complete",
        (
            rf"{THE}(?P<ref>.+?)\s+(?:está[n]?|ha\s+sido|han\s+sido|fue)\s+(?:ya\s+"
            rf"|tod[oa]s?\s+)*{_READY}(?:\s+.*)?|{THE}{TASK}\s+(?P<ref2>.+?)\s+{_DONE}"
        ),
    ),
    Frame(
        "update",
        (
            rf"(?:quita|elimina|borra)\s+{THE}(?:(?P<clear>fecha(?:\s+límite)?"
            rf"|vencimiento)|(?P<clear_rrule>repetición))\s+(?:de|del|a|al)\s+{THE}(?P<ref>.+)"
        ),
    ),
    Frame(
        "delete",
        rf"(?:borr(?:ar|a|e)(?:me)?|elimin(?:ar|a|e)|cancell?(?:ar|a|e|en)(?:me)?|quit(?:ar|a|e)|descart(?:ar|e)|suprima|anule"
        rf"|suprime|suprimir|anula(?:r)?|descarta(?:r)?|olvida(?:r)?|remueve"
        rf"|remover|deshazte\s+de|cancelen)\s+{THE}(?P<ref>.+?)(?:\s+(?:de"
        rf"|en)\s+{LIST})?"
        rf"|(?:desactiv(?:ar|a|e)|deshabilit(?:ar|a|e)|deshacerse\s+de|desconect(?:ar|a|e)|apag(?:ar|a|ue)|vac[ií](?:ar|a|e)|limpi(?:ar|a|e)|det[eé]n(?:er|ga)?"
        rf"|finaliz(?:ar|a)|finalice|termin(?:ar|a|e)|parar?|sac(?:ar|a)|saque|desech(?:ar|a|e)|omit(?:ir|e|a)|retir(?:ar|a|e)|tir(?:ar|a)|suelta)\s+{THE}(?P<ref2"
        rf">.*\b(?:{OBJECT}|{EVENT}|listas?|agenda|calendario)\b.*)|{LIST}\s*,?\s*(?:borra|elimina|eliminar"
        rf"|quita|quitar)\s+{THE}(?P<ref3>.+)",
    ),
    Frame(
        "delete",
        rf"(?:encuentra|encontrar|busca|buscar|localiza)\s+{THE}(?P<ref>.+?)\s+y\s+(?:bórr|elimín|quít|cancél|borr|elimin|quit"
        r"|cancel)\w*l[oa]s?\b.*",
    ),
    Frame(
        "delete",
        r"(?:b[oó]rra|elim[ií]na|canc[eé]la|qu[ií]ta|b[oó]rre|elim[ií]ne|canc[eé]le|qu[ií]te|borrar|eliminar|cancelar|quitar)"
        r"(?P<ref>l[oa]s?)\b.*",
    ),
    Frame(
        "delete",
        (
            rf"no\s+me\s+recuerdes\s+(?:más\s+)?(?:que\s+|lo\s+de\s+)?(?P<ref>.+)"
            rf"|ya\s+no\s+(?:necesito|quiero)\s+{THE}(?P<ref2>.*\b{OBJECT}\b.*)"
        ),
    ),
)

_CHANGE_VERB = (
    r"(?:mueve|mueva|mover|cambi[ae]|pospón|posponer|posponga|aplaz(?:ar|a)|aplace|desplaz(?:ar|a)|desplace"
    r"|atras(?:ar|a|e)|adelant[ae]|modifica|modifique|actualiza|actualice|restablece|restablecer"
    r"|reprogram(?:ar|a|e)|edita|edite|retras(?:ar|a|e)|traslad(?:ar|a|e)"
    r"|ajusta\s+de\s+nuevo|pasa)"
)
# What is said of things as well as of tasks: "cambiar las sábanas" is a task, "cambiar la alarma" is not.
_CHORE_VERB = r"(?:cambiar|modificar|actualizar|editar|adelantar|pasar)"
_CHANGE = (
    Frame(
        "update",
        (
            rf"(?:renombra|renombrar)\s+{THE}(?P<ref>.+?)\s+(?:a|como|por)\s+(?P<to>.+)"
            rf"|cambia\s+el\s+(?:nombre|título)\s+de\s+{THE}(?P<ref2>.+?)\s+(?:a"
            rf"|por)\s+(?P<to2>.+)"
        ),
        keeps_dates=True,
    ),
    Frame(
        "update",
        (
            rf"(?:pon|cambia|dale|marca)\s+(?:la\s+prioridad\s+de(?:l)?\s+)?{THE}(?P<ref>.+?)\s"
            rf"*(?:a|con|como)?\s*{PRIORITY}"
        ),
    ),
    Frame(
        "update",
        (
            rf"{_CHANGE_VERB}\s+{THE}(?P<ref>{WORDS}*?)\s*(?:de\s+|del\s+)?(?:{WHEN}\s*)?(?:\b(?:a\s"
            rf"+|al\s+|para\s+|en\s+))?(?:{WHEN}|{LENGTH}).*"
        ),
    ),
    Frame("update", rf"{_CHANGE_VERB}\s+{THE}(?P<ref>.+)"),
    Frame("update", rf"{_CHORE_VERB}\s+{THE}(?P<ref>{WORDS}*?\b{ANY}\b{WORDS}*?)\s*(?:{WHEN}.*)?"),
    Frame(
        "update",
        r"(?:mu[eé]ve|mu[eé]va|c[aá]mbi[ae]|modif[ií]ca|pásal?a|apl[aá]za|retr[aá]sa|adel[aá]nta|pospón|mover|cambiar|posponer"
        r"|aplazar|retrasar|adelantar|modificar)(?P<ref>l[oa]s?)\b.*"
        rf"|{THE}(?P<ref2>{WORDS}*\b{ANY}\b.*?),?\s+(?:actual[ií]za|c[aá]mbia|mu[eé]ve|p[aá]sa)l[oa]\b.*",
    ),
    Frame(
        "update",
        rf"(?:haz|hacer|haga|deja|dejar)\s+que\s+{THE}(?P<ref>.+?)\s+(?:empiece|comience|termine|acabe|dure|sea|siga|suene|se\s+repita)"
        rf"\b.*|(?:repita|repite|repetir)\s+{THE}(?P<ref2>{WORDS}*\b(?:{ANY})\b{WORDS}*).*",
    ),
)

_MAKE = (
    r"(?:pon(?:me|er|ga)?|ponme|añada|agregue|cree|programe|establezca|fije|anote|apunte|configure|ajuste|crea(?:r|me)?|añade|añadir|agrega(?:r)?"
    r"|ajusta(?:r)?|programa(?:r|me)?|haz(?:me)?|hacer|define|configura(?:r"
    r"|rme|me)?|activa(?:r)?|inicia(?:r)?|empieza|comienza|planifica(?:r)?"
    r"|guarda|coloca|establece(?:r)?|fija|dame|anota|apunta|necesito"
    r"|quiero|quisiera|nuev[oa]|organiza(?:r)?|prepara|reserva(?:r)?"
    r"|envía(?:me)?|mantén|agenda(?:r)?|concierta|introduce|inserta"
    r"|genera|prográmame|créame|mándame|establecer)"
)
_CREATE = (
    Frame(
        "create",
        (
            rf"(?:recu[eé]rd[ae]\s?(?:me|nos|le)|recordar(?:me|nos|le)?|recuerda(?:me)?"
            rf"|av[ií]sa(?:me)?|avísame|hazme\s+acordar|hazme\s+recordar|acuérdame)\b\s*(?:(?:{WHEN}"
            rf"|{LENGTH}|\s|,|por\s+favor)*)(?:(?:de\s+que|de|que|para|sobre"
            rf"|acerca\s+de)\b\s*)?(?P<title>.*)"
        ),
    ),
    Frame("create", r"(?:despi[eé]rta(?:me|nos)|levántame)\b\s*(?P<rest>.*)", kind="alarm"),
    Frame(
        "create",
        (
            rf"(?:añade|añadir|agrega|agregar|pon|poner|apunta|apuntar|anota"
            rf"|incluye|mete|escribe|agregue|añada|ponga|apunte|anote)\s+(?!una?\s+lista|a\s+la)(?P<title>\S.*?)\s+(?:a"
            rf"|en|al)\s+{LIST}(?P<rest>\s*{WHEN})?"
        ),
    ),
    Frame(
        "create",
        (
            rf"(?:añade|añadir|agrega|agregar|pon|poner|apunta)\s+(?:a|en)\s+{THE}lista(?:\s+(?"
            rf":de\s+|del\s+)(?:la\s+)?(?P<list>\w+))?\s*[:,]?\s*(?P<title>.+)?"
        ),
    ),
    Frame(
        "create",
        (
            r"(?:crea|crear|añade|añadir|agrega|haz|hacer|empieza|comienza"
            r"|nueva)\s+(?:una\s+|la\s+)?(?:nueva\s+)?lista(?:\s+nueva)?(?:\s+(?:de\s+"
            r"|del\s+|para\s+|llamada\s+)(?:la\s+)?(?P<list>.+))?"
        ),
        asks="new list",
    ),
    Frame("create", rf"(?:{_MAKE}\s+)?{DET}(?:{LENGTH}\s*)?(?:{TIMER})\b\s*(?P<title>.*)", kind="timer"),
    Frame("create", rf"{_MAKE}\s+{DET}(?P<name>{WORDS}*?)\s*{ALARM}\b\s*(?P<title>.*)", kind="alarm"),
    Frame("create", rf"{_MAKE}\s+{DET}(?P<name>{WORDS}*?)\s*\b{TASK}\b\s*(?P<title>.*)"),
    Frame(
        "create",
        (
            rf"{_MAKE}\s+{DET}(?P<title>.+?)\s*(?:a|en|al)\s+(?:mi|el|la|nuestro)?\s*(?:calenda"
            rf"rio|agenda|horario)(?P<rest>.*)"
        ),
    ),
    Frame("create", r"(?:nuev[oa]\s+)?(?:tarea|recordatorio|nota)\s*(?:[:,-]|para\b|de\b)?\s*(?P<title>.+)"),
    Frame("create", rf"(?:{WHEN}\s*)?(?:{ALARM})\b\s*(?P<title>.*)", kind="alarm"),
    Frame(
        "create",
        (
            r"no\s+(?:te\s+|me\s+)?(?:olvides|olvidar|dejes\s+(?:que\s+me\s+)?olvid\w+)\s+(?:d"
            r"e\s+|que\s+)?(?P<title>.+)|que\s+no\s+se\s+me\s+olvide\s+(?P<title2>.+)"
        ),
    ),
    Frame("create", r"(?:tengo\s+que|debo|debería|tenemos\s+que|hay\s+que|necesito|quiero)\s+(?P<title>.+)"),
    Frame(
        "create",
        (
            rf"(?:añade|añadir|agrega|agregar|crea|crear|programa|programar"
            rf"|planifica|organiza|apunta|anota|reserva|agenda|agendar|pon|concierta"
            rf"|fija)\s+{DET}(?P<title>.+)"
        ),
    ),
    Frame("create", rf"{DET}(?P<title>.*\b{EVENT}\b.*?)"),
)

FINISHING = _FINISH
FRAMES = (*_CHANGE, *_CREATE)
