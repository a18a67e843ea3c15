"""What must hold after every fault, whatever it was and whenever it came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tests.journeys.listener import Listener, ShownTurn
from tests.journeys.people import Sentence, everything
from tests.waiting import wait_for
from voice2task.client import Client

# A turn ends this soon after everything is back ...
PROMISED_SECONDS = 15.0
# ... and a test machine that is busy with other things is granted as much again.
GRACE_SECONDS = 15.0

Said = Mapping[str, Sentence]


def assert_nothing_lost_or_doubled(listener: Listener, said: Said) -> None:
    """`said`: the sentence of each turn of this user, by the turn's id. All of them must complete."""
    client = listener.client
    for turn_id in said:
        _assert_reply_is_the_stored_one(client, turn_id, wait_for_end(listener, turn_id))
    _assert_tasks(client, list(said.values()))
    activities = _assert_gapless(listener)
    for turn_id, sentence in said.items():
        kinds = Counter(row["kind"] for row in activities if row["turn_id"] == turn_id)
        assert kinds == Counter([*sentence.kinds, "conversation.created", "message.posted", "turn.completed"])
    assert listener.wrong == []
    wait_for(lambda: not client.get("/auth/me/budget/")["reserved_micros"], what="the books to be closed")


def wait_for_end(listener: Listener, turn_id: str) -> ShownTurn:
    turn = listener.turn(turn_id)
    wait_for(lambda: turn.end, seconds=PROMISED_SECONDS + GRACE_SECONDS, what=f"the end of turn {turn_id}")
    return turn


def _assert_reply_is_the_stored_one(client: Client, turn_id: str, shown: ShownTurn) -> None:
    stored = client.get(f"/turns/{turn_id}/")
    assert stored["status"] == "completed", stored
    assert shown.end is not None
    assert shown.end["type"] == "turn.completed"
    assert shown.text == stored["message"]["text"] == shown.end["message"]["text"]
    assert [receipt["seq"] for receipt in shown.end["receipts"]] == [
        receipt["seq"] for receipt in stored["receipts"]
    ]
    messages = everything(client, f"/conversations/{stored['conversation_id']}/messages/")
    assert Counter(row["role"] for row in messages if row["turn_id"] == turn_id) == {
        "user": 1,
        "assistant": 1,
    }
    assert stored["message"] in messages


def _assert_tasks(client: Client, said: Sequence[Sentence]) -> None:
    expected = sorted(item for sentence in said for item in sentence.tasks.items())
    assert sorted((task["title"], task["status"]) for task in everything(client, "/tasks/")) == expected


def _assert_gapless(listener: Listener) -> list[dict[str, Any]]:
    """The user's activities: numbered from 1 without a gap, and the same that the listener was sent."""
    rows = everything(listener.client, "/activities/")
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    wait_for(lambda: listener.seq >= len(rows), what=f"event {len(rows)}")
    told = [{name: value for name, value in event.items() if name != "type"} for event in listener.events]
    shown = [{name: row[name] for name in told[0]} for row in rows]
    assert told[: len(rows)] == shown
    return rows
