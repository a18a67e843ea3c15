"""French."""

from __future__ import annotations

import re
from dataclasses import replace

from conversations.agent.rules.language import Language
from conversations.agent.rules.languages.fr import (
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
from conversations.agent.rules.languages.spelling import with_plain


def _spaced(source: str) -> str:
    """The pattern, which also fits what speech recognition and hurried fingers write.

    A blank may follow an elision or stand for its apostrophe, and for a hyphen ("l' alarme", "est ce que"),
    and inside a word an accent may be missing ("reunion").
    """
    source = re.sub(r"(?<=[a-z])'(?:\\s\?)?(?![\\?])", r"(?:'\\s?|\\s)", source)
    source = re.sub(r"(?<=[a-zé)])-(?=[a-zà])(?!z\])", r"[\\s-]", source)
    return re.sub(r"[éèê](?=[bcdfglmnprtv])", lambda match: f"[{match[0]}e]", source)


_ACCENTS = dict(zip("éèêëàâîïôûùç", "eeeeaaiiouuc", strict=True))

LANGUAGE = Language(
    code="fr",
    cardinals=with_plain(words.CARDINALS, _ACCENTS),
    ordinals=with_plain(words.ORDINALS, _ACCENTS),
    ordinal_mark="e",
    pm_letter="p",
    night="nuit",
    day_first=True,
    shares={"demi": 30, "demie": 30, "quart": 15},
    weekdays=words.WEEKDAYS,
    weak_words=words.WEAK_WORDS,
    months=with_plain(words.MONTHS, _ACCENTS),
    units=with_plain(words.UNITS, _ACCENTS),
    days=with_plain(words.DAYS, _ACCENTS),
    parts=with_plain(words.PARTS, _ACCENTS),
    holidays=with_plain(words.HOLIDAYS, _ACCENTS),
    which=with_plain(words.WHICH, _ACCENTS),
    adverbs=with_plain(words.ADVERBS, _ACCENTS),
    vocabulary={name: _spaced(source) for name, source in dates.VOCABULARY.items()},
    date_templates=tuple((rule, _spaced(template)) for rule, template in dates.DATE_TEMPLATES),
    frames=tuple(
        replace(frame, pattern=_spaced(frame.pattern))
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
    infinitive=frozenset({"de"}),
    pronouns=verbs.PRONOUNS,
    priorities=fields.PRIORITIES,
    default_titles={"task": "Rappel", "alarm": "Réveil", "timer": "Minuteur"},
    replies=replies.REPLIES,
    sources={name: _spaced(source) for name, source in {**dates.SOURCES, **fields.SOURCES}.items()},
    rewrites=with_plain(words.REWRITES, _ACCENTS),
    day_hours=24,
)
