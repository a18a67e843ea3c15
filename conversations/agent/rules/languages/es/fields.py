"""Spanish words for priorities, labels, reminder leads and the edges of commands and titles."""

from __future__ import annotations

from conversations.agent.rules.model import Priority

PRIORITIES: dict[str, Priority] = {
    **dict.fromkeys(("urgente", "urgentes", "urgencia", "máxima", "crítica"), "urgent"),
    **dict.fromkeys(("alta", "importante", "importantes"), "high"),
    **dict.fromkeys(("media", "normal"), "medium"),
    **dict.fromkeys(("baja", "mínima"), "low"),
    **dict.fromkeys(("ninguna", "sin"), "none"),
}
_LEVEL = r"(?:urgente|máxima|crítica|alta|importante|media|normal|baja|mínima|ninguna|sin)"

SOURCES: dict[str, str] = {
    "priority": (
        rf"(?:,?\s*(?:\b(?:con|de|en|a)\s+)?(?:\b(?P<level>{_LEVEL})\s+prioridad\b"
        rf"|\bprioridad(?:\s*:|\s+es)?\s+(?P<level2>{_LEVEL})\b)"
        r"|\bcon\s+(?P<level6>urgencia)(?=\s*(?:$|[,.!;:]))"
        r"|(?:^|[\s,])!(?P<level3>urgente|alta|media|baja)\b"
        r"|^(?:(?:una\s+|la\s+)?(?:nueva\s+)?(?:tarea|nota)\s+)?(?P<level5>urgente|importante)\s*[:,!]+\s*"
        r"|(?:,\s*|\b(?:es|muy|como)\s+)(?P<level4>urgente|importante)(?=\s*(?:$|[,.!;:])))"
    ),
    "label": (
        r"(?:(?:^|(?<=\s))(?:#)(?P<label>[^\W\d]\w*(?:-\w+)*)|,?\s+(?:con\s+(?:la\s+)?etiq"
        r"ueta|etiquetad[oa](?:\s+como)?)\s+"
        r"(?P<label2>\w[\w-]*)(?=\s*(?:$|[,.])))"
    ),
    "list": (
        r",?\s*\b(?:en|a)\s+(?:la\s+|mi\s+|nuestra\s+)lista\s+(?:de\s+"
        r"|del\s+)(?:la\s+|las\s+|los\s+)?(?P<list>\w+)|lista\s*:\s*(?P<list2>\w+)(?=\s*(?:$|[,.;!]))"
    ),
    "lead": (
        r"(?:,?\s*(?:y\s+)?(?:recuérda|avísa|avisa)me\s+)?(?P<duration>{duration})\s+(?:an"
        r"tes|con\s+antelación|de\s+antelación)(?=\s*(?:$|[,.;!]|que\b))"
        r"|,?\s*con\s+un\s+(?:recordatorio|aviso)\s+(?P<duration2>{duration})\s+antes"
        r"|\b(?:recu[eé]rdame|avísame)\s+(?P<duration3>{duration})\s+antes\s+de(?:l(?=\s)|(?=\s+(?:la|el|mi|las|los)\b))"
    ),
    "polite_start": (
        r"(?:\s|[\"'.,¡!¿?:;)>*-]|\b(?:por\s+favor|porfa|porfavor|oye|hola"
        r"|ok|vale|bueno|entonces|luego|después|y|ahora|sí|pues|también|mejor|al\s+final|finalmente|rápido|en\s+realidad"
        r"|(?:puedes|podrías|podrias|puede|podría|quieres)(?!\s+(?:llamar|enviar|mandar|tocar|reproducir|cantar|responder)\b)(?:\s+por\s+favor)?"
        r"|me\s+(?:puedes|podrías|gustaría)|(?:puedo|podría)(?=\s+(?:ver"
        r"|añadir|agregar|tener|poner|ajustar))"
        r"|(?:quiero|quisiera|necesito|deseo|debo|tengo\s+que)(?:\s+que)?(?=\s+(?:\w+\s+)?"
        r"(?:ajust|añad|agreg|pon|cre|configur|establec|elimin|borr|cancel"
        r"|ver|cambi|modific|program|muev|mover|revis|marc|mostr|quit|actualiz)\w*)"
        r"|ay[uú]da(?:me)?\s+a|ayudar\s+a|alexa|siri|google|cortana|jarvis|olly|s[oó]lo(?=\s+(?:m[ou][se]s?tr|ver|quiero))|ordenador|se\s+puede)\b)*"
    ),
    "polite_end": (
        r"(?:\s|[.,!?;:\"'*¿¡]|\b(?:por\s+favor|porfa|porfavor|(?:mil\s+|muchas\s+|muchísimas\s+)?gracias"
        r"|(?:y\s+)?recu[eé]rdamel[oa]s?|(?:y\s+)?(?:ponme|pon|apúnta(?:me)?|añáde(?:me)?|anóta(?:me)?)l[oa]s?"
        r"(?:\s+en\s+(?:mi|el|la)\s+(?:calendario|agenda))?"
        r"|muchas\s+gracias|para\s+mí|vale|ok|si\s+puedes))*$"
    ),
    # an infinitive names what is to be done
    "verb_form": r"(?!ayer|mujer|lugar|mar|placer|taller|bar|par|azúcar|hogar|familiar|celular|popular)"
    r"\w{2,}(?:ar|er|ir)(?:me|nos|le|les|lo|la|los|las)?",
    "separator": (
        r"\s{0,8}(?P<hard>[;\n]+|[.!?]+(?=\s))\s{0,8}(?:(?:y|luego|después|también)\s{1,8})*"
        r"|\s{0,8},\s{0,8}(?:(?:y|luego|después)\s{1,8})*|\s{1,8}(?:(?:y"
        r"|luego)\s{1,8})+(?:(?:también|luego|después)\s{1,8})*"
    ),
    "no_split": r"(?:que\b|de\b|para\b)",
    "new_command": (
        r"(?:por\s+favor\s+)?(?:recu[eé]rdame|avísame|despi[eé]rtame|tengo\s+que"
        r"|no\s+olvides|debo|hay\s+que)\b"
    ),
    "question": (
        r"(?:¿|qué\b|que\s+(?:\w+\s+)?(?:tengo|hay|alarmas?|recordatorios?)\b"
        r"|quién\w*\b|cuándo\b|cuando\b|dónde\b|donde\b|cómo\b|como\s+(?:est"
        r"|va|es)|cuánt[oa]s?\b|cuant[oa]s?\b|por\s+qué\b|cuál\w*\b|cual(?:es)?\b"
        r"|hay\b|tengo\s+(?!que)|tienes\b|tiene\b|está\b|esta\s+(?:lloviendo"
        r"|nevando)|están\b|es\b|son\b|va\s+a\b|hace\b|hará\b|puedo\b|debo\s+llevar"
        r"|debería\b|necesito\s+(?:un\s+)?(?:paraguas|abrigo)|a\s+qué\b"
        r"|de\s+qué\b|en\s+qué\b|para\s+qué\b|lloverá\b|nevará\b)"
    ),
    "statement": r"(?:yo|estoy|soy|él|ella|nosotros|ellos|es|son|está|esto|eso|mi\s+\w+\s+(?:es|está))\b",
    "outside": (
        r"(?:reproduce|reproducir|toca|tocar|pon\s+(?:la\s+|una\s+|el\s+"
        r"|un\s+)?(?:música|canción|álbum|radio|disco|playlist)|salta|siguiente"
        r"|anterior|repite|repetir|di(?:me|\s+me)?|dile|cuéntame|busca"
        r"|encuentra"
        r"|traduce|calcula|convierte|explica|define|describe|recomienda|recomiénd\w*"
        r"|sugiere|abre|inicia|empieza|comienza|enciende|apaga|sube|baja"
        r"|aumenta|disminuye|silencia|llama|llamar(?!\s+(?:al|a\s+(?:la|los|las|mi|un|una))\b)|telefonea|envía|enviar"
        r"|manda|mandar|escribe|responde"
        r"|contesta|cuelga|lee|leer|muestra|muéstrame|mostrar|para|detén"
        r"|detener|comprueba|dame|juega|ignora|navega|pausa|reserva\s+un"
        r"|pide\s+un|termina|videollamada|clima|tiempo|pronóstico|deja"
        r"|haz\s+una)\b"
    ),
    # the frames of `outside.py` tell what is outside by its topic
    "elsewhere": r"(?!)",
    "title_start": (
        r"(?:\s|[\"'.,:;!?()*¿¡-]|\b(?:que\s+(?:tengo|debo|necesito)\s+(?:que\s+)?"
        r"|de\s+que|que|para|de|sobre|a\s+(?!\w+\s*$)|llamad[oa](?!\s+(?:con|a|al|de|del|para)\b)|titulad[oa]"
        r"|y|por\s+favor|recordarme|tengo(?:\s+que)?|debo|acerca\s+de|en|al"
        r"|el|la|con\s+el\s+(?:título|nombre))\s+)*"
    ),
    "title_end": (
        r"(?:\s|[.,:;!?*\"-]|\b(?:a|al|el|la|las|los|de|del|para|y|en|por"
        r"|cada|todos|hasta|desde|antes|por\s+favor|que|sobre)\b)*$"
    ),
    "reference_start": (
        r"(?:\s|[\"'.,:;!?¿¡-]|\b(?:el|la|los|las|un|una|de|del|mi|mis"
        r"|nuestra|nuestro|este|esta|estos|estas|ese|esa|todos|todas|tareas?"
        r"|recordatorios?|para|sobre|a|acerca|llamad[oa](?!\s+(?:con|a|al|de|del|para)\b)|que|con|por|en)[\s:]+)*"
    ),
    "reference_end": (
        r"(?:\s|[.,;:!?\"-]|\b(?:a|al|el|la|las|los|de|del|para|y|en|por"
        r"|tareas?|recordatorios?|ahora|ya|que|está|como|(?:de|del|en)\s+(?:(?:mi|el|la|nuestra)\s+)?(?:calendario|agenda))\b)*$"
    ),
    "query_text": (
        r"\b(?:para|sobre|con|acerca\s+de|llamad[oa]s?|respecto\s+a)\s+(?:el\s+"
        r"|la\s+|los\s+|las\s+|mi\s+|mis\s+)?(?P<text>[^\ue000\ue001]+)"
    ),
    "query_list": r"lista\s+(?:de\s+|del\s+)(?:la\s+|las\s+|los\s+)?(?P<list>\w+)",
    "query_noise": r"(?:tareas?|pendientes?|recordatorios?|alarmas?|todo|cosas)",
    "done": r"\b(?:terminad[oa]s?|completad[oa]s?|hech[oa]s?|acabad[oa]s?)\b",
    "early": r"\b(?:desp(?:i[eé]|e)rt\w*|despertador|levantar\w*|alarmas?)\b",
    "alarm": r"\b(?:alarmas?|despertador(?:es)?|despi[eé]rta\w*)\b",
    "timer": r"\b(?:temporizador(?:es)?|cron[oó]metros?|timers?|cuenta\s+(?:atrás|regresiva))\b",
    "less": r"^(?:quita|quitar|resta|restar|reduce|reducir|disminuye|acorta|adelanta|elimina)\b|\bantes\b",
}
