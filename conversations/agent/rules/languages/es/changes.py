"""Shapes of Spanish commands that finish or change tasks."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.es.nouns import (
    ALARM,
    ANY,
    EVENT,
    LIST,
    OBJECT,
    TASK,
    THE,
    order,
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
            rf"(?:{order('marc marqu establec fij señal pong complet')}|pon|poner)\s+{THE}(?:{TASK}\s*:"
            rf"?\s+)?(?P<ref>.+?)\s+(?:como\s+{_READY}|(?:en\s+|a\s+)?{_DONE})(?:\s+.*)?"
        ),
    ),
    Frame(
        "complete",
        rf"(?:da|dar|dé|considera|considerar)\s+por\s+{_READY}\s+{THE}(?:{TASK}\s*:?\s+)?(?P<ref>.+)|(?:ya\s+está[n]?|(?:ya\s+)?hech[oa])"
        rf"\s+(?:lo\s+de(?:l)?\s+)?{THE}(?P<ref2>.+)|(?:acabo|acabamos)\s+de\s+(?P<ref3>.+)"
        rf"|(?:ya\s+)?(?:terminé|acabé)\s+(?:con\s+|de\s+)?{THE}(?P<ref4>.+)|(?:considera|considere|deja)\s+{THE}(?P<ref5>.+?)\s+(?:como\s+)?{_READY}",
    ),
    Frame("complete", rf"{order('tach')}\s+{THE}(?P<ref>.+?)(?:\s+(?:de|en)\s+{LIST})?"),
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
            rf"|{TASK}\s+(?:complet|termin|finaliz|acab)\w+\s*:?\s+(?P<ref3>.+)"
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
        rf"(?:{order('sac retir tir quit')}|saque(?:me)?|retire|tire)\s+{THE}(?P<ref>.+?)\s+(?:de"
        rf"|en)\s+{LIST}",
    ),
    Frame(
        "delete",
        rf"(?:{order('borr elimin cancel cancell quit descart suprim anul')}"
        rf"|olvida(?:r)?|remueve|deshaz"
        rf"|remover|deshazte\s+de|cancelen)\s+{THE}(?P<ref>.+?)(?:\s+(?:de"
        rf"|en)\s+{LIST})?"
        rf"|(?:desactiv(?:ar|a|e)|deshabilit(?:ar|a|e)|deshacerse\s+de|desconect(?:ar|a|e)|apag(?:ar|a|ue)|vac[ií](?:ar|a|e)|limpi(?:ar|a|e)|det[eé]n(?:er|ga)?"
        rf"|finaliz(?:ar|a)|finalice|termin(?:ar|a|e)|parar?(?!\s+qué)|(?!{order('sac')}\s+{THE}listas?\b)(?:{order('sac')}|saque(?:me)?)|desech(?:ar|a|e)|omit(?:ir|e|a)|retir(?:ar|a|e)|tir(?:ar|a)|suelta)\s+{THE}(?P<ref2"
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
            rf"(?:(?:ya\s+)?no\s+(?:hace|hará)\s+falta|no\s+es\s+necesario)\s+(?:que\s+me\s+recuerdes\s+)?(?P<ref3>.+)|no\s+me\s+recuerdes\s+(?:más\s+)?(?:que\s+|lo\s+de\s+)?(?P<ref>.+)"
            rf"|ya\s+no\s+(?:necesito|quiero)\s+{THE}(?P<ref2>.*\b{OBJECT}\b.*)"
        ),
    ),
)

_CHANGE_VERB = (
    r"(?:(?:mu[ée]ve|mu[ée]va|mover|c[áa]mbi[ae]|pospón|posponer|posponga|apl[áa]z(?:ar|a)|apl[áa]ce"
    r"|despl[áa]z(?:ar|a)|despl[áa]ce"
    r"|atr[áa]s(?:ar|a|e)|adel[áa]nt[ae]|modif[íi]ca|modif[íi]que|actual[íi]za|actual[íi]ce|restablece|restablecer"
    r"|reprogr[áa]m(?:ar|a|e)|ed[íi]ta|ed[íi]te|retr[áa]s(?:ar|a|e)|trasl[áa]d(?:ar|a|e)"
    r"|ajusta\s+de\s+nuevo|p[áa]sa)(?:me|nos|le|les)?)"
)
# What is said of things as well as of tasks: "cambiar las sábanas" is a task, "cambiar la alarma" is not.
_CHORE_VERB = r"(?:cambiar|modificar|actualizar|editar|adelantar|pasar)"
_CHANGE = (
    Frame(
        "update",
        (
            rf"(?:renombra|renombrar)\s+{THE}(?P<ref>.+?)\s+(?:a|como|por)\s+(?P<to>.+)"
            rf"|(?:sustitu[iy]\w*|reempla[zc]\w+)\s+{THE}(?P<ref3>.+?)\s+(?:por|con)\s+{THE}(?P<to3>.+)"
            rf"|cambia\s+el\s+(?:nombre|título)\s+de\s+{THE}(?P<ref2>.+?)\s+(?:a"
            rf"|por)\s+(?P<to2>.+)"
        ),
        keeps_dates=True,
    ),
    Frame(
        "update",
        (
            rf"(?:pon|cambia|dale|marca)\s+(?:la\s+prioridad\s+de(?:l)?\s+)?{THE}(?P<ref>.+?)\s"
            rf"*(?:a|con|como)?\s*{PRIORITY}|(?:pon|da|dé)le\s*{PRIORITY}\s*{THE}(?:al?\s+)?(?P<ref2>.+)"
            rf"|(?:haz|pasa|marca|pon|deja|haga)\s+{THE}(?P<ref3>.+?)\s+(?:como\s+|a\s+)?(?P<level>urgentes?|importantes?)"
            rf"|(?:haz|pon|deja)\s+(?P<level2>urgentes?|importantes?)\s+{THE}(?P<ref4>.+)"
        ),
    ),
    Frame(
        "update",
        rf"(?!toma|anota|apunta|nota){THE}(?P<ref>{WORDS}*?\b(?:{ANY}|clase|cena|comida)\b{WORDS}*?)\s*{WHEN}?\s*(?:pasa|se\s+(?:pasa|mueve|aplaza|retrasa)|será|cambia"
        rf"|ahora\s+es)\s*(?:a\s+|para\s+)?{WHEN}|(?:pon|poner|pasa|cambia)\s+{THE}(?P<ref2>{ALARM})\s*{WHEN}\s+{WHEN}",
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

FINISHING = _FINISH
FRAMES = _CHANGE
