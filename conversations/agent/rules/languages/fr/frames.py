"""Shapes of French commands, the most particular first.

They are matched against the folded command, without polite words at its ends, in which time expressions
(`WHEN`), bare durations (`LENGTH`) and priorities (`PRIORITY`) are replaced by marks.
"""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.fr.nouns import ALARM, ANY, EVENT, TASK, THE, TIMER
from conversations.agent.rules.marks import LENGTH, WHEN, WORDS

_ME = r"[\s-]*(?:moi|nous|me)?\s*"
_TALK = (
    Frame(
        "undo",
        (
            r"annule[zr]?(?:\s+(?:ça|cela|la\s+dernière\s+\w+|le\s+dernier\s+\w+"
            r"|tout\s+ça))?|défais\s+(?:ça|cela)|reviens?\s+en\s+arrière"
        ),
    ),
    Frame(
        "choose",
        r"(?:je\s+(?:veux\s+dire|parle\s+de)\s+|prends\s+|choisis\s+)?(?:(?:le"
        r"|la)\s+)?(?P<choice>premi(?:er|ère)|deuxième|seconde?|troisième"
        r"|quatrième|cinquième|derni(?:er|ère))(?:\s+tâche)?"
        r"|(?:(?:le\s+)?numéro|option|n°)?\s*(?P<number>[0-9]{1,2}|deux|trois|quatre|cinq|six)",
    ),
    Frame("choose", r"(?P<both>les\s+deux|tous\s+les\s+deux|toutes\s+les\s+deux|tous|toutes|tout)"),
    Frame(
        "smalltalk",
        (
            r"(?:bonjour|salut|coucou|bonsoir|bonne\s+(?:nuit|journée|soirée)"
            r"|allô)(?:\s+\w+)?|(?:comment\s+)?(?:ça|ca)\s+va(?:\s+.*)?|comment\s+(?:vas-tu"
            r"|allez-vous)"
        ),
    ),
    Frame(
        "smalltalk",
        (
            r"(?:merci|super|parfait|génial|d'accord|ok|oui|non|bien|au\s+revoir"
            r"|à\s+bientôt|laisse\s+tomber|rien|peut-être|cool|bravo|bien\s+joué)(?:\s+(?:beau"
            r"coup|bien|à\s+toi|merci))*"
        ),
        asks="thanks",
    ),
    Frame(
        "help",
        (
            r"(?:m'|nous\s+)?aide(?:z|r)?(?:[\s-]moi)?|que\s+(?:peux-tu|sais-tu|pouvez-vous)\s+faire"
            r"|qu'est-ce\s+que\s+tu\s+(?:peux|sais)\s+faire|qui\s+es-tu|comment\s+(?:ça\s+marc"
            r"he|utiliser|puis-je)\b.*"
        ),
    ),
)

