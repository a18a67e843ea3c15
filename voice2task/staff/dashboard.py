"""The first page of the admin: how the house does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from redis.exceptions import RedisError

from integrations.services import host_of
from voice2task.kernel.metrics import queue_depths
from voice2task.staff import charts, querysets
from voice2task.staff.charts import Chart, Series
from voice2task.staff.querysets import Period, Row
from voice2task.staff.sums import read_figures

logger = structlog.get_logger(__name__)

DEFAULT_PERIOD = "24h"
OUTCOMES = {
    "completed": "good",
    "stopped": "mute",
    "failed": "bad",
    "awaiting_approval": "wait",
    "running": "work",
    "queued": "work2",
}
DELIVERED = {"delivered": "good", "pending": "wait", "sending": "work", "dead": "bad", "cancelled": "mute"}
PALETTE = ("c0", "c1", "c2", "c3", "c4", "c5")
MILLION = 1_000_000


def add_figures(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold's `DASHBOARD_CALLBACK`."""
    chosen = request.GET.get("period", DEFAULT_PERIOD)
    key = chosen if chosen in querysets.PERIODS else DEFAULT_PERIOD
    view = View(querysets.PERIODS[key], timezone.now())
    outcomes, engines = view.engines()
    return context | {
        "period": key,
        "periods": [(name, period.name) for name, period in querysets.PERIODS.items()],
        "tiles": view.tiles(),
        "charts": view.charts(),
        "outcomes": outcomes,
        "engines": engines,
        "queues": view.queues,
        "failing": [row | {"host": host_of(row["url"])} for row in view.rows["failing_webhooks"]],
        "title": "Dashboard",
    }


