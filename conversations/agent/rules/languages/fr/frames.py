"""Shapes of French commands, the most particular first.

They are matched against the folded command, without polite words at its ends, in which time expressions
(`WHEN`), bare durations (`LENGTH`) and priorities (`PRIORITY`) are replaced by marks.
"""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.fr.nouns import ALARM, ANY, DET, EVENT, LIST, OBJECT, TASK, THE, TIMER
from conversations.agent.rules.marks import LENGTH, PRIORITY, WHEN, WORDS

_ME = r"[\s-]*(?:moi|nous|me)?\s*"
_TALK = (
    Frame("undo", r"annule[zr]?(?:\s+(?:ça|cela|la\s+dernière\s+\w+|le\s+dernier\s+\w+|tout\s+ça))?|défais\s+(?:ça|cela)|reviens?\s+en\s+arrière"),
    Frame(
        "choose",
        r"(?:je\s+(?:veux\s+dire|parle\s+de)\s+|prends\s+|choisis\s+)?(?:(?:le|la)\s+)?(?P<choice>premi(?:er|ère)|deuxième|seconde?|troisième|quatrième|cinquième|derni(?:er|ère))(?:\s+tâche)?"
        r"|(?:(?:le\s+)?numéro|option|n°)?\s*(?P<number>[0-9]{1,2}|deux|trois|quatre|cinq|six)",
    ),
    Frame("choose", r"(?P<both>les\s+deux|tous\s+les\s+deux|toutes\s+les\s+deux|tous|toutes|tout)"),
    Frame("smalltalk", r"(?:bonjour|salut|coucou|bonsoir|bonne\s+(?:nuit|journée|soirée)|allô)(?:\s+\w+)?|(?:comment\s+)?(?:ça|ca)\s+va(?:\s+.*)?|comment\s+(?:vas-tu|allez-vous)"),
    Frame(
        "smalltalk",
        r"(?:merci|super|parfait|génial|d'accord|ok|oui|non|bien|au\s+revoir|à\s+bientôt|laisse\s+tomber|rien|peut-être|cool|bravo|bien\s+joué)(?:\s+(?:beaucoup|bien|à\s+toi|merci))*",
        asks="thanks",
    ),
    Frame("help", r"aide(?:z)?(?:-moi)?|que\s+(?:peux-tu|sais-tu|pouvez-vous)\s+faire|qu'est-ce\s+que\s+tu\s+(?:peux|sais)\s+faire|qui\s+es-tu|comment\s+(?:ça\s+marche|utiliser|puis-je)\b.*"),
)

_STOP = r"(?:arrête[zr]?|stoppe[zr]?|coupe[zr]?|éteins|éteignez|éteindre|désactive[zr]?|fais\s+taire|silence)"
_CLOCK = (
    Frame(
        "snooze",
        rf"(?:répète[zr]?|répéter|repousse[zr]?|reporte[zr]?|retarde[zr]?|mets?|mettez|mettre)\s+{THE}{ALARM}\s+(?:en\s+(?:veille|pause|attente)|(?:de|pour|d')?\s*{LENGTH}|en\s+mode\s+répétition).*"
        rf"|.*\b(?:snooze|rappel\s+d'alarme|répétition)\b.*|laisse-moi\s+dormir.*|(?:encore\s+)?{LENGTH}\s+de\s+plus|pause\s+d'alarme.*",
        "alarm",
        asks="at once",
    ),
    Frame("pause", rf"(?:pause|mets?|mettez|mettre|suspend[sr]?\w*|interromp\w*|arrête[zr]?|stoppe[zr]?)\s+(?:en\s+pause\s+)?{THE}(?:\w+\s+)?{TIMER}\b.*|pause|{THE}{TIMER}\s+en\s+pause", "timer"),
    Frame("resume", rf"(?:reprend\w*|continue[zr]?|relance[zr]?|réactive[zr]?|poursui\w+)\s+{THE}(?:\w+\s+)?{TIMER}\b.*|reprends?|continue[zr]?", "timer"),
    Frame("restart", rf"(?:redémarre[zr]?|réinitialise[zr]?|recommence[zr]?|remets?|remettez)\s+(?:à\s+zéro\s+)?{THE}(?:\w+\s+)?{TIMER}\b.*|(?:redémarre|recommence|réinitialise)[zr]?", "timer"),
    Frame(
        "silence",
        rf"{_STOP}\s*{THE}(?:{ALARM})?(?:\s+(?:maintenant|{WHEN}))?|(?:mets?|mettez)\s+{THE}{ALARM}\s+(?:sur|en)\s+(?:silence|silencieux|sourdine|muet)"
        rf"|(?:rends|passe)\s+{THE}{ALARM}\s+(?:silencieuse|muette|en\s+silencieux)|{ALARM}\s+(?:stop|silence|off)",
        "alarm",
    ),
    Frame(
        "update",
        rf"(?:ajoute[zr]?|rajoute[zr]?|mets?|enlève[zr]?|retire[zr]?|retranche|soustrai\w+)\s+(?:encore\s+)?{LENGTH}(?:\s+(?:de\s+plus\s*|supplémentaires?\s*)?(?:à|au|sur|de|du|d')?\s*{THE}(?P<ref>.*?(?:{TIMER}|{ALARM}))\b.*)?"
        rf"|(?:augmente[zr]?|prolonge[zr]?|allonge[zr]?|rallonge[zr]?|réduis\w*|diminue[zr]?|raccourci\w*)\s+{THE}(?P<ref2>.*?(?:{TIMER}|{ALARM}))\s+(?:de\s+|d')?{LENGTH}.*",
        "timer",
    ),
)

