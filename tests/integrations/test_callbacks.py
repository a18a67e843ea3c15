"""What workflows report back: taken once, from whom it must come, and never believed otherwise."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from activities.models import Activity
from integrations import jobs, services
from integrations.deliveries.signatures import new_secret, signed_headers
from integrations.models import Workflow, WorkflowRun
from integrations.secrets import callback_token
from tests.fakes.n8n_table import N8N_ANSWERS
from tests.integrations.receiver import Receiver, Reply, receiving
from tests.integrations.world import Clock, attempt, run_of

SECRET = new_secret()


@pytest.fixture
def run(alice: User) -> WorkflowRun:
    """One that its workflow has accepted."""
    with receiving(N8N_ANSWERS["accepts"]) as n8n:
        made = run_of(alice, n8n.url(), calls_back=True, signing_secret=SECRET, timeout_seconds=600)
        assert attempt(made.id, timezone.now())
        sent = n8n.received[0]
    assert sent.body["callback"]["token"] == callback_token(made.id)
    assert sent.body["callback"]["url"].endswith(f"/api/v1/hooks/n8n/{made.id}/")
    made.refresh_from_db()
    assert (made.status, made.execution_id) == ("running", "8")
    return made


def report(
    run: WorkflowRun,
    *,
    secret: str = SECRET,
    at: datetime | None = None,
    message_id: str = "msg_1",
    token: str | None = None,
    to: WorkflowRun | None = None,
    tamper: bool = False,
    **said: Any,
) -> Any:
    """POST a report as n8n does."""
    body = json.dumps({"run_id": str(run.id), "status": "done", "output": {"pages": 3}, **said})
    headers = signed_headers([secret], message_id=message_id, body=body, now=at or timezone.now())
    headers["Authorization"] = f"Bearer {callback_token(run.id) if token is None else token}"
    if tamper:
        body = body.replace("3", "4")
    return Client().post(
        f"/api/v1/hooks/n8n/{(to or run).id}/", body, content_type="application/json", headers=headers
    )


def test_a_report_ends_the_run_once(run: WorkflowRun, alice: User) -> None:
    answer = report(run, execution_id="99")
    assert (answer.status_code, answer.json()) == (200, {"status": "accepted"})
    run.refresh_from_db()
    assert (run.status, run.output, run.execution_id) == ("done", {"pages": 3}, "99")
    for again in (report(run), report(run, message_id="msg_2", status="failed", output=None)):
        assert (again.status_code, again.json()) == (200, {"status": "duplicate"})
    run.refresh_from_db()
    assert (run.status, run.output, run.late_at) == ("done", {"pages": 3}, None)
    kinds = Activity.objects.filter(user=alice, subject_id=run.id).order_by("seq")
    assert [row.kind for row in kinds] == ["run.queued", "run.sent", "run.running", "run.done"]


def test_a_report_of_failure_ends_it_too(run: WorkflowRun) -> None:
    assert report(run, status="failed", error={"message": "No such page"}).status_code == 200
    run.refresh_from_db()
    assert (run.status, run.error_code, run.error_message) == ("failed", "workflow_failed", "No such page")


def test_forged_stale_and_replayed_reports_are_refused(run: WorkflowRun, alice: User) -> None:
    other = run_of(alice, "http://127.0.0.1:9/", name="other_one", calls_back=True, signing_secret=SECRET)
    now = timezone.now()
    refused = [
        report(run, secret=new_secret()),
        report(run, tamper=True),
        report(run, at=now - timedelta(seconds=310)),
        report(run, at=now + timedelta(seconds=310)),
        report(run, token=""),
        report(run, token=callback_token(other.id)),
        report(run, to=other),
        report(run, to=other, token=callback_token(other.id)),
        report(run, to=WorkflowRun(id="00000000-0000-7000-8000-000000000000")),
        Client().post(f"/api/v1/hooks/n8n/{run.id}/", "{}", content_type="application/json"),
    ]
    for answer in refused:
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (401, "callback_refused")
    run.refresh_from_db()
    assert (run.status, run.output) == ("running", None)


@pytest.mark.parametrize("said", [{"status": "splendid"}, {"status": None}])
def test_a_signed_report_that_cannot_be_read_is_told_so(run: WorkflowRun, said: Any) -> None:
    answer = report(run, **said)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "callback_invalid")


def test_a_report_that_is_too_long_is_refused(run: WorkflowRun) -> None:
    assert report(run, output="x" * 1_100_000).status_code == 400


def test_what_comes_after_the_end_is_kept_and_shown_and_changes_nothing(
    run: WorkflowRun, alice: User, as_alice: Any, as_bob: Any
) -> None:
    services.sweep_runs(now=run.deadline_at + timedelta(seconds=1))
    assert report(run).json() == {"status": "late"}
    assert report(run).json() == {"status": "duplicate"}
    run.refresh_from_db()
    assert (run.status, run.output, run.late_output) == ("timed_out", None, {"pages": 3})
    assert Activity.objects.filter(user=alice, kind="run.late", subject_id=run.id).count() == 1
    shown = as_alice.get(f"/api/v1/runs/{run.id}/").json()
    assert (shown["status"], shown["late_output"]) == ("timed_out", {"pages": 3})
    assert as_bob.get(f"/api/v1/runs/{run.id}/").status_code == 404


def test_both_secrets_are_good_during_a_rotation(run: WorkflowRun, alice: User) -> None:
    secret = services.rotate_workflow_secret(
        actor=Actor(alice.id), workflow_id=run.workflow_id, now=timezone.now()
    )
    assert report(run, secret=secret).json() == {"status": "accepted"}
    assert report(run).json() == {"status": "duplicate"}
    Workflow.objects.update(rotated_at=timezone.now() - timedelta(hours=25))
    assert report(run).status_code == 401


def test_a_report_that_overtakes_the_answer_is_not_lost(alice: User) -> None:
    """n8n may be done before its own acceptance is read."""
    clock = Clock()
    with receiving(N8N_ANSWERS["accepts"]) as n8n:
        made = run_of(alice, n8n.url(), calls_back=True, signing_secret=SECRET)
        clock.to_next()
        delivery = services.claim_delivery(delivery_id=made.id, now=clock.now)
        assert delivery is not None
        assert report(made).json() == {"status": "accepted"}
        attempt_made = jobs.send(delivery, now=clock.now)
        services.finish_attempt(delivery=delivery, attempt=attempt_made, now=clock.now)
    made.refresh_from_db()
    assert (made.status, made.output, made.delivery.status) == ("done", {"pages": 3}, "cancelled")


def test_one_that_does_not_accept_has_not_begun(alice: User) -> None:
    with receiving(N8N_ANSWERS["answers"]) as n8n:
        made = run_of(alice, n8n.url(), calls_back=True)
        assert attempt(made.id, timezone.now())
    made.refresh_from_db()
    assert (made.status, made.delivery.error_code) == ("sent", "answer_not_agreed")


def failure(run: WorkflowRun, secret: str = SECRET, execution_id: str = "8") -> Any:
    body = json.dumps({"message": "The mill is broken", "workflow": "x"})
    headers = signed_headers([secret], message_id="err", body=body, now=timezone.now())
    return Client().post(
        f"/api/v1/hooks/n8n/executions/{execution_id}/",
        body,
        content_type="application/json",
        headers=headers,
    )


def test_the_error_workflow_reports_by_execution(run: WorkflowRun) -> None:
    for refused in (failure(run, new_secret()), failure(run, execution_id="9")):
        assert refused.status_code == 401
    assert failure(run).json() == {"status": "accepted"}
    assert failure(run).json() == {"status": "duplicate"}
    run.refresh_from_db()
    assert (run.status, run.error_message) == ("failed", "The mill is broken")


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ("crashed", "failed", "workflow_crashed"),
        ("error", "failed", "workflow_failed"),
        ("canceled", "failed", "workflow_cancelled"),
        ("success", "timed_out", "callback_lost"),
        ("running", "timed_out", "workflow_timeout"),
        (None, "timed_out", "workflow_timeout"),
    ],
)
def test_at_its_deadline_n8n_is_asked_what_became_of_it(
    run: WorkflowRun, settings: Any, said: str | None, status: str, code: str
) -> None:
    reply = Reply(status=500) if said is None else Reply({"id": "8", "status": said})
    with receiving(reply) as n8n:
        asked_at(n8n, run, settings)
        late = run.deadline_at + timedelta(seconds=1)
        assert [services.sweep_runs(now=late) for _ in range(2)] == [1, 0]
        WorkflowRun.objects.update(deadline_at=timezone.now())
        jobs.look_up_run(str(run.id))
        jobs.look_up_run(str(run.id))
    run.refresh_from_db()
    assert (run.status, run.error_code) == (status, code)
    assert [(each.path, each.headers["X-N8N-API-KEY"]) for each in n8n.received] == [
        ("/api/v1/executions/8", "a key")
    ]


def asked_at(n8n: Receiver, run: WorkflowRun, settings: Any) -> None:
    settings.N8N_URL, settings.N8N_API_KEY = n8n.url().rstrip("/"), "a key"
    Workflow.objects.filter(id=run.workflow_id).update(url=n8n.url("/webhook/x"))
