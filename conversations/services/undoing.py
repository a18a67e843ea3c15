"""Undoing all that a turn did, in one transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.actors import Actor
from activities.models import Activity
from activities.services import Entry, lock_stream, record
from conversations.models import Memory, Turn
from conversations.services.memories import delete_memory
from conversations.services.turns import TurnNotFound
from integrations.models import WorkflowRun
from integrations.services import compensable, compensate_run
from tasks.services import Reversal, UndoConflict, Undone, render_undone
from tasks.services import undo_last as undo_last_change
from tasks.services import undo_turn as undo_tasks
from tasks.services.reversals import REVERSERS
from voice2task.kernel.errors import Conflict


class TurnRunning(Conflict):
    code = "turn_running"
    message = "This turn has not ended; stop it first."


@transaction.atomic
def undo_turn(*, actor: Actor, turn_id: UUID, now: datetime) -> Undone:
    """Take back what a turn changed, newest first, have its workflows take back theirs, and forget what it
    learned.

    A field that was changed since is left alone and reported as a conflict. The undo is recorded as
    `turn.undone`, and what it did under it can itself be undone.

    Raises:
        TurnNotFound, TurnRunning
    """
    lock_stream(actor.user_id)
    turn = Turn.objects.of(actor.user_id).filter(id=turn_id).first()
    if turn is None:
        raise TurnNotFound
    if not turn.ended:
        raise TurnRunning
    undone = undo_tasks(actor=actor, turn_id=turn_id, now=now)
    for run in compensable(turn_id, actor.user_id):
        _take_back(actor, run, undone, now)
    for memory in Memory.objects.of(actor.user_id).filter(turn_id=turn_id):
        delete_memory(actor=actor, memory_id=memory.id, now=now)
    record(actor=actor, entry=Entry("turn.undone", "turn", turn_id, render_undone(undone)), at=now)
    return undone


def undo_last(*, actor: Actor, now: datetime) -> Undone:
    """Take back what was done last: by a workflow, if nothing was changed since, else in tasks."""
    with transaction.atomic():
        lock_stream(actor.user_id)
        runs = WorkflowRun.objects.of(actor.user_id).filter(compensation=None, status=WorkflowRun.Status.DONE)
        run = runs.exclude(turn_id=None).exclude(turn_id=actor.turn_id).order_by("-id").first()
        if run is not None and run.turn_id is not None and run.finished_at is not None:
            since = Activity.objects.of(actor.user_id).filter(at__gt=run.finished_at, kind__in=REVERSERS)
            own = [turn for turn in (run.turn_id, actor.turn_id) if turn]
            if not since.exclude(turn_id__in=own).exists() and not _undone(run.turn_id):
                return undo_turn(actor=actor, turn_id=run.turn_id, now=now)
        return undo_last_change(actor=actor, now=now)


def _undone(turn_id: UUID) -> bool:
    return Activity.objects.filter(kind="turn.undone", subject_id=turn_id).exists()


def _take_back(actor: Actor, run: WorkflowRun, undone: Undone, now: datetime) -> None:
    """Have a run taken back by its workflow's own means; without any, say that it stays."""
    done = Activity.objects.of(actor.user_id).filter(subject_id=run.id).order_by("-seq").first()
    if done is None:
        return
    named = (done.id, "run", run.id, run.name)
    if compensate_run(actor, run, now) is None:
        undone.conflicts.append(UndoConflict(*named, fields=["compensation"]))
    else:
        undone.undone.append(Reversal(done.id, done.kind, *named[1:]))
