"""What is started for a section to measure: a stack, a model, another server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.speed.model_server import Pace, RunningModel, running_model
from bench.speed.reference import Running, running_reference
from bench.stack import Stack, running_stack

# More than the most clients that ask at once.
TURNS_AT_ONCE = 264
# An answer of 32,000 tokens takes minutes.
TURN_SECONDS = 900


@dataclass(frozen=True)
class Options:
    """What one may choose: see `bench.speed.__main__`."""

    rounds: int
    pace: Pace
    streams: Sequence[int]
    reference: Path | None
    recordings: Path | None


@dataclass(frozen=True)
class Bench:
    """A running stack, and what it is compared with. `model` only if a model answers its sentences."""

    options: Options
    stack: Stack
    model: RunningModel | None = None
    reference: Running | None = None

    @property
    def paced(self) -> RunningModel:
        """The model that answers.

        Raises:
            RuntimeError: the rules do.
        """
        if self.model is None:
            raise RuntimeError("no model was started")
        return self.model


@contextmanager
def by_rules(options: Options) -> Iterator[Bench]:
    """A stack as it is without a key: the rules answer."""
    with running_stack() as stack:
        yield Bench(options, stack)


@contextmanager
def by_model(options: Options) -> Iterator[Bench]:
    """A stack whose sentences a paced model answers, and another server that asks it too, if one is named."""
    with ExitStack() as running:
        model = running.enter_context(running_model())
        settings = {
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": "bench",
            "LLM_PROVIDERS": "openai",
            "TURN_CONCURRENCY": str(max(TURNS_AT_ONCE, max(options.streams) + 8)),
            "TURN_MAX_SECONDS": str(TURN_SECONDS),
        }
        stack = running.enter_context(running_stack(extra=settings))
        other = None
        if options.reference:
            other = running.enter_context(running_reference(options.reference, stack, model.url))
        yield Bench(options, stack, model, other)