_SHOW = r"(?:montre[zr]?|affiche[zr]?|liste[zr]?|lis|lisez|lire|trouve[zr]?|cherche[zr]?|vérifie[zr]?|voir|vois|regarde[zr]?|consulte[zr]?|ouvre[zr]?|donne[zr]?|dis|dites|indique[zr]?|rappelle[zr]?[\s-]moi\s+(?:mes|mon)|passe[zr]?\s+en\s+revue|revois|énumère)"
_QUERY = (
    Frame("query", r"(?:qu|que|quel|montre|affiche|y\s+a-t-il|ai-je).*\b(?:en\s+retard|dépassée?s?)\b.*|(?:mes\s+|les\s+)?tâches\s+en\s+retard", asks="overdue"),
    Frame("query", r"(?:qu|que|quel|montre|affiche)\S*\b.*\b(?:terminée?s?|finie?s?|accomplie?s?|ai-je\s+fait)\b.*", asks="done"),
    Frame("query", rf"(?:quand\s+(?:est|a\s+lieu|ai-je|commence)|c'est\s+quand|à\s+quelle\s+heure\s+(?:est|ai-je))\s+{THE}(?P<text>{WORDS}+)"),
    Frame(
        "query",
        rf"(?:qu'|que\b|quel(?:le)?s?\b|quand\b|où\b|combien\b|est-ce\b|y\s+a|ai-je|a-t-|avons-nous|as-tu|à\s+quelle|pour\s+quelle|suis-je|c'est\s+quoi|il\s+y\s+a|j'ai).*(?:\b(?:{ANY}|prévue?s?|programmée?s?|reste[nr]?|faire|acheter|à\s+faire|restant|réglée?s?)\b|{WHEN}).*",
    ),
    Frame("query", rf"{_SHOW}{_ME}.*\b(?:{ANY}|à\s+faire|prévu\w*|restant|reste)\b.*"),
    Frame("query", rf"(?:montre|affiche|liste)[zr]?{_ME}(?:tout\b.*|{WHEN}|ce\s+(?:que|qui)\b.*)"),
    Frame("query", rf"(?:toutes?\s+|tous\s+|mes\s+|les\s+|ma\s+|mon\s+|{WHEN}\s*)*(?:{TASK}|listes?(?:\s+(?:de|des|d')\s?.*)?|agenda|alarmes|minuteurs|rendez-vous)(?:\s*(?:{WHEN}|à\s+venir|pour\b.*|avec\b.*))*(?<!rappel)(?<!rappel\s)"),
    Frame("query", r"(?:temps|durée)\s+restante?\b.*|combien\s+de\s+temps\b.*"),
)

