"""The project's own sentences, a file a language: each says what it is understood to mean.

A row has a `text` and an `action`, and `title`, `due`, `rrule`, `priority`, `list` or `reminder` where they
are looked at. All are said on Wednesday, 12 March 2025 at 10:00 in Berlin, by a user of that language.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from conversations.agent.rules.groups import alternatives
from conversations.agent.rules.language import LANGUAGES, load_language
from conversations.agent.rules.model import Understanding
from conversations.agent.rules.rows import describe
from conversations.agent.rules.understand import understand

CORPUS = Path(__file__).with_name("corpus")
ENOUGH = 400
NOW = datetime(2025, 3, 12, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def rows(language: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / f"{language}.jsonl").read_text("utf-8").splitlines()]


@cache
def read(text: str, language: str) -> Understanding:
    """What a sentence is understood to say; read once for all tests."""
    return understand(text, now=NOW, preferred=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentences_are_understood(language: str):
    wrong = []
    for row in rows(language):
        answer = describe(read(row["text"], language))
        differing = {
            key: (answer.get(key), value)
            for key, value in row.items()
            if key != "text" and answer.get(key) != value
        }
        if differing or answer["language"] != language:
            wrong.append((row["text"], answer["language"], differing))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_stands_twice(language: str):
    texts = [row["text"] for row in rows(language)]
    assert len(texts) == len(set(texts))


def pattern(text: str, language: str) -> str:
    """The sentence with its titles, references and list names, its numbers, weekdays and months alike."""
    folder = load_language(language)
    letters = list(text.lower())
    for command in read(text, language).commands:
        for field in (command.title, command.reference, command.list):
            if field is not None and command.intent in ("create", "update", "complete", "delete", "reopen"):
                letters[field.span.start : field.span.end] = "\0" * (field.span.end - field.span.start)
    shape = re.sub("\0+", "…", re.sub(r"[0-9]+", "0", "".join(letters)))
    for mark, table in (("weekday", folder.weekdays), ("month", folder.months)):
        names = alternatives(name for name in table if len(name) > len("mar."))
        shape = re.sub(rf"\b(?:{names})\b", mark, shape)
    return shape


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_that_differ_in_more_than_their_words(language: str):
    patterns = {pattern(row["text"], language) for row in rows(language)}
    assert len(patterns) >= ENOUGH
