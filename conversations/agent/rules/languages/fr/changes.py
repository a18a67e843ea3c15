"""Shapes of French commands that finish or change tasks."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.fr.nouns import (
    ALARM,
    ANY,
    EVENT,
    LIST,
    OBJECT,
    TASK,
    THE,
    TIMER,
)
from conversations.agent.rules.marks import LENGTH, PRIORITY, WHEN, WORDS

_DONE = (
    r"(?:faite?s?|terminée?s?|finie?s?|complétée?s?|complètes?|accomplie?s?"
    r"|achevée?s?|réglée?s?|payée?s?|envoyée?s?|rendue?s?|lavée?s?|effectuée?s?|cochée?s?|réalisée?s?)"
)
# "les alarmes sont réglées" finishes nothing, and neither does a question
_NOT_ASKED = (
    r"(?!qu|est-ce|où\b|combien|si\b|y\s+a|ai-je|à\s+quel|pour\s+quel|retire|supprime|montre"
    rf"|(?:\S+[\s'])?(?:{ALARM}|{TIMER})\b)"
)
_FINISH = (
    Frame(
        "reopen",
        (
            rf"(?:rouvre|réouvre|réactive|décoche)[zr]?\s+{THE}(?P<ref>.+)|marque[zr]?\s+{THE}("
            rf"?P<ref2>.+?)\s+comme\s+(?:non\s+{_DONE}|à\s+faire|pas\s+{_DONE})"
            rf"|{THE}(?P<ref3>.+?)\s+n'est\s+pas\s+{_DONE}"
        ),
    ),
    Frame(
        "complete",
        (
            rf"(?:marque[zr]?|mets?|mettez|mettre|note[zr]?|définis\w*|indique[zr]?)\s+{THE}(?:{TASK}\s"
            rf"*:?\s+)?(?P<ref>.+?)\s+(?:comme\s+(?:étant\s+)?|en\s+|est\s+"
            rf"|à\s+)?{_DONE}(?:\s+.*)?"
        ),
    ),
    Frame(
        "complete",
        rf"(?:valide[zr]?|clôture[zr]?|clos|considère[zr]?|considérer|déclare[zr]?)\s+{THE}(?:{TASK}\s*:?\s+)?(?P<ref>.+?)"
        rf"(?:\s+comme\s+(?:étant\s+)?{_DONE}|(?<=.{{3}})(?=$))|c'est\s+(?:bon|fait|réglé|fini|terminé|ok)\s+pour\s+{THE}(?P<ref2>.+)"
        rf"|{THE}(?P<ref3>.+?)\s*,?\s+c'est\s+(?:bon|fait|réglé|fini|terminé)"
        rf"|(?:j'en\s+ai|on\s+en\s+a|nous\s+en\s+avons)\s+(?:fini|terminé)\s+avec\s+{THE}(?P<ref4>.+)"
        rf"|(?:je\s+viens|on\s+vient|nous\s+venons)\s+(?:juste\s+)?(?:de\s+|d')(?P<ref5>.+)",
    ),
    Frame(
        "complete",
        (
            rf"(?:coche[zr]?|raye[zr]?|barre[zr]?)\s+{THE}(?:{TASK}\s*:?\s+)?(?P<ref>.+?)(?:\s+"
            rf"(?:de|sur|dans)\s+{LIST})?"
        ),
    ),
    Frame(
        "complete",
        (
            rf"(?:complète[zr]?|compléte[zr]|termine[zr]?|finis|finir|finissez|achève[zr]?"
            rf"|clos)\s+{THE}{TASK}\s*:?\s*(?P<ref>.+)"
            rf"|(?:complète[zr]?|complétez|compléter|termine[zr]?|finis|finir|finissez|achève[zr]?)\s+{THE}(?P<ref2>.+?)"
            rf"\s+(?:de|sur|dans)\s+{LIST}"
        ),
    ),
    Frame("complete", rf"marque[zr]?\s+{THE}(?P<ref>.+?)(?:\s+(?:sur|dans|de)\s+{LIST})?"),
    Frame(
        "complete",
        (
            rf"(?:j'ai|nous\s+avons|on\s+a)\s+(?:(?:déjà|bien|enfin)\s+)*(?:{_DONE}"
            rf"|\w+[éi]|pris|mis|vu|lu|écrit|rendu|reçu|vendu)\s+(?:avec\s+"
            rf"|de\s+)?{THE}(?:{TASK}\s+)?(?P<ref>{WORDS}+)"
        ),
    ),
    Frame(
        "complete",
        (
            rf"{_NOT_ASKED}{THE}(?P<ref>.+?)\s+(?:est|sont|a\s+été|ont\s+été)\s+(?:déjà\s+"
            rf"|toutes?\s+|tous\s+)*(?:{_DONE}|achetée?s?)(?:\s+.*)?|{THE}{TASK}\s+(?P<ref2>.+?"
            rf")\s+{_DONE}|{TASK}\s+(?:complétée?|complète|terminée?|finie?|faite?)\s*:?\s+(?P<ref3>.+)"
        ),
    ),
    Frame(
        "update",
        (
            rf"(?:enlève|retire|supprime|efface)[zr]?\s+{THE}(?:(?P<clear>date(?:\s+limite)?"
            rf"|échéance)|(?P<clear_rrule>répétition|récurrence))\s+(?:de|du"
            rf"|à)\s+{THE}(?P<ref>.+)"
        ),
    ),
    Frame(
        "delete",
        rf"(?:je\s+|j'|on\s+)?(?:supprime[zr]?|enlèvez?|enlevez|retirez?|[eé]fface[zr]?"
        rf"|annule[zr]?|ôte[zr]?|élimine[zr]?|décommande[zr]?"
        rf"|abandonne[zr]?|oublie[zr]?)\s+{THE}(?P<ref>.+?)(?:\s+(?:de"
        rf"|sur|dans)\s+{LIST})?"
        rf"|(?:désactive[zr]?|éteins|arrête[zr]?|vide[zr]?|nettoie|nettoyer|jette|jete[zr]|enlever|retirer|exclu\w+"
        rf"|(?:te\s+|se\s+|me\s+|m')?débarrasse[zr]?(?:[\s-](?:toi|moi|vous))?\s+de?|réinitialise[zr]?|ignore[zr]?)\s+{THE}(?P<ref2>.*\b(?:{OBJECT}|{EVENT}|agenda|calendrier|listes?"
        rf"|liste)\b.*)|{LIST}\s*,\s*(?:supprime[zr]?|enlève[zr]?)\s+{THE}(?P<ref3>.+)",
    ),
    Frame(
        "delete",
        rf"(?:trouve[zr]?|cherche[zr]?|repère)\s+{THE}(?P<ref>.+?)\s+et\s+(?:retire|supprime|efface|annule|enlève|enleve)[zr]?-l\w+.*"
        r"|tout\s+(?:annuler|supprimer|effacer|enlever)(?:\s+(?:sur|dans|de)\s+(?P<ref2>.+))?",
    ),
    Frame(
        "delete",
        r"(?:(?:il\s+n'y\s+a\s+|plus\s+|pas\s+|ce\s+n'est\s+plus\s+)+(?:besoin|la\s+peine|nécessaire)|inutile)\s+(?:de\s+|d')"
        r"(?:me\s+rappeler\s+(?:de\s+|d')?)?(?P<ref>.+)|désactive[zr]?\s+"
        rf"{THE}(?P<ref2>(?:{ALARM}|{TIMER})\b.*)",
    ),
    Frame(
        "delete",
        (
            rf"ne\s+(?:me\s+)?rappelle[zr]?[\s-]*(?:moi\s+)?(?:plus|pas)\s+(?:de\s+"
            rf"|d')?(?P<ref>.+)|je\s+n'ai\s+plus\s+besoin\s+(?:de\s+|d'|du\s+)?{THE}(?P<ref2>.*"
            rf"\b{OBJECT}\b.*)"
        ),
    ),
)

_CHANGE_VERB = (
    r"(?:déplace[zr]?|décale[zr]?|reporte[zr]?|repousse[zr]?|avancez?"
    r"|changez?|modifiez?|mets?\s+à\s+jour|mettez\s+à\s+jour"
    r"|actualisez?|reprogramme[zr]?|retarde[zr]?|ajustez?|replanifie[zr]?"
    r"|corrigez?|recule[zr]?|basculez?)"
)
# What is said of things as well as of tasks: "changer les draps" is a task, "changer l'alarme" is not.
_CHORE_VERB = r"(?:avancer|changer|modifier|mettre\s+à\s+jour|actualiser|ajuster|corriger|passer)"
_CHANGE = (
    Frame(
        "update",
        (
            rf"(?:renomme[zr]?|rebaptise[zr]?)\s+{THE}(?P<ref>.+?)\s+(?:en|par)\s+(?P<to>.+)"
            rf"|(?:remplace[zr]?|substitue[zr]?)\s+{THE}(?P<ref3>.+?)\s+par\s+{THE}(?P<to3>.+)"
            rf"|change[zr]?\s+le\s+(?:nom|titre)\s+de\s+{THE}(?P<ref2>.+?)\s+(?:en"
            rf"|pour|par)\s+(?P<to2>.+)"
        ),
        keeps_dates=True,
    ),
    Frame(
        "update",
        (
            rf"(?:mets?|mettez|passe[zr]?|change[zr]?|donne[zr]?)\s+(?:la\s+priorité\s+(?:de"
            rf"|du)\s+)?{THE}(?P<ref>.+?)\s*(?:en|à|comme)?\s*{PRIORITY}"
            rf"|(?:rend[sr]?\w*|marque[zr]?|passe[zr]?|mets?|mettez)\s+{THE}(?P<ref2>.+?)\s+(?:en\s+|comme\s+(?:étant\s+)?)?"
            rf"(?P<level>urgente?s?|prioritaires?|importante?s?)"
        ),
    ),
    Frame(
        "update",
        rf"(?!prends|note){THE}(?P<ref>{WORDS}*?\b(?:{ANY}|cours|séance|dîner|déjeuner)\b{WORDS}*?)\s*{WHEN}?\s*(?:passe|est\s+(?:décalée?|déplacée?|reportée?|repoussée?"
        rf"|avancée?)|aura\s+lieu|commence|change)\s+(?:finalement\s+|maintenant\s+)?(?:à\s+|au\s+|pour\s+)?{WHEN}"
        rf"|(?:mets?|mettez|mettre|passe[zr]?|règle[zr]?)\s+{THE}(?P<ref2>{ALARM})\s*{WHEN}\s+{WHEN}"
        rf"|passe[zr]?\s+{THE}(?P<ref3>{WORDS}*?\b(?:{EVENT}|{TASK})\b{WORDS}*?)\s*{WHEN}.*",
    ),
    Frame(
        "update",
        (
            rf"{_CHANGE_VERB}\s+{THE}(?P<ref>{WORDS}*?)\s*(?:de\s+|du\s+)?(?:{WHEN}\s*)?(?:\b(?:à\s+"
            rf"|au\s+|pour\s+|de\s+|d'|en\s+))?(?:{WHEN}|{LENGTH}).*"
        ),
    ),
    Frame("update", rf"{_CHANGE_VERB}\s+{THE}(?P<ref>.+)"),
    Frame("update", rf"{_CHORE_VERB}\s+(?:de\s+|à\s+)?(?:{WHEN}|{LENGTH})\s*{THE}(?P<ref>\w.*)"),
    Frame("update", rf"{_CHORE_VERB}\s+{THE}(?P<ref>{WORDS}*?\b{ANY}\b{WORDS}*?)\s*(?:{WHEN}.*)?"),
    Frame("update", rf"(?:(?P<ref>le|la|les)\s+|(?P<ref2>l'))(?:{_CHANGE_VERB}|{_CHORE_VERB})\s+.*"),
    Frame(
        "update",
        rf"(?:fais|faites|faire|laisse[zr]?)\s+(?:en\s+sorte\s+que\s+)?{THE}(?P<ref>.+?)\s+(?:commencer?|durer?|finir|finisse"
        rf"|terminer?)\b.*|(?:fais|faites|faire)\s+(?:commencer|durer|finir|terminer)\s+{THE}(?P<ref2>{WORDS}+).*"
        rf"|(?:changement|mise\s+à\s+jour|report|modification|décalage)\s+(?:de\s+|du\s+|d'){THE}(?P<ref3>{WORDS}*\b{ANY}\b{WORDS}*?)"
        rf"\s*(?:{WHEN}.*)?",
    ),
)

FINISHING = _FINISH
FRAMES = _CHANGE
