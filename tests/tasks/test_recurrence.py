"""`tasks.recurrence`: which rules are taken, and what comes next."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tasks.recurrence import (
    Due,
    Occurrence,
    RuleInvalid,
    next_after_completion,
    next_after_due,
    parse_rule,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday, ten o'clock in Berlin


def all_day(text: str) -> Due:
    return Due(date.fromisoformat(text))


def timed(text: str) -> Due:
    moment = datetime.fromisoformat(text).replace(tzinfo=BERLIN)
    return Due(moment.date(), moment.astimezone(UTC))


START = timed("2026-03-02T09:00")


def following(rrule: str, due: Due, now: datetime = NOW) -> Due | None:
    found = next_after_due(rrule, due=due, now=now, zone=BERLIN)
    return found.due if found else None


@pytest.mark.parametrize(
    ("text", "stored", "first"),
    [
        ("FREQ=DAILY", "FREQ=DAILY", "2026-03-02"),
        (" rrule:freq=weekly;byday=fr; ", "FREQ=WEEKLY;BYDAY=FR", "2026-03-06"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR", "2026-03-27"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=31", "2026-03-31"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2028-02-29"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "2026-03-31"),
        ("FREQ=HOURLY;INTERVAL=8;BYHOUR=17", "FREQ=HOURLY;INTERVAL=8;BYHOUR=17", "2026-03-02"),
        ("FREQ=DAILY;UNTIL=20260302", "FREQ=DAILY;UNTIL=20260302", "2026-03-02"),
        ("FREQ=YEARLY;BYWEEKNO=12;COUNT=1", "FREQ=YEARLY;BYWEEKNO=12;COUNT=1", "2026-03-16"),
        ("FREQ=WEEKLY;WKST=SU;COUNT=3", "FREQ=WEEKLY;WKST=SU;COUNT=3", "2026-03-02"),
    ],
)
def test_rules_are_stored_in_one_form(text: str, stored: str, first: str) -> None:
    rule, day = parse_rule(text, due=START, zone=BERLIN)
    assert (rule, day.isoformat()) == (stored, first)


def test_the_first_day_is_one_that_is_not_left_out() -> None:
    out = {date(2026, 3, 2), date(2026, 3, 3)}
    assert parse_rule("FREQ=DAILY", due=START, zone=BERLIN, exdates=out)[1] == date(2026, 3, 4)
    with pytest.raises(RuleInvalid, match="ends before it begins"):
        parse_rule("FREQ=DAILY;COUNT=2", due=START, zone=BERLIN, exdates=out)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "every day",
        "FREQ",
        "FREQ=",
        "FREQ=FORTNIGHTLY",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "BYDAY=MO",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;INTERVAL=9999999999",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101",
        "FREQ=DAILY;UNTIL=tomorrow",
        "FREQ=DAILY;UNTIL=20260230",
        "FREQ=DAILY;UNTIL=20260228T250000Z",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=DAILY;BYHOUR=24",
        "FREQ=DAILY;BYHOUR=nine",
        "FREQ=DAILY;BYHOUR=-1",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=DAILY\nDTSTART:20260101",
        "FREQ=DAILY;BYMONTHDAY=\N{ARABIC-INDIC DIGIT ONE}",
        "FREQ=DAILY;COUNT=1000000000",
        "FREQ=DAILY;UNTIL=20200101",
        "FREQ=DAILY;UNTIL=20260302T075959Z",
        "FREQ=WEEKLY;BYDAY=FR;UNTIL=20260304",
        "FREQ=DAILY;UNTIL=100000101",
        "FREQ=MONTHLY;BYWEEKNO=3",
        "FREQ=YEARLY;BYWEEKNO=3;BYDAY=1MO",
        "FREQ=YEARLY;BYWEEKNO=20;BYMONTH=1",
        "FREQ=YEARLY;BYWEEKNO=53;BYSETPOS=2",
        # Never true; dateutil alone looks for them until the year 9999.
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=1",
    ],
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(RuleInvalid) as refused:
        parse_rule(text, due=START, zone=BERLIN)
    assert (refused.value.field, refused.value.code) == ("rrule", "rrule_invalid")


@pytest.mark.parametrize(
    ("rrule", "due", "expected"),
    [
        ("FREQ=DAILY", all_day("2026-03-02"), all_day("2026-03-03")),
        ("FREQ=DAILY", all_day("2026-03-05"), all_day("2026-03-06")),
        # Not in the past, and today is not past yet.
        ("FREQ=DAILY", all_day("2026-02-20"), all_day("2026-03-02")),
        ("FREQ=DAILY", all_day("1900-01-01"), all_day("2026-03-02")),
        ("FREQ=DAILY", timed("2026-03-02T10:00"), timed("2026-03-03T10:00")),
        ("FREQ=DAILY", timed("2026-03-01T09:00"), timed("2026-03-03T09:00")),
        ("FREQ=DAILY", timed("2026-03-01T11:00"), timed("2026-03-02T11:00")),
        ("FREQ=WEEKLY;INTERVAL=2", all_day("2026-02-02"), all_day("2026-03-02")),
        ("FREQ=WEEKLY;INTERVAL=2", all_day("2026-02-03"), all_day("2026-03-03")),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", all_day("2026-03-04"), all_day("2026-03-16")),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", all_day("2026-03-06"), all_day("2026-03-09")),
        ("FREQ=MONTHLY", all_day("2026-03-31"), all_day("2026-05-31")),
        ("FREQ=MONTHLY;BYDAY=1MO", all_day("2026-03-02"), all_day("2026-04-06")),
        ("FREQ=YEARLY", all_day("2024-02-29"), all_day("2028-02-29")),
        ("FREQ=HOURLY;INTERVAL=6", timed("2026-03-01T08:00"), timed("2026-03-02T14:00")),
        ("FREQ=HOURLY", all_day("2026-03-02"), all_day("2026-03-03")),
        ("FREQ=DAILY;UNTIL=20260303", all_day("2026-03-02"), all_day("2026-03-03")),
        ("FREQ=DAILY;UNTIL=20260303", all_day("2026-03-03"), None),
        ("FREQ=DAILY;UNTIL=20260303T090000", timed("2026-03-02T10:00"), None),
        ("FREQ=DAILY;UNTIL=20260303T090000Z", timed("2026-03-02T10:00"), timed("2026-03-03T10:00")),
        ("FREQ=DAILY;UNTIL=20260303T085959Z", timed("2026-03-02T10:00"), None),
        # Due in the year that is the last.
        ("FREQ=DAILY", all_day("9999-12-31"), None),
    ],
)
def test_what_follows_a_due(rrule: str, due: Due, expected: Due | None) -> None:
    assert following(rrule, due) == expected


def test_the_hour_stays_across_daylight_saving_changes() -> None:
    spring = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert following("FREQ=DAILY", timed("2026-03-28T09:00"), spring) == timed("2026-03-29T09:00")
    autumn = datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert following("FREQ=DAILY", timed("2026-10-24T09:00"), autumn) == timed("2026-10-25T09:00")
    # Half past two does not exist on that day: it is read with the offset before the gap.
    skipped = following("FREQ=DAILY", timed("2026-03-28T02:30"), spring)
    assert skipped == Due(date(2026, 3, 29), datetime(2026, 3, 29, 1, 30, tzinfo=UTC))
    # The hour after the gap is the same moment as the one in it, and does not follow it.
    gap = Due(date(2026, 3, 29), datetime(2026, 3, 29, 1, 30, tzinfo=UTC))
    early = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    assert following("FREQ=HOURLY", gap, early) == timed("2026-03-29T04:30")


def test_count_goes_down_as_occurrences_pass() -> None:
    due: Due | None = all_day("2026-03-02")
    rule, seen = "FREQ=DAILY;COUNT=3", []
    while due:
        found = next_after_due(rule, due=due, now=NOW, zone=BERLIN)
        seen.append((rule, due.on.day))
        rule, due = (found.rrule, found.due) if found else (rule, None)
    assert seen == [("FREQ=DAILY;COUNT=3", 2), ("FREQ=DAILY;COUNT=2", 3), ("FREQ=DAILY;COUNT=1", 4)]


def test_missed_occurrences_count_too() -> None:
    found = next_after_due("COUNT=9;FREQ=DAILY", due=all_day("2026-02-27"), now=NOW, zone=BERLIN)
    assert found == Occurrence(all_day("2026-03-02"), "COUNT=6;FREQ=DAILY")
    assert next_after_due("FREQ=DAILY;COUNT=3", due=all_day("2026-02-20"), now=NOW, zone=BERLIN) is None


@pytest.mark.parametrize(
    ("rrule", "due", "expected", "left"),
    [
        ("FREQ=DAILY;INTERVAL=3", all_day("2026-02-01"), all_day("2026-03-05"), "FREQ=DAILY;INTERVAL=3"),
        ("FREQ=DAILY;INTERVAL=3", all_day("2026-03-09"), all_day("2026-03-05"), "FREQ=DAILY;INTERVAL=3"),
        ("FREQ=DAILY", timed("2026-02-01T18:00"), timed("2026-03-03T18:00"), "FREQ=DAILY"),
        ("FREQ=HOURLY;INTERVAL=4", timed("2026-02-01T18:00"), timed("2026-03-02T14:00"), None),
        ("FREQ=WEEKLY;COUNT=5", all_day("2026-02-01"), all_day("2026-03-09"), "FREQ=WEEKLY;COUNT=4"),
        ("FREQ=WEEKLY;COUNT=1", all_day("2026-02-01"), None, None),
        ("FREQ=WEEKLY;UNTIL=20260308", all_day("2026-02-01"), None, None),
    ],
)
def test_what_follows_a_completion(rrule: str, due: Due, expected: Due | None, left: str | None) -> None:
    found = next_after_completion(rrule, due=due, now=NOW, zone=BERLIN)
    assert found == (expected and Occurrence(expected, left or rrule))


def test_days_left_out_are_passed_over_and_counted() -> None:
    out = {date(2026, 3, 3), date(2026, 3, 5)}
    found = next_after_due("FREQ=DAILY;COUNT=4", due=all_day("2026-03-02"), now=NOW, zone=BERLIN, exdates=out)
    assert found == Occurrence(all_day("2026-03-04"), "FREQ=DAILY;COUNT=2")
    assert next_after_due(found.rrule, due=found.due, now=NOW, zone=BERLIN, exdates=out) is None
    later = next_after_completion("FREQ=DAILY", due=all_day("2026-03-01"), now=NOW, zone=BERLIN, exdates=out)
    assert later == Occurrence(all_day("2026-03-04"), "FREQ=DAILY")


def test_the_day_left_out_is_the_users_own() -> None:
    """Half past midnight in Berlin is still the day before in UTC."""
    due = timed("2026-03-02T00:30")
    out = {date(2026, 3, 3)}
    found = next_after_due("FREQ=DAILY", due=due, now=NOW, zone=BERLIN, exdates=out)
    assert found == Occurrence(timed("2026-03-04T00:30"), "FREQ=DAILY")


def test_what_was_completed_early_is_not_due_again() -> None:
    found = next_after_completion("FREQ=DAILY;INTERVAL=3", due=all_day("2026-03-05"), now=NOW, zone=BERLIN)
    assert found == Occurrence(all_day("2026-03-08"), "FREQ=DAILY;INTERVAL=3")
