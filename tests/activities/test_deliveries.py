"""Notifications on their way out: to a push service over a real socket, and by mail; once, in their time."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from activities import channels, jobs, relay, services, vapid
from activities.models import Activity, Notification, NotificationDelivery, PushSubscription
from tests.activities.test_notifications import DUE, NOTIFICATIONS, kinds_since, seq_of, told
from tests.fakes.push import Browser, PushService, decoded, push_service
from voice2task.kernel.outbound import outbound_session

SUBSCRIPTIONS = f"{NOTIFICATIONS}subscriptions/"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PUBLIC = "https://93.184.216.34/push/a"


@pytest.fixture
def service(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    """The push service is on the operator's list of networks; its certificate is trusted."""
    settings.OUTBOUND_ALLOWED_NETWORKS = (ip_network("127.0.0.0/8"),)
    with push_service(tmp_path) as service:
        monkeypatch.setattr(outbound_session(), "verify", str(service.certificate))
        yield service


@pytest.fixture
def browser(service: PushService, as_alice: APIClient) -> Browser:
    browser = service.browser()
    assert as_alice.post(SUBSCRIPTIONS, browser.subscription).status_code == 201
    return browser


@pytest.fixture
def enqueued(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What is sent to the queues."""
    sent: list[tuple[str, Any]] = []
    monkeypatch.setattr(relay, "enqueue", sent.extend)
    return sent


def deliveries(user: User) -> list[NotificationDelivery]:
    return list(NotificationDelivery.objects.filter(notification__user=user).order_by("id"))


def deliver(now: datetime | None = None) -> None:
    """Each pending delivery is tried, as if its job came at `now`."""
    for delivery in NotificationDelivery.objects.pending():
        try_one(delivery, now or timezone.now())


def try_one(delivery: NotificationDelivery, now: datetime) -> bool:
    claimed = services.claim_delivery(delivery_id=delivery.id, now=now)
    if claimed is None:
        return False
    outcome = channels.CHANNELS[claimed.channel](claimed)
    services.finish_delivery(delivery=claimed, outcome=outcome, now=now)
    return True


def test_only_the_browser_can_read_what_is_pushed(
    alice: User, as_alice: APIClient, service: PushService, browser: Browser
) -> None:
    (notification,) = told(alice, DUE | {"title": "Zahnärztin anrufen", "late": 120})
    (delivery,) = deliveries(alice)
    for _ in range(2):
        jobs.deliver_notification(str(delivery.id))
    (pushed,) = service.taken
    shown = browser.read(pushed.body)
    listed = as_alice.get(f"{NOTIFICATIONS}{notification.id}/").json()
    assert shown == {name: listed[name] for name in shown}
    assert (shown["title"], shown["body"]) == ("Zahnärztin anrufen", "Reminder, 2 minutes late")
    assert b"Zahn" not in pushed.body
    assert (pushed.path, pushed.headers["content-encoding"]) == ("/push/a", "aes128gcm")
    assert (pushed.headers["ttl"], pushed.headers["topic"]) == ("86400", notification.id.hex)
    key = as_alice.get(f"{NOTIFICATIONS}push-key/").json()["public_key"]
    claims = pushed.claims(key, service.origin)
    assert claims["sub"] == vapid.contact() == "mailto:noreply@localhost"
    assert timezone.now().timestamp() < claims["exp"] <= timezone.now().timestamp() + 24 * 3600
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.error) == ("sent", 1, "")


def test_every_browser_of_the_user_gets_it_and_no_other(
    as_alice: APIClient, as_bob: APIClient, alice: User, service: PushService
) -> None:
    mine, other, bobs = (service.browser(name) for name in "abc")
    as_alice.post(SUBSCRIPTIONS, mine.subscription)
    as_alice.post(SUBSCRIPTIONS, other.subscription)
    as_bob.post(SUBSCRIPTIONS, bobs.subscription)
    gone = service.browser("d").subscription | {"expirationTime": 1_000}
    assert as_alice.post(SUBSCRIPTIONS, gone).json()["expires_at"] == "1970-01-01T00:00:01Z"
    told(alice, DUE)
    deliver()
    assert sorted(pushed.path for pushed in service.taken) == ["/push/a", "/push/b"]
    by_path = {pushed.path: pushed.body for pushed in service.taken}
    assert mine.read(by_path["/push/a"]) == other.read(by_path["/push/b"])


def test_the_same_endpoint_again_is_the_same_subscription(
    as_alice: APIClient, alice: User, service: PushService
) -> None:
    seq = seq_of(alice)
    old, new = service.browser(), service.browser()
    answers = [as_alice.post(SUBSCRIPTIONS, each.subscription) for each in (old, old, new)]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert kinds_since(alice, seq) == ["push.subscribed", "push.subscribed"]
    (row,) = as_alice.get(SUBSCRIPTIONS).json()["results"]
    assert row == answers[0].json()
    assert row.keys() == {"id", "host", "expires_at", "created_at"}
    assert "/push/" not in str(list(Activity.objects.values_list("after", flat=True)))
    told(alice, DUE)
    deliver()
    assert new.read(service.taken[0].body)["title"] == "Call Bob"


def test_who_unsubscribes_gets_nothing_more(
    as_alice: APIClient, as_bob: APIClient, alice: User, service: PushService, browser: Browser
) -> None:
    (row,) = as_alice.get(SUBSCRIPTIONS).json()["results"]
    told(alice, DUE)
    assert as_bob.delete(f"{SUBSCRIPTIONS}{row['id']}/").status_code == 404
    assert as_bob.get(SUBSCRIPTIONS).json()["results"] == []
    assert as_alice.delete(f"{SUBSCRIPTIONS}{row['id']}/").status_code == 204
    assert (
        as_alice.delete(f"{SUBSCRIPTIONS}{row['id']}/").json()["errors"][0]["code"]
        == "subscription_not_found"
    )
    deliver()
    told(alice, DUE)
    assert (service.taken, deliveries(alice)) == ([], [])
    assert Notification.objects.of(alice.id).count() == 2


@pytest.mark.parametrize(
    ("endpoint", "reason"),
    [
        ("http://93.184.216.34/push", None),
        ("ftp://93.184.216.34/push", None),
        ("https://127.0.0.1:6379/", "address_loopback"),
        ("https://10.0.0.8/", "address_private"),
        ("https://169.254.169.254/latest/", "address_link_local"),
        ("https://[::1]/", "address_loopback"),
        ("https://2130706433/", "host_ambiguous"),
        ("https://user:secret@93.184.216.34/", "userinfo_forbidden"),
        ("https://", "url_invalid"),
    ],
)
def test_endpoints_inside_are_refused(
    as_alice: APIClient, settings: Any, endpoint: str, reason: str | None
) -> None:
    settings.OUTBOUND_ALLOWED_NETWORKS = ()
    refused = as_alice.post(SUBSCRIPTIONS, Browser(endpoint).subscription)
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["code"], error["attr"]) == (400, "endpoint_refused", "endpoint")
    assert refused.json().get("extra", {}).get("reason") == reason
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"keys": {"p256dh": "AAAA", "auth": "AAECAwQFBgcICQoLDA0ODw"}}, "key_invalid", "p256dh"),
        ({"keys": {"p256dh": "§", "auth": "AAECAwQFBgcICQoLDA0ODw"}}, "key_invalid", "p256dh"),
        (
            {"keys": {"p256dh": Browser(PUBLIC).subscription["keys"]["p256dh"], "auth": "AA"}},
            "key_invalid",
            "auth",
        ),
        ({"keys": {"p256dh": "x"}}, "required", "keys.auth"),
        ({"endpoint": f"https://93.184.216.34/{'x' * 1000}"}, "max_length", "endpoint"),
        ({"expirationTime": "soon"}, "invalid", "expirationTime"),
        ({"colour": "blue"}, "unknown_field", "colour"),
    ],
)
def test_what_is_no_subscription_is_refused(
    as_alice: APIClient, change: dict[str, Any], code: str, field: str
) -> None:
    refused = as_alice.post(SUBSCRIPTIONS, Browser(PUBLIC).subscription | change)
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["code"], error["attr"]) == (400, code, field)


def test_a_user_has_so_many_browsers_and_no_more(as_alice: APIClient, monkeypatch: Any) -> None:
    monkeypatch.setattr("activities.services.subscriptions.MAX_SUBSCRIPTIONS", 1)
    assert as_alice.post(SUBSCRIPTIONS, Browser(PUBLIC).subscription).status_code == 201
    refused = as_alice.post(SUBSCRIPTIONS, Browser(f"{PUBLIC}b").subscription)
    assert refused.json()["errors"][0]["code"] == "too_many_subscriptions"
    assert as_alice.post(SUBSCRIPTIONS, Browser(PUBLIC).subscription).status_code == 201


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(
    alice: User, service: PushService, browser: Browser, status: int
) -> None:
    service.answers = [(status, {})]
    told(alice, DUE, DUE)
    seq = seq_of(alice)
    deliver()
    assert len(service.taken) == 1
    assert not PushSubscription.objects.exists()
    assert deliveries(alice) == []
    (activity,) = Activity.objects.of(alice.id).after(seq)
    assert (activity.kind, activity.actor) == ("push.unsubscribed", "system")


def test_what_fails_for_now_is_tried_again_later_and_later(
    alice: User, service: PushService, browser: Browser
) -> None:
    service.answers = [(500, {}), (429, {"Retry-After": "3600"}), (503, {"Retry-After": "soon"})]
    told(alice, DUE)
    (delivery,) = deliveries(alice)
    now = timezone.now()
    for number, pause in enumerate((15, 3600, 300), start=1):
        assert try_one(delivery, now)
        delivery.refresh_from_db()
        assert (delivery.status, delivery.attempts) == ("pending", number)
        assert delivery.next_attempt_at == delivery.sweep_at == now + timedelta(seconds=pause)
        assert "answered" in delivery.error
        assert not try_one(delivery, now + timedelta(seconds=pause - 1))
        now += timedelta(seconds=pause)
    assert try_one(delivery, now)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.error) == ("sent", 4, "")
    assert len({pushed.headers["topic"] for pushed in service.taken}) == 1


def test_after_the_last_try_there_is_none(alice: User, service: PushService, browser: Browser) -> None:
    service.answers = [(500, {})] * 10
    told(alice, DUE)
    (delivery,) = deliveries(alice)
    for day in range(10):
        try_one(delivery, timezone.now() + timedelta(days=day))
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, len(service.taken)) == ("failed", 6, 6)


@pytest.mark.parametrize("status", [400, 403, 413])
def test_what_is_refused_for_good_is_not_tried_again(
    alice: User, service: PushService, browser: Browser, status: int
) -> None:
    service.answers = [(status, {})]
    told(alice, DUE)
    deliver()
    deliver(timezone.now() + timedelta(days=1))
    (delivery,) = deliveries(alice)
    assert (delivery.status, delivery.error) == ("failed", f"the push service answered {status}")
    assert len(service.taken) == 1
    assert PushSubscription.objects.exists()


def test_an_address_that_is_not_public_any_more_is_not_sent_to(
    alice: User, service: PushService, browser: Browser, settings: Any
) -> None:
    settings.OUTBOUND_ALLOWED_NETWORKS = ()
    outbound_session().close()
    told(alice, DUE)
    deliver()
    (delivery,) = deliveries(alice)
    assert (delivery.status, delivery.error, service.taken) == ("failed", "address_loopback", [])


def test_a_service_that_is_away_is_tried_again(alice: User, tmp_path: Path, as_alice: APIClient) -> None:
    with push_service(tmp_path) as service:
        assert as_alice.post(SUBSCRIPTIONS, service.browser().subscription).status_code == 201
    told(alice, DUE)
    deliver()
    (delivery,) = deliveries(alice)
    assert (delivery.status, delivery.error) == ("pending", "ConnectionError")


def test_what_nobody_tried_is_swept_and_what_is_held_is_left(
    alice: User,
    service: PushService,
    browser: Browser,
    enqueued: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        told(alice, DUE)
    (delivery,) = deliveries(alice)
    job = (services.DELIVER_JOB, delivery.id)
    assert enqueued[1:] == [job]
    created = delivery.next_attempt_at
    assert services.sweep_deliveries(now=created + timedelta(seconds=1)) == 0
    assert services.sweep_deliveries(now=created + timedelta(seconds=2)) == 1
    assert services.sweep_deliveries(now=created + timedelta(seconds=3)) == 0
    assert enqueued[1:] == [job, job]
    # A sender takes it and dies: when its lease is over, another may.
    assert services.claim_delivery(delivery_id=delivery.id, now=created + MINUTE)
    assert services.claim_delivery(delivery_id=delivery.id, now=created + 1.5 * MINUTE) is None
    assert services.sweep_deliveries(now=created + 1.5 * MINUTE) == 0
    assert services.sweep_deliveries(now=created + 2 * MINUTE) == 1
    assert try_one(delivery, created + 2 * MINUTE)
    assert services.sweep_deliveries(now=created + timedelta(days=1)) == 0
    assert len(service.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_senders_at_once_one_sends(alice: User, service: PushService, browser: Browser) -> None:
    told(alice, DUE)
    (delivery,) = deliveries(alice)

    def send(_: int) -> None:
        try:
            jobs.deliver_notification(str(delivery.id))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(send, range(12)))
    assert len(service.taken) == 1


def test_who_fails_after_another_has_taken_it_up_changes_nothing(alice: User, browser: Browser) -> None:
    told(alice, DUE)
    (delivery,) = deliveries(alice)
    now = timezone.now()
    late = services.claim_delivery(delivery_id=delivery.id, now=now)
    later = now + 1.5 * MINUTE
    assert late is not None
    assert services.claim_delivery(delivery_id=delivery.id, now=later)
    services.finish_delivery(delivery=late, outcome=services.Outcome("failed", "410"), now=later)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.error) == ("pending", 2, "")


def test_what_was_read_is_not_sent(
    alice: User, as_alice: APIClient, service: PushService, browser: Browser
) -> None:
    told(alice, DUE)
    as_alice.post(f"{NOTIFICATIONS}read-all/")
    deliver()
    (delivery,) = deliveries(alice)
    assert (delivery.status, service.taken) == ("skipped", [])


def test_in_quiet_hours_push_and_mail_wait_and_the_list_does_not(
    alice: User, as_alice: APIClient, service: PushService, browser: Browser
) -> None:
    """Alice lives in Berlin, two hours ahead in June; her quiet hours go over midnight."""
    body = {"quiet_from": "22:00", "quiet_until": "07:00", "email_notifications": True}
    assert as_alice.patch("/api/v1/auth/me/", body).status_code == 200
    User.objects.filter(pk=alice.pk).update(email_verified_at=timezone.now())
    told(alice, DUE)
    NotificationDelivery.objects.update(next_attempt_at=NOON, sweep_at=NOON)
    night = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
    morning = datetime(2026, 6, 2, 5, tzinfo=UTC)
    deliver(night)
    assert as_alice.get(f"{NOTIFICATIONS}unread-count/").json()["unread"] == 1
    assert [(each.status, each.attempts, each.next_attempt_at) for each in deliveries(alice)] == [
        ("pending", 0, morning)
    ] * 2
    assert services.sweep_deliveries(now=morning - MINUTE) == 0
    assert (service.taken, mail.outbox) == ([], [])
    assert services.sweep_deliveries(now=morning) == 2
    deliver(morning)
    assert (len(service.taken), len(mail.outbox)) == (1, 1)
    assert {each.status for each in deliveries(alice)} == {"sent"}


@pytest.fixture
def by_mail(alice: User) -> User:
    alice.email_notifications, alice.email_verified_at = True, timezone.now()
    alice.save()
    return alice


def test_who_wants_mail_gets_one(by_mail: User) -> None:
    told(by_mail, DUE | {"late": 600})
    (delivery,) = deliveries(by_mail)
    for _ in range(2):
        jobs.deliver_notification(str(delivery.id))
    (message,) = mail.outbox
    assert (message.subject, message.body) == ("Call Bob", "Reminder, 10 minutes late")
    assert (message.to, message.extra_headers) == (
        [by_mail.email],
        {"Message-ID": f"<{delivery.id}@localhost>"},
    )


@pytest.mark.parametrize(
    "change", [{"email_notifications": False}, {"email_verified_at": None}, {"is_active": False}]
)
def test_nobody_else_gets_mail(by_mail: User, change: dict[str, Any]) -> None:
    User.objects.filter(pk=by_mail.pk).update(**change)
    told(by_mail, DUE)
    assert deliveries(by_mail) == []


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ConnectionRefusedError(), "pending"),
        (smtplib.SMTPServerDisconnected(), "pending"),
        (smtplib.SMTPDataError(451, b"later"), "pending"),
        (smtplib.SMTPDataError(554, b"never"), "failed"),
        (smtplib.SMTPRecipientsRefused({"a": (550, b"unknown")}), "failed"),
        (smtplib.SMTPRecipientsRefused({"a": (452, b"full")}), "pending"),
    ],
)
def test_a_mail_server_that_refuses(
    by_mail: User, error: Exception, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> int:
        raise error

    told(by_mail, DUE)
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", refuse)
        deliver()
    (delivery,) = deliveries(by_mail)
    assert (delivery.status, bool(delivery.error)) == (status, True)
    deliver(timezone.now() + MINUTE)
    assert len(mail.outbox) == (1 if status == "pending" else 0)


def test_the_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    path = tmp_path / "key"
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: vapid.kept_key(path), range(16)))
    assert keys == {path.read_text()}
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["key"]


def test_the_key_can_be_given(settings: Any, tmp_path: Path, as_alice: APIClient) -> None:
    settings.VAPID_PRIVATE_KEY, settings.VAR_DIR = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE", tmp_path
    vapid.signer.cache_clear()
    try:
        key = as_alice.get(f"{NOTIFICATIONS}push-key/").json()["public_key"]
    finally:
        vapid.signer.cache_clear()
    number = int.from_bytes(bytes([1]) * 32, "big")
    public = ec.derive_private_key(number, ec.SECP256R1()).public_key()
    assert decoded(key) == public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    assert list(tmp_path.iterdir()) == []
