"""`docs/asyncapi.yaml` describes every frame there is, and only those. The sockets of all tests use it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator

from conversations.client_frames import FRAMES
from tests.conversations.frame_schemas import document, fault_of, types, validator

ROOT = Path(__file__).resolve().parents[2]
# How the sources name the type of a frame that they make.
MADE = re.compile(
    r"""(?:send_json\(\s*type=|["{]type": |\.send\(\s*|\(\(?)"(?P<type>[a-z]+(?:\.[a-z]+)?)\""""
)
ID = "01a20499-0f4a-75c9-9ef7-46f338c2c786"
MOMENT = "2026-11-22T19:50:00+01:00"


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for member in node.values():
            yield from references(member)
    elif isinstance(node, list):
        for member in node:
            yield from references(member)


def test_it_is_whole() -> None:
    whole = document()
    assert whole["asyncapi"] == "3.0.0"
    for reference in references(whole):
        node: Any = whole
        for name in reference.removeprefix("#/").split("/"):
            node = node[name]
    messages = whole["components"]["messages"]
    assert set(messages) == set(whole["channels"]["socket"]["messages"])
    assert set(messages) == types("receive") | types("send")
    assert not types("receive") & types("send")
    for kind in messages:
        Draft202012Validator.check_schema(validator(kind).schema)


def test_it_has_every_frame_that_the_consumer_takes() -> None:
    assert types("receive") == FRAMES.keys() | {"audio.chunk"}


@pytest.mark.parametrize("kind", FRAMES)
def test_it_asks_for_what_the_consumer_asks_for(kind: str) -> None:
    model = FRAMES[kind].model_json_schema()
    payload = document()["components"]["messages"][kind]["payload"]
    assert set(payload["properties"]) == set(model["properties"])
    assert set(payload["required"]) == set(model["required"])
    assert payload["additionalProperties"] is model["additionalProperties"] is False


def test_it_has_every_frame_that_the_server_makes() -> None:
    sources = [*(ROOT / "conversations").rglob("*.py"), *(ROOT / "activities").rglob("*.py")]
    text = "\n".join(path.read_text() for path in sources if "migrations" not in path.parts)
    known = types("send")
    made = {found["type"] for found in MADE.finditer(text)}
    assert known <= made
    turn = {kind for kind in made if kind.startswith("turn.")} - settings.EVENT_KINDS
    assert turn <= known


def test_the_guide_names_every_frame_and_every_kind_of_event() -> None:
    guide = (ROOT / "docs" / "websocket.md").read_text()
    for kind in (types("receive") | types("send")) - {"audio.chunk"}:
        assert f"`{kind}`" in guide or f'"{kind}"' in guide, kind
    (listed,) = re.findall(r"^Kinds: (.*?)\n\n", guide, flags=re.DOTALL | re.MULTILINE)
    kinds, subject = set(), ""
    for name in re.findall(r"`([a-z_.]+)`", listed):
        subject = name.partition(".")[0] or subject
        kinds.add(name if not name.startswith(".") else f"{subject}{name}")
    assert kinds == settings.EVENT_KINDS


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "ping", "extra": 1},
        {"type": "message.send", "id": "1", "text": "x"},
        {"type": "message.send", "id": ID},
        {"type": "audio.start", "id": ID, "mime": "audio/wav", "recorded_at": "2026-11-22T19:50:00"},
        {"type": "approval.answer", "approval_id": ID, "decision": "perhaps"},
        {"type": "resume", "after": -1},
        {"type": "resume", "after": 0, "turns": {"x": "1-1"}},
        {"type": "ready"},
        ["ping"],
    ],
)
def test_what_is_no_frame_of_a_client(frame: Any) -> None:
    assert fault_of(frame, "receive")


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "pong", "extra": 1},
        {"type": "turn.delta", "turn_id": ID, "position": "1-1"},
        {"type": "turn.delta", "turn_id": ID, "position": "1", "text": "x"},
        {"type": "turn.tool", "turn_id": ID, "position": "1-1", "id": "1", "name": "x", "arguments": {},
         "status": "finished"},
        {"type": "error", "code": "Not A Code", "message": "x"},
        {"type": "ping"},
    ],
)  # fmt: skip
def test_what_is_no_frame_of_the_server(frame: Any) -> None:
    assert fault_of(frame, "send")


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "ping"},
        {"type": "message.send", "id": ID, "text": "x", "conversation_id": None, "recorded_at": MOMENT},
        {"type": "resume", "after": 0, "turns": {ID: "1-1"}},
        {"type": "approval.answer", "approval_id": ID, "decision": "always", "arguments": {"a": 1}},
    ],
)
def test_what_is_a_frame_of_a_client(frame: Any) -> None:
    assert fault_of(frame, "receive") is None
