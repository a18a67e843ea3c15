"""Quiet hours: from one time of day to another on the user's clock, over midnight if that is earlier."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


def quiet_end(
    *, quiet_from: time | None, quiet_until: time | None, zone: ZoneInfo, now: datetime
) -> datetime | None:
    """When the quiet hours end in which `now` is, in UTC; None outside of them, or without any."""
    if quiet_from is None or quiet_until is None:
        return None
    local = now.astimezone(zone)
    clock = local.time()
    over_midnight = quiet_until < quiet_from
    if over_midnight and clock >= quiet_from:
        return _moment(local.date() + timedelta(days=1), quiet_until, zone)
    if clock < quiet_until and (over_midnight or clock >= quiet_from):
        # An hour that the clock shows twice ends in the same pass.
        return _moment(local.date(), quiet_until, zone, fold=local.fold)
    return None


def _moment(day: date, at: time, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    wall = datetime.combine(day, at)
    moment = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if _wall(moment, zone) != wall:
        # The clock skips this time: it is reached when the clock jumps over it.
        while _wall(moment - MINUTE, zone) >= wall:
            moment -= MINUTE
    return moment


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)
