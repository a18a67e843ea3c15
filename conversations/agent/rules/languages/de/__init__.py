"""German."""

from __future__ import annotations

from conversations.agent.rules.language import Language
from conversations.agent.rules.languages.de import (
    changes,
    dates,
    fields,
    finishing,
    frames,
    needs,
    replies,
    verbs,
    words,
)

LANGUAGE = Language(
    code="de",
    cardinals=words.CARDINALS,
    ordinals=words.ORDINALS,
    ordinal_mark=".",
    pm_letter="p",
    night="nacht",
    day_first=True,
    shares={"halb": -30, "viertel": 15, "dreiviertel": -15, "drei viertel": -15},
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
    frames=(*frames.FRAMES, *finishing.FRAMES, *frames.QUERIES, *changes.FRAMES, *needs.FRAMES),
    verbs=verbs.VERBS | verbs.COMMAND_VERBS,
    means=verbs.MEANS,
    connectors=verbs.CONNECTORS,
    infinitive=frozenset({"zu"}),
    pronouns=verbs.PRONOUNS,
    priorities=fields.PRIORITIES,
    default_titles={"task": "Erinnerung", "alarm": "Wecker", "timer": "Timer"},
    replies=replies.REPLIES,
    sources={**dates.SOURCES, **fields.SOURCES},
    rewrites=words.REWRITES,
    day_hours=24,
    verb_last=True,
)
