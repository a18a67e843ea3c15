"""Spanish words around expressions of time: what leads to one, follows it, or joins two."""

from __future__ import annotations

from conversations.agent.rules.languages.es.words import NOT_ORDINAL

SOURCES: dict[str, str] = {
    "after_hour": (
        r"\s*(?:$|[;!?)\n]|[.,](?![0-9])|(?:y|o|para|de|del|a|al|el|los"
        r"|la|hoy|mañana|este|esta|todos|cada|en|que|por|con|pasado|si)\b)"
    ),
    "filler": (
        r"(?:[\s,()-]|\b(?:a|al|la|las|el|los|de|del|en|para|por|desde"
        r"|a\s+partir|y\s+a|sobre|hacia|como|tipo|aproximadamente|exactamente|justo|día|entre)\b)*"
    ),
    "lead_in": (
        r"(?:\b(?:a\s+partir|a\s+más\s+tardar|antes|después|desde|hasta|para|por|durante"
        r"|sobre|hacia|a|al|el|los|la|las|de|del|en|eso|entre|como|tipo|alrededor|cerca"
        r"|aproximadamente|exactamente"
        r"|justo|no\s+más\s+tarde|como\s+muy\s+tarde|fecha|día)\s*)+$"
    ),
    "tail": (
        r"\s*,?\s*(?:temprano|a\s+(?:la\s+misma|primera|1º|última)\s+hora|en\s+punto|como"
        r"\s+(?:máximo|mucho|tope)|a\s+más\s+tardar"
        r"|máximo|sin\s+falta|más\s+o\s+menos|aproximadamente|exactas)(?!\w)"
    ),
    "begins": r"\b(?:a\s+partir|desde|empezando|comenzando)\b",
    "deadline": r"\b(?:antes|para|hasta|a\s+más\s+tardar)\b",
    "guard": r"\s*(?:$|[.,;!?)\n]|(?:y|o|a|al|de|del|para|por|desde|hasta|si)\b)",
    "after_adverb": r"\s*(?:$|[.,;!?)]|(?:a|el|los|para|por|de|y|hasta)\b)",
    "preposition": r"\b(?:el|este|antes\s+del?|para|del|al|desde|cada|hasta|próximo|los)\s+(?:el\s+)?$",
    "not_ordinal": NOT_ORDINAL,
    "weekday": r"{weekday}s?(?!\w)",
    "range": r"-|\b(?:al?|hasta)\b",
    "workdays": r"d[ií]as?\s+(?:lab|h|de\s+sem)|entre\s+semana",
    "weekend": r"fin(?:es)?\s+de",
    "last": r"[úu]ltim",
}
