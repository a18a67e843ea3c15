"""What beat asks for, and how often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from celery.schedules import schedule

from voice2task.tables import HOURLY_SWEEPS, RETENTION_SWEEPS, SWEEPS

RETENTION_SECONDS = 60.0
HOUR_SECONDS = 3600.0


def beat_schedule(*, sweep_seconds: float) -> dict[str, dict[str, Any]]:
    """Celery's schedule: the sweeps every so many seconds, deletions every minute, sums every hour."""
    gaps = ((SWEEPS, sweep_seconds), (RETENTION_SWEEPS, RETENTION_SECONDS), (HOURLY_SWEEPS, HOUR_SECONDS))
    return {job: _every(gap, job) for jobs, gap in gaps for job in jobs}


def _every(seconds: float, job: str) -> dict[str, Any]:
    return {
        "task": job,
        "schedule": schedule(timedelta(seconds=seconds)),
        # A sweep that waited longer than its turn has been overtaken by the next.
        "options": {"expire_seconds": seconds * 2},
    }
