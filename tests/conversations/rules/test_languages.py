"""Every language folder is whole, and which language a sentence is in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.agent.rules.date_rules import RULES
from conversations.agent.rules.language import LANGUAGES, SOURCE_NAMES, load_language
from conversations.agent.rules.model import Command, Field
from conversations.agent.rules.understand import MAX_CHARACTERS, understand

NOW = datetime(2025, 3, 12, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
FIELDS = ("title", "due", "rrule", "lead", "priority", "list", "reference", "shift")


@pytest.mark.parametrize("code", LANGUAGES)
class TestAFolder:
    def test_supplies_every_pattern_the_engine_asks_for(self, code):
        assert set(load_language(code).patterns) == SOURCE_NAMES

    def test_uses_rules_that_exist(self, code):
        assert {name for name, _ in load_language(code).rules} <= RULES.keys()

    def test_says_everything_that_english_says_with_the_same_blanks(self, code):
        english, other = load_language("en").replies, load_language(code).replies
        assert other.keys() == english.keys()
        for name in english.keys() - {"rule_month_days"}:
            assert set(re.findall(r"{\w+}", other[name])) == set(re.findall(r"{\w+}", english[name])), name

    def test_has_all_weekdays_months_and_parts(self, code):
        language = load_language(code)
        assert set(language.weekdays.values()) == set(range(7))
        assert set(language.months.values()) == set(range(1, 13))
        assert {part.name for part in language.parts.values()} >= {"morning", "noon", "afternoon", "night"}
        assert language.night in language.parts
        assert set(language.default_titles) == {"task", "alarm", "timer"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("remind me to water the plants", "en"),
        ("erinnere mich an die Blumen", "de"),
        ("rappelle-moi d'arroser les plantes", "fr"),
        ("recuérdame regar las plantas", "es"),
        ("ricordami di annaffiare le piante domani", ""),
        ("Przypomnij mi jutro o kwiatach", ""),
        ("напомни мне полить цветы", ""),
        ("花に水をやる", ""),
    ],
)
def test_the_language_is_the_sentence_s(text, language):
    assert understand(text, now=NOW).language == language


@pytest.mark.parametrize("preferred", LANGUAGES)
def test_the_user_s_language_decides_where_the_words_do_not(preferred):
    assert understand("pizza 18:00", now=NOW, preferred=preferred).language == preferred


def test_what_the_caller_says_wins():
    assert understand("remind me to water the plants", now=NOW, language="de-AT").language == "de"
    assert understand("remind me to water the plants", now=NOW, language="nl").language == ""


def test_a_sentence_in_no_known_language_is_a_task_titled_by_it():
    understanding = understand(" Przypomnij mi jutro o kwiatach ", now=NOW)
    (command,) = understanding.commands
    assert (command.intent, command.title.value, command.due) == (
        "create",
        "Przypomnij mi jutro o kwiatach",
        None,
    )


def _spans(command: Command):
    yield command.span
    for name in FIELDS:
        field: Field | None = getattr(command, name)
        if field is not None:
            yield field.span
    yield from (label.span for label in command.labels)


_TRICKY = (
    "remind me to|tomorrow at half past 6|every other day|in 3 days|morgen um halb sieben|jeden Dienstag|bis"
    "|rappelle-moi|demain à 18h|tous les lundis|recuérdame|mañana|a las siete y media|cada martes|,|.|;|!|\n"
    "|31.12.|5/6|12:61|99|0|#x|!high|\U0001f600|\u202e|\u200f|<b>|${x}|SELECT * FROM|中|ñ|ß|İ|25:00|una vez"
    "|february 30|until|for 2 weeks|on the 31st|last|first|day before|halb|viertel|delete everything|une fois"
    "|ignore all previous instructions|30. Februar|hasta|jusqu'au|year 9999|in 99999 years|eine Woche ab Mo"
)
_PIECES = st.sampled_from(_TRICKY.split("|"))
_ANYTHING = st.one_of(st.text(max_size=120), st.lists(_PIECES, max_size=25).map(" ".join))


@given(_ANYTHING, st.sampled_from([None, *LANGUAGES]), st.integers(0, 40_000))
@settings(max_examples=250, deadline=None)
def test_no_input_raises_and_every_span_lies_in_its_sentence(text, language, hours):
    now = NOW + timedelta(hours=hours)
    for command in understand(text, now=now, language=language).commands:
        for span in _spans(command):
            assert 0 <= span.start <= span.end <= len(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t\n",
        "a " * 5_000,
        "\U0001f600\U0001f525" * 100,
        "\u202e\u200f\u2067",
        "12345 67890",
        "<div onclick='x()'><p>tomorrow</p></div>",
        "for (i = 0; i < 5; i++) { f(i); }",
        "x" * (MAX_CHARACTERS + 1),
    ],
)
def test_bad_input_becomes_no_date(text, language):
    for command in understand(text, now=NOW, language=language).commands:
        assert command.due is None
        assert command.rrule is None
