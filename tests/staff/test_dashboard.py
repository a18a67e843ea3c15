"""The first page, health and prices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from conversations.capture_models import Capture
from conversations.models import Conversation, Turn
from conversations.request_models import LLMRequest
from integrations.models import Delivery, WebhookEndpoint
from voice2task.kernel.identifiers import first_uuid7_at, uuid7
from voice2task.kernel.redis import push_client
from voice2task.staff import charts
from voice2task.staff.querysets import PERIODS, STATEMENTS, read, steps_of

pytestmark = pytest.mark.django_db


def turn_at(user: User, moment: datetime, **fields: Any) -> Turn:
    talk = Conversation.objects.create(user=user, created_at=moment, updated_at=moment)
    key = first_uuid7_at(moment + timedelta(milliseconds=1))
    values = {"status": "completed", "engine": "openai", "created_at": moment} | fields
    return Turn.objects.create(id=key, user=user, conversation=talk, seq=1, **values)


@pytest.fixture
def history(alice: User, bob: User, empty_redis: None) -> datetime:
    now = timezone.now()
    turn_at(alice, now - timedelta(minutes=3), first_delta_ms=100)
    turn_at(alice, now - timedelta(minutes=2), first_delta_ms=300)
    turn_at(bob, now - timedelta(minutes=1), status="failed", engine="rules")
    turn_at(bob, now - timedelta(days=3), first_delta_ms=1100)
    turn_at(bob, now - timedelta(days=40), first_delta_ms=9999)
    for model, cost in (("gpt-5-mini", 1_250_000), ("gpt-5", 2_000_000)):
        LLMRequest.objects.create(
            user=alice, epoch=1, step_index=0, provider="openai", model=model, reserved_micros=0,
            cost_micros=cost, created_at=now,
        )  # fmt: skip
    WebhookEndpoint.objects.create(
        user=bob, url="https://hooks.example.org/secret-path", kinds=["task.created"], failures_in_a_row=7,
        created_at=now, updated_at=now,
    )  # fmt: skip
    Delivery.objects.create(
        user=bob, kind="task.created", host="hooks.example.org", status="dead", next_attempt_at=now,
        created_at=now,
    )  # fmt: skip
    Capture.objects.create(
        user=bob, client_id=uuid7(), status="transcribed", mime="audio/wav", recorded_at=now, timezone="UTC",
        seconds=36.0, created_at=now, touched_at=now, finished_at=now + timedelta(seconds=2),
    )  # fmt: skip
    push_client().rpush("speech", b"a job")
    return now


def tiles(client: Client, period: str) -> dict[str, str]:
    answer = client.get("/admin/", {"period": period})
    assert answer.status_code == 200
    return {name: figure for name, figure, _ in answer.context["tiles"]}


def test_its_figures_are_those_of_the_period(history: datetime, door: Callable[[str], Client]):
    client = door("support")
    day = tiles(client, "24h")
    assert (day["turns"], day["failed"], day["active users"]) == ("3", "33.3%", "2")
    assert (day["first text, p50"], day["first text, p95"]) == ("200 ms", "290 ms")
    assert (day["spent"], day["failing webhooks"], day["jobs waiting"]) == ("$3.25", "1", "1")
    assert tiles(client, "7d")["turns"] == "4"
    assert tiles(client, "30d")["first text, p50"] == "300 ms"
    assert tiles(client, "nonsense")["turns"] == "3"


def test_it_draws_without_scripts_and_tells_no_secret(history: datetime, door: Callable[[str], Client]):
    shown = door("support").get("/admin/").content.decode()
    board = shown[shown.index('class="v2t-board"') : shown.rindex("</section>")]
    assert "<script" not in board
    assert " style=" not in board
    assert "hooks.example.org" in board
    assert "secret-path" not in board
    assert "gpt-5-mini <b>$1.25</b>" in board
    assert board.count("<svg") == 8


def test_each_figure_is_one_query(history: datetime, door: Callable[[str], Client]):
    client = door("admin")
    client.get("/admin/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/admin/", {"period": "30d"})
    figures = [query for query in asked if "date_bin" in query["sql"]]
    assert len(figures) == sum("date_bin" in statement for statement in STATEMENTS.values())
    # Besides them: session, user, what they may, and whether they have shown a second factor.
    assert len(asked) <= len(STATEMENTS) + 8


def test_a_dashboard_without_redis_says_so(
    history: datetime, door: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, settings: Any
):
    client = door("support")
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    push_client.cache_clear()
    try:
        assert tiles(client, "24h")["jobs waiting"] == "unknown"
        assert "down: ConnectionError" in client.get("/admin/staff/health/").content.decode()
    finally:
        push_client.cache_clear()


@pytest.mark.parametrize("name", PERIODS)
def test_steps_end_with_the_one_that_runs(name: str):
    period, now = PERIODS[name], datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
    steps = steps_of(period, now)
    assert len(steps) == period.steps
    assert steps[-1] <= now < steps[-1] + period.step
    assert all(later - earlier == period.step for earlier, later in pairwise(steps))
    assert read("outcomes", period, now) == []


def test_bars_stand_on_each_other():
    chart = charts.stacked("x", ["a", "b"], [
        charts.Series("good", "good", [3, None]),
        charts.Series("bad", "bad", [1, 2]),
    ])  # fmt: skip
    first, above, alone = chart.bars
    assert chart.top == "5"
    assert first.y == pytest.approx(charts.HEIGHT - first.height)
    assert above.y == pytest.approx(first.y - above.height)
    assert alone.height == pytest.approx(2 / 5 * charts.HEIGHT)
    assert (first.said, alone.said) == ("a: 3 good", "b: 2 bad")


def test_a_line_is_broken_where_nothing_is_known():
    chart = charts.lines("x", list("abcde"), [charts.Series("p50", "c0", [1, 2, None, 3, 4])], " ms")
    assert [len(line.points.split()) for line in chart.lines] == [2, 2]
    assert [dot.said for dot in chart.bars] == ["a: 1 ms p50", "b: 2 ms p50", "d: 3 ms p50", "e: 4 ms p50"]
    assert charts.lines("x", ["a"], [charts.Series("p50", "c0", [None])]).empty


def test_health_and_prices(door: Callable[[str], Client], settings: Any, tmp_path: Any):
    client = door("support")
    shown = client.get("/admin/staff/health/").content.decode()
    for part in ("PostgreSQL", "jobs owed", "turns without a worker", "partials", "missing"):
        assert part in shown
    shown = client.get("/admin/staff/prices/").content.decode()
    for part in ("gpt-5-mini", "claude-haiku-4-5", "(all others)", "$0.25", "as of 2026"):
        assert part in shown
    settings.LLM_PRICES_FILE = tmp_path / "none.json"
    assert "LLM_PRICES_FILE" in client.get("/admin/staff/prices/").content.decode()
