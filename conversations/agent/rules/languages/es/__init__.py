"""Spanish."""

from __future__ import annotations

from dataclasses import replace

from conversations.agent.rules.language import Language
from conversations.agent.rules.languages.es import (
    around,
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
from conversations.agent.rules.languages.spelling import loosen, with_plain

_ACCENTS = dict(zip("áéíóúüñ", "aeiouun", strict=True))

# Words that are others without their accent, or of which both spellings are written out.
_TELLING = r"qué|él|sí|sé|más|té|está\w*|cómo|cuál\w*|cuánd\w+|quién\w*|dónde|aún|\w+é"


def _loose(source: str) -> str:
    return loosen(source, _ACCENTS, word=_TELLING)


LANGUAGE = Language(
    code="es",
    cardinals=with_plain(words.CARDINALS, _ACCENTS),
    ordinals=words.ORDINALS,
    ordinal_mark="º",
    pm_letter="p",
    night="noche",
    day_first=True,
    shares={"media": 30, "0.5": 30, "cuarto": 15, "4º": 15},
    weekdays=with_plain(words.WEEKDAYS, _ACCENTS),
    weak_words=words.WEAK_WORDS,
    months=words.MONTHS,
    units=with_plain(words.UNITS, _ACCENTS),
    days=with_plain(words.DAYS, _ACCENTS),
    parts=with_plain(words.PARTS, _ACCENTS),
    holidays=with_plain(words.HOLIDAYS, _ACCENTS),
    which=with_plain(words.WHICH, _ACCENTS),
    adverbs=with_plain(words.ADVERBS, _ACCENTS),
    vocabulary={name: _loose(source) for name, source in dates.VOCABULARY.items()},
    date_templates=tuple((rule, _loose(template)) for rule, template in dates.DATE_TEMPLATES),
    frames=tuple(
        replace(frame, pattern=_loose(frame.pattern))
        for frame in (
            *frames.FRAMES,
            *outside.FRAMES,
            *changes.FINISHING,
            *frames.QUERIES,
            *changes.FRAMES,
            *making.FRAMES,
        )
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
    sources={name: _loose(source) for name, source in {**around.SOURCES, **fields.SOURCES}.items()},
    rewrites=with_plain(words.REWRITES, _ACCENTS),
)
