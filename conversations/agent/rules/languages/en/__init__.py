"""English."""

from __future__ import annotations

from conversations.agent.rules.language import Language
from conversations.agent.rules.languages.en import (
    asking,
    changes,
    dates,
    fields,
    finishing,
    frames,
    replies,
    verbs,
    words,
)

LANGUAGE = Language(
    code="en",
    cardinals=words.CARDINALS,
    ordinals=words.ORDINALS,
    ordinal_mark="th",
    pm_letter="p",
    night="night",
    day_first=False,
    shares={"half": 30, "quarter": 15},
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
        *asking.FIRST,
        *frames.FRAMES,
        *asking.LAST,
        *asking.OUTSIDE,
        *finishing.FRAMES,
        *changes.UPDATE_FRAMES,
        *changes.CREATE_FRAMES,
    ),
    verbs=verbs.VERBS | verbs.COMMAND_VERBS,
    means=verbs.MEANS,
    connectors=verbs.CONNECTORS,
    infinitive=frozenset({"to"}),
    pronouns=verbs.PRONOUNS,
    priorities=fields.PRIORITIES,
    default_titles={"task": "Reminder", "alarm": "Alarm", "timer": "Timer"},
    replies=replies.REPLIES,
    sources={**dates.SOURCES, **fields.SOURCES},
    next_weekday="next week",
)
