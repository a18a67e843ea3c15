"""Which task is meant: "the milk" is "Buy milk", "the Anna call" may be two.

Pure ranking over (id, title, open or not, last touched). Words are compared one by one, so their order and
the small words between them do not count, and a misheard letter does no harm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from rapidfuzz import fuzz, process

MAX_AMBIGUOUS = 5
# Scores are shares of words that agree, 0 to 1. What lies this close to the best is as good as the best.
CLEAR_MARGIN = 0.1
# Less than this share of agreement, in both directions, is another task.
MIN_AGREEMENT = 0.6
# "The milk" is the milk rather than the milk, eggs and bread: more than the clear margin.
PART_OF_MANY = 0.15
# Of tasks with the same title the last touched is meant if it leads by this much.
CLEAR_RECENCY = timedelta(days=1)
# Two words agree from this similarity (0 to 100) on; those shorter than FUZZY_LENGTH only if equal.
WORD_SIMILARITY = 80.0
LONG_WORD_SIMILARITY = 75.0
LONG_WORD = 6
FUZZY_LENGTH = 4
# Words of which one begins with the other: "work", "working"; short ones only with a common ending.
SAME_STEM = 0.75
ENDINGS = frozenset({"s", "es", "ed", "ing", "en"})

_BETWEEN_ITEMS = re.compile(r"[,;&+]|\b(?:and|und|et|y)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


def _fold(text: str) -> str:
    """The words of `text`, without case, accents and punctuation, each parted by one space."""
    folded = text.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(folded))


# What people put around the words that matter, in the languages in which the agent is spoken to.
STOP_WORDS = frozenset(
    _fold(
        "a an the this that these those my our your his her its some any and or of for to from with about on"
        " in at by is it i me we please one ones thing item task tasks todo do reminder entry"
        " der die das den dem des ein eine einen einem mein meine meinen und oder von vom zum zur mit für"
        " aufgabe erinnerung le la les l un une du de mon ma mes et ou pour avec tâche rappel"
        " el los las una unos unas mi mis y o del para con tarea recordatorio"
    ).split()
)


class Candidate(NamedTuple):
    """A task that may be meant."""

    id: UUID
    title: str
    is_open: bool
    touched_at: datetime


@dataclass(frozen=True, slots=True)
class Match:
    """The one task that is meant."""

    task: Candidate


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Tasks any of which may be meant, best first, at most `MAX_AMBIGUOUS`."""

    tasks: list[Candidate]

    def narrowed_to(self, mentioned: Container[UUID]) -> Match | Ambiguous:
        """The one of them that was spoken of, if it is one."""
        spoken_of = [task for task in self.tasks if task.id in mentioned]
        return Match(spoken_of[0]) if len(spoken_of) == 1 else self


@dataclass(frozen=True, slots=True)
class Missing:
    """No task is meant by these words."""


Resolution = Match | Ambiguous | Missing


def resolve(reference: str, candidates: Sequence[Candidate], *, prefer_open: bool = True) -> Resolution:
    """Find the task that `reference`, an id or some words, means.

    Open tasks come first; closed ones count only when no open one is meant (the other way round without
    `prefer_open`, which is what reopening wants). A reference without words that matter ("the task") means
    the only task there is, or any.
    """
    if found := _by_id(reference, candidates):
        return Match(found)
    said = _fold(reference)
    for first in (prefer_open, not prefer_open) if said else ():
        pool = [candidate for candidate in candidates if candidate.is_open is first]
        if meant := _meant(said, pool):
            return _decide(meant)
    return Missing()


def id_in(reference: str) -> UUID | None:
    """The id that a reference is, if it is one."""
    try:
        return UUID(reference.strip())
    except ValueError:
        return None


def words_of(text: str) -> tuple[list[str], list[str]]:
    """The words of a reference or a title: all of them, and those that matter."""
    folded = _fold(text)
    return folded.split(), _matter(folded)


def _by_id(reference: str, candidates: Iterable[Candidate]) -> Candidate | None:
    wanted = id_in(reference)
    return next((candidate for candidate in candidates if candidate.id == wanted), None)


