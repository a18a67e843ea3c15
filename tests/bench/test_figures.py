"""What the bench makes of its measurements: figures, goals, and what it refuses to say."""

from __future__ import annotations

import pytest

from bench.speed.figures import Figure, Measured, percentile, print_table
from bench.speed.live import Round, figures_of
from bench.speed.machine import QUIET_SHARE, Load
from bench.speed.model_server import moments_in, token_now
from bench.speed.processes import since
from bench.speed.targets import Reply

QUIET, NOISY = Load(0.5, QUIET_SHARE), Load(9.0, QUIET_SHARE + 0.01)


@pytest.mark.parametrize(("percent", "expected"), [(50, 50), (95, 95), (99, 99), (100, 100), (0.1, 1)])
def test_a_percentile_is_one_of_the_values(percent, expected):
    assert percentile(range(100, 0, -1), percent) == expected


def test_a_single_value_is_each_percentile():
    figure = Figure.of("x", [7.0])
    assert (figure.median, figure.p95, figure.p99) == (7.0, 7.0, 7.0)


def test_what_is_above_its_goal_is_missed_and_what_was_not_measured_is_not():
    figure = Figure.of("x", [1.0, 2.0, 30.0], goals={"median": 2.0, "p95": 20.0, "ratio": 1.0})
    assert figure.missed() == {"p95": 30.0}


def test_a_goal_may_be_the_least():
    assert Figure("x", median=100.0, goals={"median": 150.0}, at_least=True).missed() == {"median": 100.0}
    assert not Figure("x", median=150.0, goals={"median": 150.0}, at_least=True).missed()


def test_only_the_counted_parts_are_held_against_a_goal():
    cpu = {"worker": 10.0, "sockets": 5.0, "postgres": 8.0, "client": 20.0, "model": 9.0}
    assert Figure("x", cpu=cpu, counted=("worker", "sockets"), goals={"cpu": 16.0}).missed() == {}
    assert Figure("x", cpu=cpu, goals={"cpu": 16.0}).missed() == {"cpu": 23.0}


def test_processor_time_is_shared_by_the_units():
    assert since({"worker": 1.0}, {"worker": 3.0, "redis": 1.0}, units=2) == {"worker": 1.0, "redis": 0.5}


def test_nothing_is_compared_when_others_were_busy(capsys):
    figure = Figure.of("the way", [5.0], ratio=0.5, over="reference", goals={"ratio": 0.7, "median": 1.0})
    print_table([Measured("quick", [figure], QUIET)])
    told = capsys.readouterr().out
    assert "0.500 of reference" in told
    assert "missed: p50" in told
    print_table([Measured("quick", [figure], NOISY)])
    told = capsys.readouterr().out
    assert "reference" not in told
    assert "missed" not in told
    assert "not quiet" in told


def test_json_tells_what_was_missed_of_a_quiet_run_only():
    figure = Figure.of("the way", [5.0], goals={"median": 1.0})
    assert Measured("quick", [figure], QUIET).as_json()["figures"][0]["missed"] == {"median": 5.0}
    assert "missed" not in Measured("quick", [figure], NOISY).as_json()["figures"][0]


def rounds_of(target: str, firsts: list[float]) -> list[Round]:
    """One round for each value; each with two replies alike, whose whole is two seconds more."""
    return [
        Round(target, 200, number, [Reply(first, first + 2, [0.001])] * 2, {"worker": 0.02})
        for number, first in enumerate(firsts)
    ]


def first_of(rounds: list[Round], target: str = "voice2task") -> Figure:
    return next(one for one in figures_of(rounds) if one.target == target and one.what.startswith("first"))


def test_what_is_added_is_taken_within_its_round():
    rounds = rounds_of("direct", [0.2, 0.4, 0.6]) + rounds_of("voice2task", [0.21, 0.41, 0.61])
    figure = first_of(rounds)
    assert figure.median == pytest.approx(10)
    assert figure.p99 == pytest.approx(10)
    assert figure.cpu["worker"] == pytest.approx(10)
    assert figure.ratio is None


def test_the_reference_is_compared_and_a_noisy_one_is_no_win():
    ours = rounds_of("direct", [0.2]) + rounds_of("voice2task", [0.23])
    assert first_of(ours + rounds_of("reference", [0.26])).ratio == pytest.approx(0.5)
    noisy = first_of(ours + rounds_of("reference", [0.9]))
    assert noisy.ratio is None
    assert "no win" in noisy.note


def test_a_token_tells_when_it_was_written():
    before, token, after = token_now(), token_now(), token_now()
    (first, second, third) = moments_in(before + token + after)
    assert first <= second <= third
