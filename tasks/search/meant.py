"""The one task that some words mean, among ever so many.

`tasks.references.resolve` decides. Here it is given only the tasks that it could choose: those whose titles
have words that agree with the reference. With at most `MOST_CANDIDATES` of these it chooses as among all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from uuid import UUID

from tasks.models import CLOSED_STATUSES, Word
from tasks.querysets import TaskQuerySet
from tasks.references import Candidate, Missing, Resolution, id_in, matching_words, resolve, words_of
from tasks.search.lexemes import Owner, all_of, any_of

MOST_CANDIDATES = 500
# A word that more tasks have than this names none of them by itself.
COMMON = 5000


def resolve_among(
    reference: str, tasks: TaskQuerySet, *, user_id: UUID, prefer_open: bool = True
) -> Resolution:
    """The one of a user's `tasks` that `reference`, an id or some words, means; as `resolve` decides it."""
    if id_ := id_in(reference):
        return resolve(reference, tasks.filter(pk=id_).candidates())
    groups = _agreeing(user_id, reference)
    for first in (prefer_open, not prefer_open):
        pool = (
            tasks.exclude(status__in=CLOSED_STATUSES) if first else tasks.filter(status__in=CLOSED_STATUSES)
        )
        candidates = _candidates(Owner(user_id), reference, pool, groups)
        found = resolve(reference, candidates, prefer_open=first)
        if not isinstance(found, Missing):
            return found
    return Missing()


def _agreeing(user_id: UUID, reference: str) -> list[list[str]]:
    """For each word of the reference that matters, the words of the user's tasks that agree with it."""
    _, wanted = words_of(reference)
    similar = matching_words(wanted, set(Word.objects.of(user_id).known())) if wanted else {}
    return [[other for other, pairs in similar.items() if word in pairs] for word in wanted]


def _candidates(
    owner: Owner, reference: str, pool: TaskQuerySet, groups: Sequence[Sequence[str]]
) -> list[Candidate]:
    if not groups:
        return _candidates_of_any(owner, reference, pool)
    in_title = [any_of(owner.word(word, weights="A") for word in group) for group in groups if group]
    if len(in_title) == len(groups):
        covering = pool.having(all_of(in_title))
        found = covering.newest_touched(MOST_CANDIDATES).candidates()
        if len(found) == MOST_CANDIDATES:
            # Among so many, also those that say nothing else.
            found += covering.closest(in_title, MOST_CANDIDATES).candidates()
        if found:
            return list(dict.fromkeys(found))
    if partly := _partly(owner, groups):
        return pool.having(partly).closest(in_title, MOST_CANDIDATES).candidates()
    return []


def _candidates_of_any(owner: Owner, reference: str, pool: TaskQuerySet) -> list[Candidate]:
    """For a reference of small words only: titles of just these, and the tasks last touched."""
    small, _ = words_of(reference)
    if not small:
        return []
    named = pool.having(all_of(owner.word(word, weights="A") for word in small))
    found = named.closest([], MOST_CANDIDATES).candidates()
    return list(dict.fromkeys(found + pool.newest_touched(MOST_CANDIDATES).candidates()))


def _partly(owner: Owner, groups: Sequence[Sequence[str]]) -> str:
    """Titles with a word that is not common, or with two."""
    known = Word.objects.of(owner.user_id)
    in_title, rare = [], []
    for group in filter(None, groups):
        lexemes = any_of(owner.word(word, weights="A") for word in group)
        in_title.append(lexemes)
        if known.tasks_with(group) <= COMMON:
            rare.append(lexemes)
    pairs = [all_of(pair) for pair in combinations(in_title, 2)]
    return any_of(rare + pairs)
