"""What the services of one user's tasks work on, inside one transaction that holds the user's stream."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.actors import Actor
from accounts.models import User
from activities.models import Activity
from activities.services import Entry, lock_stream, record_all
from tasks.models import Task, TaskList
from tasks.ranks import rank_between
from tasks.representation import JSON, digest_of, render_list
from voice2task.kernel.composed import Composed
from voice2task.kernel.errors import ApplicationError, Conflict, Invalid, NotFound
from voice2task.kernel.transactions import service_block

INBOX = "Inbox"


# What nearly every change of a task begins with.
_USER = Composed(
    lambda user_id: User.objects.filter(pk=user_id).values("id", "timezone", "subtasks_on_complete"),
    planned_once=True,
)
_LISTS = Composed(
    lambda user_id: TaskList.objects.of(user_id).values(*(field.attname for field in TaskList._meta.fields)),
    planned_once=True,
)


class DoesNotExist(Invalid):
    code = "does_not_exist"
    message = "There is no such object."


class TaskTrashed(Conflict):
    code = "task_trashed"
    message = "The task is in the trash; restore it first."


class VersionStale(ApplicationError):
    code = "version_stale"
    status = 412
    message = "The task has changed since you read it."


# Of some tasks the versions that the caller has seen, of other things the digests of what they looked like;
# another one must not be overwritten.
Versions = Mapping[UUID, Collection[int | str]]


class Workspace:
    """The user's lists and timezone, and the entries that become activities when the transaction ends."""

    def __init__(self, actor: Actor, now: datetime, versions: Versions | None = None) -> None:
        self.versions = versions or {}
        self.actor = actor
        self.user_id = actor.user_id
        self.now = now
        self.entries: list[Entry] = []
        self.activities: list[Activity] = []

    @cached_property
    def user(self) -> User:
        return _USER.objects(User, user_id=self.user_id)[0]

    @property
    def zone(self) -> ZoneInfo:
        return self.user.zone

    @property
    def clock_zone(self) -> ZoneInfo:
        """In which moments without a zone are meant: that of the clock which was handed in, if it has one.

        What is spoken abroad is meant there, and kept at the user's place.
        """
        return self.now.tzinfo if isinstance(self.now.tzinfo, ZoneInfo) else self.zone

    @cached_property
    def lists(self) -> dict[UUID, TaskList]:
        return {task_list.id: task_list for task_list in _LISTS.objects(TaskList, user_id=self.user_id)}

    @property
    def inbox(self) -> TaskList:
        found = next((task_list for task_list in self.lists.values() if task_list.is_inbox), None)
        return found or self.add_list(TaskList(name=INBOX, is_inbox=True))

    def add_list(
        self, task_list: TaskList, *, undoes_id: UUID | None = None, created_at: datetime | None = None
    ) -> TaskList:
        """Insert a list, at the end unless it has a position."""
        task_list.user_id = self.user_id
        task_list.created_at = created_at or (task_list.created_at if undoes_id else self.now)
        if not task_list.position:
            last = max((other.position for other in self.lists.values()), default=None)
            task_list.position = rank_between(last, None)
        task_list.save(force_insert=True)
        self.lists[task_list.id] = task_list
        self.entries.append(
            Entry("list.created", "list", task_list.id, after=render_list(task_list), undoes_id=undoes_id)
        )
        return task_list

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What fails inside leaves nothing behind, and the rest of the transaction may go on."""
        count = len(self.entries)
        try:
            with transaction.atomic():
                yield
        except ApplicationError:
            del self.entries[count:]
            # A list may have been made in it.
            self.__dict__.pop("lists", None)
            raise

    def list_by_id(self, list_id: UUID) -> TaskList:
        """A list that an argument names."""
        try:
            return self.lists[list_id]
        except KeyError:
            raise DoesNotExist("There is no such list.", field="list_id") from None

    def require_seen(self, id: UUID, shown: JSON) -> None:
        """Raises: VersionStale, if the caller has seen this list, label or reminder, and not as it is."""
        if id in self.versions and digest_of(shown) not in self.versions[id]:
            raise VersionStale("This has changed since you read it.")

    def task(self, task_id: UUID) -> Task:
        return self.tasks([task_id])[0]

    def tasks(self, task_ids: Sequence[UUID], *, trashed: bool = False) -> list[Task]:
        """The user's tasks with these ids, in this order, each once.

        Raises:
            NotFound: one of them does not exist or is another user's.
            VersionStale: one of them has another version than the caller has seen.
            TaskTrashed: one of them is in the trash, unless `trashed`.
        """
        found = {task.id: task for task in Task.objects.of(self.user_id).loaded().filter(pk__in=task_ids)}
        if missing := set(task_ids) - found.keys():
            raise NotFound("There is no such task.", extra={"task_ids": sorted(map(str, missing))})
        for task_id, seen in self.versions.items():
            if task_id in found and found[task_id].version not in seen:
                raise VersionStale(extra={"version": found[task_id].version})
        if not trashed and (gone := [str(task.id) for task in found.values() if task.trashed_at]):
            raise TaskTrashed(extra={"task_ids": sorted(gone)})
        return [found[task_id] for task_id in dict.fromkeys(task_ids)]


@contextmanager
def open_workspace(actor: Actor, now: datetime, versions: Versions | None = None) -> Iterator[Workspace]:
    """One transaction: the stream is locked before anything is read, what happened is recorded at the end."""
    with service_block():
        lock_stream(actor.user_id)
        workspace = Workspace(actor, now, versions)
        yield workspace
        workspace.activities = record_all(actor=actor, entries=workspace.entries, at=now)
