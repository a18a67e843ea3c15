"""One log: structlog, with the request's and the turn's id on every line they caused."""

from __future__ import annotations

from typing import Any

import structlog

from voice2task.redaction import without_secrets, without_secrets_in_text

SHARED_PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]

RENDERERS: dict[str, list[Any]] = {
    "json": [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
    "console": [
        structlog.dev.ConsoleRenderer(
            colors=False,
            pad_event_to=0,
            pad_level=False,
            # Not the rich one: it prints local variables, and with them passwords and tokens.
            exception_formatter=structlog.dev.plain_traceback,
        )
    ],
}

# Heard from "WARNING" on, whatever the root logger's level: they tell of every request, job and frame.
TALKATIVE = (
    *("django.server", "django.channels.server", "daphne.http_protocol", "daphne.ws_protocol"),
    *("celery.app.trace", "celery.worker.strategy", "celery.beat", "django_structlog.celery.receivers"),
    *("kombu", "httpx", "httpx2"),
)


def log_configuration(*, level: str, form: str) -> dict[str, Any]:
    """Configure structlog and give the matching `logging.config` dictionary.

    Args:
        level: of the root logger.
        form: "json", one object a line, or "console" for people.
    """
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED_PROCESSORS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": _formatter(RENDERERS[form]), "turn": _formatter(RENDERERS["json"])},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
            "turns": {"class": "voice2task.kernel.turn_log.TurnLogHandler", "formatter": "turn"},
        },
        "root": {"handlers": ["stderr", "turns"], "level": level},
        "loggers": {name: {"level": "WARNING"} for name in TALKATIVE},
    }


def _formatter(renderer: list[Any]) -> dict[str, Any]:
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            without_secrets,
            *renderer,
            without_secrets_in_text,
        ],
        "foreign_pre_chain": SHARED_PROCESSORS,
    }
