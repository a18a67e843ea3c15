"""Quiet hours on the user's clock: over midnight, and across daylight-saving changes."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from activities.quiet_hours import quiet_end

BERLIN = ZoneInfo("Europe/Berlin")


def end(quiet: str, now: str) -> str | None:
    first, _, last = quiet.partition("-")
    found = quiet_end(
        quiet_from=time.fromisoformat(first),
        quiet_until=time.fromisoformat(last),
        zone=BERLIN,
        now=datetime.fromisoformat(now).replace(tzinfo=UTC),
    )
    return found.strftime("%Y-%m-%dT%H:%M") if found else None


@pytest.mark.parametrize(
    ("quiet", "now", "expected"),
    [
        # Berlin is an hour ahead of UTC in winter, two in summer.
        ("13:00-15:00", "2026-01-10T11:59", None),
        ("13:00-15:00", "2026-01-10T12:00", "2026-01-10T14:00"),
        ("13:00-15:00", "2026-01-10T13:59", "2026-01-10T14:00"),
        ("13:00-15:00", "2026-01-10T14:00", None),
        ("13:00-15:00", "2026-07-10T11:00", "2026-07-10T13:00"),
        # Over midnight.
        ("22:00-07:00", "2026-01-10T20:59", None),
        ("22:00-07:00", "2026-01-10T21:00", "2026-01-11T06:00"),
        ("22:00-07:00", "2026-01-10T23:30", "2026-01-11T06:00"),
        ("22:00-07:00", "2026-01-11T05:59", "2026-01-11T06:00"),
        ("22:00-07:00", "2026-01-11T06:00", None),
        ("22:00-00:00", "2026-01-10T22:59", "2026-01-10T23:00"),
        ("22:00-00:00", "2026-01-10T23:00", None),
        ("00:00-06:00", "2026-01-10T23:00", "2026-01-11T05:00"),
        # The night in which an hour is missing is shorter, that in which one comes twice is longer.
        ("22:00-07:00", "2026-03-28T22:00", "2026-03-29T05:00"),
        ("22:00-07:00", "2026-10-24T21:00", "2026-10-25T06:00"),
        # What ends at a time that the clock skips ends when it jumps.
        ("22:00-02:30", "2026-03-28T22:00", "2026-03-29T01:00"),
        ("22:00-02:30", "2026-03-29T00:59", "2026-03-29T01:00"),
        ("22:00-02:30", "2026-03-29T01:00", None),
        # What ends at a time that the clock shows twice ends twice.
        ("22:00-02:30", "2026-10-24T22:00", "2026-10-25T00:30"),
        ("22:00-02:30", "2026-10-25T00:30", None),
        ("22:00-02:30", "2026-10-25T01:10", "2026-10-25T01:30"),
        ("02:10-02:30", "2026-10-25T01:15", "2026-10-25T01:30"),
    ],
)
def test_quiet_hours_end(quiet: str, now: str, expected: str | None) -> None:
    assert end(quiet, now) == expected


def test_without_any_nothing_is_quiet() -> None:
    assert quiet_end(quiet_from=None, quiet_until=None, zone=BERLIN, now=datetime.now(UTC)) is None
