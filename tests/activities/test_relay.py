"""After a commit: pushed and enqueued at once, and never at the expense of the request."""

from __future__ import annotations

from uuid import uuid4

import orjson
import pytest
from django.db import transaction
from django.utils import timezone
from kombu import Connection
from kombu.pools import producers
from redis import Redis

from accounts.actors import Actor
from activities import relay
from activities.feed import parse_event
from activities.frames import event_frame, user_channel
from activities.models import Activity, Outbox
from activities.services import Entry, lock_stream, record
from tests.conftest import register
from voice2task.kernel import redis as connections
from voice2task.kernel.redis import push_client
from voice2task.stack.paths import celery_broker_url

pytestmark = pytest.mark.django_db(transaction=True)


def post(user, *, fail: bool = False) -> Activity:
    with transaction.atomic():
        lock_stream(user.id)
        entry = Entry("message.posted", "message", uuid4(), after={"text": "hello"})
        activity = record(actor=Actor(user.id, turn_id=uuid4()), entry=entry, at=timezone.now())
        if fail:
            raise ZeroDivisionError
    return activity


@pytest.fixture
def redis_away(monkeypatch: pytest.MonkeyPatch, tmp_path):
    """Nobody listens where Redis should be."""
    address = f"unix://{tmp_path}/nobody.sock"
    monkeypatch.setattr(relay, "push_client", lambda: Redis.from_url(address))
    broker = Connection(celery_broker_url(address), transport_options={"max_retries": 0})
    monkeypatch.setattr(relay, "_producers", lambda: producers[broker])
    return address


def test_an_event_is_pushed_on_commit_and_the_job_enqueued(empty_redis: None):
    alice = register("alice@example.com")
    with push_client().pubsub() as listener:
        listener.subscribe(user_channel(alice.id))
        listener.get_message(timeout=5)
        activity = post(alice)
        message = listener.get_message(timeout=5)
    seq, frame = parse_event(message["data"])
    assert seq == activity.seq
    event = orjson.loads(frame)
    assert event["type"] == "event"
    assert event["data"]["after"] == {"text": "hello"}
    assert event["subject"] == {"type": "message", "id": str(activity.subject_id)}
    assert push_client().llen("turns") == 1


def test_a_live_event_is_the_same_as_the_one_read_later(empty_redis: None):
    alice = register("alice@example.com")
    with push_client().pubsub() as listener:
        listener.subscribe(user_channel(alice.id))
        listener.get_message(timeout=5)
        with transaction.atomic():
            lock_stream(alice.id)
            entry = Entry("task.updated", "task", uuid4(), after={"title": "é %s"}, before={"title": None})
            # The agent's tools are given the user's clock.
            record(actor=Actor(alice.id), entry=entry, at=timezone.now().astimezone(alice.zone))
        _, frame = parse_event(listener.get_message(timeout=5)["data"])
    row = Activity.objects.of(alice.id).order_by("-seq").frames()[0]
    assert frame == event_frame(row)


def test_nothing_leaves_before_the_commit(empty_redis: None):
    alice = register("alice@example.com")
    with pytest.raises(ZeroDivisionError):
        post(alice, fail=True)
    assert push_client().llen("turns") == 0


def test_a_dead_redis_fails_no_request_and_loses_no_job(empty_redis: None, redis_away: str):
    alice = register("alice@example.com")
    activity = post(alice)
    assert Activity.objects.filter(id=activity.id).exists()
    assert Outbox.objects.filter(activity=activity).exists()
    assert push_client().llen("turns") == 0


def test_a_broker_that_refuses_leaves_the_job_owed(empty_redis: None, monkeypatch: pytest.MonkeyPatch):
    from kombu.exceptions import OperationalError

    def refuse(*args, **kwargs):
        raise OperationalError("refused")

    monkeypatch.setattr(relay.current_app, "send_task", refuse)
    alice = register("alice@example.com")
    activity = post(alice)
    assert Outbox.objects.filter(activity=activity).exists()


def test_the_push_client_gives_up_quickly():
    assert push_client().get_connection_kwargs()["socket_timeout"] == connections.PUSH_TIMEOUT_SECONDS


def test_events_that_cannot_be_pushed_are_said_so_and_the_job_is_on_its_way(
    empty_redis: None, monkeypatch: pytest.MonkeyPatch, tmp_path, caplog: pytest.LogCaptureFixture
):
    away = Redis.from_url(f"unix://{tmp_path}/nobody.sock")
    monkeypatch.setattr(relay, "push_client", lambda: away)
    post(register("alice@example.com"))
    assert "push_failed" in caplog.text
    assert push_client().llen("turns") == 1
