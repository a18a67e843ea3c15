"""Shapes of French commands that make tasks, alarms, timers and lists."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.fr.nouns import (
    ALARM,
    DET,
    EVENT,
    LIST,
    NAMED,
    TASK,
    THE,
    TIMER,
    order,
)
from conversations.agent.rules.marks import LENGTH, WHEN, WORDS

_ADD = (
    rf"(?:{order('ajout rajout not plac insèr enregistr pos ajout')}|insérer|notez"
    r"|(?:mets?|mettez|mettre|mettes|inscri\w*|écri[srt]\w*|prends)(?:[\s-]+(?:moi|nous|aussi|encore)\b)*)"
)
_MAKE = (
    r"(?:(?:mets?|mettez|mettre|mettes|fais|faites|faire|fasses|régler|défini\w*|prévois|prévoyez|prévoir|établis\w*"
    r"|envoie[rz]?|envoyez|envoyer|inscri\w*|installe[zr]?|insère[zr]?|sers)(?:[\s-]+(?:moi|nous)\b)*"
    rf"|{order('cré ajout rajout règl programm configur activ lanc')}"
    rf"|{order('démarr commenc planifi enregistr plac donn not fix')}"
    rf"|{order('marqu organis paramètr réserv allum prépar déclench')}"
    rf"|{order('initi génèr cal bloqu pos arrang dépos agend')}"
    r"|j'ai\s+besoin\s+(?:de\s+|d')|il\s+(?:me|nous)\s+faut(?:drait)?|(?:je|on|nous)\s+(?:veux|voudrais|souhaite"
    r"|aimerais|désire|veut|voulons)|j'aimerais(?:\s+avoir)?|nouveau|nouvelle)"
)
_REMIND = (
    r"(?:(?:rappelle[zrs]?|rappele[zr]|préviens|prévenez|prévenir|préviennes|averti\w*|alerte[zrs]?|notifie[zrs]?)"
    r"[\s-]*(?:moi|nous|à\s+\w+|me)\b"
    r"|(?:rappell?e[zrs]?|prévenez|préviens)(?=\s+(?:de\b|d'|que\b|qu'))"
    r"|(?:me|m'|nous)\s*(?:rappell?e[rszé]?\w*|prévien\w+|prévenir|prévenue?|averti\w*|alerter?s?|notifie[rs]?)"
    r"|(?:être|sois)\s+(?:prévenue?|avertie?|alertée?|notifiée?)"
    r"|(?:(?:fais|faites)[\s-](?:moi|nous)|(?:me|nous)\s+fa(?:ire|sses?))\s+(?:penser|souvenir|me\s+souvenir)"
    r"|(?:pense[zr]?|veille[zr]?)\s+à\s+(?:me|nous)\s+(?:rappeler|prévenir|avertir))"
)
_ABOUT = (
    r"(?:(?:de\s+ne\s+pas\s+oublier\s+(?:de\s+|d')?|de\b|d'|que\b|qu'|pour\b|à\s+propos\s+(?:de\b|du\b|d')|à\b(?!\s+\w+$)"
    r"|au\s+sujet\s+(?:de\b|du\b|d')|concernant\b|quand\s+il\s+sera\b)\s*)?"
)
_KIND_OF = r"(?:\s*\b(?:récurrente?|répétitive?|quotidienn?e?|régulière?|ponctuelle?|nouvelle|nouveau)\b)?"
_REMINDERS = (
    Frame(
        "create",
        rf"(?:{WHEN}\s*,?\s*)?(?:j'aimerais\s+|je\s+(?:veux|voudrais|souhaite)\s+)?{_REMIND}\s*(?:{WHEN}|{LENGTH}|\s|s'il\s+(?:te|vous)\s+pla[iî]t|,)*+{_ABOUT}(?P<title>.*)",
    ),
    Frame(
        "create",
        rf"(?:réveille[zrs]?|lève[zr]?)[\s-]*(?:moi|nous)\b\s*(?P<rest>.*)|(?:me|nous)\s+(?:réveiller?s?|lever)\b.*"
        rf"|être\s+réveillée?s?\b.*|(?:je|nous|on)\s+(?:dois|devons|doit|veux|voudrais)\s+(?:me|nous|se)\s+(?:lever|réveiller)"
        rf"\s*{WHEN}.*",
        kind="alarm",
    ),
)
_INTO_LISTS = (
    Frame(
        "create",
        rf"{_ADD}\s+(?!(?:une?|la)\s+(?:nouvelle\s+)?liste|(?:à|sur|dans)\s+(?:la|ma|notre)\s+liste)(?P<title>\S.*?)"
        rf"\s+(?:à|sur|dans|en)\s+{LIST}(?P<rest>\s*{WHEN})?",
    ),
    Frame(
        "create",
        rf"{_ADD}\s+(?:à|sur|dans)\s+{THE}liste(?:\s+(?:de\s+la\s+|de\s+|des\s+|du\s+|d'\s?)(?P<list>courses|tâches|choses\s+à\s+faire"
        rf"|[\w\s]+?(?=\s*[:,])|\w+))?\s*(?:[:,]\s*|\s+)(?:{TASK}\s+)?(?:pour\s+|de\s+|d')?(?P<title>\w.*)",
    ),
    Frame("create", rf"(?:à|sur|dans)\s+{LIST}\s*,?\s*(?:{_ADD}|faut(?:\s+mettre)?)\s+(?P<title>.+)"),
    Frame(
        "create",
        rf"(?:{order('cré ajout commenc démarr ouvr initi prépar lanc')}|fais|faites|faire|faisons"
        rf"|établi\w+|(?:je|on)\s+(?:veux"
        rf"|voudrais|souhaite|veut)|j'aimerais|j'ai\s+besoin\s+(?:de|d')|il\s+me\s+faut|nouvelle)(?:[\s-]moi)?\s*"
        rf"(?:(?:une|la|autre|nouvelle)\s+)*liste(?:\s+(?:vide|vierge))?(?:{NAMED}(?P<list>.+))?",
        asks="new list",
    ),
)
_CLOCKS = (
    Frame(
        "create",
        rf"(?:{_MAKE}\s*)?{DET}(?:{LENGTH}\s*)?(?:{TIMER})\b\s*(?P<title>.*)"
        rf"|(?:compte[zr]?|décompte[zr]?|chronomètre[zr]?|minute[zr]?)(?:[\s-]moi)?\s+{LENGTH}\s*(?P<title2>.*)",
        kind="timer",
    ),
    Frame("create", rf"{_MAKE}\s*{DET}(?P<name>{WORDS}*?)\s*{ALARM}\b\s*(?P<title>.*)", kind="alarm"),
)
_HAVE = r"(?:j'ai|nous\s+avons|on\s+a)\s+(?!fini|terminé|quoi|besoin|vu|fait|déjà|\w+é\b)"
_A = r"(?:une?\s+|mon\s+|ma\s+|la\s+|le\s+)?"
_TASKS = (
    Frame("create", rf"{_MAKE}\s*{DET}(?P<name>{WORDS}*?)\s*\b{TASK}\b{_KIND_OF}\s*(?P<title>.*)"),
    Frame(
        "create",
        rf"{_MAKE}\s+{DET}(?P<title>.+?)\s*(?:à|sur|dans|au)\s+(?:mon|ma|le|l'|notre)?\s*(?:calendrier|agenda|planning"
        rf"|emploi\s+du\s+temps)(?P<rest>.*)",
    ),
    Frame(
        "create",
        rf"(?:nouvelle\s+|nouveau\s+)?(?:tâche|rappel|note|pense-bête|mémo|à\s+faire|note\s+à\s+moi-même)s?\b"
        rf"\s*(?:[:,-]|pour\b|de\b|\s(?={WHEN}))?\s*(?P<title>.+)",
    ),
    Frame("create", rf"(?:{WHEN}\s*)?(?:{ALARM})\b\s*(?P<title>.*)", kind="alarm"),
    Frame(
        "create",
        r"(?:il\s+(?:ne\s+)?faut\s+(?:surtout\s+)?pas\s+(?:que\s+j')?|(?:je\s+)?(?:ne\s+)?(?:dois|veux|voudrais)\s+(?:surtout\s+)?"
        r"(?:pas|ne\s+pas)\s+|ne\s+(?:me\s+)?laisse[zr]?[\s-]*(?:moi\s+)?pas\s+|(?:n'|ne\s+)?(?:pas\s+)?)"
        r"oubli(?:e[rz]?|es)\s+(?:surtout\s+)?(?:pas\s+)?(?:de\s+|d'|que\s+(?:je\s+dois\s+)?)?(?P<title>.+)"
        r"|pense[zr]?\s+à\s+(?P<title2>.+)",
    ),
    Frame(
        "create",
        rf"(?:{WHEN}\s*,?\s*)?(?:(?:je|tu|on|nous)\s+(?:dois|devrais|doit|devons|devrait|devrions)|(?:il\s+)?(?:va\s+)?fau(?:t(?![\s-]il)|dra(?:it)?)(?:\s+que\s+(?:je\s+|j'"
        r"|nous\s+|on\s+))?|il\s+me\s+faut|il\s+(?:nous\s+)?manque|(?:il\s+)?(?:n'y\s+a|y\s+a|j'ai|je\s+n'ai|on\s+a|on\s+n'a|nous\s+n'avons)\s+plus"
        r"\s+(?=de\s|d')|j'ai\s+besoin\s+(?:de|d'))\s*(?:absolument\s+|vraiment\s+|aussi\s+|encore\s+)*(?:(?:penser?|pense)\s+à\s+)?"
        r"(?P<title>.+)",
    ),
    Frame(
        "create",
        rf"{_HAVE}(?=.*{WHEN}){_A}(?P<title>\w.*)|{WHEN}\s*,?\s*{_HAVE}{_A}(?P<title2>\w.*)",
    ),
    Frame(
        "create",
        rf"(?!réserver\b(?!.*\b{EVENT}\b))(?:{order('ajout rajout cré planifi programm organis not')}"
        rf"|{order('réserv fix cal bloqu pos agend inscriv')}|inscris|inscrire"
        rf"|prévois|prévoyez|prévoir|mets?|prends\s+note)(?!\w)\s*(?:[:,]|que\b|qu')?\s*{DET}(?P<title>.+)",
    ),
    Frame("create", rf"{DET}(?P<title>.*\b{EVENT}\b.*?)"),
)
FRAMES = (*_REMINDERS, *_INTO_LISTS, *_CLOCKS, *_TASKS)