_STOP = (
    r"(?:arrête[zr]?|stoppe[zr]?|coupe[zr]?|éteind?s|éteignez|éteindre|désactive[zr]?|fais\s+taire|silence"
    r"|stop)"
)
_CLOCK = (
    Frame(
        "snooze",
        rf"(?:{_STOP}|faites\s+taire)(?<!désactive)(?<!désactivez)(?<!désactiver)\s*{THE}{ALARM}\s+(?:pendant|pour|dans)?\s*(?:{LENGTH}|{WHEN})"
        rf"|{ALARM}\s+(?:suspendue|en\s+pause|en\s+veille)\b.*|(?:répète[zr]?|répéter)\s+{THE}{ALARM}.*"
        rf"|(?:mets?|mettez|mettre)\s+{THE}{ALARM}\s+(?:sur|en)\s+(?:pause|veille|attente)\b.*|faites\s+taire\s+{THE}{ALARM}"
        rf"|(?:répète[zr]?|répéter|suspend\w*|interromp\w*|repousse[zr]?|reporte[zr]?|retarde[zr]?"
        rf"|mets?|mettez|mettre)\s+{THE}{ALARM}\s+(?:en\s+(?:veille|pause"
        rf"|attente)|(?:de|pour|d')?\s*{LENGTH}|en\s+mode\s+répétition).*"
        rf"|.*\b(?:snooze|rappel\s+d'alarme|répétition)\b.*|laisse-moi\s+dormir.*"
        rf"|(?:encore\s+)?{LENGTH}\s+de\s+plus|encore\s+{LENGTH}|rappelle[zr]?(?:[\s-](?:le|la|les))?[\s-]moi(?:\s+(?:ça|cela))?\s+(?:plus\s+tard|tout\s+à\s+l'heure)|pause\s+d'alarme.*",
        "alarm",
        asks="at once",
    ),
    Frame(
        "pause",
        (
            rf"(?:mets?|mettez|mettre)\s+{THE}(?:\w+\s+)?{TIMER}\s+en\s+(?:pause|attente).*"
            rf"|(?:pause|(?:mets?|mettez|mettre)\s+en\s+pause|suspend[sr]?\w*|interromp\w*|arrête[zr]?"
            rf"|stoppe[zr]?)\s+(?:en\s+pause\s+)?{THE}(?:\w+\s+)?{TIMER}\b.*"
            rf"|pause(?:\s+(?:sur|pour)\s+{THE}{TIMER}.*)?|{THE}{TIMER}\s+en\s+pause"
        ),
        "timer",
    ),
    Frame(
        "resume",
        (
            rf"(?:reprend\w*|continue[zr]?|relance[zr]?|réactive[zr]?|poursui\w+)\s+{THE}(?:\w+"
            rf"\s+)?{TIMER}\b.*|reprends?|continue[zr]?"
            rf"|(?:remets?|remettez|remettre)\s+{THE}(?:\w+\s+)?{TIMER}\s+(?:en\s+(?:marche|route)|à\s+tourner).*"
        ),
        "timer",
    ),
    Frame(
        "restart",
        (
            rf"(?:redémarre[zr]?|réinitialise[zr]?|recommence[zr]?|remets?|remettez)\s+(?:à\s+z"
            rf"éro\s+)?{THE}(?:\w+\s+)?{TIMER}\b.*|(?:redémarre|recommence|réinitialise)[zr]?"
        ),
        "timer",
    ),
    Frame(
        "silence",
        rf"(?:arrête[zr]?|cesse[zr]?)\s+(?:de\s+faire\s+(?:ce|du)\s+bruit|de\s+(?:faire\s+)?sonner.*)|(?:tais-toi|taisez-vous|tais\s+toi|chut|silence)|(?:je\s+veux\s+)?que\s+{THE}{ALARM}\s+s'arrête"
        rf"|(?!désactive[zr]?\s.*{WHEN}){_STOP}\s*{THE}(?:{ALARM})?(?:\s+(?:maintenant|{WHEN}))?|(?:mets?"
        rf"|mettez)\s+{THE}{ALARM}\s+(?:sur|en)\s+(?:silence|silencieux"
        rf"|sourdine|muet)"
        rf"|(?:rends|passe)\s+{THE}{ALARM}\s+(?:silencieuse|muette|en\s+silencieux)"
        rf"|{ALARM}\s+(?:stop|silence|off)",
        "alarm",
    ),
    Frame(
        "update",
        rf"(?:ajoute[zr]?|rajoute[zr]?|mets?|enlève[zr]?|retire[zr]?|retranche"
        rf"|soustrai\w+)\s+(?:encore\s+)?{LENGTH}(?:\s+(?:de\s+plus|supplémentaires?|en\s+plus))?(?:\s+"
        rf"(?:à|au|sur|de|du|d')?\s*{THE}(?P<ref>.*?(?:{TIMER}|{ALARM}))\b.*)?"
        rf"|(?:augmente[zr]?|prolonge[zr]?|allonge[zr]?|rallonge[zr]?|réduis\w*"
        rf"|diminue[zr]?|raccourci\w*)\s+{THE}(?P<ref2>.*?(?:{TIMER}|{ALARM}))\s+(?:de\s+"
        rf"|d')?{LENGTH}.*",
        "timer",
    ),
)