_DONE = r"(?:faite?s?|terminée?s?|finie?s?|complétée?s?|complètes?|accomplie?s?|achevée?s?|effectuée?s?|cochée?s?|réalisée?s?)"
_FINISH = (
    Frame("reopen", rf"(?:rouvre|réouvre|réactive|décoche)[zr]?\s+{THE}(?P<ref>.+)|marque[zr]?\s+{THE}(?P<ref2>.+?)\s+comme\s+(?:non\s+{_DONE}|à\s+faire|pas\s+{_DONE})|{THE}(?P<ref3>.+?)\s+n'est\s+pas\s+{_DONE}"),
    Frame("complete", rf"(?:marque[zr]?|mets?|mettez|note[zr]?|définis\w*|indique[zr]?)\s+{THE}(?:{TASK}\s*:?\s+)?(?P<ref>.+?)\s+(?:comme\s+(?:étant\s+)?|en\s+|est\s+|à\s+)?{_DONE}(?:\s+.*)?"),
    Frame("complete", rf"(?:coche[zr]?|raye[zr]?|barre[zr]?)\s+{THE}(?:{TASK}\s*:?\s+)?(?P<ref>.+?)(?:\s+(?:de|sur|dans)\s+{LIST})?"),
    Frame("complete", rf"(?:complète[zr]?|compléter|termine[zr]?|finis|finissez|achève[zr]?|clos)\s+{THE}{TASK}\s*:?\s*(?P<ref>.+)"),
    Frame("complete", rf"marque[zr]?\s+{THE}(?P<ref>.+?)(?:\s+(?:sur|dans|de)\s+{LIST})?"),
    Frame("complete", rf"(?:j'ai|nous\s+avons|on\s+a)\s+(?:(?:déjà|bien|enfin)\s+)*(?:{_DONE}|\w+[éi]|pris|mis|vu|lu|écrit|rendu|reçu|vendu)\s+(?:avec\s+|de\s+)?{THE}(?:{TASK}\s+)?(?P<ref>{WORDS}+)"),
    Frame("complete", rf"{THE}(?P<ref>.+?)\s+(?:est|sont|a\s+été|ont\s+été)\s+(?:déjà\s+|toutes?\s+|tous\s+)*(?:{_DONE}|achetée?s?)(?:\s+.*)?|{THE}{TASK}\s+(?P<ref2>.+?)\s+{_DONE}"),
    Frame("update", rf"(?:enlève|retire|supprime|efface)[zr]?\s+{THE}(?:(?P<clear>date(?:\s+limite)?|échéance)|(?P<clear_rrule>répétition|récurrence))\s+(?:de|du|à)\s+{THE}(?P<ref>.+)"),
    Frame(
        "delete",
        rf"(?:supprime[zr]?|enlève[zr]?|enlever|retire[zr]?|efface[zr]?|annule[zr]?|ôte[zr]?|élimine[zr]?|jette[zr]?|décommande[zr]?|abandonne[zr]?|oublie[zr]?|débarrasse-toi\s+de)\s+{THE}(?P<ref>.+?)(?:\s+(?:de|sur|dans)\s+{LIST})?"
        rf"|(?:désactive[zr]?|éteins|arrête[zr]?|vide[zr]?|nettoie)\s+{THE}(?P<ref2>.*\b(?:{OBJECT}|liste)\b.*)|{LIST}\s*,\s*(?:supprime[zr]?|enlève[zr]?)\s+{THE}(?P<ref3>.+)",
    ),
    Frame("delete", rf"ne\s+(?:me\s+)?rappelle[zr]?[\s-]*(?:moi\s+)?(?:plus|pas)\s+(?:de\s+|d')?(?P<ref>.+)|je\s+n'ai\s+plus\s+besoin\s+(?:de\s+|d'|du\s+)?{THE}(?P<ref2>.*\b{OBJECT}\b.*)"),
)

_CHANGE_VERB = r"(?:déplace[zr]?|décale[zr]?|reporte[zr]?|repousse[zr]?|avance[zr]?|change[zr]?|modifie[zr]?|mets?\s+à\s+jour|mettez\s+à\s+jour|actualise[zr]?|reprogramme[zr]?|retarde[zr]?|ajuste[zr]?|replanifie[zr]?|corrige[zr]?)"
_CHANGE = (
    Frame("update", rf"(?:renomme[zr]?|rebaptise[zr]?)\s+{THE}(?P<ref>.+?)\s+(?:en|par)\s+(?P<to>.+)|change[zr]?\s+le\s+(?:nom|titre)\s+de\s+{THE}(?P<ref2>.+?)\s+(?:en|pour|par)\s+(?P<to2>.+)", keeps_dates=True),
    Frame("update", rf"(?:mets?|mettez|passe[zr]?|change[zr]?|donne[zr]?)\s+(?:la\s+priorité\s+(?:de|du)\s+)?{THE}(?P<ref>.+?)\s*(?:en|à|comme)?\s*{PRIORITY}"),
    Frame("update", rf"{_CHANGE_VERB}\s+{THE}(?P<ref>{WORDS}*?)\s*(?:de\s+|du\s+)?(?:{WHEN}\s*)?(?:à\s+|au\s+|pour\s+|de\s+|d'|en\s+)?(?:{WHEN}|{LENGTH}).*"),
    Frame("update", rf"{_CHANGE_VERB}\s+{THE}(?P<ref>.+)"),
)

