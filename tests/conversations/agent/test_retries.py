"""A turn that failed is let try again, by whose it is, through REST."""

from __future__ import annotations

import pytest

from conversations.models import Turn
from tasks.models import Task
from tests.conftest import client_of, register
from tests.conversations.agent.conftest import Person, receipts, run
from tests.conversations.conftest import Models
from tests.fakes.script import Answer, Call, by_step, in_order

pytestmark = pytest.mark.django_db(transaction=True)

MILK = Call("create_tasks", {"tasks": [{"title": "Buy milk"}]})
BREAD = Call("create_tasks", {"tasks": [{"title": "Buy bread"}]})


def code_of(answer) -> str:
    return answer.json()["errors"][0]["code"]


def failed(carol: Person, models: Models) -> Turn:
    models(rules=False, openai=Answer(status=500))
    turn = carol.say("tell me something")
    assert turn.status == "failed"
    return turn


def test_it_goes_on_behind_what_it_had_done(carol: Person, models: Models):
    (fake,) = models(rules=False, openai=in_order(Answer(calls=(MILK,)), Answer(status=500)))
    turn = carol.say("buy milk and bread")
    assert (turn.status, turn.error_code) == ("failed", "provider_failed")
    answer = client_of(carol.user).post(f"/api/v1/turns/{turn.id}/retry/")
    assert answer.status_code == 202
    assert (answer.json()["status"], answer.json()["error"]) == ("queued", None)
    assert carol.kinds()[-2:] == ["turn.failed", "turn.retried"]
    fake.script = by_step(Answer(calls=(MILK,)), Answer(calls=(BREAD,)), Answer("Done."))
    again = run(turn.id)
    assert again.status == "completed"
    assert receipts(again) == [("task.created", "Buy milk"), ("task.created", "Buy bread")]
    assert Task.objects.count() == 2


def test_only_what_failed_is_tried_again_and_only_by_whose_it_is(carol: Person, models: Models):
    turn = failed(carol, models)
    stranger = client_of(register("dave@example.com"))
    assert code_of(stranger.post(f"/api/v1/turns/{turn.id}/retry/")) == "turn_not_found"
    client = client_of(carol.user)
    assert client.post(f"/api/v1/turns/{turn.id}/retry/").status_code == 202
    assert code_of(client.post(f"/api/v1/turns/{turn.id}/retry/")) == "turn_not_failed"
    assert carol.kinds().count("turn.retried") == 1


def test_it_counts_among_the_turns_that_one_may_have_at_once(carol: Person, models: Models, settings):
    turn = failed(carol, models)
    carol.post("something else")
    settings.TURNS_PER_USER = 1
    answer = client_of(carol.user).post(f"/api/v1/turns/{turn.id}/retry/")
    assert (answer.status_code, code_of(answer)) == (429, "too_many_turns")
    assert Turn.objects.get(id=turn.id).status == "failed"
    assert "turn.retried" not in carol.kinds()
