"""The calendar feed: who may read it, and that a real parser finds the right moments in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import suspend_user
from tasks.models import CalendarFeed
from tests.tasks.doors import TASKS, created, error_of
from tests.tasks.scenes import activities_of, by

FEED = "/api/v1/feed/"
BERLIN = ZoneInfo("Europe/Berlin")


def feed_of(client: APIClient) -> str:
    response = client.post(FEED)
    assert response.status_code == 201, response.content
    assert response["Cache-Control"] == "no-store"
    return urlsplit(response.json()["url"]).path


def read(path: str) -> Calendar:
    response = APIClient().get(path)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    calendar = Calendar.from_ical(response.content)
    assert not calendar.errors
    assert not [fault for component in calendar.walk() for fault in component.errors]
    return calendar


def moments(component: Any, count: int) -> list[datetime]:
    """The first occurrences as moments in UTC, expanded in the zone that the parser has read."""
    start = component["DTSTART"].dt
    rule = rrulestr(component["RRULE"].to_ical().decode(), dtstart=start)
    left_out = component.exdates
    found = (moment for moment in rule if moment not in left_out)
    return [next(found).astimezone(UTC) for _ in range(count)]


def test_nine_oclock_stays_nine_oclock_when_clocks_change(as_alice: APIClient) -> None:
    created(
        as_alice, title="Standup", due_at="2026-10-19T09:00:00", rrule="FREQ=WEEKLY", exdates=["2026-11-02"]
    )
    calendar = read(feed_of(as_alice))
    (todo,), (event,), (zone,) = calendar.todos, calendar.events, calendar.timezones
    expected = [
        datetime(2026, 10, 19, 7, tzinfo=UTC),
        datetime(2026, 10, 26, 8, tzinfo=UTC),
        datetime(2026, 11, 9, 8, tzinfo=UTC),
    ]
    assert moments(todo, 3) == moments(event, 3) == expected
    assert todo["DUE"].dt == todo["DTSTART"].dt
    assert event["DTSTART"].params["TZID"] == zone["TZID"] == "Europe/Berlin"
    # What stands in the VTIMEZONE itself, for parsers that know no timezone by name.
    written = zone.to_tz(lookup_tzid=False)
    for wall in ((2026, 10, 25, 1, 59), (2026, 10, 25, 3, 1), (2027, 3, 28, 1, 59), (2027, 3, 28, 3, 1)):
        assert datetime(*wall, tzinfo=written).utcoffset() == datetime(*wall, tzinfo=BERLIN).utcoffset()


def test_what_a_task_says_a_calendar_reads(as_alice: APIClient) -> None:
    top = created(
        as_alice, title="Move, house; really", due_on="2026-05-04", start_on="2026-05-01", priority="urgent"
    )
    below = created(
        as_alice,
        title="Pack",
        notes="Boxes\nand *tape*",
        parent_id=top["id"],
        labels=["Home", "Heavy"],
        due_at="2026-05-01T18:30:00+02:00",
        estimate_minutes=90,
    )
    calendar = read(feed_of(as_alice))
    todos = {str(todo["SUMMARY"]): todo for todo in calendar.todos}
    first, second = todos["Move, house; really"], todos["Pack"]
    assert (first["UID"], first["DUE"].dt, first["DTSTART"].dt) == (
        f"{top['id']}@voice2task",
        date(2026, 5, 4),
        date(2026, 5, 1),
    )
    assert (first["PRIORITY"], first["STATUS"]) == (1, "NEEDS-ACTION")
    assert second["RELATED-TO"] == first["UID"]
    assert second["DESCRIPTION"] == "Boxes\nand *tape*"
    assert second.categories == ["Heavy", "Home"]
    (event,) = calendar.events
    assert event["UID"] == f"{below['id']}-event@voice2task"
    assert (event.start, event.end - event.start) == (
        datetime(2026, 5, 1, 18, 30, tzinfo=BERLIN),
        timedelta(minutes=90),
    )


DAY, NINE = {"due_on": "2026-03-02"}, {"due_at": "2026-03-02T09:00:00"}


@pytest.mark.parametrize(
    ("due", "stored", "written"),
    [
        (DAY, "FREQ=DAILY;UNTIL=20260401T000000Z", "FREQ=DAILY;UNTIL=20260401"),
        (NINE, "FREQ=DAILY;UNTIL=20260401", "FREQ=DAILY;UNTIL=20260401T215959Z"),
        (NINE, "FREQ=DAILY;UNTIL=20260401T120000", "FREQ=DAILY;UNTIL=20260401T100000Z"),
        (DAY, "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=4", "FREQ=WEEKLY;COUNT=4;BYDAY=MO,TH"),
        (DAY | {"repeat_from": "completion"}, "FREQ=DAILY", None),
    ],
)
def test_rules_are_written_as_the_standard_wants_them(
    as_alice: APIClient, due: dict[str, str], stored: str, written: str | None
) -> None:
    created(as_alice, title="x", rrule=stored, **due)
    (todo,) = read(feed_of(as_alice)).todos
    assert (todo["RRULE"].to_ical().decode() if "RRULE" in todo else None) == written


def test_uids_stay_and_what_is_closed_is_shown_closed(as_alice: APIClient) -> None:
    done, gone, dropped = (created(as_alice, title=title, due_at="2026-05-01T18:30:00Z") for title in "abc")
    path = feed_of(as_alice)
    before = {str(todo["UID"]): int(todo["SEQUENCE"]) for todo in read(path).todos}
    as_alice.post(f"{TASKS}{done['id']}/complete/")
    as_alice.delete(f"{TASKS}{gone['id']}/")
    as_alice.patch(f"{TASKS}{dropped['id']}/", {"status": "dismissed"})
    calendar = read(path)
    after = {str(todo["UID"]): todo for todo in calendar.todos}
    assert after.keys() == before.keys() - {f"{gone['id']}@voice2task"}
    assert after[f"{done['id']}@voice2task"]["STATUS"] == "COMPLETED"
    assert "COMPLETED" in after[f"{done['id']}@voice2task"]
    assert after[f"{dropped['id']}@voice2task"]["STATUS"] == "CANCELLED"
    assert all(int(after[uid]["SEQUENCE"]) > before[uid] for uid in after)
    assert [str(event["UID"]) for event in calendar.events] == [f"{done['id']}-event@voice2task"]


def test_years_at_the_edge_of_the_calendar(as_alice: APIClient) -> None:
    created(as_alice, title="late", due_at="9999-12-30T12:00:00Z", rrule="FREQ=YEARLY")
    created(as_alice, title="early", due_at="0001-01-03T12:00:00Z")
    assert len(read(feed_of(as_alice)).events) == 2


def test_in_utc_no_timezone_is_needed(as_alice: APIClient, alice: User) -> None:
    assert as_alice.patch("/api/v1/auth/me/", {"timezone": "UTC"}).status_code == 200
    created(as_alice, title="x", due_at="2026-05-01T18:30:00Z", rrule="FREQ=DAILY")
    alice.refresh_from_db()
    calendar = read(feed_of(as_alice))
    assert not calendar.timezones
    assert b"DTSTART:20260501T183000Z" in calendar.events[0].to_ical()


def test_a_client_that_has_it_is_not_sent_it_again(as_alice: APIClient) -> None:
    path = feed_of(as_alice)
    first = APIClient().get(path)
    again = APIClient().get(path, headers={"If-None-Match": f'"other", W/{first["ETag"]}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    created(as_alice, title="New")
    changed = APIClient().get(path, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert b"SUMMARY:New" in changed.content
    assert APIClient().head(path).status_code == 200
    assert APIClient().post(path).status_code == 405


def test_another_address_or_none_closes_the_former(as_alice: APIClient, alice: User) -> None:
    assert error_of(as_alice.get(FEED))[:2] == (404, "feed_not_found")
    old = feed_of(as_alice)
    new = feed_of(as_alice)
    assert as_alice.get(FEED).json().keys() == {"created_at"}
    assert error_of(APIClient().get(old)) == (404, "feed_not_found", None)
    read(new)
    secret = new.removeprefix("/feeds/").removesuffix(".ics")
    assert secret not in str(CalendarFeed.objects.values().get())
    assert not any(secret in str(activity.after) for activity in activities_of(alice))
    assert as_alice.delete(FEED).status_code == 204
    assert error_of(APIClient().get(new))[:2] == (404, "feed_not_found")
    assert error_of(as_alice.delete(FEED))[:2] == (404, "feed_not_found")
    assert [one.kind for one in activities_of(alice)][-3:] == ["feed.renewed", "feed.renewed", "feed.revoked"]


def test_others_and_strangers(
    as_alice: APIClient, as_bob: APIClient, as_nobody: APIClient, alice: User
) -> None:
    created(as_alice, title="Secret")
    path = feed_of(as_alice)
    assert not read(feed_of(as_bob)).todos
    for response in (as_nobody.get(FEED), as_nobody.post(FEED), as_nobody.delete(FEED)):
        assert response.status_code == 401
    assert as_nobody.get("/feeds/guessed.ics").status_code == 404
    suspend_user(actor=by(alice), now=datetime.now(UTC))
    assert as_nobody.get(path).status_code == 404


def test_the_secret_is_not_logged() -> None:
    from voice2task.logging import without_secrets

    line = {"request": "GET /feeds/a_b-9.ics", "event": "Not Found: /feeds/a_b-9.ics", "code": 404}
    assert without_secrets(None, "", line) == {
        "request": "GET /feeds/….ics",
        "event": "Not Found: /feeds/….ics",
        "code": 404,
    }
