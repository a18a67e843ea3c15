"""Words written alike: a query that finds nothing as it stands is tried with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tasks.models import Word

# Letters that may be wrong, missing, too many or swapped, by the length of the word.
ONE_FROM, TWO_FROM = 4, 8
MOST_SIMILAR = 20


def similar_words(user_id: UUID, words: Iterable[str], names: Collection[str]) -> dict[str, list[str]]:
    """For each word, those of the user's tasks or `names` that differ in a letter or two, nearest first.

    Short words and numbers are meant as they are written.
    """
    doubtful = [word for word in words if len(word) >= ONE_FROM and word.isalpha()]
    if not doubtful:
        return {}
    lengths = [len(word) for word in doubtful]
    known = Word.objects.of(user_id).of_lengths(min(lengths) - 2, max(lengths) + 2)
    vocabulary = {*known, *names}
    return {word: _nearest(word, vocabulary) for word in doubtful}


def _nearest(word: str, vocabulary: Iterable[str]) -> list[str]:
    most = 2 if len(word) >= TWO_FROM else 1
    distance: Any = OSA.distance  # its stub says int where that of `extract` says float
    found = process.extract(word, vocabulary, scorer=distance, score_cutoff=most, limit=MOST_SIMILAR)
    return [other for other, _, _ in found]
