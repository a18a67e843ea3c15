"""Measures how fast it is, beside a direct call to the model and beside another server, all in one run.

    python -m bench.speed [--only live,rest] [--reference FOLDER] [--rounds 7] [--json FILE]

What is compared is asked in turn, round by round, since the machine is never the same twice: figures of two
runs are not to be compared. Where others kept the processors busy meanwhile, nothing is.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from bench.speed.figures import Figure, Measured, print_table
from bench.speed.footprint import measure_footprint
from bench.speed.hearing import measure_hearing
from bench.speed.live import measure_live
from bench.speed.machine import Watch, described
from bench.speed.memory import measure_memory
from bench.speed.model_server import Pace
from bench.speed.rest import measure_rest
from bench.speed.resume import measure_resume
from bench.speed.scale import measure_scale
from bench.speed.sentences import measure_sentences
from bench.speed.sockets import measure_sockets
from bench.speed.surroundings import Bench, Options, by_model, by_rules
from bench.speed.turns import measure_dispatch, measure_turns

Surroundings = Callable[[Options], AbstractContextManager[Bench]]

# In this order: those that stand on the same stack follow one another, the first while nobody has used it.
ON_A_STACK: dict[str, tuple[Surroundings, Callable[[Bench], list[Figure]]]] = {
    "footprint": (by_rules, measure_footprint),
    "sentences": (by_rules, measure_sentences),
    "resume": (by_rules, measure_resume),
    "sockets": (by_model, measure_sockets),
    "live": (by_model, measure_live),
    "turns": (by_model, measure_turns),
    "dispatch": (by_model, measure_dispatch),
    "rest": (by_model, measure_rest),
    "memory": (by_model, measure_memory),
}
BY_THEMSELVES: dict[str, Callable[[Options], list[Figure]]] = {
    "hearing": measure_hearing,
    "scale": measure_scale,
}
# Minutes of filling: only when asked for.
ASKED = frozenset({"scale"})
SECTIONS = (*ON_A_STACK, *BY_THEMSELVES)


def main() -> int:
    # Whoever is told to end ends what it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    given = _given()
    options = Options(
        rounds=given.rounds,
        pace=Pace(given.pace[0], given.pace[1], int(given.pace[2])),
        streams=given.streams,
        reference=given.reference,
        recordings=given.recordings,
    )
    started = datetime.now(UTC)
    print(described(), flush=True)
    measured: list[Measured] = []
    try:
        for one in _all_sections(given.only, options):
            measured.append(one)
    finally:
        # Where one breaks, what there is already is not lost.
        print_table(measured)
        if given.json:
            _write(given.json, started, options, measured)
    return 0


def _write(file: Path, started: datetime, options: Options, measured: Sequence[Measured]) -> None:
    run: dict[str, Any] = {"started": started.isoformat(timespec="seconds"), "machine": described()}
    run |= {"options": {name: str(value) for name, value in vars(options).items()}}
    run |= {"sections": [one.as_json() for one in measured]}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(run, indent=1))


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--only", type=_names, default=_names(""), help=f"some of {', '.join(SECTIONS)}")
    parser.add_argument("--reference", type=Path, help="a folder with another server")
    parser.add_argument("--recordings", type=Path, help="a folder with something to hear")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--streams", type=int, nargs="+", default=[1, 50, 200], help="clients at once")
    parser.add_argument(
        "--pace",
        type=float,
        nargs=3,
        default=[Pace.first, Pace.between, Pace.tokens],
        help="of the model, in `live`: seconds to its first token and between tokens, and how many there are",
    )
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def _names(text: str) -> Sequence[str]:
    names = [name for name in text.split(",") if name]
    if unknown := set(names) - set(SECTIONS):
        raise argparse.ArgumentTypeError(f"no such section: {', '.join(sorted(unknown))}")
    return [name for name in SECTIONS if (name in names if names else name not in ASKED)]


def _all_sections(names: Sequence[str], options: Options) -> Iterator[Measured]:
    stacked = [name for name in names if name in ON_A_STACK]
    for surroundings, group in groupby(stacked, key=lambda name: ON_A_STACK[name][0]):
        with surroundings(options) as bench:
            for name in group:
                yield _measure(name, ON_A_STACK[name][1], bench)
    for name in names:
        if name in BY_THEMSELVES:
            yield _measure(name, BY_THEMSELVES[name], options)


def _measure(name: str, measure: Callable[[Any], list[Figure]], given: Bench | Options) -> Measured:
    print(f"{name} …", flush=True)
    with Watch() as watch:
        figures = measure(given)
    return Measured(name, figures, watch.load)


if __name__ == "__main__":
    sys.exit(main())
