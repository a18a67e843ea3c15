"""A day with reminders: through REST, seen on a WebSocket, while everything that carries them is killed."""

from __future__ import annotations

from typing import Any

from tests.journeys.alarms import assert_each_came_once, came, notified, post, set_alarms
from tests.journeys.listener import Listener
from tests.journeys.people import Person, everything, new_person
from tests.journeys.stack import Stack
from tests.waiting import wait_for

VICTIMS = ("worker-default", "worker-deliveries", "valkey", "postgres")


def test_each_reminder_comes_once_though_all_dies_at_its_moment(stack: Stack) -> None:
    with Listener(new_person(stack)) as device:
        alarms = set_alarms(device.client, *(1.0 + number / 6 for number in range(12)))  # type: ignore[arg-type]
        wait_for(lambda: len(came(device)) >= 1, what="the first of them")
        pids = {victim: stack.kill(victim) for victim in VICTIMS}
        for victim, pid in pids.items():
            stack.wait_until_replaced(victim, pid)
        assert_each_came_once(device, alarms)


def test_notifications_are_live_on_every_device(stack: Stack) -> None:
    person = new_person(stack)
    with Listener(person) as phone, Listener(person) as desk:
        alarms = set_alarms(person, 0.5, 0.6)
        for device in (phone, desk):
            wait_for(lambda device=device: set(alarms) == set(notified(device)))
        first, second = sorted(everything(person, "/notifications/"), key=lambda row: row["id"])
        assert [row["title"] for row in (first, second)] == ["Call Bob"] * 2
        assert person.get("/notifications/unread-count/")["unread"] == 2
        post(person, f"/notifications/{first['id']}/read/")
        assert post(person, "/notifications/read-all/") == {"read": 1}
        with person.session() as session:
            assert session.delete(f"/notifications/{second['id']}/").status_code == 204
        for device in (phone, desk):
            _assert_follows(device, person)
    with Listener(new_person(stack)) as stranger:
        assert notified(stranger) == []
        with stranger.client.session() as session:  # type: ignore[attr-defined]
            assert session.get(f"/notifications/{first['id']}/").status_code == 404


def _assert_follows(device: Listener, person: Person) -> None:
    """A client that only listened knows what a fresh read would show."""
    page = person.get("/notifications/")
    wait_for(lambda: device.seq >= page["seq"])
    known: dict[str, dict[str, Any]] = {}
    for event in device.events[: page["seq"]]:
        if event["kind"] == "notification.deleted":
            del known[event["subject"]["id"]]
        elif event["kind"].startswith("notification."):
            known[event["subject"]["id"]] = known.get(event["subject"]["id"], {}) | event["data"]["after"]
    assert sorted(known.values(), key=lambda row: row["id"], reverse=True) == page["results"]
