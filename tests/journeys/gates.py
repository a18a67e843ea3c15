"""Points of a turn at which a test may hold it: triggers in the stack's database that wait for a lock.

A turn that waits at a gate is inside its transaction, before the named row is written; everything before it
is committed. Neither the worker nor its code knows of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.fakes.openai import OPENAI
from tests.fakes.rules import at_pace
from tests.fakes.script import Script
from tests.fakes.server import running
from tests.journeys.stack import Stack
from tests.waiting import wait_for

# Name -> when the trigger fires. In the order in which a turn of `tests.journeys.people` passes them.
GATES = {
    "claim": "UPDATE ON conversations_turn FOR EACH ROW WHEN (NEW.epoch > OLD.epoch)",
    "request": "INSERT ON conversations_llmrequest FOR EACH ROW",
    "booking": "UPDATE ON conversations_llmrequest FOR EACH ROW",
    "answer": "INSERT ON conversations_turnstep FOR EACH ROW WHEN (NEW.kind = 'answer' AND NEW.index = 0)",
    "effect": "INSERT ON tasks_task FOR EACH ROW",
    "step": "INSERT ON conversations_turnstep FOR EACH ROW WHEN (NEW.kind = 'tool' AND NEW.index = 1)",
    "second_effect": "UPDATE ON tasks_task FOR EACH ROW WHEN (NEW.status = 'done')",
    "second_step": "INSERT ON conversations_turnstep FOR EACH ROW WHEN (NEW.kind = 'tool' AND NEW.index = 2)",
    "reply": "INSERT ON conversations_message FOR EACH ROW WHEN (NEW.role = 'assistant')",
    "end": "INSERT ON activities_activity FOR EACH ROW WHEN (NEW.kind = 'turn.completed')",
}
KEYS = {name: number for number, name in enumerate(GATES, start=4711)}

PASS = """
CREATE FUNCTION pass_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(TG_ARGV[0]::bigint);
  RETURN NEW;
END $$
"""
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"


def install_gates(stack: Stack) -> None:
    with stack.database() as database:
        database.execute(PASS)
        for name, moment in GATES.items():
            statement = f"CREATE TRIGGER gate_{name} BEFORE {moment} EXECUTE FUNCTION pass_gate({KEYS[name]})"
            database.execute(statement.encode())


class Gate:
    def __init__(self, holder: psycopg.Connection, name: str) -> None:
        self._holder = holder
        self._name = name

    def wait_until_reached(self, turns: int = 1) -> None:
        """Return when that many turns wait here."""
        wait_for(lambda: self._waiting() >= turns, seconds=60, what=f"{turns} turns at gate {self._name}")

    def _waiting(self) -> int:
        row = self._holder.execute(WAITING, [KEYS[self._name]]).fetchone()
        return int(row[0]) if row else 0


@contextmanager
def stack_with_model(
    folder: Path, *, pace: float, script: Script | None = None, **variables: str
) -> Iterator[Stack]:
    """A stack with gates, whose only engine is a model with so many seconds between two pieces.

    It answers as the rules do, or by a `script`.
    """
    with running(OPENAI, script or at_pace(pace)) as model:
        stack = Stack(folder, OPENAI_BASE_URL=model.base_url, LLM_PROVIDERS="openai", **variables)
        stack.start()
        install_gates(stack)
        yield stack
        stack.stop()


@contextmanager
def closed_gate(stack: Stack, name: str) -> Iterator[Gate]:
    """Hold every turn that comes to this gate, until the end of the block or of PostgreSQL."""
    holder = stack.database()
    try:
        holder.execute("SELECT pg_advisory_lock(%s)", [KEYS[name]])
        yield Gate(holder, name)
    finally:
        holder.close()
