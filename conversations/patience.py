"""Database work of a turn, repeated while PostgreSQL is away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import structlog

from voice2task.kernel.database import DATABASE_AWAY, in_database

logger = structlog.get_logger(__name__)

T = TypeVar("T")

RETRY_SECONDS = 0.25


async def until_database_is_back(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Repeat while PostgreSQL is away: every service here may be repeated, and checks its claim.

    Ends at the latest when the renewal, which needs the database as well, finds the turn lost.
    """
    while True:
        try:
            return await in_database(function, *args, **kwargs)
        except DATABASE_AWAY as error:
            logger.warning("database_away", error=str(error))
            await asyncio.sleep(RETRY_SECONDS)
