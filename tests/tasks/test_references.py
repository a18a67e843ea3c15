"""`tasks.references`: which task the words mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tasks.references import MAX_AMBIGUOUS, Ambiguous, Candidate, Match, Missing, resolve
from voice2task.kernel.identifiers import uuid7

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def candidate(title: str, *, is_open: bool = True, days_ago: float = 0) -> Candidate:
    return Candidate(uuid7(), title, is_open, NOW - timedelta(days=days_ago))


OPEN = [
    "Buy milk",
    "Call Bob",
    "Call Anna",
    "Call Anna back about lunch",
    "Email Anna the report",
    "Dentist",
    "Finish the slides for Monday",
    "Müll rausbringen",
    "Appeler le médecin",
    "Renew passport",
    "To do",
]


def titles_meant(reference: str, titles: list[str]) -> list[str]:
    match resolve(reference, [candidate(title) for title in titles]):
        case Match(task):
            return [task.title]
        case Ambiguous(tasks):
            assert len(tasks) > 1
            return sorted(task.title for task in tasks)
        case Missing():
            return []


@pytest.mark.parametrize(
    ("reference", "meant"),
    [
        ("the milk", ["Buy milk"]),
        ("milk", ["Buy milk"]),
        ("my buy milk task", ["Buy milk"]),
        ("Buying the milk", ["Buy milk"]),
        ("the Bob call", ["Call Bob"]),
        ("calling bob", ["Call Bob"]),
        ("the Anna call", ["Call Anna", "Call Anna back about lunch"]),
        ("call Anna", ["Call Anna"]),
        ("the call to Anna about lunch", ["Call Anna back about lunch"]),
        ("Anna", ["Call Anna", "Call Anna back about lunch", "Email Anna the report"]),
        ("the report one", ["Email Anna the report"]),
        ("dentist", ["Dentist"]),
        ("the dentist reminder", ["Dentist"]),
        ("the dentists appointment", ["Dentist"]),
        ("dentits", ["Dentist"]),
        ("the Monday slides", ["Finish the slides for Monday"]),
        ("den Müll", ["Müll rausbringen"]),
        ("mull", ["Müll rausbringen"]),
        ("le medecin", ["Appeler le médecin"]),
        ("renewing the passport", ["Renew passport"]),
        ("to do", ["To do"]),
        ("the unicorn", []),
        ("call Zoe", []),
        ("bib", []),
        ("?!", []),
    ],
)
def test_words_find_their_task(reference: str, meant: list[str]) -> None:
    assert titles_meant(reference, OPEN) == meant


def test_an_exact_id_wins_over_any_title() -> None:
    wanted, other = candidate("Something"), candidate("Buy milk")
    other = other._replace(title=str(wanted.id))
    assert resolve(f" {wanted.id} ", [other, wanted]) == Match(wanted)
    assert resolve(str(uuid7()), [wanted]) == Missing()


def test_open_tasks_come_before_closed_ones() -> None:
    done, live = candidate("Dentist", is_open=False), candidate("Pay the dentist bill")
    assert resolve("dentist", [done, live]) == Match(live)
    assert resolve("dentist", [done]) == Match(done)
    assert resolve("dentist", [done, live], prefer_open=False) == Match(done)
    assert resolve("bill", [done, live], prefer_open=False) == Match(live)


def test_of_equal_titles_the_clearly_newer_is_meant() -> None:
    old, new = candidate("Buy milk", days_ago=30), candidate("buy milk!")
    assert resolve("milk", [old, new]) == Match(new)
    recent = candidate("Buy milk", days_ago=0.5)
    assert resolve("milk", [recent, new]) == Ambiguous([new, recent])


def test_newness_does_not_decide_between_different_titles() -> None:
    old, new = candidate("Call Anna back about lunch", days_ago=300), candidate("Call Anna")
    assert resolve("the Anna call", [old, new]) == Ambiguous([new, old])


def test_a_reference_without_words_that_matter_means_the_only_task() -> None:
    only = candidate("Buy milk")
    assert resolve("the task", [only]) == Match(only)
    assert isinstance(resolve("the task", [only, candidate("Call Bob")]), Ambiguous)
    assert resolve("the task", []) == Missing()


def test_a_choice_is_short_and_the_best_come_first() -> None:
    many = [candidate(f"Water plant {number}", days_ago=number) for number in range(9)]
    found = resolve("water the plants", many[::-1])
    assert found == Ambiguous(many[:MAX_AMBIGUOUS])


def test_exact_words_come_before_similar_ones() -> None:
    exact, similar = candidate("Plan the work"), candidate("Plan the workshop")
    assert resolve("work plan", [similar, exact]) == Match(exact)


def test_a_whole_title_within_a_longer_reference_is_meant() -> None:
    both = [candidate("Quarterly report"), candidate("Report")]
    assert resolve("finishing the quarterly report draft", both) == Match(both[0])


def test_half_of_the_words_are_another_task() -> None:
    assert titles_meant("the meeting with Anna", ["Call Anna"]) == []
    assert titles_meant("buy oat milk today", ["Buy oat milk tomorrow"]) == ["Buy oat milk tomorrow"]


def test_ten_thousand_tasks_are_told_apart() -> None:
    many = [candidate(f"Send invoice {number} to customer {number % 97}") for number in range(10_000)]
    assert resolve("invoice 4711", many) == Match(many[4711])


@pytest.mark.parametrize(
    ("reference", "titles", "meant"),
    [
        ("the milk", ["Buy milk", "Buy milk, eggs and bread"], ["Buy milk"]),
        ("the milk", ["Buy milk, eggs and bread"], ["Buy milk, eggs and bread"]),
        (
            "the milk",
            ["Buy milk and eggs", "Buy bread and milk"],
            ["Buy bread and milk", "Buy milk and eggs"],
        ),
        ("milk, eggs and bread", ["Buy milk", "Buy milk, eggs and bread"], ["Buy milk, eggs and bread"]),
        ("the Anna call", ["Call Anna", "Call Anna and Bob"], ["Call Anna"]),
    ],
)
def test_one_of_many_things_is_meant_less_than_the_thing_alone(
    reference: str, titles: list[str], meant: list[str]
):
    assert titles_meant(reference, titles) == meant
