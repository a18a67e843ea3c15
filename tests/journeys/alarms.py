"""Reminders of a person, and what must come of them, whatever dies around their moment."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.journeys.listener import Listener
from tests.journeys.people import Person, everything
from tests.waiting import wait_for

PATIENCE_SECONDS = 40.0


def post(person: Person, path: str, **body: Any) -> dict[str, Any]:
    """A POST that is repeated under one key until the stack has taken it."""
    with person.session() as session:
        answer = session.post(path, json=body)
    assert answer.status_code in (200, 201), answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def set_alarms(person: Person, *seconds: float) -> list[str]:
    """Reminders of one task, so many seconds from now. Returns their ids."""
    task = post(person, "/tasks/", title="Call Bob")
    now = datetime.now(UTC)
    moments = [(now + timedelta(seconds=each)).isoformat() for each in seconds]
    return [post(person, f"/tasks/{task['id']}/reminders/", remind_at=at)["id"] for at in moments]


def came(device: Listener) -> list[str]:
    """The reminders of which this device was told by the live feed, one for each time."""
    return [event["subject"]["id"] for event in device.events if event["kind"] == "reminder.due"]


def notified(device: Listener) -> list[str]:
    """The reminders that became notifications, likewise."""
    made = [event["data"]["after"] for event in device.events if event["kind"] == "notification.created"]
    return [each["subject"]["id"] for each in made if each["kind"] == "reminder.due"]


def assert_each_came_once(device: Listener, alarms: list[str]) -> None:
    """One more that comes after all others shows that no second one of those is under way."""
    wait_for(lambda: set(alarms) <= set(notified(device)), seconds=PATIENCE_SECONDS, what="every reminder")
    last = set_alarms(device.client, 1.0)  # type: ignore[arg-type]
    wait_for(lambda: last[0] in notified(device), seconds=PATIENCE_SECONDS, what="the last reminder")
    expected = Counter([*alarms, *last])
    assert Counter(came(device)) == Counter(notified(device)) == expected
    stored = everything(device.client, "/notifications/")
    assert Counter(row["subject"]["id"] for row in stored) == expected
    rows = everything(device.client, "/activities/")
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert Counter(row["subject"]["id"] for row in rows if row["kind"] == "reminder.due") == expected
    assert device.wrong == []