class View:
    """All figures of one period, read once."""

    def __init__(self, period: Period, now: datetime) -> None:
        self.period = period
        self.steps = querysets.steps_of(period, now)
        self.labels = [step.strftime(period.label) for step in self.steps]
        self.rows = read_figures(period, now)
        self.queues = _queues()

    def tiles(self) -> list[tuple[str, str, str]]:
        """(name, figure, tone) of what is to be seen first."""
        turns = sum(row["turns"] for row in self.rows["outcomes"])
        failed = sum(row["turns"] for row in self.rows["outcomes"] if row["status"] == "failed")
        waits = self._whole("waits").get("of_ms") or [None, None]
        micros = sum(row["micros"] for row in self.rows["spend"])
        waiting = self.rows["waiting_recordings"][0]
        failing = len(self.rows["failing_webhooks"])
        queued = None if self.queues is None else sum(self.queues.values())
        return [
            ("turns", f"{turns:,}", ""),
            ("failed", f"{failed / turns:.1%}" if turns else "none", "bad" if failed else ""),
            ("active users", f"{self._whole('people').get('people', 0):,}", ""),
            ("first text, p50", _ms(waits[0]), ""),
            ("first text, p95", _ms(waits[1]), ""),
            ("spent", _dollars(micros / MILLION), ""),
            ("failing webhooks", f"{failing}" if failing < 10 else "10 or more", "bad" if failing else ""),  # noqa: PLR2004 - no more are read
            ("jobs waiting", "unknown" if queued is None else f"{queued:,}", "bad" if queued is None else ""),
            ("recordings waiting", f"{waiting['waiting']:,}", ""),
        ]

    def charts(self) -> list[Chart]:
        return [
            self._stack("Turns by outcome", "outcomes", "status", "turns", OUTCOMES),
            self._first_text(),
            self._stack("Turns by engine", "outcomes", "engine", "turns", {}),
            self._spend(),
            self._one("Active users", "people", "people", "users"),
            self._stack("Deliveries by outcome", "deliveries", "status", "deliveries", DELIVERED),
            self._load(),
            self._one("Recordings waited, p95", "recordings", "waited", "seconds"),
        ]

    def engines(self) -> tuple[list[str], list[tuple[str, list[int]]]]:
        """The outcomes that there were, and (engine, turns of each of them), the busiest engine first."""
        counts: dict[str, dict[str, int]] = {}
        for row in self.rows["outcomes"]:
            of = counts.setdefault(row["engine"] or "none yet", dict.fromkeys(OUTCOMES, 0))
            of[row["status"]] = of.get(row["status"], 0) + row["turns"]
        met = [outcome for outcome in OUTCOMES if any(of[outcome] for of in counts.values())]
        rows = [(engine, [of[outcome] for outcome in met]) for engine, of in counts.items()]
        return [outcome.replace("_", " ") for outcome in met], sorted(rows, key=lambda row: -sum(row[1]))

    def _whole(self, name: str) -> Row:
        return next((row for row in self.rows[name] if row["step"] is None), {})

    def _stack(self, title: str, name: str, by: str, value: str, colours: dict[str, str]) -> Chart:
        rows = [row | {"name": row[by] or "none yet"} for row in self.rows[name]]
        found = charts.by_step(rows, self.steps, value)
        order = [key for key in colours if key in found] + sorted(
            str(key) for key in found if key not in colours
        )
        series = [
            Series(
                key.replace("_", " "),
                colours.get(key, PALETTE[number % len(PALETTE)]),
                found[key],
                f"{_sum(found[key]):,.0f}",
            )
            for number, key in enumerate(order)
        ]
        return charts.stacked(title, self.labels, series)

    def _one(self, title: str, name: str, value: str, label: str) -> Chart:
        found = charts.by_step(self.rows[name], self.steps, value)
        values = next(iter(found.values()), [None] * len(self.steps))
        return charts.stacked(title, self.labels, [Series(label, "c0", values)])

    def _first_text(self) -> Chart:
        series = []
        whole = self._whole("waits").get("of_ms") or [None, None]
        for number, (name, colour) in enumerate((("p50", "c0"), ("p95", "c1"))):
            rows = [
                {"step": row["step"], "ms": row["of_ms"][number]} for row in self.rows["waits"] if row["step"]
            ]
            found = charts.by_step(rows, self.steps, "ms")
            values = next(iter(found.values()), [None] * len(self.steps))
            series.append(Series(name, colour, values, _ms(whole[number])))
        return charts.lines("First text of a reply", self.labels, series, " ms")

    def _spend(self) -> Chart:
        rows = [
            row | {"name": row["model"], "dollars": row["micros"] / MILLION} for row in self.rows["spend"]
        ]
        found = charts.by_step(rows, self.steps, "dollars")
        dearest = sorted(found, key=lambda model: -_sum(found[model]))
        series = [
            Series(str(model), PALETTE[number % len(PALETTE)], found[model], _dollars(_sum(found[model])))
            for number, model in enumerate(dearest)
        ]
        return charts.stacked("Spend by model", self.labels, series, " $")

    def _load(self) -> Chart:
        """Sound a second: 1 is one person who speaks all the time."""
        seconds = self.period.step.total_seconds()
        rows = [row | {"load": (row["seconds"] or 0) / seconds} for row in self.rows["recordings"]]
        found = charts.by_step(rows, self.steps, "load")
        values = next(iter(found.values()), [None] * len(self.steps))
        heard = sum(row["recordings"] for row in self.rows["recordings"])
        return charts.stacked(
            "Recogniser: voices at once", self.labels, [Series("recordings", "c2", values, f"{heard:,}")]
        )


def _queues() -> dict[str, int] | None:
    """None while Redis does not say."""
    try:
        depths = queue_depths()
    except RedisError as error:
        logger.warning("queue_depth_unknown", error=str(error))
        return None
    return {queue: depths[queue] for queue in settings.QUEUES}


def _sum(values: Sequence[float | None]) -> float:
    return sum(value or 0.0 for value in values)


def _ms(value: float | None) -> str:
    return "none" if value is None else f"{value:,.0f} ms"


def _dollars(amount: float) -> str:
    return f"${amount:,.2f}" if amount >= 1 or not amount else f"${amount:.4f}"
