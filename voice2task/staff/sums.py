"""Days that are over, summed up once, so that a month is not read from its rows each time somebody looks.

A sum is what the statements of the dashboard give for one day. Two figures of a month do not follow from
those of its days, and are estimated from what a day keeps for it: how many waits fell into which class of
lengths, and a sketch of who was there (HyperLogLog: Flajolet, Fusy, Gandouet, Meunier, 2007).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import log

from voice2task.staff.models import DaySum
from voice2task.staff.querysets import (
    PERIODS,
    REGISTERS,
    STATEMENTS,
    WAIT_CLASS,
    Period,
    Row,
    begin_of,
    read,
)

DAY = timedelta(days=1)
ONE_DAY = Period("one day", DAY, 1, "")
MONTH = PERIODS["30d"]
# Approvals are answered, and failed turns tried again, days later: until then a day is summed up each time.
UNSETTLED = 3
# What only a month is made from, and what is no matter of days.
PARTS = ("wait_classes", "people_sketch")
OF_NOW = ("waiting_recordings", "failing_webhooks")
QUANTILES = (0.5, 0.95)
# Of HyperLogLog with more than 128 registers; few people are counted by the registers that are empty.
ALPHA = 0.7213 / (1 + 1.079 / REGISTERS)
FEW = 2.5 * REGISTERS


def sum_days(*, now: datetime) -> int:
    """Sum up the days of a month that have no sum yet, or not their last. Returns how many.

    No activity is recorded: nothing has happened but that something was counted.
    """
    today = now.astimezone(UTC).date()
    DaySum.objects.filter(day__lt=today - MONTH.steps * DAY).delete()
    settled = DaySum.objects.filter(day__lt=today - UNSETTLED * DAY).values_list("day", flat=True)
    due = {today - number * DAY for number in range(1, MONTH.steps)}.difference(settled)
    for day in sorted(due):
        DaySum.objects.update_or_create(day=day, defaults={"figures": _figures(day), "summed_at": now})
    return len(due)


def read_figures(period: Period, now: datetime) -> dict[str, list[Row]]:
    """The rows of each statement. Of a month, days that are summed up are not read again."""
    if period is not MONTH:
        return {name: read(name, period, now) for name in STATEMENTS if name not in PARTS}
    sums = _whole_days(period, now)
    begin = begin_of(period, now) + len(sums) * DAY
    rows = {name: read(name, period, now, begin) for name in STATEMENTS}
    if not sums:
        return rows
    for day in sums:
        for name, kept in day.figures.items():
            rows[name] += [row | {"step": _begin(day.day)} for row in kept]
    rows["waits"] = [row for row in rows["waits"] if row["step"]] + _waits_of_all(rows["wait_classes"])
    everybody: Row = {"step": None, "people": estimated_people(rows["people_sketch"])}
    rows["people"] = [row for row in rows["people"] if row["step"]] + [everybody]
    return rows


def estimated_people(registers: Iterable[Row]) -> int:
    """How many different people the sketches of some days have seen; 1.6 % off as a rule, less for few."""
    ranks: dict[int, int] = {}
    for row in registers:
        ranks[row["register"]] = max(row["rank"], ranks.get(row["register"], 0))
    empty = REGISTERS - len(ranks)
    estimate = ALPHA * REGISTERS**2 / (empty + sum(2.0**-rank for rank in ranks.values()))
    if estimate <= FEW and empty:
        estimate = REGISTERS * log(REGISTERS / empty)
    return round(estimate)


def _waits_of_all(classes: Iterable[Row]) -> list[Row]:
    counts: Counter[int] = Counter()
    for row in classes:
        counts[row["class"]] += row["turns"]
    if not counts:
        return []
    return [{"step": None, "of_ms": [_quantile(counts, quantile) for quantile in QUANTILES]}]


def _quantile(counts: Mapping[int, int], quantile: float) -> float:
    """The middle of the class in which it lies: half of its width off at most."""
    left = quantile * sum(counts.values())
    for place in sorted(counts):
        left -= counts[place]
        if left <= 0:
            break
    return float(WAIT_CLASS ** (place + 0.5))


def _whole_days(period: Period, now: datetime) -> Sequence[DaySum]:
    """The sums of the first days of the period, as far as none is missing."""
    first = begin_of(period, now).date()
    found = DaySum.objects.filter(day__gte=first, day__lt=now.astimezone(UTC).date()).order_by("day")
    return [day for number, day in enumerate(found) if day.day == first + number * DAY]


def _figures(day: date) -> dict[str, list[Row]]:
    """The rows of each statement for one day, without what is of more days than one."""
    return {
        name: [_without_step(row) for row in read(name, ONE_DAY, _begin(day)) if row["step"]]
        for name in STATEMENTS
        if name not in OF_NOW
    }


def _without_step(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "step"}


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
