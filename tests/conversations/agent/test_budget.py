"""What models may cost: set aside before, booked after, and never more than allowed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Spending
from accounts.services import begin_month, budget_of, set_budget
from conversations import services
from conversations.models import Turn
from conversations.request_models import LLMRequest
from conversations.runner import runner
from conversations.services import requests
from integrations.llm.base import Usage
from tests.conftest import client_of, register
from tests.conversations.agent.conftest import Person, reply
from tests.conversations.conftest import Models
from tests.fakes.script import Answer

pytestmark = pytest.mark.django_db(transaction=True)

BUDGET = "/api/v1/auth/me/budget/"
TURNS = 20
# Tokens of input and output of one answer, and what they cost at a quarter and at two dollars a million.
USAGE = (4_000, 0, 3_500)
COST = 8_000


def limit(person: Person, micros: int | None) -> None:
    set_budget(actor=Actor(person.user.id, "system"), limit_micros=micros, now=timezone.now())


def bound_of(person: Person, models: Models) -> int:
    """What is set aside for the first call of a conversation."""
    models(openai=Answer("Hello.", usage=USAGE))
    person.say("hello")
    return int(LLMRequest.objects.get().reserved_micros)


def test_several_first_requests_of_a_month_at_once_are_all_paid_for(
    carol: Person, models: Models, monkeypatch: pytest.MonkeyPatch
):
    """Another turn makes the month's row after this one has missed it and before it makes one itself."""
    models(openai=Answer("Hello.", usage=USAGE))

    def overtaken(**arguments: Any) -> None:
        begin_month(**arguments)
        begin_month(**arguments)

    monkeypatch.setattr(requests.accounts, "begin_month", overtaken)
    assert not Spending.objects.exists()
    carol.say("hello")
    assert LLMRequest.objects.get().status == "answered"


def test_twenty_turns_at_once_never_pass_what_is_left_for_three(carol: Person, models: Models):
    bound = bound_of(carol, models)
    assert bound >= COST
    # Enough for three answers, the last of which must fit in with the most that it could cost.
    left = 2 * COST + bound
    limit(carol, COST + left)
    (fake,) = models(openai=Answer("Hello.", usage=USAGE, pause=0.02))
    turns = [carol.post("hello").turn_id for _ in range(TURNS)]
    with ThreadPoolExecutor(TURNS) as workers:
        working = [workers.submit(runner().run, turn_id) for turn_id in turns]
        while not all(work.done() for work in working):
            now = budget_of(carol.user.id, now=timezone.now())
            assert now.spent + now.reserved <= COST + left
        for work in working:
            work.result()
    budget = budget_of(carol.user.id, now=timezone.now())
    assert (budget.reserved, budget.spent) == (0, COST + len(fake.requests) * COST)
    assert budget.spent <= COST + left
    assert 1 <= len(fake.requests) <= 3
    engines = list(Turn.objects.filter(id__in=turns, status="completed").values_list("engine", "fallbacks"))
    assert len(engines) == TURNS
    assert engines.count(("openai", [])) == len(fake.requests)
    spent = [{"engine": "openai", "code": "budget_spent"}]
    assert engines.count(("rules", spent)) == TURNS - len(fake.requests)


def test_without_money_the_rules_answer_and_it_is_said(carol: Person, models: Models):
    limit(carol, 0)
    (fake,) = models(openai=Answer("Hello."), anthropic=Answer("Hello."))[:1]
    turn = carol.say("buy milk")
    assert (turn.engine, [row["code"] for row in turn.fallbacks]) == ("rules", ["budget_spent"] * 2)
    assert "Buy milk" in reply(turn)
    assert fake.requests == []
    shown = client_of(carol.user).get(f"/api/v1/turns/{turn.id}/").json()
    assert (shown["engine"], shown["fallbacks"]) == ("rules", turn.fallbacks)


def test_without_money_or_rules_the_turn_fails_and_says_so(carol: Person, models: Models):
    limit(carol, 0)
    models(openai=Answer("Hello."), rules=False)
    turn = carol.say("buy milk")
    assert (turn.status, turn.error_code) == ("failed", "provider_failed")


def test_what_a_dead_worker_set_aside_is_released(carol: Person, models: Models):
    posted = carol.post("hello")
    now = timezone.now()
    claim = services.claim_turn(turn_id=posted.turn_id, now=now)
    assert claim is not None
    fields: dict[str, Any] = {"index": 0, "provider": "openai", "model": "m", "body": b"{}"}
    request_id = services.open_request(claim=claim, bound_micros=500, now=now, **fields)
    assert budget_of(carol.user.id, now=now).reserved == 500
    assert services.sweep_requests(now=now) == 0
    # Somebody else has the turn: the request is nobody's.
    Turn.objects.filter(id=posted.turn_id).update(lease_expires_at=now - timedelta(seconds=1))
    assert services.claim_turn(turn_id=posted.turn_id, now=now) is not None
    taken = services.Taken("answered", Usage(10, 0, 10), cost_micros=300, latency_ms=1)
    assert not services.close_request(request_id=request_id, taken=taken, now=now)
    assert services.sweep_requests(now=now) == 1
    assert services.sweep_requests(now=now) == 0
    assert (Spending.objects.get().reserved_micros, LLMRequest.objects.get().status) == (0, "abandoned")


def test_what_it_costs_to_stop_is_estimated(carol: Person, models: Models):
    models(openai=Answer("one two three four", usage=None))
    carol.say("hello")
    request = LLMRequest.objects.get()
    assert request.cost_micros > 0
    assert request.cost_micros <= request.reserved_micros
    assert budget_of(carol.user.id, now=timezone.now()).spent == request.cost_micros


def test_users_see_their_own_budget_and_cannot_set_it(carol: Person, models: Models, settings: Any):
    settings.LLM_MONTHLY_BUDGET_MICROS = 5_000_000
    models(openai=Answer("Hello.", usage=USAGE))
    carol.say("hello")
    client = client_of(carol.user)
    month = timezone.now().date().replace(day=1).isoformat()
    assert client.get(BUDGET).json() == {
        "month": month,
        "limit_micros": 5_000_000,
        "spent_micros": COST,
        "reserved_micros": 0,
    }
    assert client.patch(BUDGET, {"limit_micros": 1}).status_code == 405
    assert client_of(register("bob@example.com")).get(BUDGET).json()["spent_micros"] == 0


def test_staff_set_it_and_it_is_recorded(carol: Person):
    operator = register("operator@example.com")
    operator.is_staff = operator.is_superuser = True
    operator.save()
    client = Client()
    client.force_login(operator)
    page = "/admin/accounts/budget/add/"
    assert client.get(page).status_code == 200
    client.post(page, {"user": str(carol.user.id), "limit_micros": "2000000"})
    assert budget_of(carol.user.id, now=timezone.now()).limit == 2_000_000
    assert carol.kinds()[-1] == "budget.updated"
    client.post(page, {"user": str(carol.user.id), "limit_micros": "-1"})
    assert budget_of(carol.user.id, now=timezone.now()).limit == 2_000_000
