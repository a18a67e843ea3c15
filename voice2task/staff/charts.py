"""Charts as SVG that the server draws: no script, so that the strictest policy lets them through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log10

WIDTH, HEIGHT = 600.0, 160.0
GAP = 0.18


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of a chart; `said` is what the pointer is told."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    points: str
    colour: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`legend` is (name, colour, total as text); `labels` are those of the axis below, some of the steps'."""

    title: str
    top: str
    labels: Sequence[str]
    legend: Sequence[tuple[str, str, str]]
    bars: Sequence[Bar] = ()
    lines: Sequence[Line] = ()
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart: a value for each step, None where there is none."""

    name: str
    colour: str
    values: Sequence[float | None]
    total: str = ""


def stacked(title: str, labels: Sequence[str], series: Sequence[Series], unit: str = "") -> Chart:
    """Bars that add up."""
    sums = [
        sum(one.values[number] or 0.0 for one in series) if series else 0.0 for number in range(len(labels))
    ]
    top = _round_up(max(sums, default=0.0))
    pitch = WIDTH / max(len(labels), 1)
    bars: list[Bar] = []
    for number, label in enumerate(labels):
        floor = HEIGHT
        for one in series:
            value = one.values[number] or 0.0
            if value <= 0:
                continue
            height = value / top * HEIGHT
            floor -= height
            said = f"{label}: {_number(value)}{unit} {one.name}"
            width = pitch * (1 - GAP)
            bars.append(Bar(number * pitch + pitch * GAP / 2, floor, width, height, one.colour, said))
    return _chart(title, labels, series, top, unit, bars=bars)


def lines(title: str, labels: Sequence[str], series: Sequence[Series], unit: str = "") -> Chart:
    """Lines from step to step, broken where there is no value; each value is a small bar to point at."""
    known = [value for one in series for value in one.values if value is not None]
    top = _round_up(max(known, default=0.0))
    pitch = WIDTH / max(len(labels), 1)
    drawn: list[Line] = []
    dots: list[Bar] = []
    for one in series:
        points: list[str] = []
        for number, value in enumerate(one.values):
            if value is None:
                drawn.append(Line(" ".join(points), one.colour))
                points = []
                continue
            x, y = (number + 0.5) * pitch, HEIGHT - value / top * HEIGHT
            points.append(f"{x:.1f},{y:.1f}")
            said = f"{labels[number]}: {_number(value)}{unit} {one.name}"
            dots.append(Bar(x - 3, min(max(y - 3, 0), HEIGHT - 6), 6, 6, one.colour, said))
        drawn.append(Line(" ".join(points), one.colour))
    return _chart(
        title, labels, series, top, unit, bars=dots, drawn=[line for line in drawn if " " in line.points]
    )


def _chart(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    top: float,
    unit: str,
    *,
    bars: Sequence[Bar],
    drawn: Sequence[Line] = (),
) -> Chart:
    return Chart(
        title=title,
        top=f"{_number(top)}{unit}" if bars else "",
        labels=_some(labels),
        legend=[(one.name, one.colour, one.total) for one in series],
        bars=bars,
        lines=drawn,
        empty=not bars,
    )


def by_step(
    rows: Sequence[Mapping[str, object]], steps: Sequence[object], value: str
) -> dict[object, list[float | None]]:
    """Rows with `step` and `value`, as a list for all of `steps`, under the row's `name`."""
    place = {step: number for number, step in enumerate(steps)}
    found: dict[object, list[float | None]] = {}
    for row in rows:
        if row["step"] in place:
            values = found.setdefault(row.get("name"), [None] * len(steps))
            number = place[row["step"]]
            values[number] = (values[number] or 0.0) + float(str(row[value] or 0))
    return found


def _round_up(value: float) -> float:
    """The next 1, 2, 5 or 10 times a power of ten."""
    if value <= 0:
        return 1.0
    power = 10.0 ** (ceil(log10(value)) - 1)
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= value * (1 - 1e-9))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"  # noqa: PLR2004 - digits


def _some(labels: Sequence[str]) -> list[str]:
    """The first, the last and two between."""
    last = len(labels) - 1
    return [labels[round(last * part / 3)] for part in range(4)] if labels else []
