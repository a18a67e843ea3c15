"""Workflows of a real n8n: the shipped ones do what they say, and what goes wrong there is told here."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone

from conversations.models import Turn
from conversations.runner import runner
from integrations import services
from integrations.deliveries.sending import send
from integrations.deliveries.signatures import signed_headers
from integrations.models import DeliveryAttempt, Workflow, WorkflowRun
from integrations.secrets import callback_token
from tests.conftest import client_of, register
from tests.conversations.agent.conftest import Person, receipts, reply
from tests.fakes.outside import Outside
from tests.n8n.conftest import ended, start
from tests.n8n.server import N8nServer
from tests.n8n.workflows import SIGNING_SECRET, TEMPLATES, TOKEN
from tests.waiting import wait_for

pytestmark = pytest.mark.usefixtures("workers")

Tool = Callable[..., Workflow]
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F1 18 Tf 20 100 Td (Total: 42 euros) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


@pytest.fixture
def shipped(dora: Person, n8n: N8nServer) -> dict[str, Workflow]:
    """What a manifest registers."""
    manifest = json.loads((TEMPLATES.parent / "manifest.json").read_text())
    client = client_of(dora.user)
    secrets = {"token": TOKEN, "signing_secret": SIGNING_SECRET}
    answer = client.post(
        "/api/v1/workflows/import/",
        {"workflows": manifest["workflows"], "base_url": n8n.url, **secrets},
    )
    assert answer.status_code == 201, answer.json()
    return {row["name"]: Workflow.objects.get(id=row["id"]) for row in answer.json()}


def work_on(turn_id: Any) -> Turn:
    with ThreadPoolExecutor(1) as worker:
        worker.submit(runner().run, turn_id).result(60)
    return Turn.objects.get(id=turn_id)


def output_of(run: WorkflowRun) -> dict[str, Any]:
    assert run.output is not None, run.error_message
    return dict(run.output)


def approve(person: Person) -> None:
    answer = client_of(person.user).post(
        f"/api/v1/approvals/{person.waiting().id}/answer/", {"decision": "approve"}
    )
    assert answer.status_code == 200


def test_lunch_with_anna_goes_onto_the_calendar_and_off_it_again(
    dora: Person, shipped: dict[str, Workflow], outside: Outside
) -> None:
    turn = dora.say("put lunch with Anna on my calendar on Friday at noon")
    assert (turn.status, dora.waiting().reason) == ("awaiting_approval", "outward")
    assert not outside.calendar
    approve(dora)
    turn = work_on(turn.id)
    assert (turn.status, reply(turn)) == ("completed", "“create_calendar_event” has run.")
    assert ("run.done", "create_calendar_event") in receipts(turn)
    run = WorkflowRun.objects.get()
    assert (run.status, output_of(run)["title"], run.execution_id != "") == ("done", "Lunch with Anna", True)
    assert [kind for kind in dora.kinds() if kind.startswith("run.")] == [
        "run.queued",
        "run.sent",
        "run.done",
    ]
    (event,) = outside.calendar.values()
    assert "SUMMARY:Lunch with Anna" in event
    begins = next(line for line in event.splitlines() if line.startswith("DTSTART"))
    today = timezone.localtime(timezone=ZoneInfo("Europe/Berlin")).date()
    friday = today + timedelta(days=(4 - today.weekday()) % 7 or 7)
    assert begins in (f"DTSTART:{friday:%Y%m%d}T110000Z", f"DTSTART:{friday:%Y%m%d}T100000Z")
    undone = client_of(dora.user).post(f"/api/v1/turns/{turn.id}/undo/")
    assert undone.status_code == 200
    assert [row["name"] for row in undone.json()["undone"]] == ["create_calendar_event"]
    compensation = ended(WorkflowRun.objects.get(compensates=run))
    assert (compensation.name, compensation.status) == ("delete_calendar_event", "done")
    assert output_of(compensation)["deleted"] is True
    assert outside.calendar == {}
    again = client_of(dora.user).post(f"/api/v1/turns/{turn.id}/undo/").json()
    assert (again["undone"], WorkflowRun.objects.count()) == ([], 2)


def test_what_is_sent_twice_is_one_event(
    dora: Person, shipped: dict[str, Workflow], outside: Outside
) -> None:
    arguments = {"title": "Twice", "start": "2027-01-04T10:00:00Z", "end": "2027-01-04T11:00:00Z"}
    run = ended(start(dora, shipped["create_calendar_event"], **arguments))
    delivery = run.delivery
    answer = send(delivery, now=timezone.now())
    assert answer.answer == "agreed"
    assert outside.puts == [f"{run.id}.ics"] * 2
    assert list(outside.calendar) == [f"{run.id}.ics"]
    agenda = ended(start(dora, shipped["daily_agenda"], day="2027-01-04"))
    assert output_of(agenda)["events"] == [
        {"title": "Twice", "start": "2027-01-04 11:00", "end": "2027-01-04 12:00"}
    ]


def test_mail_is_searched_and_messages_are_sent(
    dora: Person, shipped: dict[str, Workflow], outside: Outside
) -> None:
    found = ended(start(dora, shipped["search_mail"], text="lunch"))
    assert output_of(found)["messages"] == [
        {
            "from": "Anna",
            "subject": "Lunch?",
            "received_at": "2026-11-20T10:00:00Z",
            "preview": "Shall we meet on Friday?",
        }
    ]
    assert outside.searched[-1] == {"text": "lunch"}
    sent = ended(start(dora, shipped["send_message"], text="I am late"))
    assert (sent.status, outside.said[-1]) == ("done", "I am late")


@pytest.mark.parametrize(
    ("media_type", "content", "text"),
    [("application/pdf", PDF, "Total: 42 euros"), ("text/plain", "Größe: 1".encode(), "Größe: 1")],
)
def test_the_text_of_a_document_is_reported_later(
    dora: Person, shipped: dict[str, Workflow], media_type: str, content: bytes, text: str
) -> None:
    encoded = base64.b64encode(content).decode()
    workflow = shipped["extract_document_text"]
    run = ended(start(dora, workflow, content_base64=encoded, media_type=media_type))
    assert run.status == "done", run.error_message
    assert output_of(run)["text"].strip() == text
    kinds = [kind for kind in dora.kinds() if kind.startswith("run.")]
    assert kinds == ["run.queued", "run.sent", "run.running", "run.done"]
    # The same report again, and another one, change nothing.
    body = json.dumps({"run_id": str(run.id), "status": "failed", "error": {"message": "x"}})
    now = timezone.now()
    headers = signed_headers([SIGNING_SECRET], message_id="another", body=body, now=now)
    headers["Authorization"] = f"Bearer {callback_token(run.id)}"
    for _ in range(2):
        assert (
            services.receive_callback(run_id=run.id, headers=headers, body=body.encode(), now=now)
            == "duplicate"
        )
    assert WorkflowRun.objects.get(id=run.id).status == "done"


def test_a_wrong_token_is_told_and_not_tried_again(dora: Person, tool: Tool) -> None:
    run = ended(start(dora, tool("t-slow", token="wrong")))
    assert (run.status, run.error_code) == ("failed", "workflow_refused")
    (attempt,) = DeliveryAttempt.objects.all()
    assert (attempt.status_code, attempt.response_body) == (403, "Authorization data is wrong!")


def test_one_that_throws_is_tried_twice_more_under_the_same_id(dora: Person, tool: Tool) -> None:
    run = ended(start(dora, tool("t-throwing", timeout_seconds=60)))
    assert (run.status, run.error_code) == ("failed", "workflow_failed")
    attempts = list(DeliveryAttempt.objects.order_by("number"))
    assert [(each.status_code, each.outcome) for each in attempts] == [
        (500, "retry"),
        (500, "retry"),
        (500, "give_up"),
    ]
    assert {each.request_headers["webhook-id"] for each in attempts} == {str(run.id)}


def test_one_that_is_slow_is_timed_out(dora: Person, tool: Tool) -> None:
    run = ended(start(dora, tool("t-slow", timeout_seconds=1)))
    assert (run.status, run.error_code) == ("timed_out", "workflow_timeout")


def test_one_whose_answer_is_never_reached_is_not_taken_for_done(dora: Person, tool: Tool) -> None:
    run = ended(start(dora, tool("t-silent", timeout_seconds=5)))
    assert (run.status, run.error_code) == ("failed", "workflow_output_invalid")


def test_one_that_is_not_published_yet_runs_once_it_is(dora: Person, tool: Tool, n8n: N8nServer) -> None:
    run = start(dora, tool("t-unpublished", timeout_seconds=120))
    wait_for(DeliveryAttempt.objects.filter(status_code=404).exists, what="the first try")
    n8n.publish("unpublished")
    assert ended(run).output == {"ok": True}


def test_one_that_fails_after_it_has_answered_is_reported_by_the_error_workflow(
    dora: Person, tool: Tool
) -> None:
    run = ended(start(dora, tool("t-later-throwing", calls_back=True, timeout_seconds=120)))
    assert (run.status, run.error_code) == ("failed", "workflow_failed")
    assert "The mill is broken" in run.error_message


def test_n8n_verifies_what_it_is_sent(dora: Person, tool: Tool) -> None:
    run = ended(start(dora, tool("t-verifying"), text="żółć 1.0"))
    assert run.output == {"right": True, "same": True}


def test_workflows_of_n8n_are_proposed_and_not_active(dora: Person) -> None:
    operator = register("operator@example.com")
    operator.is_staff = True
    operator.save()
    printed = StringIO()
    call_command("n8n", "sync", token=TOKEN, stdout=printed)
    proposed = {row.name: row for row in Workflow.objects.filter(owner=None)}
    assert sorted(proposed) == sorted(
        path.stem for path in Path(TEMPLATES).glob("*.json") if path.stem != "error_workflow"
    )
    assert not any(row.active for row in proposed.values())
    assert "create_calendar_event" in printed.getvalue()
    created = proposed["create_calendar_event"]
    assert (created.capability, created.compensation) == (
        "calendar_event",
        proposed["delete_calendar_event"],
    )
    assert proposed["extract_document_text"].calls_back
    Workflow.objects.filter(id=created.id).update(active=True)
    call_command("n8n", "sync", stdout=printed)
    assert Workflow.objects.get(id=created.id).active
    assert Workflow.objects.filter(owner=None).count() == len(proposed)


def test_a_run_that_died_with_n8n_is_found_out(dora: Person, tool: Tool, n8n: N8nServer) -> None:
    """Killed with -9 after it had accepted: nothing will ever be reported, and nobody waits for ever."""
    workflow = tool("t-later", calls_back=True, timeout_seconds=3600)
    run = start(dora, workflow)
    wait_for(lambda: WorkflowRun.objects.get(id=run.id).status == "running", what="n8n to accept")
    n8n.kill()
    n8n.start()
    WorkflowRun.objects.filter(id=run.id).update(deadline_at=timezone.now())
    run = ended(run)
    assert (run.status, run.error_code) == ("failed", "workflow_crashed")
    # And the connections that were kept are no hindrance.
    assert ended(start(dora, tool("t-verifying"), text="x")).status == "done"
