"""E-mail, composed and handed over on a thread of its own.

No request waits for a mail server, so that none can tell by its answering time whether a mail was sent, and
none fails with it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache

import structlog
from django.core.mail import EmailMessage
from django.db import connections
from django.template.loader import render_to_string

logger = structlog.get_logger(__name__)

MAX_WAITING = 100

_waiting: set[Future[None]] = set()


def compose(template: str, *, to: str, **context: object) -> EmailMessage:
    """The mail of `accounts/mail/<template>.txt`, whose first line is its subject."""
    subject, _, body = render_to_string(f"accounts/mail/{template}.txt", context).partition("\n")
    return EmailMessage(subject=subject.strip(), body=body.lstrip("\n"), to=[to])


def send_later(composer: Callable[[], EmailMessage | None]) -> None:
    """Send what `composer` returns, if anything. What fails is logged, and never raised here."""
    if len(_waiting) >= MAX_WAITING:
        logger.error("mail_dropped", waiting=len(_waiting))
        return
    future = _thread().submit(_send, composer)
    _waiting.add(future)
    future.add_done_callback(_waiting.discard)


@lru_cache(maxsize=1)
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def _send(composer: Callable[[], EmailMessage | None]) -> None:
    try:
        message = composer()
        if message is not None:
            message.send()
    except Exception:  # the thread's outermost frame: nobody is left to raise to
        logger.exception("mail_failed")
    finally:
        connections.close_all()
