"""What the engine knows of a language: tables of words, and templates of patterns over them.

A template is a regular expression in which `{name}` stands for the words of the table `name` and becomes the
named group of the same name. A pattern matches whole words only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from typing import Literal

from conversations.agent.rules.groups import alternatives, compiled
from conversations.agent.rules.model import Intent, Kind, Priority

UnitName = Literal["second", "minute", "hour", "day", "week", "month", "year", "weekend"]
PartName = Literal["morning", "noon", "afternoon", "evening", "night", "midnight"]
Template = tuple[str, str]

# What stands for a time expression, one that is a deadline, a bare duration and a priority in a frame's text:
# characters of the private use area, which folding takes out of what a user can send.
WHEN_MARK = "\ue000"
DEADLINE_MARK = "\ue001"
DURATION_MARK = "\ue002"
PRIORITY_MARK = "\ue003"

# Patterns that every language shares unless it has its own.
SHARED_SOURCES = {
    "code": r"</?[a-z!][^>]*>|(?:[{}\\|=~^].*){3,}|\$\(|\bselect\s+\*|\w\(\)",
    "edge_start": r"[\s.,:;!?¿¡*-]*",
    "edge_end": r"[\s.,;:!?*\"-]*$",
    "asked": r"(?!)",
    "possessive": r"(?!)",
    "not_ordinal": r"(?!)",
    "tail": r"(?!)",
    "verb_form": r"(?!)",
}
SOURCE_NAMES = frozenset(
    [
        "after_adverb",
        "after_hour",
        "alarm",
        "asked",
        "begins",
        "code",
        "deadline",
        "done",
        "early",
        "edge_end",
        "edge_start",
        "elsewhere",
        "filler",
        "guard",
        "label",
        "last",
        "lead",
        "lead_in",
        "less",
        "list",
        "new_command",
        "no_split",
        "not_ordinal",
        "outside",
        "polite_end",
        "polite_start",
        "possessive",
        "preposition",
        "priority",
        "query_list",
        "query_noise",
        "query_text",
        "question",
        "range",
        "reference_end",
        "reference_start",
        "separator",
        "statement",
        "tail",
        "timer",
        "title_end",
        "title_start",
        "verb_form",
        "weekday",
        "weekend",
        "workdays",
    ]
)

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_GROUP = re.compile(r"\(\?P<([a-z_]+)>")
_ANONYMOUS = 1_000


@dataclass(frozen=True, slots=True)
class Unit:
    name: UnitName
    size: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day. `hour` is what it means when no time is said; `half` tells 5 am from 5 pm."""

    name: PartName
    hour: int
    half: Literal["am", "pm"]


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day of a month, or its `nth` weekday, or Easter Sunday; and `plus` days."""

    month: int = 0
    day: int = 0
    weekday: int = 0
    nth: int = 0
    easter: bool = False
    plus: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """A shape of sentence and what it asks for.

    The pattern's groups `title`, `name` (a title before the noun), `ref` (an existing task), `list`, `label`,
    `to` (a new title), `level` (a priority), `clear` (the due moment), `clear_rrule` and `choice` are read as
    fields; alternatives may use one name several times.
    `keeps_dates` says that dates belong to the words and are not the due moment.
    """

    intent: Intent
    pattern: str
    kind: Kind = "task"
    asks: Literal["", "overdue", "done", "thanks", "new list", "at once"] = ""
    keeps_dates: bool = False


@dataclass(frozen=True, eq=False)
class Language:
    """One language. All words are lower case; the order of templates and frames is the order of preference.

    `sources` are the patterns that the engine asks for by name (`SOURCE_NAMES`); `rewrites` are words that
    are read as others, such as compounds taken apart. `next_weekday` says which day "next Friday" is,
    `verb_last` that a task may be named with its verb at the end, `day_hours` whether a bare hour counts to
    12 or to 24. `docs/extending.md` tells how to write a folder.
    """

    code: str
    cardinals: Mapping[str, float]
    ordinals: Mapping[str, int]
    ordinal_mark: str
    pm_letter: str
    night: str
    day_first: bool
    shares: Mapping[str, int]
    weekdays: Mapping[str, int]
    weak_words: frozenset[str]
    months: Mapping[str, int]
    units: Mapping[str, Unit]
    days: Mapping[str, int]
    parts: Mapping[str, Part]
    holidays: Mapping[str, Holiday]
    which: Mapping[str, Literal["this", "next", "last"]]
    adverbs: Mapping[str, tuple[str, int]]
    vocabulary: Mapping[str, str]
    date_templates: tuple[Template, ...]
    frames: tuple[Frame, ...]
    verbs: frozenset[str]
    means: frozenset[str]
    connectors: frozenset[str]
    infinitive: frozenset[str]
    pronouns: frozenset[str]
    priorities: Mapping[str, Priority]
    default_titles: Mapping[Kind, str]
    replies: Mapping[str, str]
    sources: Mapping[str, str]
    rewrites: Mapping[str, str] = field(default_factory=dict)
    next_weekday: Literal["coming", "next week"] = "coming"
    verb_last: bool = False
    day_hours: Literal[12, 24] = 12

    # Compiled at first use: to tell the language of a sentence all folders are loaded, and one is read with.
    @cached_property
    def number_words(self) -> re.Pattern[str]:
        words = sorted({*self.cardinals, *self.ordinals, *self.rewrites}, key=len, reverse=True)
        source = "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in words)
        return re.compile(rf"(?<!\w)(?:{source})(?!\w)")

    @cached_property
    def rules(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((name, self.compile(template)) for name, template in self.date_templates)

    @cached_property
    def compiled_frames(self) -> tuple[tuple[Frame, re.Pattern[str]], ...]:
        return tuple((frame, compiled(rf"(?:{frame.pattern})\Z", re.DOTALL)) for frame in self.frames)

    @cached_property
    def patterns(self) -> Mapping[str, re.Pattern[str]]:
        sources = {**SHARED_SOURCES, **self.sources}
        return {name: compiled(self.expand(source)) for name, source in sources.items()}

    def expand(self, template: str) -> str:
        """Replace placeholders by named groups; the second `{name}` is the group `name2`, and so on.

        Where the template has a group of that name already, the placeholder becomes no group.
        """
        taken = dict.fromkeys(_GROUP.findall(template), _ANONYMOUS)

        def group(match: re.Match[str]) -> str:
            name = match[1]
            taken[name] = taken.get(name, 0) + 1
            if taken[name] > _ANONYMOUS:
                return f"(?:{self._source(name)})"
            return f"(?P<{name}{'' if taken[name] == 1 else taken[name]}>{self._source(name)})"

        return _PLACEHOLDER.sub(group, template)

    def compile(self, template: str) -> re.Pattern[str]:
        """A pattern for whole words, with a possessive ending seen but not taken."""
        return compiled(rf"(?<!\w)(?<!\d[.:/])(?:{self.expand(template)})(?!\w|[.:/]\d|%)")

    def _source(self, name: str) -> str:
        tables: dict[str, Callable[[], Iterable[str]]] = {
            "weekday": lambda: self.weekdays,
            "month": lambda: self.months,
            "unit": lambda: self.units,
            "days": lambda: self.days,
            "part": lambda: self.parts,
            "holiday": lambda: self.holidays,
            "which": lambda: self.which,
            "adverb": lambda: self.adverbs,
        }
        if name in tables:
            return alternatives(tables[name]())
        return _PLACEHOLDER.sub(lambda m: f"(?:{self._source(m[1])})", self.vocabulary[name])


def words(text: str) -> frozenset[str]:
    """The words of a text, as a table."""
    return frozenset(text.split())


@cache
def load_language(code: str) -> Language:
    """The language of an IETF tag.

    Raises:
        LookupError: there is no folder for it.
    """
    primary = code.partition("-")[0].lower()
    if primary not in LANGUAGES:
        raise LookupError(code)
    module = import_module(f"conversations.agent.rules.languages.{primary}")
    language: Language = module.LANGUAGE
    return language


def nearest_language(code: str) -> Language:
    """The language of an IETF tag, or the first one where that is not known."""
    known = code.partition("-")[0].lower() in LANGUAGES
    return load_language(code if known else LANGUAGES[0])


LANGUAGES = ("en", "de", "fr", "es")
