"""Spanish."""

from __future__ import annotations

from conversations.agent.rules.language import Language
from conversations.agent.rules.languages.es import (
    changes,
    dates,
    fields,
    frames,
    making,
    outside,
    replies,
    verbs,
    words,
)

LANGUAGE = Language(
    code="es",
    cardinals=words.CARDINALS,
    ordinals=words.ORDINALS,
    ordinal_mark="º",
    pm_letter="p",
    night="noche",
    day_first=True,
    shares={"media": 30, "0.5": 30, "cuarto": 15, "4º": 15},
    weekdays=words.WEEKDAYS,
    weak_words=words.WEAK_WORDS,
    months=words.MONTHS,
    units=words.UNITS,
    days=words.DAYS,
    parts=words.PARTS,
    holidays=words.HOLIDAYS,
    which=words.WHICH,
    adverbs=words.ADVERBS,
    vocabulary=dates.VOCABULARY,
    date_templates=dates.DATE_TEMPLATES,
    frames=(
        *frames.FRAMES,
        *outside.FRAMES,
        *changes.FINISHING,
        *frames.QUERIES,
        *changes.FRAMES,
        *making.FRAMES,
    ),
    verbs=verbs.VERBS | verbs.COMMAND_VERBS,
    means=verbs.MEANS,
    connectors=verbs.CONNECTORS,
    infinitive=frozenset({"a"}),
    pronouns=verbs.PRONOUNS,
    priorities=fields.PRIORITIES,
    default_titles={"task": "Recordatorio", "alarm": "Alarma", "timer": "Temporizador"},
    replies=replies.REPLIES,
    next_weekday="next week",
    sources={**dates.SOURCES, **fields.SOURCES},
    rewrites=words.REWRITES,
)
