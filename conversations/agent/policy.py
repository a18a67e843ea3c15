"""Which tool calls ask the user first: a table, over what a trial run of the call has shown.

A call runs inside a savepoint; what it would record is looked at before it counts. So it does not matter what
a tool is called or says of itself: what it does decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from activities.services import Entry

Effect = Literal["read", "write", "outward"]
Reason = Literal["many", "irreversible", "outward", "untrusted"]

# Writes that can be undone ask when a turn changes more things than this with one tool.
ROWS_WITHOUT_ASKING = 5
# Not tasks, lists, labels: the bookkeeping that comes with a change.
UNCOUNTED_SUBJECTS = frozenset({"turn", "conversation", "user"})
# What no undo brings back.
IRREVERSIBLE = frozenset({"memory.deleted", "task.deleted"})
# What text from outside may not bring about unasked: loss, what would be believed in later turns, and to ask
# other systems, since the question itself may carry something out.
NOT_AT_STRANGERS_BIDDING = frozenset(
    {
        "run.queued",
        "task.trashed",
        "task.deleted",
        "task.reverted",
        "list.deleted",
        "label.deleted",
        "reminder.deleted",
        "memory.created",
        "memory.deleted",
        "turn.undone",
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a turn has done before the call that is judged.

    `rows` are what each tool has changed in it unasked; `tainted` says that text from outside is in it;
    `allowed` are the tools that the user lets act without asking.
    """

    rows: Mapping[str, int]
    tainted: bool
    allowed: frozenset[str]


def reason_to_ask(tool: str, effect: Effect, entries: Sequence[Entry], standing: Standing) -> Reason | None:
    """Why this call must wait for the user, judged by what it recorded; None if it need not."""
    kinds = {entry.kind for entry in entries}
    asks: Mapping[Reason, bool] = {
        "untrusted": standing.tainted and (effect == "outward" or bool(kinds & NOT_AT_STRANGERS_BIDDING)),
        "outward": effect == "outward" or (effect == "write" and "run.queued" in kinds),
        "irreversible": bool(kinds & IRREVERSIBLE),
        "many": standing.rows.get(tool, 0) + rows_of(entries) > ROWS_WITHOUT_ASKING,
    }
    reasons = [reason for reason, holds in asks.items() if holds]
    if tool in standing.allowed:
        # A permission given once was not given to strangers.
        reasons = [reason for reason in reasons if reason == "untrusted"]
    return reasons[0] if reasons else None


def rows_of(entries: Sequence[Entry]) -> int:
    """How many things were changed: those of the kind of which there are most."""
    subjects: dict[str, set[UUID]] = defaultdict(set)
    for entry in entries:
        if entry.subject_type not in UNCOUNTED_SUBJECTS:
            subjects[entry.subject_type].add(entry.subject_id)
    return max(map(len, subjects.values()), default=0)
