"""Blocks of work that are undone as a whole, and the services called inside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

_whole: ContextVar[bool] = ContextVar("whole", default=False)


@contextmanager
def undone_as_a_whole() -> Iterator[None]:
    """A transaction, or a savepoint in one. Whatever fails inside leaves nothing of the block behind.

    Nothing inside may go on after a service has failed: services make no savepoints of their own here. Django
    refuses every further statement if something does.
    """
    with transaction.atomic():
        token = _whole.set(True)
        try:
            yield
        finally:
            _whole.reset(token)


def service_block() -> transaction.Atomic:
    """What a service does in one piece: a transaction, a savepoint in one, or part of a whole."""
    return transaction.atomic(savepoint=not _whole.get())
