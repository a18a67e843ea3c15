"""Days that are over are summed up, and a month that is made of them shows what its rows would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from conversations.models import Turn
from conversations.request_models import LLMRequest
from tests.conftest import register
from tests.staff.test_dashboard import turn_at
from voice2task.kernel.identifiers import first_uuid7_at
from voice2task.staff.jobs import sum_days
from voice2task.staff.models import DaySum
from voice2task.staff.sums import MONTH, estimated_people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_redis")]


@pytest.fixture
def month(alice: User, bob: User) -> datetime:
    """Something on every third day of 40, today included, at both ends of the day."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    for number in range(0, 40, 3):
        day = today - timedelta(days=number)
        turn_at(alice, day, first_delta_ms=100 + number)
        if number:
            late = day + timedelta(hours=23, minutes=59, seconds=59)
            turn_at(bob, late, status="failed", engine="rules", first_delta_ms=2000)
            LLMRequest.objects.create(
                id=first_uuid7_at(late), user=bob, epoch=1, step_index=0, provider="openai", model="gpt-5",
                reserved_micros=0, cost_micros=1_000_000, created_at=late,
            )  # fmt: skip
    return today


def shown(client: Client) -> Any:
    answer = client.get("/admin/", {"period": "30d"})
    assert answer.status_code == 200
    return answer.context


def figures(context: Any) -> dict[str, str]:
    return {name: figure for name, figure, _ in context["tiles"]}


def test_a_month_from_sums_is_the_month_from_rows(month: datetime, door: Callable[[str], Client]):
    client = door("support")
    before = shown(client)
    sum_days()
    assert DaySum.objects.count() == MONTH.steps - 1
    after = shown(client)
    # What is drawn is the same to the last bar; totals of waits are estimated.
    for old, new in zip(before["charts"], after["charts"], strict=True):
        assert (new.bars, new.lines, new.labels) == (old.bars, old.lines, old.labels), new.title
    was, now = figures(before), figures(after)
    for name in ("turns", "failed", "active users", "spent"):
        assert now[name] == was[name] != "none", name
    for name in ("first text, p50", "first text, p95"):
        old, new = (float(tile[name].removesuffix(" ms").replace(",", "")) for tile in (was, now))
        assert new == pytest.approx(old, rel=0.02)


def test_rows_of_summed_days_are_not_read_again(month: datetime, door: Callable[[str], Client]):
    sum_days()
    client = door("support")
    with CaptureQueriesContext(connection) as asked:
        shown(client)
    begins = [query["sql"] for query in asked if "date_bin" in query["sql"]]
    assert begins
    assert all(f"created_at >= '{month.isoformat(' ')}'" in sql for sql in begins)


def test_days_that_may_change_are_summed_up_anew_and_old_ones_are_left(month: datetime):
    sum_days()
    for back in (3, 6):
        day = month - timedelta(days=back)
        Turn.objects.filter(created_at__date=day, status="failed").update(status="completed")
    sum_days()
    kept = [DaySum.objects.get(day=month - timedelta(days=back)).figures["outcomes"] for back in (3, 6)]
    assert [{row["status"] for row in rows} for rows in kept] == [{"completed"}, {"completed", "failed"}]


def test_a_day_that_is_missing_is_read_from_its_rows(month: datetime, door: Callable[[str], Client]):
    client = door("support")
    whole = figures(shown(client))["turns"]
    sum_days()
    DaySum.objects.filter(day=month - timedelta(days=15)).delete()
    assert figures(shown(client))["turns"] == whole


def test_sums_are_forgotten_with_their_month(month: datetime):
    old = month.date() - timedelta(days=31)
    DaySum.objects.create(day=old, figures={}, summed_at=timezone.now())
    sum_days()
    assert not DaySum.objects.filter(day=old).exists()


def test_people_are_counted_once_however_many_days_they_come(door: Callable[[str], Client]):
    people = [register(f"person{number}@example.com") for number in range(25)]
    today = timezone.now().astimezone(UTC)
    for back in (1, 2, 3):
        for number, person in enumerate(people):
            turn_at(person, today - timedelta(days=back, milliseconds=number))
    sum_days()
    assert figures(shown(door("support")))["active users"] == "25"


def test_very_many_people_are_estimated_well():
    """Registers as so many users would leave them, by the same statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (hash & 4095)::int, 1 + max(round(ln((rest & -rest)::float8) / ln(2)))::int
              FROM (SELECT hash, (hash >> 12) | (1::bigint << 50) AS rest
                      FROM (SELECT uuid_hash_extended(md5(n::text)::uuid, 0) AS hash
                              FROM generate_series(1, 100000) AS n) AS hashed) AS cut GROUP BY 1
            """
        )
        rows = [{"register": register, "rank": rank} for register, rank in cursor.fetchall()]
    assert estimated_people(rows) == pytest.approx(100_000, rel=0.05)
    assert estimated_people([]) == 0
