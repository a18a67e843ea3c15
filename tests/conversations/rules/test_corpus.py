"""The project's own sentences, a file a language: each says what it is understood to mean.

A row has a `text` and an `action`, and `title`, `due`, `rrule`, `priority`, `list` or `reminder` where they
are looked at. All are said on Wednesday, 12 March 2025 at 10:00 in Berlin, by a user of that language.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from conversations.agent.rules.language import LANGUAGES
from conversations.agent.rules.rows import describe
from conversations.agent.rules.understand import understand

CORPUS = Path(__file__).with_name("corpus")
NOW = datetime(2025, 3, 12, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def rows(language: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / f"{language}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentences_are_understood(language: str):
    wrong = []
    for row in rows(language):
        answer = describe(understand(row["text"], now=NOW, preferred=language))
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