def _decide(meant: Sequence[Candidate]) -> Resolution:
    """One of equally good candidates, or the choice between them."""
    newest = sorted(meant, key=lambda candidate: candidate.touched_at, reverse=True)
    if len(newest) == 1:
        return Match(newest[0])
    alike = len({_fold(candidate.title) for candidate in newest}) == 1
    if alike and newest[0].touched_at - newest[1].touched_at >= CLEAR_RECENCY:
        return Match(newest[0])
    return Ambiguous(newest[:MAX_AMBIGUOUS])


def _meant(said: str, pool: Sequence[Candidate]) -> Sequence[Candidate]:
    """The best of `pool` and whatever is as good, or nothing."""
    wanted = _matter(said)
    if not wanted:
        return [candidate for candidate in pool if _fold(candidate.title) == said] or pool
    titles = [_matter(_fold(candidate.title)) for candidate in pool]
    if exact := [candidate for candidate, words in zip(pool, titles, strict=True) if words == wanted]:
        return exact
    similar = matching_words(wanted, {word for words in titles for word in words})
    if not similar:
        return []
    scored = []
    for words, candidate in zip(titles, pool, strict=True):
        score = _score(wanted, words, similar)
        scored.append(
            (score - PART_OF_MANY if _names_one_of_many(candidate.title, similar) else score, candidate)
        )
    best = max(score for score, _ in scored)
    return [candidate for score, candidate in scored if score > max(0.0, best - CLEAR_MARGIN)]


def _names_one_of_many(title: str, similar: Container[str]) -> bool:
    """Whether a title lists several things, not all of which the reference names."""
    parts = [_matter(_fold(part)) for part in _BETWEEN_ITEMS.split(title)]
    named = [any(word in similar for word in part) for part in parts if part]
    return len(named) > 1 and any(named) and not all(named)


def matching_words(wanted: Iterable[str], vocabulary: set[str]) -> dict[str, dict[str, float]]:
    """Title word -> wanted word -> similarity (0 to 1), for every pair that agrees."""
    similar: dict[str, dict[str, float]] = {}
    fuzzy = [word for word in vocabulary if len(word) >= FUZZY_LENGTH]
    for word in wanted:
        for other in [other for other in vocabulary if other[0] == word[0]]:
            if _same_stem(word, other):
                similar.setdefault(other, {})[word] = 1.0 if word == other else SAME_STEM
        if len(word) < FUZZY_LENGTH:
            continue
        cutoff = LONG_WORD_SIMILARITY if len(word) >= LONG_WORD else WORD_SIMILARITY
        for other, ratio, _ in process.extract(
            word, fuzzy, scorer=fuzz.ratio, score_cutoff=cutoff, limit=None
        ):
            similar.setdefault(other, {}).setdefault(word, ratio / 100)
    return similar


def _same_stem(word: str, other: str) -> bool:
    """For words with the same first letter."""
    short, long = (word, other) if len(word) <= len(other) else (other, word)
    if not long.startswith(short):
        return False
    ending = long[len(short) :]
    return not ending or len(short) >= FUZZY_LENGTH or (len(short) == FUZZY_LENGTH - 1 and ending in ENDINGS)


def _score(wanted: Sequence[str], title: Sequence[str], similar: dict[str, dict[str, float]]) -> float:
    """How well a title answers to the wanted words; 0 when it does not.

    Above 1 if every wanted word is in the title: what else the title says was merely left out. Otherwise
    the share of agreement, which must be full in the title's direction or high in both.
    """
    agreed = {index: pairs for index, word in enumerate(title) if (pairs := similar.get(word))}
    if not agreed:
        return 0.0
    of_wanted = sum(max((pairs.get(word, 0.0) for pairs in agreed.values()), default=0.0) for word in wanted)
    covered = sum(any(word in pairs for pairs in agreed.values()) for word in wanted)
    if covered == len(wanted):
        return 1.0 + of_wanted / len(wanted)
    share = (of_wanted + len(agreed)) / (len(wanted) + len(title))
    return share if len(agreed) == len(title) or share >= MIN_AGREEMENT else 0.0


def _matter(folded: str) -> list[str]:
    """Each once, in the order in which they come."""
    return list(dict.fromkeys(word for word in folded.split() if word not in STOP_WORDS))
