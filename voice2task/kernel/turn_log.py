"""The log lines of each turn, kept for a week where its page finds them.

Whatever is logged with a `turn_id` is written to the log as ever, and a copy goes to Redis: a list for each
turn, cut to its last lines. A thread of its own sends the copies, so that no turn waits for Redis; what Redis
does not take is lost here, and stands in the log.
"""

from __future__ import annotations

import json
import logging
import threading
from collections import defaultdict
from collections.abc import Iterator
from queue import Empty, Full, Queue
from typing import Any
from uuid import UUID

import structlog
from redis.exceptions import RedisError

from voice2task.kernel.redis import push_client

KEPT_SECONDS = 7 * 24 * 3600
LINES_OF_A_TURN = 200
LINE_LENGTH = 4_000
# What may wait for Redis; beyond it lines are dropped rather than memory filled.
WAITING = 10_000
TOGETHER = 500

Line = tuple[str, str]


class TurnLogHandler(logging.Handler):
    """Copies lines that name a turn. Its formatter must make a JSON object of each."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Queue[Line] = Queue(WAITING)
        self._thread: threading.Thread | None = None

    def emit(self, record: logging.LogRecord) -> None:
        turn_id = _turn_of(record)
        if turn_id is None:
            return
        try:
            self._lines.put_nowait((turn_id, self.format(record)[:LINE_LENGTH]))
        except Full:
            return
        # A thread does not survive a fork: the child starts its own.
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._send_forever, name="turn-log", daemon=True)
            self._thread.start()

    def flush(self) -> None:
        """Send what waits; called when the process ends."""
        lines = list(self._waiting())
        if lines:
            _send(lines)

    def _send_forever(self) -> None:
        while True:
            first = self._lines.get()
            _send([first, *self._waiting()])

    def _waiting(self) -> Iterator[Line]:
        for _ in range(TOGETHER):
            try:
                yield self._lines.get_nowait()
            except Empty:
                return


def lines_of(turn_id: UUID) -> list[dict[str, Any]]:
    """The lines logged for a turn, oldest first, each `{"timestamp", "level", "event", …}`.

    Raises:
        RedisError
    """
    rows: Any = push_client().lrange(_key(str(turn_id)), 0, -1)
    return [_parsed(row.decode(errors="replace")) for row in rows]


def _parsed(text: str) -> dict[str, Any]:
    try:
        line = json.loads(text)
    except ValueError:
        # It was too long, and cut.
        return {"event": text}
    return line if isinstance(line, dict) else {"event": text}


def _turn_of(record: logging.LogRecord) -> str | None:
    """The turn that a line is about: as it says itself, else as the work in progress says."""
    said = record.msg.get("turn_id") if isinstance(record.msg, dict) else None
    turn_id = said or structlog.contextvars.get_contextvars().get("turn_id")
    return str(turn_id) if turn_id else None


def _send(lines: list[Line]) -> None:
    of_turns: dict[str, list[str]] = defaultdict(list)
    for turn_id, line in lines:
        of_turns[turn_id].append(line)
    try:
        with push_client().pipeline(transaction=False) as pipeline:
            for turn_id, texts in of_turns.items():
                key = _key(turn_id)
                pipeline.rpush(key, *texts)
                pipeline.ltrim(key, -LINES_OF_A_TURN, -1)
                pipeline.expire(key, KEPT_SECONDS)
            pipeline.execute()
    except RedisError as error:
        structlog.get_logger(__name__).warning("turn_log_not_kept", lines=len(lines), error=str(error))


def _key(turn_id: str) -> str:
    return f"turn-log:{turn_id}"
