"""Spans of what happens here, if somebody collects them; else nothing is done and nothing imported.

A turn is one trace, and the trace's id is the turn's: whoever knows a turn's id can add to its trace,
whatever brought it here. Queue, outbox, a sweep after a crash and an approval hours later carry that id and
no more. The first span, made when the message is posted, has as its id the last 8 bytes of the turn's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.trace import Tracer

T = TypeVar("T")

TURN_ATTRIBUTE = "voice2task.turn_id"
SPAN_ID_MASK = 2**64 - 1
# The part of an id that is random in a UUIDv7 too (and that W3C Trace Context Level 2 says is random).
RANDOM_BITS = 56

# Trace id and span id of the one span that is not given its ids by chance.
first_ids: ContextVar[tuple[int, int] | None] = ContextVar("first_ids", default=None)

_tracer: Tracer | None = None
_ratio = 1.0


def collect(tracer: Tracer, *, ratio: float) -> None:
    """From now on make spans with this tracer; of that share of all traces."""
    global _tracer, _ratio
    _tracer, _ratio = tracer, ratio


def is_collected(trace_id: int) -> bool:
    """Whether this trace is one of those that are kept: every process decides alike."""
    random_part = trace_id & ((1 << RANDOM_BITS) - 1)
    return random_part < _ratio * (1 << RANDOM_BITS)


def begin_turn(turn_id: UUID, *, posted_at: datetime) -> None:
    """Make the first span of a turn's trace: from `posted_at` to now, when the message is committed."""
    if _tracer is None:
        return
    from opentelemetry.context import Context

    token = first_ids.set((turn_id.int, turn_id.int & SPAN_ID_MASK))
    try:
        began = round(posted_at.timestamp() * 1e9)
        _tracer.start_span(
            "turn.post", Context(), start_time=began, links=_links(), attributes=_attributes(turn_id)
        ).end()
    finally:
        first_ids.reset(token)


def turn_span(turn_id: UUID, name: str, **attributes: Any) -> AbstractContextManager[object]:
    """A block of work on a turn, in that turn's trace, linked to the span that it came from."""
    if _tracer is None:
        return nullcontext()
    return _tracer.start_as_current_span(
        name, _context_of(turn_id), links=_links(), attributes=_attributes(turn_id, **attributes)
    )


def span(name: str, **attributes: Any) -> AbstractContextManager[object]:
    """A block of work within whatever is going on. Attributes must hold no content, only names and counts."""
    if _tracer is None:
        return nullcontext()
    return _tracer.start_as_current_span(name, attributes=_named(attributes))


def traced(
    events: AsyncIterator[T], name: str, *, outcome: Callable[[], dict[str, Any]], **attributes: Any
) -> AsyncIterator[T]:
    """The same events, with a span from the first that is asked for to the last; `outcome` tells its end."""
    return events if _tracer is None else _traced(_tracer, events, name, outcome, attributes)


async def _traced(
    tracer: Tracer,
    events: AsyncIterator[T],
    name: str,
    outcome: Callable[[], dict[str, Any]],
    attributes: dict[str, Any],
) -> AsyncIterator[T]:
    from opentelemetry.trace import use_span

    made = tracer.start_span(name, attributes=_named(attributes))
    try:
        while True:
            # Current only while the events are being made: what is done with them is not part of it.
            with use_span(made, record_exception=False):
                try:
                    event = await anext(events)
                except StopAsyncIteration:
                    return
            yield event
    finally:
        made.set_attributes(_named(outcome()))
        made.end()


def _context_of(turn_id: UUID) -> Context:
    from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

    flags = TraceFlags.SAMPLED if is_collected(turn_id.int) else TraceFlags.DEFAULT
    first = SpanContext(turn_id.int, turn_id.int & SPAN_ID_MASK, True, TraceFlags(flags))
    return set_span_in_context(NonRecordingSpan(first))


def _links() -> list[Any]:
    from opentelemetry.trace import Link, get_current_span

    current = get_current_span().get_span_context()
    return [Link(current)] if current.is_valid else []


def _attributes(turn_id: UUID, **more: Any) -> dict[str, Any]:
    return {TURN_ATTRIBUTE: str(turn_id), **_named(more)}


def _named(attributes: dict[str, Any]) -> dict[str, Any]:
    """Keywords as attributes: `gen_ai__request__model` is `gen_ai.request.model`; None is left out."""
    return {name.replace("__", "."): value for name, value in attributes.items() if value is not None}
