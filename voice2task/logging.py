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
    as_json: list[Any] = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    renderer: list[Any] = (
        as_json
        if form == "json"
        else [
            structlog.dev.ConsoleRenderer(
                colors=False,
                pad_event_to=0,
                pad_level=False,
                # Not the rich one: it prints local variables, and with them passwords and tokens.
                exception_formatter=structlog.dev.plain_traceback,
            )
        ]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": _formatter(renderer), "turn": _formatter(as_json)},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
            "turns": {"class": "voice2task.kernel.turn_log.TurnLogHandler", "formatter": "turn"},
        },
        "root": {"handlers": ["stderr", "turns"], "level": level},
        "loggers": {
            "django.server": {"level": "WARNING"},
            "django.channels.server": {"level": "WARNING"},
            "daphne.http_protocol": {"level": "WARNING"},
            "daphne.ws_protocol": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
            "django_structlog.celery.receivers": {"level": "WARNING"},
            "kombu": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},
            "httpx2": {"level": "WARNING"},
        },
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
