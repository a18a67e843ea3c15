"""What a storm did and how it was survived, for people."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from statistics import median

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from tests.faults.proxied import LINKS
from tests.faults.proxy import FAULTS
from tests.faults.storm import ENDED_SECONDS, SERVED_SECONDS, Fault, Round

WIDTH = 120
PROCESS_FAULTS = ("kill -9", "SIGSTOP")


def describe(rounds: Sequence[Round], figures: dict[str, int], *, seed: int, seconds: float) -> str:
    """The report as text. `figures`: what was counted, by what it is called; `seconds`: how long it took."""
    console = Console(file=io.StringIO(), width=WIDTH, color_system=None)
    console.print(f"{len(rounds)} rounds in {seconds:.0f} s. TEST_SEED={seed} repeats what was random.")
    for name, count in figures.items():
        console.print(f"{count:>9,}  {name}", highlight=False)
    console.print(_table(rounds))
    console.print(
        f"Promised after things are back: new requests within {SERVED_SECONDS:.0f} s, orphaned turns within "
        f"{ENDED_SECONDS:.0f} s. Worst here: {_worst(_served(rounds))} and {_worst(_ended(rounds))}."
    )
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def _table(rounds: Sequence[Round]) -> Table:
    """A row for each fault and whom it met; what a round took stands in the rows of all its faults."""
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("fault", "of", "times", "conn.", "held for"):
        table.add_column(heading, justify="left" if heading in ("fault", "of") else "right", no_wrap=True)
    for heading in ("served after", "worst", "turns", "ended after", "worst"):
        table.add_column(heading, justify="right", no_wrap=True)
    what = ""
    for fault in sorted({fault for one in rounds for fault in one.faults}, key=_order):
        if what not in ("", fault.what):
            table.add_section()
        table.add_row(
            *_row(fault, [one for one in rounds if fault in one.faults], shows_what=fault.what != what)
        )
        what = fault.what
    return table


def _order(fault: Fault) -> tuple[int, str]:
    return [*PROCESS_FAULTS, *FAULTS].index(fault.what), fault.whom


def _row(fault: Fault, rounds: Sequence[Round], *, shows_what: bool) -> list[str]:
    served, ended = _served(rounds), _ended(rounds)
    connections = [one.connections[fault.whom] for one in rounds if fault.whom in one.connections]
    return [
        fault.what if shows_what else "",
        f"link to {fault.whom}" if fault.whom in LINKS else fault.whom,
        str(len(rounds)),
        str(sum(connections)) if connections else "",
        _middle(one.held for one in rounds),
        _middle(served),
        _worst(served),
        str(len(ended)),
        _middle(ended),
        _worst(ended),
    ]


def _served(rounds: Sequence[Round]) -> list[float]:
    return [one.served_after for one in rounds]


def _ended(rounds: Sequence[Round]) -> list[float]:
    return [moment for one in rounds for moment in one.ended_after]


def _middle(values: Iterable[float]) -> str:
    found = list(values)
    return f"{median(found):.1f} s" if found else ""


def _worst(values: Sequence[float]) -> str:
    return f"{max(values):.1f} s" if values else ""
