"""Workflows as tools: they ask, run once, and what they bring is not believed."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from activities.models import Activity, Outbox
from conversations.models import AllowedTool, Approval, Turn
from conversations.runner import runner
from integrations import jobs, services
from integrations.deliveries.sending import Attempt, send
from integrations.models import Workflow, WorkflowRun
from integrations.services.workflows import check_address
from tests.conftest import client_of, register
from tests.conversations.agent.conftest import Person, reply
from tests.conversations.conftest import Models
from tests.fakes.script import Answer, Call, Script, by_step, results
from tests.integrations.receiver import Receiver, Reply, receiving
from tests.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = "a secret that nobody sees"
SCHEMA = {
    "type": "object",
    "properties": {"to": {"type": "string"}, "text": {"type": "string"}},
    "required": ["to"],
    "additionalProperties": False,
}
SEND = Call("send_mail", {"to": "bob@example.com", "text": "Hello"})

Approve = Callable[..., Turn]


@pytest.fixture
def mail() -> Iterator[Receiver]:
    with receiving(Reply({"sent": True})) as receiver:
        yield receiver


def register_workflow(person: Person, url: str, name: str = "send_mail", **fields: Any) -> Workflow:
    return services.create_workflow(
        actor=person.actor,
        now=timezone.now(),
        **{
            "name": name,
            "description": "Sends an e-mail for the user.",
            "input_schema": SCHEMA,
            "url": url,
            "token": TOKEN,
            **fields,
        },
    )


def telling(*calls: Call) -> Script:
    """Calls, then what came of the last of them."""

    def script(body: dict[str, Any]) -> Answer:
        done = results(body)
        return Answer(f"It came to this: {done[-1]['status']}.") if done else Answer(calls=calls)

    return script


def answer(person: Person, decision: str = "approve", **body: Any) -> Any:
    return client_of(person.user).post(
        f"/api/v1/approvals/{person.waiting().id}/answer/", {"decision": decision} | body
    )


def run_with_deliveries(turn: Turn) -> Turn:
    """Work on the turn while its runs are sent, as another worker does."""
    queued = WorkflowRun.objects.filter(turn_id=turn.id, status="queued")
    with ThreadPoolExecutor(1) as worker:
        working = worker.submit(runner().run, turn.id)
        wait_for(lambda: queued.exists() or working.done(), what="the run to be queued")
        for run in list(queued):
            jobs.deliver(str(run.id))
        working.result(30)
    return Turn.objects.get(id=turn.id)


def test_it_asks_runs_and_its_result_goes_on_into_the_turn(
    carol: Person, models: Models, mail: Receiver
) -> None:
    register_workflow(carol, mail.url("/mail"))
    (fake,) = models(openai=telling(SEND))
    turn = carol.say("write Bob a mail")
    assert (turn.status, carol.waiting().reason, mail.received) == ("awaiting_approval", "outward", [])
    assert not WorkflowRun.objects.exists()
    assert answer(carol).status_code == 200
    turn = run_with_deliveries(turn)
    assert (turn.status, reply(turn)) == ("completed", "It came to this: done.")
    run = WorkflowRun.objects.get()
    assert (run.status, run.output, run.turn_id) == ("done", {"sent": True}, turn.id)
    (request,) = mail.received
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"
    assert request.headers["Idempotency-Key"] == request.body["run_id"] == str(run.id)
    assert request.body["input"] == SEND.arguments
    assert request.body["user"] == {
        "id": str(carol.user.id),
        "timezone": "Europe/Berlin",
        "language": "en",
    }
    kinds = [kind for kind in carol.kinds() if kind.startswith("run.")]
    assert kinds == ["run.queued", "run.sent", "run.done"]
    assert TOKEN not in json.dumps(list(Activity.objects.values_list("after", flat=True)))
    assert not Outbox.objects.filter(argument=run.id, job=services.DELIVER_JOB).exists()
    told = fake.requests[-1].body["messages"][-1]["content"]
    assert "<outside " in told
    assert json.loads(told)["status"] == "done"


def test_the_model_is_offered_what_is_active_and_the_users_own(
    carol: Person, models: Models, mail: Receiver
) -> None:
    workflow = register_workflow(carol, mail.url())
    register_workflow(Person(register("bob@example.com")), mail.url(), name="bobs_own")
    services.create_workflow(
        actor=Actor(register("staff@example.com").id),
        now=timezone.now(),
        shared=True,
        name="for_all",
        description="Anything.",
        input_schema={"type": "object"},
        url=mail.url(),
    )
    (fake,) = models(openai=Answer("Hello."))
    carol.say("hello")
    offered = {tool["function"]["name"]: tool["function"] for tool in fake.requests[0].body["tools"]}
    assert offered["send_mail"]["parameters"] == SCHEMA
    assert "for_all" in offered
    assert "bobs_own" not in offered
    services.update_workflow(actor=carol.actor, workflow_id=workflow.id, active=False, now=timezone.now())
    carol.say("hello")
    assert "send_mail" not in json.dumps(fake.requests[-1].body["tools"])


def test_one_that_is_not_the_users_cannot_be_called(carol: Person, models: Models, mail: Receiver) -> None:
    register_workflow(Person(register("bob@example.com")), mail.url())
    models(openai=telling(SEND))
    turn = carol.say("write Bob a mail")
    assert turn.steps.get(kind="tool").result["code"] == "tool_unknown"
    assert mail.received == []


def test_wrong_arguments_go_back_to_the_model_with_the_field(
    carol: Person, models: Models, mail: Receiver
) -> None:
    register_workflow(carol, mail.url())
    models(openai=by_step(Answer(calls=(Call("send_mail", {"to": 7}),)), Answer("So be it.")))
    turn = carol.say("write Bob a mail")
    result = turn.steps.get(kind="tool").result
    assert (result["code"], result["message"].partition(":")[0]) == ("arguments_invalid", "to")


def test_rejected_it_is_not_sent(carol: Person, models: Models, mail: Receiver) -> None:
    register_workflow(carol, mail.url())
    models(openai=telling(SEND))
    turn = carol.say("write Bob a mail")
    answer(carol, "reject")
    assert reply(run_with_deliveries(turn)) == "It came to this: rejected."
    assert (mail.received, WorkflowRun.objects.count()) == ([], 0)


def test_edited_it_is_sent_as_edited(carol: Person, models: Models, mail: Receiver) -> None:
    register_workflow(carol, mail.url())
    models(openai=telling(SEND))
    turn = carol.say("write Bob a mail")
    assert answer(carol, arguments={"text": "no address"}).status_code == 400
    answer(carol, arguments={"to": "anna@example.com"})
    run_with_deliveries(turn)
    assert mail.received[0].body["input"] == {"to": "anna@example.com"}


def test_always_allowed_it_asks_no_more(carol: Person, models: Models, mail: Receiver) -> None:
    register_workflow(carol, mail.url())
    models(openai=telling(SEND))
    turn = carol.say("write Bob a mail")
    answer(carol, "always")
    run_with_deliveries(turn)
    posted = carol.post("write Bob another mail")
    assert run_with_deliveries(Turn.objects.get(id=posted.turn_id)).status == "completed"
    assert len(mail.received) == 2


@pytest.mark.parametrize(
    ("replied", "code"),
    [
        (Reply(status=403), "workflow_refused"),
        (Reply(status=302, headers={"Location": "/elsewhere"}), "workflow_refused"),
        (Reply(raw=b'"' + b"x" * 1_100_000 + b'"'), "workflow_output_too_large"),
    ],
)
def test_what_goes_wrong_is_told(
    carol: Person, models: Models, mail: Receiver, replied: Reply, code: str
) -> None:
    register_workflow(carol, mail.url())
    AllowedTool.objects.create(user=carol.user, tool="send_mail", created_at=timezone.now())
    mail.answer = lambda _: replied
    models(openai=telling(SEND))
    turn = run_with_deliveries(Turn.objects.get(id=carol.post("write Bob a mail").turn_id))
    assert turn.steps.get(kind="tool").result["code"] == code
    assert (WorkflowRun.objects.get().status, len(mail.received)) == ("failed", 1)
    assert carol.kinds()[-2:] == ["run.failed", "turn.completed"]


def test_one_that_does_not_answer_is_timed_out(carol: Person, models: Models, mail: Receiver) -> None:
    gate = threading.Event()
    register_workflow(carol, mail.url(), timeout_seconds=1)
    AllowedTool.objects.create(user=carol.user, tool="send_mail", created_at=timezone.now())
    mail.answer = lambda _: Reply(gate=gate)
    models(openai=telling(SEND))
    turn = run_with_deliveries(Turn.objects.get(id=carol.post("write Bob a mail").turn_id))
    gate.set()
    assert turn.steps.get(kind="tool").result["code"] == "workflow_timeout"
    assert WorkflowRun.objects.get().status == "timed_out"


def queued_run(person: Person, workflow: Workflow) -> WorkflowRun:
    return services.start_run(
        actor=person.actor, workflow_id=workflow.id, arguments={"to": "x"}, now=timezone.now()
    )


def test_a_run_whose_sender_died_is_sent_again_under_its_key(carol: Person, mail: Receiver) -> None:
    run = queued_run(carol, register_workflow(carol, mail.url()))
    now = timezone.now()
    died = services.claim_delivery(delivery_id=run.id, now=now)
    jobs.deliver(str(run.id))
    assert mail.received == []
    later = now + timedelta(seconds=40)
    WorkflowRun.objects.update(deadline_at=later + timedelta(seconds=10))
    assert services.sweep_deliveries(now=later) == 1
    again = services.claim_delivery(delivery_id=run.id, now=later)
    services.finish_attempt(delivery=again, attempt=send(again, now=later), now=later)
    late = services.finish_attempt(delivery=died, attempt=Attempt("500", "", now), now=later)
    assert (late, WorkflowRun.objects.get().status) == (None, "done")
    jobs.deliver(str(run.id))
    assert [request.headers["Idempotency-Key"] for request in mail.received] == [str(run.id)]
    assert carol.kinds().count("run.sent") == 1


def test_the_sweep_ends_what_nobody_answered(carol: Person, mail: Receiver) -> None:
    run = queued_run(carol, register_workflow(carol, mail.url()))
    late = run.deadline_at + timedelta(seconds=1)
    assert services.sweep_runs(now=timezone.now()) == 0
    assert services.sweep_runs(now=late) == 1
    assert services.sweep_runs(now=late) == 0
    jobs.deliver(str(run.id))
    assert (WorkflowRun.objects.get().status, mail.received) == ("timed_out", [])


def test_a_cancelled_run_stays_cancelled_whatever_comes_back(carol: Person, mail: Receiver) -> None:
    run = queued_run(carol, register_workflow(carol, mail.url()))
    services.cancel_run(actor=carol.actor, run_id=run.id, now=timezone.now())
    with pytest.raises(services.RunEnded):
        services.cancel_run(actor=carol.actor, run_id=run.id, now=timezone.now())
    jobs.deliver(str(run.id))
    assert (WorkflowRun.objects.get().status, mail.received) == ("cancelled", [])


def test_users_reach_public_addresses_only_where_that_is_set(carol: Person, settings: Any) -> None:
    nearby = settings.OUTBOUND_ALLOWED_NETWORKS
    settings.OUTBOUND_ALLOWED_NETWORKS = ()
    for url in ("http://127.0.0.1/x", "http://[::1]/x", "http://10.0.0.1/x", "http://169.254.169.254/"):
        with pytest.raises(services.AddressRefused):
            register_workflow(carol, url)
    settings.OUTBOUND_ALLOWED_NETWORKS = nearby
    for url in ("ftp://127.0.0.1/", "file:///etc/passwd", "javascript:x", ""):
        with pytest.raises(services.AddressRefused):
            register_workflow(carol, url)
    workflow = register_workflow(carol, "http://127.0.0.1:9/x")
    settings.OUTBOUND_ALLOWED_NETWORKS = ()
    run = queued_run(carol, workflow)
    jobs.deliver(str(run.id))
    assert WorkflowRun.objects.get().error_code == "address_forbidden"
    check_address("http://1.1.1.1/")


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "create_tasks"},
        {"name": "Send Mail"},
        {"name": "x"},
        {"description": " "},
        {"input_schema": {"type": "string"}},
        {"input_schema": {"type": "object", "properties": 7}},
        {"input_schema": {"type": "object", "description": "x" * 20_000}},
        {"timeout_seconds": 0},
        {"timeout_seconds": 301},
    ],
)
def test_a_workflow_that_cannot_be_used_is_refused(
    carol: Person, mail: Receiver, fields: dict[str, Any]
) -> None:
    with pytest.raises(services.WorkflowInvalid) as refused:
        register_workflow(carol, mail.url(), **fields)
    assert refused.value.field == next(iter(fields))
    assert not Workflow.objects.exists()


def test_a_secret_that_cannot_be_read_ends_the_run(carol: Person, mail: Receiver, settings: Any) -> None:
    run = queued_run(carol, register_workflow(carol, mail.url()))
    settings.SECRET_KEY = "another one, of fifty characters at the very least, is it not"
    jobs.deliver(str(run.id))
    assert (WorkflowRun.objects.get().error_code, mail.received) == ("secret_unreadable", [])


def test_staff_offer_workflows_to_everybody_and_never_see_the_token(carol: Person, mail: Receiver) -> None:
    operator = register("operator@example.com")
    operator.is_staff = operator.is_superuser = True
    operator.save()
    client = Client()
    client.force_login(operator)
    page = "/admin/integrations/workflow/"
    fields = {
        "name": "book_room",
        "description": "Books a room.",
        "input_schema": json.dumps(SCHEMA),
        "url": mail.url(),
        "new_token": TOKEN,
        "timeout_seconds": "5",
        "effect": "outward",
        "active": "on",
    }
    assert client.post(f"{page}add/", fields).status_code == 302
    workflow = Workflow.objects.get()
    assert (workflow.owner_id, TOKEN.encode() in bytes(workflow.token)) == (None, False)
    change = f"{page}{workflow.id}/change/"
    assert TOKEN not in client.get(change).content.decode()
    client.post(change, fields | {"new_token": "", "description": "Books a meeting room."})
    workflow.refresh_from_db()
    assert (workflow.description, bool(workflow.token)) == ("Books a meeting room.", True)
    for name, said in (("book_room", "of this name already"), ("Book Room", "lower case letters")):
        refused = client.post(f"{page}add/", fields | {"name": name}, follow=True)
        assert said in refused.content.decode()
    assert Workflow.objects.count() == 1
    run = queued_run(carol, workflow)
    client.post("/admin/integrations/workflowrun/", {"action": "cancel", "_selected_action": [str(run.id)]})
    run.refresh_from_db()
    assert run.status == "cancelled"
    client.post(page, {"action": "delete_workflows", "_selected_action": [str(workflow.id)]})
    assert (Workflow.objects.count(), WorkflowRun.objects.count()) == (0, 1)
    client.force_login(carol.user)
    assert client.get(page).status_code == 302


def test_a_turn_that_is_stopped_waits_for_its_run_no_longer(
    carol: Person, models: Models, mail: Receiver
) -> None:
    register_workflow(carol, mail.url())
    AllowedTool.objects.create(user=carol.user, tool="send_mail", created_at=timezone.now())
    models(openai=telling(SEND))
    posted = carol.post("write Bob a mail")
    with ThreadPoolExecutor(1) as worker:
        working = worker.submit(runner().run, posted.turn_id)
        wait_for(WorkflowRun.objects.exists, what="the run to be queued")
        assert client_of(carol.user).post(f"/api/v1/turns/{posted.turn_id}/stop/").status_code == 202
        working.result(10)
    assert Turn.objects.get(id=posted.turn_id).status == "stopped"
    assert not Approval.objects.exists()
