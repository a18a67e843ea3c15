"""The spine: `record()` writes what happened, in the transaction in which it happens."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from accounts.actors import Actor, ActorKind, NotLoggedIn
from activities import relay
from activities.frames import event_frame, user_channel
from activities.models import Activity, Outbox, UserStream
from activities.querysets import recording_parameters
from voice2task.kernel.errors import ApplicationError

# A job that follows a commit is enqueued at once; only when that was lost does the sweep find its row due.
FIRST_SWEEP_AFTER = timedelta(seconds=2)
SWEEP_AGAIN_AFTER = timedelta(seconds=10)
SWEEP_LIMIT = 500


class StreamNotHeld(ApplicationError):
    """A programming fault: a change was recorded without the user's stream lock."""

    code = "stream_not_held"
    status = 500
    message = "The user's stream must be locked before anything is recorded."


class UserGone(NotLoggedIn):
    code = "user_gone"
    message = "This account has been deleted."


@dataclass(frozen=True, slots=True)
class Entry:
    """What to record: kind, subject and its changed fields before and after, as the API shows them."""

    kind: str
    subject_type: str
    subject_id: UUID
    after: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    undoes_id: UUID | None = None


_observed: ContextVar[list[Entry] | None] = ContextVar("observed", default=None)


@contextmanager
def observed_entries() -> Iterator[list[Entry]]:
    """Collects what is recorded inside the block, in this thread, whether or not it will be committed."""
    entries: list[Entry] = []
    token = _observed.set(entries)
    try:
        yield entries
    finally:
        _observed.reset(token)


@dataclass(frozen=True, slots=True)
class _StreamHeld:
    """A mark among the commit hooks of the running transaction: it has locked this user's stream.

    Django forgets hooks exactly where PostgreSQL gives up locks: with the transaction, and with the savepoint
    that is rolled back. An `Atomic` tells no transactions apart: a decorated function has one for all calls.
    """

    user_id: UUID
    followed: frozenset[str] = frozenset()

    def __call__(self) -> None:
        """Commit releases the lock."""


def lock_stream(user_id: UUID) -> None:
    """Lock the user's stream for the rest of the transaction.

    Every service takes this lock before it touches another row of the user: commit order is seq order.

    Raises:
        StreamNotHeld: outside a transaction, where the lock would end at once.
        UserGone: the user was deleted meanwhile.
    """
    if not connection.in_atomic_block:
        raise StreamNotHeld("A stream can only be locked inside a transaction.")
    if not _holds_stream(user_id):
        followed = UserStream.objects.lock_row(user_id)
        if followed is None:
            raise UserGone
        transaction.on_commit(_StreamHeld(user_id, frozenset(followed)))


def lock_streams(user_ids: Sequence[UUID]) -> set[UUID]:
    """Lock the streams of some of these users for the rest of the transaction. Returns whose.

    For sweeps that work for many users in one transaction. It takes those that are free, and waits, for the
    first, only where none is: who waits holds nothing, so that nobody waits in a circle.
    """
    free = UserStream.objects.lock_free_rows(user_ids)
    for user_id, followed in free.items():
        transaction.on_commit(_StreamHeld(user_id, frozenset(followed)))
    if user_ids and not free:
        lock_stream(user_ids[0])
        return {user_ids[0]}
    return set(free)


def follow_kinds(*, user_id: UUID, kinds: Collection[str]) -> None:
    """From now on let the jobs on request hear of these kinds of the user's, and of no others.

    Raises:
        StreamNotHeld: the caller has not locked the user's stream in this transaction.
    """
    if not _holds_stream(user_id):
        raise StreamNotHeld
    UserStream.objects.filter(user_id=user_id).update(followed=sorted(kinds))
    # The latest mark counts, and goes with this update should it be rolled back.
    transaction.on_commit(_StreamHeld(user_id, frozenset(kinds)))


def record(*, actor: Actor, entry: Entry, at: datetime) -> Activity:
    """Write one activity with the user's next seq. See `record_all`."""
    return record_all(actor=actor, entries=[entry], at=at)[0]


def record_all(*, actor: Actor, entries: Sequence[Entry], at: datetime) -> list[Activity]:
    """Write activities in order, with the outbox rows of their subscribers.

    On commit they are pushed to the user's clients and the subscribers' jobs are enqueued, without ever
    failing the caller: what Redis misses, clients read from PostgreSQL and the sweep enqueues again.

    Raises:
        StreamNotHeld: the caller has not locked the user's stream in this transaction.
    """
    if not entries:
        return []
    recording = Recording(actor=actor, entries=entries, at=at)
    recording.number(UserStream.objects.record(recording.parameters()))
    recording.announce_on_commit()
    return recording.activities


