"""What can be claimed to have been done, and which activities make it true."""

from __future__ import annotations

ANY = frozenset({"*"})
CREATE = frozenset({"task.created", "list.created", "label.created", "reminder.created", "memory.created"})
CHANGE = frozenset(
    {"task.updated", "task.moved", "task.skipped", "list.updated", "label.updated", "reminder.updated"}
)
COMPLETE = frozenset({"task.completed", "task.updated"})
REOPEN = frozenset({"task.reopened", "task.reverted", "task.restored", "task.updated"})
DELETE = frozenset(
    {
        "task.trashed",
        "task.reverted",
        "list.deleted",
        "label.deleted",
        "reminder.deleted",
        "memory.deleted",
        "turn.undone",
    }
)
RESTORE = frozenset({"task.restored", "task.reverted", "list.created", "label.created"})
UNDO = frozenset({"task.reverted", "turn.undone", "list.*", "label.*", "reminder.*"})
REMIND = frozenset({"reminder.*", "task.created", "task.updated"})
REMEMBER = frozenset({"memory.created", "task.created"})
FORGET = frozenset({"memory.deleted"})
OUTWARD = frozenset({"run.*"})


def supports(kind: str, kinds: frozenset[str]) -> bool:
    """Whether an activity of `kind` makes a claim true that any of `kinds` would make true."""
    return kind in kinds or "*" in kinds or f"{kind.partition('.')[0]}.*" in kinds
