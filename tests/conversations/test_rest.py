"""The same by REST: say something, follow the turn, look after conversations."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from activities.models import Activity
from conversations.models import Conversation, Message, Turn
from conversations.runner import runner
from tasks.models import Task
from tests.conftest import client_of, register

MESSAGES = "/api/v1/messages/"


def code(answer) -> str:
    return answer.json()["errors"][0]["code"]


def say(client: APIClient, text: str, **fields) -> dict:
    answer = client.post(MESSAGES, {"text": text, **fields})
    assert answer.status_code == 202, answer.content
    return answer.json()


@pytest.mark.django_db(transaction=True)
def test_a_message_becomes_a_turn_with_receipts(transactional_db: None, empty_redis: None):
    carol = register("carol@example.com")
    client = client_of(carol)
    posted = say(client, "buy milk every Friday")
    turn = client.get(f"/api/v1/turns/{posted['turn_id']}/").json()
    assert (turn["status"], turn["message"], turn["receipts"]) == ("queued", None, [])
    runner().run(UUID(posted["turn_id"]))
    turn = client.get(f"/api/v1/turns/{posted['turn_id']}/").json()
    assert (turn["status"], turn["engine"], turn["error"]) == ("completed", "rules", None)
    assert [receipt["kind"] for receipt in turn["receipts"]] == ["task.created"]
    task = turn["receipts"][0]["task"]
    assert (task["title"], task["rrule"]) == ("Buy milk", "FREQ=WEEKLY;BYDAY=FR")
    assert client.get(f"/api/v1/tasks/{task['id']}/").json() == task
    page = client.get(f"/api/v1/conversations/{posted['conversation_id']}/messages/").json()
    assert [row["role"] for row in page["results"]] == ["assistant", "user"]
    assert page["results"][0]["text"] == turn["message"]["text"]
    assert page["results"][1]["id"] == posted["message_id"]


@pytest.mark.django_db(transaction=True)
def test_a_failed_turn_says_why(transactional_db: None, monkeypatch: pytest.MonkeyPatch):
    from integrations.llm.base import ProviderError

    class Away:
        name = "away"
        model = ""

        async def stream(self, request):
            raise ProviderError("away")
            yield

    monkeypatch.setattr("conversations.turn_work.providers", lambda: (Away(),))
    client = client_of(register("carol@example.com"))
    posted = say(client, "buy milk")
    runner().run(UUID(posted["turn_id"]))
    turn = client.get(f"/api/v1/turns/{posted['turn_id']}/").json()
    assert turn["status"] == "failed"
    assert turn["error"]["code"] == "provider_failed"


def test_the_same_client_id_is_the_same_message(as_alice: APIClient):
    client_id = str(uuid4())
    first = say(as_alice, "buy milk", client_id=client_id)
    assert say(as_alice, "buy milk", client_id=client_id) == first
    assert Turn.objects.count() == 1


def test_the_same_idempotency_key_gets_the_same_answer(as_alice: APIClient, as_bob: APIClient):
    key = {"HTTP_IDEMPOTENCY_KEY": "k1"}
    first = as_alice.post(MESSAGES, {"text": "buy milk"}, **key)
    again = as_alice.post(MESSAGES, {"text": "buy milk"}, **key)
    assert again.json() == first.json()
    assert (again.status_code, again["Idempotency-Replayed"]) == (202, "true")
    other = as_alice.post(MESSAGES, {"text": "buy bread"}, **key)
    assert (other.status_code, code(other)) == (422, "idempotency_key_reused")
    assert as_bob.post(MESSAGES, {"text": "buy bread"}, **key).status_code == 202
    assert Turn.objects.count() == 2


def test_a_refused_request_does_not_use_its_key_up(as_alice: APIClient):
    key = {"HTTP_IDEMPOTENCY_KEY": "k1"}
    assert as_alice.post(MESSAGES, {"text": ""}, **key).status_code == 400
    assert as_alice.post(MESSAGES, {"text": "buy milk"}, **key).status_code == 202


@pytest.mark.parametrize("key", ["", "x" * 256, "a\x7f"])
def test_a_bad_idempotency_key_is_refused(as_alice: APIClient, key: str):
    answer = as_alice.post(MESSAGES, {"text": "buy milk"}, HTTP_IDEMPOTENCY_KEY=key)
    assert (answer.status_code, code(answer)) == (400, "idempotency_key_invalid")


@pytest.mark.parametrize(
    ("body", "field", "expected"),
    [
        ({}, "text", "required"),
        ({"text": ""}, "text", "blank"),
        ({"text": "  "}, "text", "text_invalid"),
        ({"text": "x" * 20_001}, "text", "max_length"),
        ({"text": "a\0b"}, "text", "null_characters_not_allowed"),
        ({"text": "x", "client_id": "y"}, "client_id", "invalid"),
        ({"text": "x", "recorded_at": "yesterday"}, "recorded_at", "invalid"),
        ({"text": "x", "convers": "y"}, "convers", "unknown_field"),
    ],
)
def test_bad_input_names_its_field_and_stores_nothing(
    as_alice: APIClient, body: dict, field: str, expected: str
):
    answer = as_alice.post(MESSAGES, body)
    assert answer.status_code == 400
    error = answer.json()["errors"][0]
    assert (error["attr"], error["code"]) == (field, expected)
    assert not Message.objects.exists()


def test_a_moment_in_the_future_is_refused(as_alice: APIClient):
    late = (timezone.now() + timedelta(days=2)).isoformat()
    answer = as_alice.post(MESSAGES, {"text": "x", "recorded_at": late})
    assert (answer.status_code, code(answer)) == (400, "recorded_at_invalid")


@pytest.mark.parametrize("body", ["{", "[]", '"x"', "null"])
def test_what_is_not_an_object_is_refused(as_alice: APIClient, body: str):
    answer = as_alice.generic("POST", MESSAGES, body, content_type="application/json")
    assert answer.status_code == 400
    assert set(answer.json()) == {"type", "errors"}


def test_conversations_can_be_found_renamed_and_deleted(as_alice: APIClient, alice: User):
    posted = say(as_alice, "buy milk for the " + "very " * 60 + "long cake")
    say(as_alice, "call Bob")
    Turn.objects.update(status=Turn.Status.COMPLETED)
    url = f"/api/v1/conversations/{posted['conversation_id']}/"
    assert len(as_alice.get("/api/v1/conversations/").json()["results"]) == 2
    found = as_alice.get("/api/v1/conversations/", {"text": "LONG CAKE"}).json()["results"]
    assert [row["id"] for row in found] == [posted["conversation_id"]]
    assert found[0]["title"].endswith("…")
    renamed = as_alice.patch(url, {"title": " Cakes "})
    assert renamed.json()["title"] == "Cakes"
    assert as_alice.get(url).json() == renamed.json()
    assert as_alice.delete(url).status_code == 204
    assert as_alice.get(url).status_code == 404
    assert not Message.objects.filter(conversation_id=posted["conversation_id"]).exists()
    kinds = Activity.objects.of(alice.id).filter(subject_type="conversation").values_list("kind", flat=True)
    assert list(kinds) == [
        "conversation.created",
        "conversation.created",
        "conversation.renamed",
        "conversation.deleted",
    ]


@pytest.mark.parametrize("title", ["", " ", "x" * 201, "a\0b"])
def test_a_bad_title_is_refused(as_alice: APIClient, title: str):
    posted = say(as_alice, "buy milk")
    answer = as_alice.patch(f"/api/v1/conversations/{posted['conversation_id']}/", {"title": title})
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "title")


def test_a_conversation_whose_turn_runs_is_not_deleted(as_alice: APIClient):
    posted = say(as_alice, "buy milk")
    answer = as_alice.delete(f"/api/v1/conversations/{posted['conversation_id']}/")
    assert (answer.status_code, code(answer)) == (409, "conversation_busy")
    assert Conversation.objects.exists()


def test_a_stranger_is_refused_at_every_door(as_alice: APIClient, as_bob: APIClient, as_nobody: APIClient):
    posted = say(as_alice, "buy milk")
    conversation = f"/api/v1/conversations/{posted['conversation_id']}/"
    doors = [
        ("get", conversation, None),
        ("patch", conversation, {"title": "x"}),
        ("delete", conversation, None),
        ("get", f"{conversation}messages/", None),
        ("get", f"/api/v1/turns/{posted['turn_id']}/", None),
        ("post", MESSAGES, {"text": "x", "conversation_id": posted["conversation_id"]}),
    ]
    for method, url, body in doors:
        assert getattr(as_bob, method)(url, body).status_code == 404, url
        assert getattr(as_nobody, method)(url, body).status_code == 401, url
    assert as_bob.get("/api/v1/conversations/").json()["results"] == []
    assert as_nobody.get("/api/v1/conversations/").status_code == 401
    assert Task.objects.count() == 0


def test_messages_are_paged_newest_first(as_alice: APIClient):
    posted = say(as_alice, "one")
    for text in ("two", "three"):
        say(as_alice, text, conversation_id=posted["conversation_id"])
    url: str | None = f"/api/v1/conversations/{posted['conversation_id']}/messages/?page_size=2"
    texts = []
    while url:
        page = as_alice.get(url).json()
        texts += [row["text"] for row in page["results"]]
        url = page["next"]
    assert texts == ["three", "two", "one"]
    assert datetime.fromisoformat(page["results"][0]["created_at"])