_MAKE = (
    r"(?:mets?|mettez|mettre|crée[zr]?|créer|ajoute[zr]?|règle[zr]?|régler|programme[zr]?|fais|faites|définis\w*|configure[zr]?|active[zr]?|lance[zr]?|démarre[zr]?|démarrer|commence[zr]?|planifie[zr]?|enregistre[zr]?|place[zr]?|prévois|prévoyez|établis\w*|donne[zr]?|note[zr]?|j'ai\s+besoin\s+d'|il\s+me\s+faut|je\s+(?:veux|voudrais)|nouveau|nouvelle|organise[zr]?|paramètre[zr]?|installe[zr]?|réserve[zr]?|allume[zr]?|prépare[zr]?|inscris|insère[zr]?)"
)
_CREATE = (
    Frame("create", rf"(?:rappelle[zr]?|rappeler|rappel|préviens|prévenez|avertis\w*|alerte[zr]?)[\s-]+(?:moi|nous|à\s+\w+|me)\b\s*(?:(?:{WHEN}|{LENGTH}|\s|s'il\s+(?:te|vous)\s+pla[iî]t|,)*)(?:(?:de\b|d'|que\b|qu'|pour\b|à\s+propos\s+de\b)\s*)?(?P<title>.*)|me\s+rappeler\s+(?:de\s+|d'|que\s+|qu')?\s*(?P<title2>.+)"),
    Frame("create", r"(?:réveille[zr]?)[\s-]*(?:moi|nous)\b\s*(?P<rest>.*)", kind="alarm"),
    Frame("create", rf"(?:ajoute[zr]?|mets?|mettez|mettre|note[zr]?|inscris\w*|écris|place[zr]?)\s+(?!une?\s+liste)(?P<title>\S.*?)\s+(?:à|sur|dans|en)\s+{LIST}(?P<rest>\s*{WHEN})?"),
    Frame("create", rf"(?:ajoute[zr]?|mets?|mettez|note[zr]?)\s+(?:à|sur|dans)\s+{THE}liste(?:\s+(?:de\s+|des\s+|d'\s?)(?P<list>[\w\s]+?))?\s*[:,]\s*(?P<title>.+)"),
    Frame("create", r"(?:crée[zr]?|créer|ajoute[zr]?|fais|faites|commence[zr]?|démarre[zr]?|nouvelle)\s+(?:une\s+|la\s+)?(?:nouvelle\s+)?liste(?:\s+(?:de\s+|des\s+|d'\s?|pour\s+(?:les\s+)?|appelée\s+)(?P<list>.+))?", asks="new list"),
    Frame("create", rf"(?:{_MAKE}\s*)?{DET}(?:{LENGTH}\s*)?(?:{TIMER})\b\s*(?P<title>.*)", kind="timer"),
    Frame("create", rf"{_MAKE}\s*{DET}(?P<name>{WORDS}*?)\s*{ALARM}\b\s*(?P<title>.*)", kind="alarm"),
    Frame("create", rf"{_MAKE}\s*{DET}(?P<name>{WORDS}*?)\s*\b{TASK}\b\s*(?P<title>.*)"),
    Frame("create", rf"(?:{_MAKE})\s+{DET}(?P<title>.+?)\s*(?:à|sur|dans|au)\s+(?:mon|ma|le|l'|notre)?\s*(?:calendrier|agenda|planning|emploi\s+du\s+temps)(?P<rest>.*)"),
    Frame("create", rf"(?:nouvelle\s+)?(?:tâche|rappel|note)\s*(?:[:,-]|pour\b|de\b)?\s*(?P<title>.+)"),
    Frame("create", rf"(?:{WHEN}\s*)?(?:{ALARM})\b\s*(?P<title>.*)", kind="alarm"),
    Frame("create", r"n'?\s?oublie[zr]?\s+pas\s+(?:de\s+|d'|que\s+)?(?P<title>.+)|ne\s+(?:pas\s+)?(?:me\s+laisse\s+pas\s+)?oublie[zr]?\s+(?:pas\s+)?(?:de\s+|d')?(?P<title2>.+)|ne\s+pas\s+oublier\s+(?:de\s+|d')?(?P<title3>.+)"),
    Frame("create", r"(?:je\s+dois|je\s+devrais|nous\s+devons|il\s+faut(?:\s+que\s+je)?|faut|on\s+doit|j'ai\s+besoin\s+(?:de|d'))\s*(?P<title>.+)"),
    Frame("create", rf"(?:ajoute[zr]?|crée[zr]?|créer|planifie[zr]?|programme[zr]?|organise[zr]?|note[zr]?|prévois|prévoyez|réserve[zr]?|fixe[zr]?|mets?|mettez)\s+{DET}(?P<title>.+)"),
    Frame("create", rf"{DET}(?P<title>.*\b{EVENT}\b.*?)"),
)

FRAMES = (*_TALK, *_CLOCK, *_FINISH, *_QUERY, *_CHANGE, *_CREATE)
