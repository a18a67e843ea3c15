"""Deliveries: classified by what n8n answers, never lost, never renamed, never in each other's way."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from activities.models import Activity
from integrations import jobs, services
from integrations.deliveries import breaker
from integrations.deliveries.classification import ENDPOINT_DELAYS, delay_after
from integrations.deliveries.signatures import verify
from integrations.models import Delivery, DeliveryAttempt, WebhookEndpoint, Workflow, WorkflowRun
from tasks.models import Task
from tasks.services import complete_tasks
from tests.conftest import register
from tests.fakes.n8n_table import N8N_ANSWERS
from tests.integrations.receiver import Reply, receiving
from tests.integrations.world import Clock, add_task, attempt, run_of, subscribe, workflow
from tests.waiting import wait_for

CLASSIFIED = [
    # what n8n says, how the run stands after the first try, its code, how often it is sent in all
    ("answers", "done", "", 1),
    ("wrong token", "failed", "workflow_refused", 1),
    ("invalid json", "failed", "workflow_refused", 1),
    ("bad request", "failed", "workflow_refused", 1),
    ("unauthorized", "failed", "workflow_refused", 1),
    ("conflict", "failed", "workflow_refused", 1),
    ("gone", "failed", "workflow_refused", 1),
    ("moved", "failed", "workflow_refused", 1),
    ("too large", "failed", "workflow_output_too_large", 1),
    ("a node throws", "failed", "workflow_failed", 3),
    ("its own time is over", "failed", "workflow_failed", 3),
    ("answer never reached", "failed", "workflow_output_invalid", None),
    ("starting up", "failed", "workflow_output_invalid", None),
    ("an array", "failed", "workflow_output_invalid", None),
    ("not registered", "failed", "workflow_refused", None),
    ("just started", "failed", "workflow_refused", None),
    ("proxy without n8n", "failed", "workflow_unavailable", None),
    ("unavailable", "failed", "workflow_unavailable", None),
    ("too slow for the proxy", "failed", "workflow_unavailable", None),
    ("too many", "failed", "workflow_unavailable", None),
]


@pytest.mark.parametrize(("case", "status", "code", "tries"), CLASSIFIED)
def test_what_n8n_answers_is_classified_by_the_table(
    alice: User, case: str, status: str, code: str, tries: int | None
) -> None:
    clock = Clock()
    with receiving(N8N_ANSWERS[case]) as n8n:
        run = run_of(alice, n8n.url())
        for _ in range(40):
            clock.work()
            if WorkflowRun.objects.get().ended or not clock.to_next():
                break
    run.refresh_from_db()
    assert (run.status, run.error_code) == (status, code)
    sent = n8n.received
    assert len(sent) == tries if tries else len(sent) > 3
    ids = {(each.headers["Idempotency-Key"], each.headers["webhook-id"]) for each in sent}
    assert ids == {(str(run.id), str(run.id))}
    assert len({each.raw for each in sent}) == 1
    assert clock.now <= run.deadline_at
    if case == "gone":
        assert not Workflow.objects.get().active


def test_one_that_is_published_within_two_minutes_runs(alice: User) -> None:
    clock = Clock()
    replies = [N8N_ANSWERS["starting up"], N8N_ANSWERS["just started"], N8N_ANSWERS["not registered"]]
    with receiving(lambda _: replies.pop(0) if replies else N8N_ANSWERS["answers"]) as n8n:
        run = run_of(alice, n8n.url())
        while not WorkflowRun.objects.get().ended:
            assert clock.to_next()
            clock.work()
    run.refresh_from_db()
    assert (run.status, run.execution_id, len(n8n.received)) == ("done", "7", 4)
    assert clock.now - run.created_at < timedelta(minutes=2)


def test_404_is_asked_again_for_two_minutes_and_no_longer(alice: User) -> None:
    clock = Clock()
    with receiving(Reply(status=404)) as target:
        subscribe(alice, target.url())
        add_task(alice)
        while clock.work():
            clock.to_next()
    attempts = list(DeliveryAttempt.objects.order_by("number"))
    last = attempts[-1]
    waited = last.started_at - attempts[0].started_at
    assert timedelta(seconds=60) < waited <= timedelta(minutes=2)
    assert (Delivery.objects.get().status, last.outcome) == ("dead", "give_up")


def test_who_names_a_time_is_not_asked_before_it(alice: User) -> None:
    clock = Clock()
    with receiving(N8N_ANSWERS["too many"]) as target:
        subscribe(alice, target.url())
        add_task(alice)
        clock.work()
    assert Delivery.objects.get().next_attempt_at >= clock.now + timedelta(seconds=9)


def test_the_schedule_is_that_of_standard_webhooks() -> None:
    shortest = [delay_after(tries, for_run=False, retry_after=None, spread=0.0) for tries in range(1, 11)]
    longest = [delay_after(tries, for_run=False, retry_after=None, spread=1.0) for tries in range(1, 10)]
    assert shortest == [*ENDPOINT_DELAYS, None]
    assert [delay.total_seconds() for delay in ENDPOINT_DELAYS] == [
        *(5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
    ]
    assert all(long == short * 1.2 for long, short in zip(longest, ENDPOINT_DELAYS, strict=True))


def test_an_hour_of_failure_loses_nothing_and_keeps_ids(alice: User, bob: User) -> None:
    clock = Clock()
    began = clock.now
    with receiving(lambda _: Reply(status=503 if clock.now < began + timedelta(hours=1) else 200)) as target:
        endpoint, secret = subscribe(alice, target.url())
        add_task(bob, "Not hers")
        for number in range(8):
            add_task(alice, f"Task {number}")
        for _ in range(200):
            clock.work()
            if not clock.to_next():
                break
    deliveries = Delivery.objects.filter(endpoint=endpoint)
    assert [each.status for each in deliveries] == ["delivered"] * 8
    assert clock.now - began < timedelta(hours=4)
    told: dict[str, set[bytes]] = {}
    times: dict[str, list[str]] = {}
    for each in target.received:
        headers = each.headers
        assert headers["webhook-id"] == headers["Idempotency-Key"]
        told.setdefault(headers["webhook-id"], set()).add(each.raw)
        times.setdefault(headers["webhook-id"], []).append(headers["webhook-timestamp"])
    assert set(told) == {str(each.id) for each in deliveries}
    assert all(len(bodies) == 1 for bodies in told.values())
    assert all(len(set(stamps)) == len(stamps) for stamps in times.values())
    assert max(map(len, times.values())) > 1
    titles = {each.body["data"]["task"]["title"] for each in target.received}
    assert titles == {f"Task {number}" for number in range(8)}
    last = target.received[-1]
    assert verify([secret], headers=last.headers, body=last.raw, now=clock.now) == last.headers["webhook-id"]


def test_after_the_last_try_it_is_dead_and_can_be_sent_again(alice: User) -> None:
    clock = Clock()
    answer = Reply(status=500)
    with receiving(lambda _: answer) as target:
        subscribe(alice, target.url())
        add_task(alice)
        while clock.work():
            clock.to_next()
        delivery = Delivery.objects.get()
        assert (delivery.status, delivery.attempts_made, delivery.error_code) == ("dead", 3, "server_error")
        assert Activity.objects.filter(user=alice, kind="delivery.dead", subject_id=delivery.id).exists()
        answer = Reply()
        services.redeliver(actor=Actor(alice.id), delivery_id=delivery.id, now=clock.turn(hours=1))
        with pytest.raises(services.DeliveryOpen):
            services.redeliver(actor=Actor(alice.id), delivery_id=delivery.id, now=clock.now)
        clock.work()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts_made) == ("delivered", 4)
    assert len({each.headers["webhook-id"] for each in target.received}) == 1


def test_an_activity_is_owed_once_however_often_its_job_comes(alice: User) -> None:
    clock = Clock()
    with receiving(Reply()) as target:
        subscribe(alice, target.url())
        add_task(alice)
        activity = Activity.objects.get(user=alice, kind="task.created")
        assert [services.fan_out(activity_id=activity.id, now=clock.now) for _ in range(3)] == [1, 0, 0]
        clock.work()
        clock.work()
    assert len(target.received) == 1


@pytest.mark.django_db(transaction=True)
def test_a_hanging_endpoint_blocks_no_other_and_no_more_than_four_hang(empty_redis: None) -> None:
    user = register("eve@example.com")
    gate = threading.Event()
    with receiving(Reply(gate=gate)) as slow, receiving(Reply()) as quick, ThreadPoolExecutor(8) as senders:
        subscribe(user, slow.url(), "task.created")
        for number in range(7):
            add_task(user, str(number))
        fan_out()
        subscribe(user, quick.url(), "task.completed")
        hanging = [senders.submit(deliver, each.id) for each in Delivery.objects.all()]
        wait_for(lambda: len(slow.received) == 4, what="four to hang")
        wait_for(lambda: sum(each.done() for each in hanging) == 3, what="three to be sent away")
        complete(user)
        fan_out()
        (other,) = Delivery.objects.filter(kind="task.completed")
        jobs.deliver(str(other.id))
        other.refresh_from_db()
        assert (other.status, len(quick.received), len(slow.received)) == ("delivered", 1, 4)
        assert services.sweep_deliveries(now=timezone.now()) == 3
        gate.set()
        for sender in hanging:
            sender.result(30)
        for each in Delivery.objects.ready(timezone.now()):
            jobs.deliver(str(each.id))
    assert set(Delivery.objects.values_list("status", flat=True)) == {"delivered"}
    assert len(slow.received) == 7


def deliver(delivery_id: UUID) -> None:
    """The job, in a thread of its own."""
    try:
        jobs.deliver(str(delivery_id))
    finally:
        connection.close()


def fan_out() -> None:
    for activity in Activity.objects.filter(kind__in=("task.created", "task.completed")):
        services.fan_out(activity_id=activity.id, now=timezone.now())


def complete(user: User) -> None:
    task = Task.objects.of(user.id).first()
    complete_tasks(actor=Actor(user.id), task_ids=[task.id], now=timezone.now())


def test_one_that_fails_again_and_again_rests_and_is_tried_by_one(alice: User) -> None:
    clock = Clock()
    answer = Reply(status=503)
    with receiving(lambda _: answer) as target:
        endpoint, _ = subscribe(alice, target.url())
        for number in range(10):
            add_task(alice, str(number))
        assert clock.work() == 3
        assert WebhookEndpoint.objects.get().rests_until == clock.now + timedelta(seconds=15)
        clock.turn(seconds=16)
        assert clock.work() == 1
        assert WebhookEndpoint.objects.get().rests_until == clock.now + timedelta(seconds=30)
        answer = Reply()
        clock.turn(seconds=31)
        clock.work()
        while clock.to_next():
            clock.work()
    endpoint.refresh_from_db()
    rested = endpoint.rests_until
    assert (endpoint.failures_in_a_row, rested) == (0, None)
    assert Delivery.objects.filter(status="delivered").count() == 10


def test_a_refusal_is_no_sign_of_illness(alice: User) -> None:
    clock = Clock()
    with receiving(Reply(status=400)) as target:
        endpoint, _ = subscribe(alice, target.url())
        for number in range(5):
            add_task(alice, str(number))
        assert clock.work() == 5
    endpoint.refresh_from_db()
    assert (endpoint.failures_in_a_row, Delivery.objects.filter(status="dead").count()) == (0, 5)


def test_who_is_gone_is_disabled_and_hears_no_more(alice: User) -> None:
    clock = Clock()
    with receiving(Reply(status=410)) as target:
        endpoint, _ = subscribe(alice, target.url())
        add_task(alice)
        clock.work()
        add_task(alice)
        clock.work()
        assert len(target.received) == 1
    endpoint.refresh_from_db()
    assert endpoint.status == "disabled"
    assert Activity.objects.filter(user=alice, kind="webhook.disabled").count() == 1


def test_a_run_whose_target_rests_longer_than_it_waits_fails_at_once(alice: User) -> None:
    made = workflow(alice, "http://127.0.0.1:9/", timeout_seconds=5)
    now = timezone.now()
    Workflow.objects.update(failures_in_a_row=5, rests_until=now + timedelta(minutes=5))
    run = services.start_run(actor=Actor(alice.id), workflow_id=made.id, arguments={}, now=now)
    assert not attempt(run.id, now)
    run.refresh_from_db()
    assert (run.status, run.error_code) == ("failed", "workflow_unavailable")


def test_nobody_listening_is_tried_again_and_told(alice: User) -> None:
    clock = Clock()
    with receiving(Reply()) as target:
        url = target.url()
    run = run_of(alice, url, timeout_seconds=5)
    while not WorkflowRun.objects.get().ended:
        assert clock.to_next()
        clock.work()
    run.refresh_from_db()
    assert (run.status, run.error_code) == ("failed", "workflow_unavailable")
    assert DeliveryAttempt.objects.first().status_code is None


def test_a_sender_that_died_leaves_its_delivery_to_another(alice: User) -> None:
    clock = Clock()
    with receiving(Reply()) as target:
        subscribe(alice, target.url())
        add_task(alice)
        for activity in Activity.objects.filter(kind="task.created"):
            services.fan_out(activity_id=activity.id, now=clock.now)
        delivery = Delivery.objects.get()
        assert services.claim_delivery(delivery_id=delivery.id, now=clock.now) is not None
        assert services.claim_delivery(delivery_id=delivery.id, now=clock.turn(seconds=20)) is None
        clock.turn(seconds=20)
        assert services.sweep_deliveries(now=clock.now) == 1
        assert clock.work() == 1
    assert Delivery.objects.get().status == "delivered"


def test_deleting_an_endpoint_takes_its_deliveries_with_it(alice: User) -> None:
    endpoint, _ = subscribe(alice, "http://127.0.0.1:9/")
    add_task(alice)
    clock = Clock()
    clock.work()
    services.delete_webhook(actor=Actor(alice.id), webhook_id=endpoint.id, now=clock.now)
    assert not Delivery.objects.exists()
    assert not WebhookEndpoint.objects.exists()


def test_when_a_rest_is_over_one_of_two_senders_tries(alice: User) -> None:
    now = timezone.now()
    subscribe(alice, "http://127.0.0.1:9/hook")
    WebhookEndpoint.objects.update(failures_in_a_row=3, rests_until=now)
    one, other = WebhookEndpoint.objects.get(), WebhookEndpoint.objects.get()
    assert breaker.rest_of(one, now) is None
    assert breaker.rest_of(other, now) == now + breaker.PROBE
