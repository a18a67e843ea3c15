"""Reads labelled sentences by the rules and scores what they are understood to say, by file and language.

    python -m bench.understanding FOLDER [--only PART_OF_A_NAME] [--failures MEASURE]

Every `*.jsonl` under the folder is read. A row has `id`, `text` and what it is labelled with: `action`,
`title`, `accept` (right due moments), `rrule` and so on (`bench/scoring.py`).
Times are of single sentences, warm.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

BEGAN = time.perf_counter()

from bench.scoring import Scores, score, score_all  # noqa: E402 - the clock starts before the first import
from conversations.agent.rules.rows import read_row  # noqa: E402

NOW = datetime(2025, 3, 12, 10, 0, tzinfo=UTC)
COLUMNS = (
    "action_acc",
    "title_f1",
    "due_core",
    "due_all",
    "rrule_exact",
    "recurs_detected",
    "spurious_due_rate",
    "false_create_rate",
)
HEADS = ("action", "title", "due core", "due all", "rrule", "recurs", "spurious", "false")
SHORTEST = 2
BAD_INPUT = ("", "a " * 5000, "\U0001f600" * 200, "\u202e\u200fremind", "<b>x</b>" * 200, "9" * 10_000)


def main() -> int:
    options = _options()
    files = sorted(path for path in options.folder.rglob("*.jsonl") if options.only in path.stem)
    first = _first_call()
    table, times = [], []
    for path in files:
        rows = [row for line in path.open(encoding="utf-8") if "text" in (row := json.loads(line))]
        answers, spent = _read(rows)
        times += spent
        if options.failures:
            _show_failures(path.stem, rows, answers, options.failures)
        for language, group in _by_language(rows):
            table.append((path.stem, language, len(group), score_all(group, answers), spent))
    _show(table, times, first)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="only files with this in their name")
    parser.add_argument("--failures", default="", help="list the rows that fail this measure")
    return parser.parse_args()


def _first_call() -> float:
    """Seconds from the start of the imports to the first answer in every language."""
    for number, (lang, text) in enumerate(
        (("en", "call Ann at 5"), ("de", "ruf Ann an"), ("fr", "appelle Ann"), ("es", "llama a Ann"))
    ):
        read_row({"id": number, "text": text, "lang": lang}, now=NOW)
    return time.perf_counter() - BEGAN


def _read(rows: list[dict[str, Any]]) -> tuple[dict[Any, dict[str, Any]], list[float]]:
    answers, spent = {}, []
    for row in rows:
        question = {key: row.get(key) for key in ("id", "text", "lang", "reference", "timezone")}
        began = time.perf_counter()
        answers[row["id"]] = read_row(question, now=NOW)
        spent.append(time.perf_counter() - began)
    return answers, spent


def _by_language(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    groups = defaultdict(list)
    for row in rows:
        groups[str(row.get("lang") or "?").partition("-")[0].partition("_")[0]].append(row)
    return sorted(groups.items())


def _show(table: list[tuple[str, str, int, Scores, list[float]]], times: list[float], first: float) -> None:
    total: Scores = defaultdict(list)
    for _, _, _, scores, _ in table:
        for name, values in scores.items():
            total[name] += values
    print(
        f"{len(times)} sentences in {sum(times):.1f} s: {_times(times)} ms (median, p95);"
        f" imports and first call {first:.2f} s; bad input {_bad_input() * 1000:.1f} ms at most; "
        + ", ".join(f"{name} {statistics.fmean(total[name]):.3f}" for name in COLUMNS if total[name])
    )
    print(
        f"{'file':28s} {'':3s} {'rows':>5s} "
        + " ".join(f"{head:>8s}" for head in HEADS)
        + "   median, p95 ms"
    )
    for file, language, count, scores, spent in table:
        cells = [f"{statistics.fmean(scores[name]):8.3f}" if scores[name] else " " * 8 for name in COLUMNS]
        print(f"{file:28s} {language:3s} {count:5d} {' '.join(cells)}   {_times(spent)}")


def _times(times: list[float]) -> str:
    if len(times) < SHORTEST:
        return "-"
    return f"{statistics.median(times) * 1000:.1f}, {statistics.quantiles(times, n=20)[-1] * 1000:.1f}"


def _bad_input() -> float:
    """The longest that an input takes which nobody means; seconds."""
    return max(_read([{"id": 0, "text": text}])[1][0] for text in BAD_INPUT)


def _show_failures(file: str, rows: list[Any], answers: dict[Any, dict[str, Any]], measure: str) -> None:
    for row in rows:
        value = dict(score(row, answers[row["id"]])).get(measure)
        if value is None or (value == 0 if measure.endswith("_rate") else value == 1):
            continue
        meant = {key: row.get(key) for key in ("action", "title", "accept", "rrule") if row.get(key)}
        said = {key: answers[row["id"]][key] for key in ("action", "title", "due", "rrule")}
        print(f"{file} {row['id']}: {row['text']!r} [{row.get('reference', '')}]")
        print(f"    meant {meant}\n    said  {said}")


if __name__ == "__main__":
    sys.exit(main())
