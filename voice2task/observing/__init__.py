"""Traces to an OpenTelemetry collector and errors to Sentry, where the environment names an address.

What is not named is not imported.
"""

from __future__ import annotations

from django.conf import settings


def start_observing() -> None:
    """Called once in each process, when Django has loaded its apps."""
    if settings.TRACES_ENDPOINT:
        from voice2task.observing.traces import start_traces

        start_traces(endpoint=settings.TRACES_ENDPOINT, ratio=settings.TRACES_RATIO)
    if settings.SENTRY_DSN:
        from voice2task.observing.errors import start_errors

        start_errors(dsn=settings.SENTRY_DSN, environment=settings.ENVIRONMENT)
