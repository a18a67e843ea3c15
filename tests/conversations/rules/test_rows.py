"""`manage.py understand`, and the rows it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from bench.scoring import due_is_right, overlap, rule_parts


def run(tmp_path: Path, *rows: object, **options: str) -> list[dict]:
    given, answers = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    call_command("understand", input=given, output=answers, verbosity=0, **options)
    return [json.loads(line) for line in answers.read_text("utf-8").splitlines()]


ROW = {"id": "a", "text": "pay the plumber tomorrow at 5 pm", "reference": "2025-03-12T10:00:00"}


def test_a_row_says_what_was_understood_and_where(tmp_path):
    (answer,) = run(tmp_path, ROW)
    assert (answer["id"], answer["action"], answer["title"]) == ("a", "create", "Pay the plumber")
    assert (answer["due"], answer["rrule"], answer["created"]) == ("2025-03-13T17:00", None, True)
    start, end = answer["spans"]["due"]
    assert ROW["text"][start:end] == "tomorrow at 5 pm"
    assert "commands" not in answer


def test_several_commands_stand_under_commands(tmp_path):
    (answer,) = run(tmp_path, {**ROW, "text": "ring the bank and delete the parcel reminder"})
    assert [command["action"] for command in answer["commands"]] == ["create", "delete"]
    assert answer["title"] == answer["commands"][0]["title"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("feed the cat daily at 7:30 am", "FREQ=DAILY;BYHOUR=7;BYMINUTE=30"),
        ("feed the cat every Monday", "FREQ=WEEKLY;BYDAY=MO"),
        ("feed the cat every 4 hours", "FREQ=HOURLY;INTERVAL=4"),
    ],
)
def test_a_recurrence_says_the_time_of_day_it_comes_at(tmp_path, text, rule):
    (answer,) = run(tmp_path, {**ROW, "text": text})
    assert answer["rrule"] == rule
    (first, second) = run(tmp_path, {**ROW, "text": f"{text} and buy rice"})[0]["commands"]
    assert (first["rrule"], second["rrule"]) == (rule, None)


def test_the_same_rows_give_the_same_answers(tmp_path):
    rows = [
        {"id": 1, "text": "feed the cat in 2 hours"},
        {**ROW, "lang": "de", "text": "morgen Milch kaufen"},
    ]
    first = run(tmp_path, *rows, now="2025-03-12T10:00", timezone="Asia/Tokyo")
    assert first == run(tmp_path, *rows, now="2025-03-12T10:00", timezone="Asia/Tokyo")
    assert [answer["due"] for answer in first] == ["2025-03-12T21:00", "2025-03-13"]


@pytest.mark.parametrize(
    "row", [[], {"id": 1}, {**ROW, "reference": "soon"}, {**ROW, "timezone": "Mars/Olympus"}]
)
def test_a_row_that_is_none_is_named(tmp_path, row):
    with pytest.raises(CommandError, match="Line 1"):
        run(tmp_path, row)
    assert not (tmp_path / "out.jsonl").exists()


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("understand", input=tmp_path / "none", output=tmp_path / "out")


def test_the_scores_are_what_they_are_called():
    assert overlap("Buy the milk", "buy milk") == 1
    assert overlap("buy", "buy milk") == pytest.approx(2 / 3)
    assert rule_parts("RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU,MO") == {"FREQ": "WEEKLY", "BYDAY": "MO,TU"}
    row = {"granularity": "day", "accept": ["2025-03-13T17:00"]}
    assert due_is_right("2025-03-13", row)
    assert not due_is_right("2025-03-13", {**row, "granularity": "minute"})
