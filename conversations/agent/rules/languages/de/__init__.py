"""German."""

from __future__ import annotations

from dataclasses import replace

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
from conversations.agent.rules.languages.spelling import loosen, with_plain

_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}


def _loose(source: str) -> str:
    return loosen(source, _UMLAUTS)


LANGUAGE = Language(
    code="de",
    cardinals=with_plain(words.CARDINALS, _UMLAUTS),
    ordinals=with_plain(words.ORDINALS, _UMLAUTS),
    ordinal_mark=".",
    pm_letter="p",
    night="nacht",
    day_first=True,
    shares={"halb": -30, "viertel": 15, "dreiviertel": -15, "drei viertel": -15},
    weekdays=words.WEEKDAYS,
    weak_words=words.WEAK_WORDS,
    months=with_plain(words.MONTHS, _UMLAUTS),
    units=words.UNITS,
    days=with_plain(words.DAYS, _UMLAUTS),
    parts=with_plain(words.PARTS, _UMLAUTS),
    holidays=with_plain(words.HOLIDAYS, _UMLAUTS),
    which=with_plain(words.WHICH, _UMLAUTS),
    adverbs=with_plain(words.ADVERBS, _UMLAUTS),
    vocabulary={name: _loose(source) for name, source in dates.VOCABULARY.items()},
    date_templates=tuple((rule, _loose(template)) for rule, template in dates.DATE_TEMPLATES),
    frames=tuple(
        replace(frame, pattern=_loose(frame.pattern))
        for frame in (
            *frames.FRAMES,
            *finishing.FRAMES,
            *frames.QUERIES,
            *changes.FRAMES,
            *needs.FRAMES,
        )
    ),
    verbs=verbs.VERBS | verbs.COMMAND_VERBS,
    means=verbs.MEANS,
    connectors=verbs.CONNECTORS,
    infinitive=frozenset({"zu"}),
    pronouns=verbs.PRONOUNS,
    priorities=fields.PRIORITIES,
    default_titles={"task": "Erinnerung", "alarm": "Wecker", "timer": "Timer"},
    replies=replies.REPLIES,
    sources={name: _loose(source) for name, source in {**dates.SOURCES, **fields.SOURCES}.items()},
    rewrites=with_plain(words.REWRITES, _UMLAUTS),
    day_hours=24,
    verb_last=True,
)
