"""Webhook endpoints of users: subscribed, tested, paused, looked at, sent again; and nobody else's."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from accounts.models import User
from activities.models import Activity
from integrations.deliveries.payloads import PAYLOADS, body_of
from integrations.deliveries.signatures import verify
from integrations.models import Delivery, WebhookEndpoint
from tests.conftest import register
from tests.integrations.receiver import Reply, receiving
from tests.integrations.world import Clock, add_task

HOOKS = "/api/v1/webhooks/"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "webhooks.md"

TASK_FIELDS = (
    "title notes status priority list_id parent_id labels due_on due_at rrule"
    " completed_at trashed_at created_at"
)
# What integrations rest on. A change here without another version breaks them.
PROMISED = {
    **{
        f"task.{verb}": (1, "task", TASK_FIELDS)
        for verb in (
            *("created", "updated", "completed", "reopened", "moved"),
            *("trashed", "restored", "reverted"),
        )
    },
    **{
        f"list.{verb}": (1, "list", "name colour is_inbox created_at")
        for verb in ("created", "updated", "deleted")
    },
    "reminder.due": (1, "reminder", "task_id remind_at fired_at"),
    **{
        f"run.{end}": (1, "run", "workflow status error")
        for end in ("done", "failed", "timed_out", "cancelled")
    },
}


def subscribe(client: Any, url: str, **fields: Any) -> dict[str, Any]:
    answer = client.post(HOOKS, {"url": url, "kinds": ["task.created"], **fields})
    assert answer.status_code == 201, answer.json()
    return dict(answer.json())


def test_a_secret_is_shown_once_and_signs_what_comes(as_alice: Any, alice: User) -> None:
    clock = Clock()
    with receiving(Reply(raw=b"thanks")) as target:
        made = subscribe(as_alice, target.url("/hook"), description="Mine")
        assert made["secret"].startswith("whsec_")
        shown = [as_alice.get(HOOKS).json(), as_alice.get(f"{HOOKS}{made['id']}/").json()]
        add_task(alice, "Water the plants")
        clock.turn(seconds=1)
        clock.work()
    assert made["secret"] not in json.dumps(
        [*shown, list(Activity.objects.values("after", "before"))], default=str
    )
    (sent,) = target.received
    assert verify([made["secret"]], headers=sent.headers, body=sent.raw, now=clock.now)
    assert sent.headers["webhook-id"] == str(Delivery.objects.get().id)
    assert (sent.body["type"], sent.body["version"], sent.path) == ("task.created", 1, "/hook")
    assert sent.body["data"]["task"]["title"] == "Water the plants"
    assert "id" in sent.body["data"]["task"]


def test_the_log_shows_request_and_answer(as_alice: Any, as_bob: Any, alice: User) -> None:
    clock = Clock()
    with receiving(Reply(status=400, raw=b"no, thank you")) as target:
        made = subscribe(as_alice, target.url())
        add_task(alice)
        clock.work()
    (row,) = as_alice.get(f"/api/v1/deliveries/?endpoint={made['id']}").json()["results"]
    assert (row["status"], row["error_code"], row["kind"]) == ("dead", "refused", "task.created")
    detail = as_alice.get(f"/api/v1/deliveries/{row['id']}/").json()
    (log,) = detail["log"]
    assert json.loads(log["request"]["body"])["type"] == "task.created"
    assert log["request"]["headers"]["webhook-id"] == row["id"]
    assert (log["response"]["status"], log["response"]["body"]) == (400, "no, thank you")
    assert log["error"]["code"] == "refused"
    assert as_bob.get(f"/api/v1/deliveries/{row['id']}/").status_code == 404
    assert as_bob.get("/api/v1/deliveries/").json()["results"] == []


def test_a_test_is_sent_like_any_other(as_alice: Any) -> None:
    clock = Clock()
    with receiving(Reply()) as target:
        made = subscribe(as_alice, target.url())
        answer = as_alice.post(f"{HOOKS}{made['id']}/test/")
        assert (answer.status_code, answer.json()["kind"]) == (202, "webhook.ping")
        clock.turn(seconds=1)
        clock.work()
    assert target.received[0].body["type"] == "webhook.ping"


def test_paused_it_hears_nothing_and_then_everything(as_alice: Any, alice: User) -> None:
    clock = Clock()
    with receiving(Reply()) as target:
        made = subscribe(as_alice, target.url())
        assert as_alice.patch(f"{HOOKS}{made['id']}/", {"status": "paused"}).json()["status"] == "paused"
        add_task(alice, "one")
        add_task(alice, "two")
        assert (clock.work(), target.received) == (0, [])
        as_alice.patch(f"{HOOKS}{made['id']}/", {"status": "active"})
        clock.work()
    assert [each.body["data"]["task"]["title"] for each in target.received] == ["one", "two"]


def test_what_is_dead_is_sent_again_one_by_one_or_all(as_alice: Any, as_bob: Any, alice: User) -> None:
    clock = Clock()
    answer = Reply(status=422)
    with receiving(lambda _: answer) as target:
        made = subscribe(as_alice, target.url())
        for number in range(3):
            add_task(alice, str(number))
        clock.work()
        answer = Reply()
        one = Delivery.objects.order_by("id").first()
        assert as_bob.post(f"/api/v1/deliveries/{one.id}/redeliver/").status_code == 404
        assert as_bob.post(f"{HOOKS}{made['id']}/redeliver/").status_code == 404
        assert as_alice.post(f"/api/v1/deliveries/{one.id}/redeliver/").json()["status"] == "pending"
        assert as_alice.post(f"/api/v1/deliveries/{one.id}/redeliver/").status_code == 409
        assert as_alice.post(f"{HOOKS}{made['id']}/redeliver/").json() == {"redelivered": 2}
        clock.turn(seconds=5)
        clock.work()
        replayed = as_alice.post(f"/api/v1/deliveries/{one.id}/redeliver/")
        assert replayed.status_code == 200
        clock.turn(seconds=5)
        clock.work()
    assert set(Delivery.objects.values_list("status", flat=True)) == {"delivered"}
    ids = [each.headers["webhook-id"] for each in target.received]
    assert (len(ids), len(set(ids)), ids.count(str(one.id))) == (7, 3, 3)


def test_for_a_day_after_a_rotation_both_secrets_verify(as_alice: Any, alice: User) -> None:
    clock = Clock()
    with receiving(Reply()) as target:
        made = subscribe(as_alice, target.url())
        secret = as_alice.post(f"{HOOKS}{made['id']}/rotate-secret/").json()["secret"]
        add_task(alice)
        clock.turn(hours=1)
        clock.work()
        add_task(alice)
        clock.turn(hours=24)
        clock.work()
    during, after = target.received
    assert len(during.headers["webhook-signature"].split()) == 2
    moment = clock.now
    assert verify([secret], headers=after.headers, body=after.raw, now=moment)
    assert len(after.headers["webhook-signature"].split()) == 1


def test_strangers_find_nothing(as_alice: Any, as_bob: Any, as_nobody: Any, bob: User) -> None:
    clock = Clock()
    with receiving(Reply()) as target:
        made = subscribe(as_alice, target.url())
        url = f"{HOOKS}{made['id']}/"
        assert as_bob.get(url).status_code == as_bob.delete(url).status_code == 404
        assert as_bob.patch(url, {"status": "paused"}).status_code == 404
        for verb in ("test", "rotate-secret"):
            assert as_bob.post(f"{url}{verb}/").status_code == 404
        assert as_bob.get(HOOKS).json()["results"] == []
        for stranger in (
            as_nobody.get(HOOKS),
            as_nobody.get("/api/v1/deliveries/"),
            as_nobody.get("/api/v1/runs/"),
        ):
            assert stranger.status_code == 401
        add_task(bob, "Bob's own")
        clock.work()
        assert target.received == []
    assert as_alice.delete(url).status_code == 204


@pytest.mark.parametrize(
    ("fields", "code", "attr"),
    [
        ({"kinds": []}, "webhook_invalid", "kinds"),
        ({"kinds": ["user.password_changed"]}, "invalid_choice", "kinds.0"),
        ({"url": "ftp://example.com/"}, "address_refused", "url"),
        ({"url": "http://169.254.169.254/"}, "address_refused", "url"),
        ({"url": "http://u:p@1.1.1.1/"}, "address_refused", "url"),
        ({"colour": "red"}, "unknown_field", "colour"),
        ({"status": "disabled"}, "invalid_choice", "status"),
    ],
)
def test_what_cannot_be_is_refused(as_alice: Any, fields: Any, code: str, attr: str) -> None:
    answer = as_alice.post(HOOKS, {"url": "http://127.0.0.1:9/", "kinds": ["task.created"], **fields})
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"], error["attr"]) == (400, code, attr)
    assert not WebhookEndpoint.objects.exists()


def test_a_user_has_so_many_and_no_more(as_alice: Any, as_bob: Any) -> None:
    for _ in range(20):
        subscribe(as_alice, "http://127.0.0.1:9/")
    full = as_alice.post(HOOKS, {"url": "http://127.0.0.1:9/", "kinds": ["task.created"]})
    assert (full.status_code, full.json()["errors"][0]["code"]) == (409, "too_many_webhooks")
    subscribe(as_bob, "http://127.0.0.1:9/")


def test_payloads_never_change_without_a_version() -> None:
    table = {kind: (each.version, each.subject, " ".join(each.fields)) for kind, each in PAYLOADS.items()}
    assert table == PROMISED
    assert set(PAYLOADS) == set(django_settings.WEBHOOK_KINDS)


def test_each_payload_is_documented() -> None:
    rows = re.findall(
        r"^\| `([a-z_]+\.[a-z_]+)` \| (\d+) \| `(\w+)` \| (.+?) \|$", DOCS.read_text(), re.MULTILINE
    )
    documented = {kind: (int(version), subject, fields) for kind, version, subject, fields in rows}
    assert documented == PROMISED


def test_a_payload_holds_what_is_promised_and_nothing_else(alice: User) -> None:
    add_task(alice)
    activity = Activity.objects.get(user=alice, kind="task.created")
    activity.after |= {"a_field_of_tomorrow": 1}
    body = json.loads(body_of(activity))
    assert set(body) == {"type", "version", "timestamp", "event_id", "seq", "actor", "data"}
    assert set(body["data"]) == {"task", "before"}
    assert set(body["data"]["task"]) == {"id", *TASK_FIELDS.split()}


def test_staff_pause_and_send_again(as_alice: Any, alice: User) -> None:
    operator = register("operator@example.com")
    operator.is_staff = operator.is_superuser = True
    operator.save()
    staff = Client()
    staff.force_login(operator)
    clock = Clock()
    answer = Reply(status=400)
    with receiving(lambda _: answer) as target:
        made = subscribe(as_alice, target.url())
        add_task(alice)
        clock.work()
        page = "/admin/integrations/webhookendpoint/"
        for name, status in (("pause", "paused"), ("resume", "active")):
            staff.post(page, {"action": name, "_selected_action": [made["id"]]})
            assert WebhookEndpoint.objects.get().status == status
        answer = Reply()
        delivery = Delivery.objects.get()
        for url, name, row in (
            ("/admin/integrations/delivery/", "redeliver", delivery.id),
            (page, "redeliver_dead", made["id"]),
        ):
            Delivery.objects.update(status="dead")
            staff.post(url, {"action": name, "_selected_action": [str(row)]})
            clock.turn(seconds=5)
            clock.work()
            delivery.refresh_from_db()
            assert delivery.status == "delivered"
    assert made["secret"] not in staff.get(f"{page}{made['id']}/change/").content.decode()
    staff.force_login(alice)
    assert staff.get(page).status_code == 302
