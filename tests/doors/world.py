"""Two users who have one of everything, and what can be said of whom each thing belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.apps import apps
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actors import Actor
from accounts.models import Login, User
from accounts.scopes import Scope
from accounts.services import create_api_token
from activities.models import Activity, Notification
from conversations.models import AllowedTool, Approval, Message, Turn
from conversations.services import create_memory, post_message
from integrations.models import Delivery
from integrations.services import start_run
from tasks.models import Task
from tests import recordings
from tests.conftest import client_of, register
from tests.conversations.captures.conftest import upload
from tests.conversations.sockets import access_token
from tests.fakes.push import Browser
from tests.integrations.world import subscribe as subscribe_webhook
from tests.integrations.world import workflow
from tests.tasks.doors import LABELS, LISTS, TASKS, created
from tests.tasks.scenes import agent_of, make
from tests.transfer.doors import post_file

# Nothing is ever sent there: no job runs in these tests.
OUTSIDE = "http://127.0.0.1:9/hook"
SUBSCRIPTIONS = "/api/v1/notifications/subscriptions/"
TOOL = "complete_tasks"
PREVIEW = {"kind": "task.completed", "subject_type": "task", "name": "…"}


@dataclass(frozen=True)
class Person:
    """A user, what opens their doors, a word that stands in all they have, and their ids by kind of thing.

    `reader` is an API token that may only read.
    """

    user: User
    token: str
    reader: str
    mark: str
    ids: dict[str, tuple[str, ...]]

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def person(name: str, mark: str) -> Person:
    """A user who has one of everything; `mark` stands in every text that is theirs."""
    user = register(f"{name}@example.com")
    client = client_of(user)
    ids = _tasks(client, mark) | _talk(user, mark) | _outside(user, client, mark)
    capture = upload(client, recordings.silence(0.2), conversation_id=ids["conversation"])
    ids["capture"] = capture.json()["capture"]["id"]
    ids["import"] = post_file(client, f"TYPE,CONTENT\ntask,{mark}\n", "todoist").json()["id"]
    ids["activity"] = str(Activity.objects.of(user.id).filter(subject_id=ids["task"])[0].id)
    ids["notification"] = str(_notification(user, ids["activity"], mark).id)
    ids["user"] = str(user.id)
    AllowedTool.objects.create(user=user, tool=TOOL, created_at=timezone.now())
    token = access_token(user)
    ids["login"] = str(Login.objects.of(user.id).get().id)
    row, reader = create_api_token(
        actor=Actor(user.id), name=f"reads {mark}", scopes=[Scope.READ], now=timezone.now()
    )
    ids["token"] = str(row.id)
    trashed, waiting = ids.pop("trashed"), ids.pop("waiting")
    known: dict[str, tuple[str, ...]] = {kind: (id,) for kind, id in ids.items()}
    known["task"] += (trashed,)
    known["turn"] += (waiting,)
    return Person(user, token, reader, mark, known)


def _tasks(client: APIClient, mark: str) -> dict[str, str]:
    task_list = created(client, LISTS, name=f"list {mark}")
    label = created(client, LABELS, name=f"label {mark}")
    task = created(
        client,
        title=f"task {mark}",
        due_at="2030-03-30T09:00:00Z",
        rrule="FREQ=WEEKLY",
        list_id=task_list["id"],
        labels=[label["name"]],
        notes=mark,
    )
    reminder = created(client, f"{TASKS}{task['id']}/reminders/", lead_minutes=30)
    trashed = created(client, title=f"trashed {mark}")
    assert client.delete(f"{TASKS}{trashed['id']}/").status_code == 204
    return {
        "list": task_list["id"],
        "label": label["id"],
        "task": task["id"],
        "reminder": reminder["id"],
        "trashed": trashed["id"],
    }


def _talk(user: User, mark: str) -> dict[str, str]:
    """An ended turn that made a task, and one that waits for an answer."""
    now = timezone.now()
    ended = post_message(actor=Actor(user.id), text=f"make it {mark}", now=now)
    make(agent_of(user, ended.turn_id), f"made {mark}", now=now)
    Turn.objects.filter(id=ended.turn_id).update(
        status="completed", engine="rules", started_at=now, finished_at=now
    )
    Message.objects.create(
        user=user, conversation_id=ended.conversation_id, turn_id=ended.turn_id, role="assistant",
        text=f"done {mark}", recorded_at=now, created_at=now,
    )  # fmt: skip
    memory = create_memory(actor=agent_of(user, ended.turn_id), text=f"likes {mark}", now=now)
    waiting = post_message(actor=Actor(user.id), text=f"finish all {mark}", now=now)
    Turn.objects.filter(id=waiting.turn_id).update(status="awaiting_approval", started_at=now)
    approval = Approval.objects.create(
        user=user, turn_id=waiting.turn_id, step_index=0, tool=TOOL,
        arguments={"references": [mark]}, digest="0" * 64, reason="many", rows=6,
        preview=[PREVIEW | {"subject_id": str(Task.objects.of(user.id)[0].id)}],
        created_at=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip
    return {
        "conversation": str(ended.conversation_id),
        "message": str(ended.message_id),
        "turn": str(ended.turn_id),
        "waiting": str(waiting.turn_id),
        "memory": str(memory.id),
        "approval": str(approval.id),
    }


def _outside(user: User, client: APIClient, mark: str) -> dict[str, str]:
    endpoint, _ = subscribe_webhook(user, f"{OUTSIDE}?{mark}")
    of_user = workflow(user, f"{OUTSIDE}?{mark}", description=f"does {mark}")
    now = timezone.now()
    run = start_run(actor=Actor(user.id), workflow_id=of_user.id, arguments={"mark": mark}, now=now)
    push = created(client, SUBSCRIPTIONS, **Browser(f"https://127.0.0.1:9/{mark}").subscription)
    return {
        "webhook": str(endpoint.id),
        "workflow": str(of_user.id),
        "run": str(run.id),
        "delivery": str(Delivery.objects.get(run=run).id),
        "subscription": push["id"],
    }


def _notification(user: User, activity_id: str, mark: str) -> Notification:
    activity = Activity.objects.get(id=activity_id)
    return Notification.objects.create(
        user=user, activity_id=activity.id, kind="reminder.due", title=f"told {mark}",
        subject_type="task", subject_id=activity.subject_id, created_at=timezone.now(),
    )  # fmt: skip


def everything_of(user: User) -> str:
    """A digest of every row that is the user's: the same as long as nothing of theirs has changed."""
    with connection.cursor() as cursor:
        cursor.execute(_digest_of_a_user(), {"user": user.id})
        (digest,) = cursor.fetchone()
    return str(digest)


@cache
def _digest_of_a_user() -> str:
    owned = [
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is User
    ]
    rows = " UNION ALL ".join(
        f"SELECT row::text AS text FROM {table} row WHERE row.{column} = %(user)s"  # noqa: S608 - our own names
        for table, column in [(User._meta.db_table, "id"), *owned]
    )
    return f"SELECT md5(string_agg(text, '' ORDER BY text)) FROM ({rows}) owned"  # noqa: S608
