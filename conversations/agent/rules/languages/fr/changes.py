"""Shapes of French commands that finish, change or make tasks."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.fr.nouns import (
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
    r"(?:faite?s?|terminée?s?|finie?s?|complétée?s?|complètes?|accomplie?s?"
    r"|achevée?s?|réglée?s?|payée?s?|envoyée?s?|rendue?s?|lavée?s?|effectuée?s?|cochée?s?|réalisée?s?)"
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
            rf"{THE}(?P<ref>.+?)\s+(?:est|sont|a\s+été|ont\s+été)\s+(?:déjà\s+"
            rf"|toutes?\s+|tous\s+)*(?:{_DONE}|achetée?s?)(?:\s+.*)?|{THE}{TASK}\s+(?P<ref2>.+?"
            rf")\s+{_DONE}"
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
        rf"(?:supprime[zr]?|enlèvez?|enlevez|retirez?|[eé]fface[zr]?"
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
    r"|corrigez?)"
)
# What is said of things as well as of tasks: "changer les draps" is a task, "changer l'alarme" is not.
_CHORE_VERB = r"(?:avancer|changer|modifier|mettre\s+à\s+jour|actualiser|ajuster|corriger|passer)"
_CHANGE = (
    Frame(
        "update",
        (
            rf"(?:renomme[zr]?|rebaptise[zr]?)\s+{THE}(?P<ref>.+?)\s+(?:en|par)\s+(?P<to>.+)"
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
        ),
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

_MAKE = (
    r"(?:mets?|mettez|mettre|crée[zr]?|créer|ajoute[zr]?|règle[zr]?"
    r"|régler|programme[zr]?|fais|faites|défini\w*|configure[zr]?"
    r"|active[zr]?|lance[zr]?|démarre[zr]?|démarrer|commence[zr]?|planifie[zr]?"
    r"|enregistre[zr]?|place[zr]?|prévois|prévoyez|établis\w*|donne[zr]?"
    r"|note[zr]?|j'ai\s+besoin\s+(?:de\s+|d')|fixe[zr]?|marque[zr]?|il\s+me\s+faut|je\s+(?:veux|voudrais)"
    r"|nouveau|nouvelle|organise[zr]?|paramètre[zr]?|installe[zr]?"
    r"|réserve[zr]?|allume[zr]?|prépare[zr]?|inscris|insère[zr]?)"
)
_CREATE = (
    Frame(
        "create",
        (
            rf"(?:rappelle[zr]?|rappele[zr]|rappel|préviens|prévenez|avertis\w*"
            rf"|alerte[zr]?)[\s-]+(?:moi|nous|à\s+\w+|me)\b\s*(?:(?:{WHEN}|{LENGTH}"
            rf"|\s|s'il\s+(?:te|vous)\s+pla[iî]t|,)*)(?:(?:de\b|d'|que\b|qu'"
            rf"|pour\b|à\s+propos\s+de\b)\s*)?(?P<title>.*)|me\s+rappeler\s+(?:de\s+"
            rf"|d'|que\s+|qu')?\s*(?P<title2>.+)"
        ),
    ),
    Frame("create", r"(?:réveille[zr]?)[\s-]*(?:moi|nous)\b\s*(?P<rest>.*)", kind="alarm"),
    Frame(
        "create",
        (
            rf"(?:ajoute[zr]?|mets?|mettez|mettre|note[zr]?|inscris\w*|écris"
            rf"|place[zr]?)\s+(?!une?\s+liste)(?P<title>\S.*?)\s+(?:à|sur|dans"
            rf"|en)\s+{LIST}(?P<rest>\s*{WHEN})?"
        ),
    ),
    Frame(
        "create",
        (
            rf"(?:ajoute[zr]?|mets?|mettez|note[zr]?)\s+(?:à|sur|dans)\s+{THE}liste(?:\s+(?:de\s"
            rf"+|des\s+|d'\s?)(?P<list>[\w\s]+?))?\s*[:,]\s*(?P<title>.+)"
        ),
    ),
    Frame(
        "create",
        (
            r"(?:crée[zr]?|créer|ajoute[zr]?|fais|faites|commence[zr]?|démarre[zr]?"
            r"|nouvelle)\s+(?:une\s+|la\s+)?(?:nouvelle\s+)?liste(?:\s+(?:de\s+"
            r"|des\s+|d'\s?|pour\s+(?:les\s+)?|appelée\s+)(?P<list>.+))?"
        ),
        asks="new list",
    ),
    Frame("create", rf"(?:{_MAKE}\s*)?{DET}(?:{LENGTH}\s*)?(?:{TIMER})\b\s*(?P<title>.*)", kind="timer"),
    Frame("create", rf"{_MAKE}\s*{DET}(?P<name>{WORDS}*?)\s*{ALARM}\b\s*(?P<title>.*)", kind="alarm"),
    Frame("create", rf"{_MAKE}\s*{DET}(?P<name>{WORDS}*?)\s*\b{TASK}\b\s*(?P<title>.*)"),
    Frame(
        "create",
        (
            rf"(?:{_MAKE})\s+{DET}(?P<title>.+?)\s*(?:à|sur|dans|au)\s+(?:mon"
            rf"|ma|le|l'|notre)?\s*(?:calendrier|agenda|planning|emploi\s+du\s+temps)(?P<rest>."
            rf"*)"
        ),
    ),
    Frame("create", r"(?:nouvelle\s+)?(?:tâche|rappel|note)\s*(?:[:,-]|pour\b|de\b)?\s*(?P<title>.+)"),
    Frame("create", rf"(?:{WHEN}\s*)?(?:{ALARM})\b\s*(?P<title>.*)", kind="alarm"),
    Frame(
        "create",
        (
            r"n'?\s?oublie[zr]?\s+pas\s+(?:de\s+|d'|que\s+)?(?P<title>.+)|ne\s+(?:pas\s+)?(?:m"
            r"e\s+laisse\s+pas\s+)?oublie[zr]?\s+(?:pas\s+)?(?:de\s+|d')?(?P<title2>.+)"
            r"|ne\s+pas\s+oublier\s+(?:de\s+|d')?(?P<title3>.+)"
        ),
    ),
    Frame(
        "create",
        (
            r"(?:je\s+dois|je\s+devrais|nous\s+devons|il\s+faut(?:\s+que\s+je)?"
            r"|faut|on\s+doit|j'ai\s+besoin\s+(?:de|d'))\s*(?P<title>.+)"
        ),
    ),
    Frame(
        "create",
        (
            rf"(?:ajoute[zr]?|crée[zr]?|créer|planifie[zr]?|programme[zr]?|organise[zr]?"
            rf"|note[zr]?|prévois|prévoyez|réserve[zr]?|fixe[zr]?|mets?|mettez)\s+{DET}(?P<titl"
            rf"e>.+)"
        ),
    ),
    Frame("create", rf"{DET}(?P<title>.*\b{EVENT}\b.*?)"),
)

FINISHING = _FINISH
FRAMES = (*_CHANGE, *_CREATE)