def record_for_many(*, by: ActorKind, entries: Sequence[tuple[UUID, Entry]], at: datetime) -> None:
    """Write activities of many users, in order, as `record_all` does for one; in one statement.

    Raises:
        StreamNotHeld: the caller has not locked one of these users' streams in this transaction.
    """
    if not entries:
        return
    held = _held_streams()
    if not {user_id for user_id, _ in entries} <= held.keys():
        raise StreamNotHeld
    _check_kinds(entry for _, entry in entries)
    at = at.astimezone(UTC)
    activities = [_activity(Actor(user_id, by), entry, at) for user_id, entry in entries]
    owed = [row for activity in activities for row in _owed_by(activity, held[activity.user_id], at)]
    seqs = UserStream.objects.record_many(activities, owed)
    for activity in activities:
        activity.seq = seqs[activity.id]
    _announce_on_commit(activities, owed)


class Recording:
    """Activities about to be written, by `record_all` or inside a statement that does more.

    Such a statement is built on `activities.querysets.RECORD` with `parameters()`; the seq it returns goes to
    `number()`, and `announce_on_commit()` does the rest.

    Raises:
        StreamNotHeld: the caller has not locked the user's stream in this transaction.
    """

    def __init__(self, *, actor: Actor, entries: Sequence[Entry], at: datetime) -> None:
        followed = _held_streams().get(actor.user_id)
        if followed is None:
            raise StreamNotHeld
        _check_kinds(entries)
        if (observed := _observed.get()) is not None:
            observed.extend(entries)
        # Live frames are written from these rows, and must look like those read from the database.
        at = at.astimezone(UTC)
        self.activities = [_activity(actor, entry, at) for entry in entries]
        self.owed = [row for activity in self.activities for row in _owed_by(activity, followed, at)]

    def parameters(self) -> dict[str, Any]:
        """The values of `RECORD`."""
        return recording_parameters(self.activities, self.owed)

    def number(self, last_seq: int) -> None:
        """Tell the activities their numbers, the last of which is `last_seq`."""
        for seq, activity in enumerate(self.activities, start=last_seq - len(self.activities) + 1):
            activity.seq = seq

    def announce_on_commit(self) -> None:
        _announce_on_commit(self.activities, self.owed)


def append_history(*, user_id: UUID, activities: Sequence[Activity]) -> None:
    """Append activities of elsewhere as they were recorded there, with the user's next numbers.

    No job follows from them. Clients find them when they next read, or hear of what follows.

    Raises:
        StreamNotHeld: the caller has not locked the user's stream in this transaction.
    """
    if not _holds_stream(user_id):
        raise StreamNotHeld
    first = UserStream.objects.seq_of(user_id) + 1
    for seq, activity in enumerate(activities, start=first):
        activity.seq = seq
    Activity.objects.bulk_create(activities, batch_size=SWEEP_LIMIT)
    UserStream.objects.filter(user_id=user_id).update(last_seq=first - 1 + len(activities))


def sweep_outbox(*, now: datetime) -> int:
    """Enqueue every job that is owed and overdue. Returns how many."""
    with transaction.atomic():
        due = Outbox.objects.take_due(now=now, again_in=SWEEP_AGAIN_AFTER, limit=SWEEP_LIMIT)
    relay.enqueue(due)
    return len(due)


def _holds_stream(user_id: UUID) -> bool:
    return user_id in _held_streams()


def _held_streams() -> dict[UUID, frozenset[str]]:
    """The users whose streams this transaction holds, and the kinds that are followed of theirs."""
    hooks = (hook[1] for hook in connection.run_on_commit)
    return {hook.user_id: hook.followed for hook in hooks if isinstance(hook, _StreamHeld)}


def _check_kinds(entries: Iterable[Entry]) -> None:
    if unknown := {entry.kind for entry in entries} - settings.EVENT_KINDS:
        raise ValueError(f"not in EVENT_KINDS: {', '.join(sorted(unknown))}")


def _announce_on_commit(activities: Sequence[Activity], owed: Sequence[Outbox]) -> None:
    frames = [
        (user_channel(activity.user_id), activity.seq, event_frame(vars(activity))) for activity in activities
    ]
    jobs = [(row.job, row.argument) for row in owed]
    transaction.on_commit(lambda: relay.announce(frames, jobs), robust=True)


def _owed_by(activity: Activity, followed: frozenset[str], at: datetime) -> Iterable[Outbox]:
    for job, argument in settings.ACTIVITY_SUBSCRIBERS.get(activity.kind, ()):
        if job in settings.JOBS_ON_REQUEST and activity.kind not in followed:
            continue
        yield Outbox(
            activity=activity, job=job, argument=getattr(activity, argument), due_at=at + FIRST_SWEEP_AFTER
        )


def _activity(actor: Actor, entry: Entry, at: datetime) -> Activity:
    return Activity(
        user_id=actor.user_id,
        kind=entry.kind,
        actor=actor.kind,
        turn_id=actor.turn_id,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        before=dict(entry.before),
        after=dict(entry.after),
        undoes_id=entry.undoes_id,
        at=at,
    )