_SHOW = (
    r"(?:(?:me|nous)\s+)?(?:montre[zr]?|affiche[zr]?|relis|relisez|relire|accéder?\s+à|accédez\s+à|accède\s+à"
    r"|informe[zr]?(?:[\s-]moi)?\s+sur|localise[zr]?|(?:tiens|tenez)[\s-]moi\s+au\s+courant|énumère[zr]?|énumérer|énonce[zr]?|parcour\w+|révise[zr]?|dire|récupère[zr]?|obtenir|sors|sortir"
    r"|(?:fais|faites)[\s-]moi\s+(?:voir|entendre|lire)|(?:laisse|laissez)[\s-]moi\s+voir|liste[zr]?|lis|lisez|lire|trouve[zr]?"
    r"|cherche[zr]?|vérifie[zr]?|voir|vois|regarde[zr]?|consulte[zr]?"
    r"|ouvre[zr]?|donne[zr]?|dis|dites|indique[zr]?|rappelle[zr]?[\s-]moi\s+mes"
    r"|passe[zr]?\s+en\s+revue|revois|énumère|récapitule[zr]?|résume[zr]?|rappelle[zr]?[\s-]moi\s+(?:mon|ma|le)(?=\s+(?:agenda|programme|planning|emploi)))"
)
_FREE = r"(?:disponibles?|libres?|occupée?s?|ouverte?s?|gratuite?s?|réservée?s?|prise?s?|pris)"
_QUERY = (
    Frame(
        "query",
        rf"(?:est|sont|sera|seront|serai-je|suis-je|es-tu|est-ce\s+qu\S+|quand|qui|à\s+quelle\s+heure|y\s+a-t-il"
        rf"|voir\s+si|vérifie[zr]?\s+si|regarde[zr]?\s+si|dis-moi\s+si|savoir\s+si|si)\b(?:(?!\bpour\s+que\b).)*\b{_FREE}\b.*"
        r"|(?:puis-je|peut-on|pouvons-nous|est-ce\s+que\s+je\s+peux|est-il\s+possible\s+de|possible\s+de)\s+réserver\b.*"
        r"|(?!(?:ajoute|mets|note|crée|réserve|bloque|prévois|planifie|programme|cale|fixe|organise|garde)[zr]?\b).*\b(?:disponibilités?|temps\s+libre|créneaux?)\b.*",
    ),
    Frame(
        "query",
        r"(?:me\s+rappeler|rappelle[zr]?[\s-]moi|rappelez[\s-]moi|dis[\s-]moi|dites[\s-]moi|me\s+dire|savoir)?\s*"
        r"(?:ce\s+que\s+(?:je|j'|nous|on)|ce\s+qu'(?:on|il)|ce\s+qui)\s*(?:\w+\s+){0,2}(?:dois|devais|ai|avais|fais|est"
        rf"|avons|faire|y\s+a|prévu\w*|a|reste)\b.*|(?:le|la|mon|ma|mes|les)\s+prochaine?s?\s+{EVENT}\b.*"
        r"|(?:me\s+rappeler|rappelle[zr]?[\s-]moi|rappelez[\s-]moi)\s+(?:quand(?!\s+(?:je|j'|nous|on|il|elle))|quel|quelle|où|à\s+quelle|combien|qui)\b.*"
        rf"|(?:mes|toutes\s+mes|tous\s+mes)\s+{ANY}\b.*|(?:mon|ma|le|la|les|mes)\s+{ANY}\s+(?:est|sont)-(?:il|elle)s?\b.*"
        rf"|paramètres?\s+.*\b{ALARM}|.*\bai[-\s]je\b.*|les\s+(?:{ANY})\s+(?:réglée?s|actuel\w*|activ\w+|programmée?s|prévue?s"
        r"|existant\w*|enregistrée?s|du|de|pour)\b.*|(?:avez-vous|as-tu|est-ce\s+que\s+tu\s+as)\s+(?:bien\s+)?\w+é\s+.*"
        r"|(?:il\s+)?(?:me\s+)?reste(?:-t-il)?\s+combien\b.*|(?:il\s+y\s+a\s+)?combien\s+de\s+temps\s+(?:me\s+)?reste.*"
        r"|à\s+quelle\s+heure\s+.*\b(?:est-(?:il|elle)|commence\w*|débute\w*|censée?|prévue?|a\s+lieu)\b.*"
        r"|quelle\s+(?:est\s+la\s+)?date\b.*|(?:olly\s+)?(?:n'importe\s+quoi|quelque\s+chose)\s+(?:d'autre\s+)?(?:qui\s+reste\s+)?sur\s+(?:la|ma)\s+liste.*"
        r"|(?:vérifie[zr]?|regarde[zr]?)\s+(?:l'état|le\s+statut)\b.*",
    ),
    Frame(
        "query",
        (
            r"(?:qu|que|quel|montre|affiche|y\s+a-t-il|ai-je).*\b(?:en\s+retard"
            r"|dépassée?s?)\b.*|(?:mes\s+|les\s+)?tâches\s+en\s+retard"
        ),
        asks="overdue",
    ),
    Frame(
        "query",
        r"(?:qu|que|quel|montre|affiche)\S*\b.*\b(?:terminée?s?|finie?s?|accomplie?s?|ai-je\s+fait)\b.*",
        asks="done",
    ),
    Frame(
        "query",
        rf"(?:quoi\s+(?:de\s+)?(?:prévu|planifié|au\s+programme|faire)\b|(?:j'ai|on\s+a|il\s+(?:me|nous)\s+reste|il\s+y\s+a)\s+quoi\b"
        rf"|(?:récapitule|résume|passe\s+en\s+revue)[zr]?\s+{THE}(?:{ANY}|journée|semaine|{WHEN})|à\s+quelle\s+heure\s+(?:je|j'|on|nous|dois|faut)"
        rf"|quand\s+(?:dois|devons|devrai|dois-je|est-ce\s+que\s+je|faut-il|je\s+dois|j'ai)\b|(?:c'est|est-ce)\s+quand\b).*"
        rf"|(?:{THE}{ANY}|{THE}{ALARM})\s+(?:est|sont)\s+.*\bquelle\s+heure\b.*"
        rf"|(?:la\s+salle|le\s+bureau|\w+)\s+(?:[\w-]+\s+)?(?:est|sera)(?:[\s-](?:il|elle))?(?:-t-\w+)?\s+{_FREE}\s*{WHEN}.*"
        rf"|où\s+en\s+(?:est|sont)\s+{THE}{ANY}.*",
    ),
    Frame(
        "query",
        (
            rf"(?:quand\s+(?:est|a\s+lieu|ai-je|commence)|c'est\s+quand|à\s+quelle\s+heure\s+(?"
            rf":est|ai-je))\s+{THE}(?P<text>{WORDS}+)"
        ),
    ),
    Frame(
        "query",
        (
            rf"(?:qu'|que\b|quel(?:le)?s?\b|quand\b|où\b|combien\b|est-ce\b"
            rf"|y\s+a|ai-je|a-t-|avons-nous|as-tu|à\s+quelle|pour\s+quelle|suis-je"
            rf"|c'est\s+quoi|il\s+y\s+a|j'ai\b(?!\s+(?:besoin|une?))).*(?:\b(?:{ANY}|prévue?s?|programmée?s?"
            rf"|reste[nr]?|faire|prochaine?s?|acheter|à\s+faire|restant|réglée?s?)\b|{WHEN}).*"
        ),
    ),
    Frame("query", rf"{_SHOW}{_ME}.*\b(?:{ANY}|à\s+faire|prévu\w*|restant|reste)\b.*"),
    Frame("query", rf"(?:montre|affiche|liste)[zr]?{_ME}(?:tout\b.*|{WHEN}|ce\s+(?:que|qui)\b.*)"),
    Frame(
        "query",
        (
            rf"(?:toutes?\s+|tous\s+|mes\s+|les\s+|ma\s+|mon\s+|{WHEN}\s*)*(?:{TASK}"
            rf"|listes?(?:\s+(?:de|des|d')\s?.*)?|agenda|alarmes|minuteurs|rendez-vous)(?:\s*(?"
            rf":{WHEN}|à\s+venir|pour\b.*|avec\b.*))*(?<!rappel)(?<!rappel\s)"
        ),
    ),
    Frame("query", r"(?:temps|durée)\s+restante?\b.*|combien\s+de\s+temps\b.*"),
)

FRAMES = (*_TALK, *_CLOCK)
QUERIES = _QUERY
