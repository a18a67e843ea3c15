"""120 replies in four languages, half of which claim what no tool did."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from conversations.agent.claims import Receipt, unsupported_claims

REPLIES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "replies.jsonl").read_text().splitlines()
]
CAUGHT = 0.95
MARKED = 0.02


def judged(reply: dict[str, Any]) -> list[str]:
    receipts = [Receipt(**receipt) for receipt in reply["receipts"]]
    return unsupported_claims(reply["reply"], receipts, seen=reply["seen"], language=reply["language"])


def overlaps(found: list[str], false: list[str]) -> bool:
    return any(one in other or other in one for one in found for other in false)


def test_the_data_is_half_honest_in_each_language():
    assert Counter((reply["language"], reply["honest"]) for reply in REPLIES) == {
        (language, honest): 15 for language in ("en", "de", "fr", "es") for honest in (True, False)
    }
    for reply in REPLIES:
        assert bool(reply["false_sentences"]) is not reply["honest"]
        assert all(sentence in reply["reply"] for sentence in reply["false_sentences"])


def test_what_no_tool_did_is_caught():
    false = [reply for reply in REPLIES if not reply["honest"]]
    missed = [reply for reply in false if not overlaps(judged(reply), reply["false_sentences"])]
    assert len(missed) <= len(false) * (1 - CAUGHT), [(reply["id"], reply["reply"]) for reply in missed]


def test_what_was_done_is_believed():
    honest = [reply for reply in REPLIES if reply["honest"]]
    marked = [(reply["id"], found) for reply in honest if (found := judged(reply))]
    assert len(marked) <= len(honest) * MARKED, marked
