"""What beat asks for, and how often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from celery.schedules import schedule

from voice2task.tables import RETENTION_SWEEPS, SWEEPS

RETENTION_SECONDS = 60.0


def beat_schedule(*, sweep_seconds: float) -> dict[str, dict[str, Any]]:
    """Celery's schedule: the sweeps every so many seconds, those that delete what is too old every minute."""
    return {job: _every(sweep_seconds, job) for job in SWEEPS} | {
        job: _every(RETENTION_SECONDS, job) for job in RETENTION_SWEEPS
    }


def _every(seconds: float, job: str) -> dict[str, Any]:
    return {
        "task": job,
        "schedule": schedule(timedelta(seconds=seconds)),
        # A sweep that waited longer than its turn has been overtaken by the next.
        "options": {"expire_seconds": seconds * 2},
    }
