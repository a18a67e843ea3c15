"""Errors to Sentry: which fault, where in the code, and the ids that lead to the log; nothing of users."""

from __future__ import annotations

import logging
import sys
from typing import Any, cast

import sentry_sdk
import structlog
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.types import Event, Hint
from sentry_sdk.utils import event_from_exception

# What an event may hold; of the rest, messages of exceptions included, nobody knows what is in it.
ALLOWED_MEMBERS = (
    *("event_id", "timestamp", "level", "platform", "logger", "transaction", "fingerprint"),
    *("environment", "release", "server_name", "sdk"),
)
ALLOWED_FRAME_MEMBERS = (
    *("filename", "abs_path", "module", "function", "lineno", "in_app"),
    *("pre_context", "context_line", "post_context"),
)
LOG_IDS = ("request_id", "turn_id", "epoch", "task_id")


def start_errors(*, dsn: str, environment: str) -> None:
    """Report unhandled exceptions, and whatever is logged as an error, to the project that `dsn` names."""
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        # Others would look into what models are asked and answer.
        auto_enabling_integrations=False,
        integrations=[
            DjangoIntegration(),
            CeleryIntegration(),
            LoggingIntegration(level=None, event_level=logging.ERROR),
        ],
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        before_send=without_content,
    )


def without_content(event: Event, hint: Hint) -> Event:
    """The same fault with nothing but `ALLOWED_MEMBERS`, stack traces and ids of the log."""
    given = cast(dict[str, Any], event)
    record = hint.get("log_record")
    message = getattr(record, "msg", None)
    line = message if isinstance(message, dict) else {}
    if "exception" not in given and line.get("exc_info"):
        # structlog keeps the exception in its own line, where Sentry does not look for it.
        error = sys.exc_info()
        given |= event_from_exception(error, client_options=sentry_sdk.get_client().options)[0]
    made: dict[str, Any] = {name: given[name] for name in ALLOWED_MEMBERS if name in given}
    if record is not None:
        made["message"] = str(line.get("event") or f"An error of {record.name}")
    if "exception" in given:
        made["exception"] = {"values": [_without_message(value) for value in given["exception"]["values"]]}
    known = structlog.contextvars.get_contextvars() | line
    made["tags"] = {name: str(known[name]) for name in LOG_IDS if name in known}
    return cast(Event, made)


def _without_message(value: dict[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames", ())
    kept = [{name: frame[name] for name in ALLOWED_FRAME_MEMBERS if name in frame} for frame in frames]
    return {"type": value.get("type"), "module": value.get("module"), "stacktrace": {"frames": kept}}
