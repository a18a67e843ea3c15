"""French words for priorities, labels, reminder leads and the edges of commands and titles."""

from __future__ import annotations

from conversations.agent.rules.model import Priority

PRIORITIES: dict[str, Priority] = {
    **dict.fromkeys(
        ("urgent", "urgente", "urgents", "urgentes", "urgence", "maximale", "critique"), "urgent"
    ),
    **dict.fromkeys(("haute", "élevée", "forte", "prioritaire", "prioritaires"), "high"),
    **dict.fromkeys(("important", "importante", "importants", "importantes"), "high"),
    **dict.fromkeys(("moyenne", "normale", "modérée"), "medium"),
    **dict.fromkeys(("basse", "faible", "minimale"), "low"),
    **dict.fromkeys(("aucune", "sans"), "none"),
}
_LEVEL = (
    r"(?:urgente?|urgence|maximale|critique|haute|élevée|importante?"
    r"|forte|moyenne|normale|modérée|basse|faible|minimale|aucune|sans)"
)

SOURCES: dict[str, str] = {
    "priority": (
        rf"(?:,?\s*(?:\b(?:avec|en|de|à)\s+)?(?:une\s+|la\s+)?(?:\b(?P<level>{_LEVEL})\s+pr"
        rf"iorité\b|\bpriorité(?:\s*:|\s+est)?\s+(?P<level2>{_LEVEL})\b)"
        r"|\b(?:d'|en\s+)(?P<level6>urgence)(?=\s*(?:$|[,.!;:]))"
        r"|(?:^|[\s,])!(?P<level3>urgent|haute|moyenne|basse)\b"
        r"|^(?:(?:une\s+|la\s+)?(?:nouvelle\s+)?(?:tâche|rappel|note)\s+)?(?P<level5>urgente?|importante?|prioritaire)\s*[:,!]+\s*"
        r"|(?:,\s*|\b(?:c'est|très|comme)\s+)(?P<level4>urgente?|importante?)(?=\s*(?:$|[,.!;:])))"
    ),
    "label": (
        r"(?:(?:^|(?<=\s))(?:#)(?P<label>[^\W\d]\w*(?:-\w+)*)|,?\s+(?:avec\s+l'étiquette"
        r"|étiquetée?|avec\s+le\s+(?:label|tag))\s+"
        r"(?P<label2>\w[\w-]*)(?=\s*(?:$|[,.])))"
    ),
    "list": (
        r",?\s*(?:\b(?:sur|dans)|(?<=\s)à)\s+(?:la\s+|ma\s+|notre\s+)liste\s+(?:de\s+la\s+|de\s+l'"
        r"|de\s+|des\s+|du\s+|d'\s?)(?P<list>\w+(?:\s+à\s+faire)?)|liste\s*:\s*(?P<list2>\w+)(?=\s*(?:$|[,.;!]))"
    ),
    "lead": (
        r"(?:,?\s*(?:et\s+)?(?:rappelle|préviens|avertis)-(?:moi|nous)\s+)?(?P<duration>{d"
        r"uration})\s+(?:avant|à\s+l'avance|plus\s+tôt)(?=\s*(?:$|[,.;!]"
        r"|que\b))"
        r"|,?\s*avec\s+un\s+rappel\s+(?P<duration2>{duration})\s+avant"
        r"|\b(?:rappelle|rappelez|préviens)[\s-](?:moi|nous)\s+(?P<duration3>{duration})\s"
        r"+avant(?=\s+(?:le|la|l'|mon|ma)\b)"
    ),
    "polite_start": (
        r"(?:\s|[\"'.,!?:;)>*-]|\b(?:s'?\s?il\s+(?:te|vous)\s+pla[iî]t"
        r"|stp|svp|hé|hey|ok|d'accord|alors|bon|puis(?!-|\s+je\b)|ensuite|et|maintenant"
        r"|bonjour|salut|oui|donc|veuillez|merci\s+de|finalement|vite|juste|en\s+fait|tiens"
        r"|(?:peux|pourrais|veux|voudrais)-tu(?!\s+(?:appeler|envoyer|jouer|téléphoner|répondre|chanter|lire\s+(?:mes|les)\s+m))|tu\s+(?:peux|pourrais)|(?:pouvez"
        r"|pourriez|voulez)-vous|vous\s+pouvez|est-ce\s+que\s+(?:tu\s+(?:peux"
        r"|pourrais)|vous\s+pouvez|je\s+peux)"
        r"|(?:puis|pourrais)-?\s?je(?!\s+réserver)|(?:je\s+(?:veux|voudrais|souhaite|désire"
        r"|dois)|j'aimerais|j'ai\s+besoin\s+(?:de\s+|d'\s?))(?:\s+que\s+(?:tu"
        r"|vous))?"
        r"(?=.*\b(?:ajouter|mettre|créer|régler|supprimer|annuler|voir"
        r"|changer|modifier|programmer|déplacer|vérifier|configurer|marquer"
        r"|rappelles|préviennes|avertisses|ajoutes|mettes|crées|supprimes|annules|afficher|effacer|enlever|lancer|démarrer|définir|fixer|planifier|organiser|retirer|reporter|décaler|noter|savoir|passer)\b)"
        r"|aide[z]?-moi\s+à|aide[z]?\s+à|alexa|siri|google|cortana|jarvis|olly|ordinateur)(?!\w))*"
    ),
    "polite_end": (
        r"(?:\s|[.,!?;:\"'*]|\b(?:s'?\s?il\s+(?:te|vous)\s+pla[iî]t|stp"
        r"|(?:et\s+)?rappele?l?e?z?[\s-](?:le|la|les)[\s-]moi|(?:et\s+)?(?:mets|note|ajoute|inscris)[\s-](?:le|la|les)"
        r"(?:\s+(?:dans|à)\s+mon\s+(?:agenda|calendrier))?"
        r"|svp|merci(?:\s+beaucoup)?|pour\s+moi|d'accord|ok))*$"
    ),
    "separator": (
        r"\s{0,8}(?P<hard>[;\n]+|[.!?]+(?=\s))\s{0,8}(?:(?:et|puis|ensuite|aussi)\s{1,8})*"
        r"|\s{0,8},\s{0,8}(?:(?:et|puis|ensuite)\s{1,8})*|\s{1,8}(?:(?:et"
        r"|puis)\s{1,8})+(?:(?:aussi|puis|ensuite)\s{1,8})*"
    ),
    "no_split": r"(?:que\b|qu'|de\b|d'|pour\b)",
    "new_command": (
        r"(?:s'il\s+te\s+plaît\s+)?(?:rappelle|rappelez)[\s-]|(?:réveille"
        r"|réveillez)[\s-]|(?:je\s+dois|il\s+faut|n'oublie)\b"
    ),
    "question": (
        r"(?:qu'|que\b|quoi\b|qui\b|quand\b|où\b|comment\b|combien\b|pourquoi\b"
        r"|quel(?:le)?s?\b|est-ce|est-il|y\s+a|ai-je|as-tu|a-t|avons-nous"
        r"|suis-je|sont\b|est\b|dois-je"
        r"|peux-tu|puis-je|va-t|c'est\s+quoi|fait-il|à\s+quel(?:le)?\b"
        r"|faut-il|de\s+quel|dans\s+quel|lequel|c'est\s+quand)"
    ),
    "statement": (
        r"(?:je\b|j'|tu\b|il\b|elle\b|on\b|nous\b|vous\b|ils\b|elles\b"
        r"|c'est\b|ce\s+sont\b|ça\b|mon\s+\w+\s+est\b|ma\s+\w+\s+est\b)"
    ),
    "outside": (
        r"(?:joue[zr]?|jouer|lance[zr]?|passe[zr]?\s|saute[zr]?|suivante?"
        r"|précédente?|répète[zr]?|répéter|dis\b|dites|raconte|cherche[zr]?"
        r"|recherche|trouve[zr]?|traduis|calcule|explique|définis"
        r"|décris|recommande|suggère|ouvre[zr]?|démarre[zr]?|commence|commencez"
        r"|allume[zr]?|éteins|éteignez|baisse[zr]?|monte[zr]?|augmente[zr]?"
        r"|diminue|coupe[zr]?|appelle|appelez|téléphone[zr]?|envoie[zr]?|envoyez"
        r"|écris|réponds|répondez|raccroche[zr]?|lis\b|lisez|montre[zr]?"
        r"|affiche[zr]?|arrête[zr]?|stop|vérifie[zr]?|regarde[zr]?|donne[zr]?"
        r"|mets\s+(?:la|de\s+la|le|du)\s+(?:musique|son|chanson)|météo"
        r"|aime\b"
        r"|commande[zr]?\s+un|réserve[zr]?\s+un|règle[zr]?\s+(?:le\s+)?(?:son"
        r"|volume)|fais\s+(?:une|jouer)|ignore)(?!\w)"
    ),
    # the frames of `outside.py` tell what is outside by its topic
    "elsewhere": r"(?!)",
    "title_start": (
        r"(?:\s|[\"'.,:;!?()*-]|(?:\b(?:de|que\s+je\s+dois|que\s+je|que"
        r"|j'ai|pour|à|au|sur|appelée?|intitulée?|nommée?|et|me\s+rappeler\s+(?:de"
        r"|d'|que)|il\s+faut|je\s+dois|dans|avant|concernant|à\s+propos\s+de"
        r"|le|la|les|du|des)\s+"
        r"|(?:l'|qu'il\s+faut|qu'|d')\s?))*"
    ),
    "title_end": (
        r"(?:\s|[.,:;!?*\"-]|\b(?:à|au|le|la|les|de|du|des|pour|et|en|dans"
        r"|sur|vers|avant|chaque|tous|jusqu'|d'|s'il)(?!\w))*$"
    ),
    "reference_start": (
        r"(?:\s|[\"'.,:;!?-]|(?:\b(?:le|la|les|un|une|des|du|de|mon|ma"
        r"|mes|notre|nos|ce|cet|cette|tous|toutes|tâches?|rappels?|pour"
        r"|sur|à|concernant|intitulée?|appelée?|nommée?|que|avec|à\s+propos\s+de)[\s:]+"
        r"|(?:l'|d'|qu')\s?))*"
    ),
    "reference_end": (
        r"(?:\s|[.,;:!?\"-]|\b(?:à|au|le|la|les|de|du|des|pour|et|en|dans"
        r"|sur|vers|tâches?|rappels?|prévue?|maintenant|plus|d'|qui\s+est|(?:de|du|dans)\s+(?:(?:mon|le|notre)\s+|l')?(?:calendrier|agenda|planning))(?!\w))*$"
    ),
    "query_text": (
        r"\b(?:pour|sur|avec|concernant|à\s+propos\s+de|appelée?s?|intitulée?s?"
        r"|au\s+sujet\s+de)\s+(?:le\s+|la\s+|les\s+|mes\s+|mon\s+|ma\s+)?(?P<text>[^\ue000"
        r"\ue001]+)"
    ),
    "query_list": r"liste\s+(?:de\s+|des\s+|d'\s?)(?P<list>\w+)",
    "query_noise": r"(?:tâches?|choses|rappels?|alarmes?|tout)",
    "done": r"\b(?:terminée?s?|finie?s?|faite?s?|accomplie?s?|complétée?s?)\b",
    "early": r"\b(?:réveil\w*|lever|alarmes?)\b",
    "alarm": r"\b(?:alarmes?|réveils?|reveils?|réveille[zr]?|sonneries?)\b",
    "timer": r"\b(?:minuteurs?|minuteries?|chronomètres?|chronos?|compte[\s-]+à[\s-]+rebours|timers?)\b",
    "less": (
        r"^(?:enlève|retire|retranche|réduis|réduire|diminue|raccourcis"
        r"|avance|ôte|supprime)\w*\b|\bplus\s+tôt\b"
    ),
}
