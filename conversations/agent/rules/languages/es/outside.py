"""What is asked of assistants in Spanish and is no task: weather, music, calls, lights, knowledge."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.es.nouns import EVENT, OBJECT
from conversations.agent.rules.marks import LENGTH, PRIORITY, WHEN

_WEATHER = (
    r"sensación\s+térmica|heladas?|escarcha|chubascos?|aguaceros?|ola\s+de\s+(?:frío|calor)|(?<!líquido\sde\s)refrigeración|"
    r"clima|meteorológic[oa]|temperaturas?|pronósticos?|previsi(?:ón|ones)|lluvias?|llueve|lloverá|llover"
    r"|lloviendo|lluvioso|nieve|nieva|nevar|nevará|nevando|nevó|llovió|caluroso|h[uú]medo|tormentas?|granizo|niebla|soleado|nublado|viento|humedad"
    r"|grados|celsius|fahrenheit|(?:qué|que|el)\s+tiempo\s+(?:hace|hará|va|hay|en)|el\s+tiempo|salga\s+el\s+sol"
    r"|(?:hace|hará|hacer|hacía|haga)\s+(?:mucho\s+|tanto\s+)?(?:frío|frio|calor|sol|fresco|buen\s+tiempo)"
    r"|(?:cuánto|cuanto|qué|que)\s+(?:tan\s+)?(?:frío|frio|calor|caliente)"
    r"|(?:necesito|usar|llevar|traer|ponerme)\s+(?:un\s+|una\s+|el\s+|la\s+)?(?:paraguas|abrigo|chaqueta|shorts|bufanda"
    r"|jersey|suéter|sudadera|sombrilla|botas|gafas|impermeable)|hace\s+falta\s+(?:que\s+)?(?:me\s+)?(?:ponga|poner\w*|lleve|llevar)\b"
)
_SOUND = (
    r"canci(?:[oó]n|ones)|playlists?|lista\s+de\s+reproducción|álbum(?:es)?|podcasts?|radio|música|spotify|pandora"
    r"|youtube|netflix|audiolibros?|volumen|pista|modo\s+aleatorio|aleatorio|cantantes?|letra\s+de|episodios?|discos?|emisoras?|cadena|favorit[oa]s|jazz|rock|rap|salsa|reguet[oó]n"
)
_TALK = (
    r"llamadas?|videollamadas?|mensajes?|sms|whatsapp|messenger|correos?(?:\s+electrónicos?)?|e-?mails?"
    r"|bandeja\s+de\s+entrada|tweets?|tuits?|twitter|facebook|instagram|amigos\s+en\s+común|conexión|en\s+línea"
    r"|altavoz|buzón\s+de\s+voz|número\s+de\s+teléfono|contactos?"
)
_WORLD = (
    r"noticias|titulares|marcador|resultados?\s+del?\s+partido|restaurantes?(?!\s+con\b)|hoteles|taxi|uber|billetes?|boletos?"
    r"|tráfico|atascos?|ruta\s+(?:a|hasta|para)|recetas?|cocinar|hornear|ingredientes?|calorías|chistes?|adivinanza"
    r"|bolsa\s+de\s+valores|acciones\s+de|tipo\s+de\s+cambio|bitcoin|zona\s+horaria|diferencia\s+horaria|capital\s+de"
    r"|habitantes|presidente|elecciones|luces|luz|lámparas?|bombillas?|brillo|calefacción|termostato|persianas?|enchufe"
    r"|cafetera|televisor|televisión|aire\s+acondicionado|para\s+llevar|mayonesa|película|consejos|ideas\s+para|sugerencias|películas?|cine(?!\s+con\b)|sale\s+el\s+sol|se\s+pone\s+el\s+sol"
)
# What asks for a task whatever it speaks of.
_FOR_TASKS = (
    rf"(?!.*\b(?:{OBJECT}|{EVENT}|(?<!está )listas?(?!\s+de\s+reproducción)|agenda|calendario|horario"
    r"|recu[eé]rd\w*"
    rf"|recordar\w*|despi[eé]rt\w*|anota\w*|apunta\w*|no\s+(?:te\s+)?olvid\w+|olvid\w+|acu[eé]rd\w+|acordar\w*|av[ií]sa\w*)\b)(?!(?:ag[eé]nda\w*|planifica|programa|organiza|fija|reserva\s+la"
    r"|anota|pasa\s+la|mueve|aplaza|retrasa|adelanta|cambia\s+la|reprograma)\b(?!.*\bcanción))"
    rf"(?!(?:{WHEN}\s*,?\s*)?(?:tengo\s+que|debo(?!\s+(?:usar|llevar|ponerme))|hay\s+que)\b)"
)
# A chore about such a thing is a task: "cambiar la bombilla de la lámpara", "comprar un billete".
# A time at the end is when it is to be done.
_LATER = rf"(?:(?!\b(?:que|decir|diciendo)\b).)*{WHEN}\s*$"
_NOT_CHORE = (
    rf"(?!(?!(?:poner|iniciar|comenzar|realizar|conectar|compartir|unir|hacer(?=\s+(?:una\s+)?(?:video)?llamada)|revisar|tocar|escuchar|leer|mostrar|encontrar|buscar|pasar|(?:enviar|mandar)(?!{_LATER})|llamar|reproducir|bajar|subir"
    rf"|aumentar|disminuir|encender|apagar|cortar|responder|contestar|colgar|terminar|finalizar|añadir|agregar|decir"
    rf"|dar|saber|ver|comprobar|empezar|consultar|reanudar|parar|silenciar|ir)\b)"
    rf"\w+(?:ar|er|ir)(?:me|le|nos)?\b)(?!(?:compra|paga|devuelve|recoge)\b)"
)

FRAMES = (
    Frame(
        "other",
        rf"{_FOR_TASKS}{_NOT_CHORE}.*\b(?:{_WEATHER}|{_SOUND}|{_TALK}|{_WORLD})(?!\w).*",
    ),
    # what the assistant itself is to do now, and what is asked about the world
    Frame(
        "other",
        rf"(?:puedes|podrías|puede|podría)\s.*|{_FOR_TASKS}(?:(?:(?:para\s+|con\s+)?quién\w*|por\s+qué|cómo|dónde)\s+(?!.*\b(?:tengo|mi|mis|debo|nuestr\w+)\b).*"
        r"|qué\s+(?:significa|quiere\s+decir|piensas|opinas|pasa|pasó|es\s+un\w*)\b.*|qué\s+hora\s+es\b.*"
        r"|cuánt[oa]s?\s+(?:\w+\s+)?(?:cuesta|cuestan|pesa|mide|años|vale|viven?)\b.*"
        r"|cuánto\s+tiempo\s+(?:se\s+)?(?:tarda|dura|hay\s+que|debo|lleva)\b.*"
        r"|(?:te\s+gusta|conoces|sabes|crees|eres|piensas)\b.*|juguemos\b.*|vamos\s+a\s+jugar\b.*|canta\b.*|baila\b.*"
        r"|(?:háblame|cuéntame|cuénteme|hábleme)\b.*|(?:mantenme|manténme)\s+(?:al\s+(?:día|tanto|corriente))\b.*"
        r"|(?:haz|prepara|prepára|cocina|canta|sirve|trae|tráe|compra|cómpra|búsca|enséña\s+a)(?:me|nos)\s+(?!acordar|recordar|saber|ver|una?\s+"
        rf"(?:tarea|recordatorio|lista|nota|alarma)).*|qué\s+día\s+es(?:\s*{WHEN})?|pide\s+(?:me\s+)?una?\s+.*"
        r"|finalizar?\s+(?:la\s+)?(?:conexión|sesión)|(?:pasa|pasar|salta|saltar|ve|ir)\s+a\s+la\s+(?:siguiente|anterior"
        r"|próxima)\b.*"
        r"|(?:resp[oó]nde|cont[eé]sta)\w*\s+.*|(?:oye\s+)?(?:conocí|vi|hablé|fui|estuve|comí)\s+.*"
        rf"|d[ií](?:le|les)\s+(?!.*{WHEN}).*|\w+\s+(?:trabaja|vive|estudia)\s+.*"
        r"|(?:necesito|quiero|dame)\s+(?:\w+\s+)?(?:ideas|consejos|sugerencias|recomendaciones)\b.*)",
    ),
    # what a loudspeaker plays: nothing is put anywhere, and no time is said
    Frame(
        "other",
        rf"{_FOR_TASKS}(?!.*(?:{WHEN}|{LENGTH}|{PRIORITY}))(?:(?:vuelve\s+a\s+poner|pon(?:me|nos|lo|la|ga)?)\s+"
        r"(?!.*\b(?:mesa|lavadora|lavaplatos|lavavajillas|ropa|lavar|cargar|remojo|como|al\s+día|urgentes?)\b).*"
        r"|(?:quiero|quisiera|necesito|me\s+(?:apetece|gustaría))\s+(?:escuchar|o[ií]r|jugar|bailar|cantar|hablar|re[ií]r(?:me)?)\b.*"
        r"|(?:haz|prepara|prepárame|hazme|sírveme)\s+(?:un\s+|el\s+|una\s+)?(?:café|té|expreso|capuchino|chocolate)\b.*"
        r"|aspira\s+.*|(?:contin[uú]a|sigue|siga)\s+(?:con|leyendo|tocando|jugando|hablando|reproduciendo)\b.*"
        r"|(?:p[ií]de|encarga|ordena)(?:me|nos)?\s+.*\b(?:pizzas?|sushi|hamburguesas?|tacos?|comida|cena|pollo|kebab|bocadillos?)\b.*)",
    ),
    # what is said of oneself and of the assistant, and short answers
    Frame(
        "other",
        rf"(?:(?:hoy|ayer|anoche|esta\s+mañana)\s+|{WHEN}\s*)?(?:he|hemos)\s+(?:ya\s+|tenido|comido|bebido|dormido|soñado|pasado|sido|estado"
        r"|conocido|sentido|cenado|desayunado)\b.*|(?:ya\s+)?no\s+(?:entiendo|quiero|me(?!\s+(?:recuerd|dej|av|olvid|haga|hace))|te(?!\s+olvid)|es|era|sé|puedo|importa|está|estoy)\b(?!\s+olvid).*"
        r"|(?:te|le|se\s+te)\s+(?:has?|he|quiero|amo|odio|equivoc\w+|gusta)\b.*|me\s+(?:quieres|amas|odias|gusta|encanta|ha[ns]?|caes|duele|aburro"
        r"|siento|oyes|escuchas|entiendes)\b.*|(?:eres|estás|pareces|suenas)\s+.*|(?:eso|esto)\s+(?:es|está|no)\b.*"
        r"|d[eé]ja(?:lo|la|me)?(?:\s+(?:así|ya|en\s+paz))?|(?:me\s+)?da\s+(?:igual|lo\s+mismo)|no\s+importa|qué\s+más\s+da|olv[ií]da(?:lo|te)"
        r"|(?:conf[ií]rma|rep[ií]te|expl[ií]ca|comprueba|cont[aá]r)(?:lo|me|te|melo|tela)?(?:\s+(?:mejor|otra\s+vez|de\s+nuevo|más))?"
        r"|repetir(?:lo|me)?|(?:más|menos)\s+(?:alto|bajo|fuerte|rápido|despacio|lento)|c[aá]llate|basta(?:\s+ya)?",
    ),
    # something to look up, named without a verb, and what is near
    Frame(
        "other",
        rf"{_FOR_TASKS}(?:el\s+|la\s+|los\s+|las\s+)?(?:hora|fecha|edad|población|superficie|distancia|sinónimo|antónimo|definición|significado"
        r"|coseno|seno|raíz|índice|estado|ruta|camino|trayecto|horarios?|traducción|precio|altura|tamaño|informaci[oó]n|info|tendencias?"
        rf"|diferencia)(?:\s+actual)?\s+(?:de|del|en|a|al|sobre|para|entre|hacia)\s(?!.*{WHEN}).*"
        rf"|{_FOR_TASKS}.*\b(?:cerca\s+de\s+aquí|por\s+aquí\s+cerca|más\s+cercan[oa]s?|en\s+la\s+zona|por\s+la\s+zona)"
        rf"|{_FOR_TASKS}(?:qué\s+)?día\s+de\s+la\s+semana\b.*|(?:uber|cabify|taxi)\s+(?:al?|para|hasta)\s.*"
        rf"|{_FOR_TASKS}conciertos?\s+en\s.*",
    ),
    # what a player, a kitchen or a messenger does at once
    Frame(
        "other",
        rf"{_FOR_TASKS}(?:(?:adelant|atras|retroced|avanz|salt)\w*\s+{LENGTH}.*|vuelve\s+al?\s.*|mudo|mute|quita\s+el\s+silencio"
        rf"|conecta(?:r|te)?\s+(?:con|a)\s.*|comparte\s+.*|(?:calienta|hierve)\s+(?:el\s+)?agua"
        r"|haz\s+(?:más|menos)\s.*|(?:haz|pon)\s+(?:la|el)\s+(?:habitación|salón|cocina|cuarto)\s.*"
        rf"|(?:quisiera|me\s+gustaría|querría|quiero)\s+(?:algo\s+de|un\s+poco\s+de|comer|cenar)\s(?!.*{WHEN}).*"
        r"|(?:necesito|quiero|dame|me\s+apetece)\s+una?\s+(?:buen\s+)?(?:café|té|cerveza|copa|vaso\s+de\s+\w+)"
        rf"|(?:tráe|trae|cóge|coge|búsca|lléva)(?:me|nos)\s(?!.*{WHEN}).*)"
        rf"|av[ií]sa(?:le)?\s+a\s+(?!{WHEN})\D+?\s(?:de\s+)?que\s.*",
    ),
    # an answer to nothing that was asked
    Frame(
        "other",
        r"(?:sí|si|no|exacto|exactamente|claro|gracias|correcto|efectivamente|por\s+supuesto|para\s+nada|desde\s+luego)"
        r"(?:[\s,]+(?:pero|no|sí|esa|ese|eso|gracias|por\s+favor|que\s+no|que\s+sí|es\s+eso|muchas|claro|así|es))*"
        r"|dec[ií]a\s+.*|no\s+me\s+has\s+.*|ha\s+terminado\s.*",
    ),
    # what is on elsewhere, and not with the user
    Frame(
        "other",
        r"(?:qué|que|cuáles|hay|busca|encuentra|dime)\s+(?:\w+\s+)?(?:eventos|conciertos|fiestas|actividades)"
        r"\b(?!.*\b(?:tengo|mi|mis|agenda|calendario)\b).*\b(?:en|cerca|por\s+aquí)\b.*",
    ),
    # leafing through what was shown
    Frame(
        "other",
        r"(?:(?:ve|ir|decir|vamos|pasa|pasar|vuelve|volver|regresa|regresar|desplaza|muestra|muéstrame|mostrar|mostar|ver"
        r"|enseña|lee|leer|necesito|quiero|a|al|la|las|los|el|de|en|me|mis|hacia|una|un)\s+)*+"
        r"(?:(?:páginas?|tareas?|elementos?|resultados?|pantalla)\s+)?"
        r"(?:siguientes?|anterior(?:es)?|previ[oa]s?|próxim[oa]\s+página|página\s+(?:siguiente|anterior)|más|mayor"
        r"|atrás|adelante|más\s+(?:abajo|arriba)|más\s+(?:tareas|resultados|cosas|elementos)|el\s+resto)"
        r"(?:\s+(?:página|tareas|resultados|elementos))?",
    ),
    Frame(
        "other",
        rf"{LENGTH}|título|también|entonces|luego|además|pero|aún|más|menos|aquí|allí|por\s+qué|cómo|qué|quién",
    ),
)
