"""Webhook endpoints of users: what they hear of is owed to them from the moment it is recorded."""

from __future__ import annotations

from datetime import datetime
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

import orjson
from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from activities.models import Activity, Outbox
from activities.services import Entry, follow_kinds, lock_stream, record
from integrations.deliveries.payloads import PING, body_of
from integrations.deliveries.signatures import new_secret
from integrations.models import Delivery, WebhookEndpoint
from integrations.representation import moment, render_webhook
from integrations.services.deliveries import WebhookNotFound, enqueue_on_commit, host_of
from integrations.services.workflows import check_address
from voice2task.kernel.errors import Conflict, Invalid
from voice2task.kernel.identifiers import uuid7
from voice2task.kernel.sealing import seal

FAN_OUT_JOB = "integrations.fan_out"
MOST_ENDPOINTS = 20
URL_LENGTH = 1000
DESCRIPTION_LENGTH = 200
Status = WebhookEndpoint.Status


class WebhookInvalid(Invalid):
    code = "webhook_invalid"


class TooManyWebhooks(Conflict):
    code = "too_many_webhooks"
    message = f"A user has at most {MOST_ENDPOINTS} webhooks."


class WebhookFields(TypedDict):
    """`status`: "active", or "paused": what happens meanwhile is sent when it goes on."""

    url: NotRequired[str]
    description: NotRequired[str]
    kinds: NotRequired[list[str]]
    status: NotRequired[str]


def create_webhook(
    *, actor: Actor, now: datetime, **fields: Unpack[WebhookFields]
) -> tuple[WebhookEndpoint, str]:
    """Subscribe an address to kinds of activity. Returns it with its secret, which is never shown again.

    Raises:
        WebhookInvalid, TooManyWebhooks, AddressRefused
    """
    endpoint = WebhookEndpoint(id=uuid7(), user_id=actor.user_id, created_at=now, updated_at=now, kinds=[])
    _apply(endpoint, fields)
    check_address(endpoint.url)
    secret = new_secret()
    endpoint.signing_secret = seal(secret)
    with transaction.atomic():
        lock_stream(actor.user_id)
        if WebhookEndpoint.objects.of(actor.user_id).count() >= MOST_ENDPOINTS:
            raise TooManyWebhooks
        endpoint.save(force_insert=True)
        _follow(actor)
        entry = Entry("webhook.created", "webhook", endpoint.id, render_webhook(endpoint))
        record(actor=actor, entry=entry, at=now)
    return endpoint, secret


def update_webhook(
    *, actor: Actor, webhook_id: UUID, now: datetime, **fields: Unpack[WebhookFields]
) -> WebhookEndpoint:
    """Change what is named. Setting it "active" also ends a rest, and brings back one that was disabled.

    Raises:
        WebhookNotFound, WebhookInvalid, AddressRefused
    """
    if "url" in fields:
        check_address(fields["url"])
    with transaction.atomic():
        lock_stream(actor.user_id)
        endpoint = _held(actor, webhook_id)
        before = render_webhook(endpoint)
        _apply(endpoint, fields)
        if fields.get("status") == Status.ACTIVE or "url" in fields:
            endpoint.failures_in_a_row, endpoint.rests_until = 0, None
        endpoint.updated_at = now
        if "url" in fields:
            open_ = endpoint.deliveries.filter(status=Delivery.Status.PENDING)
            open_.update(host=host_of(endpoint.url))
        # After its deliveries, as who sends does: neither waits for the other.
        endpoint.save()
        _follow(actor)
        after = render_webhook(endpoint)
        changed = [name for name in after if after[name] != before[name]]
        entry = Entry(
            "webhook.updated",
            "webhook",
            endpoint.id,
            {name: after[name] for name in changed},
            {name: before[name] for name in changed},
        )
        record(actor=actor, entry=entry, at=now)
    return endpoint


@transaction.atomic
def rotate_webhook_secret(*, actor: Actor, webhook_id: UUID, now: datetime) -> str:
    """A new secret, shown here and never again. For a day messages carry a signature of the former one too.

    Raises:
        WebhookNotFound
    """
    lock_stream(actor.user_id)
    endpoint = _held(actor, webhook_id)
    secret = new_secret()
    endpoint.former_secret, endpoint.signing_secret = endpoint.signing_secret, seal(secret)
    endpoint.rotated_at = endpoint.updated_at = now
    endpoint.save()
    entry = Entry("webhook.updated", "webhook", endpoint.id, {"rotated_at": moment(now)})
    record(actor=actor, entry=entry, at=now)
    return secret


@transaction.atomic
def delete_webhook(*, actor: Actor, webhook_id: UUID, now: datetime) -> None:
    """Delete an endpoint, its deliveries included.

    Raises:
        WebhookNotFound
    """
    lock_stream(actor.user_id)
    endpoint = _held(actor, webhook_id)
    entry = Entry("webhook.deleted", "webhook", endpoint.id, {}, render_webhook(endpoint))
    endpoint.delete()
    _follow(actor)
    record(actor=actor, entry=entry, at=now)


@transaction.atomic
def test_webhook(*, actor: Actor, webhook_id: UUID, now: datetime) -> Delivery:
    """Send a message of kind `webhook.ping`, like any other.

    Raises:
        WebhookNotFound
    """
    endpoint = WebhookEndpoint.objects.of(actor.user_id).filter(id=webhook_id).first()
    if endpoint is None:
        raise WebhookNotFound
    body = {"type": PING, "version": 1, "timestamp": moment(now), "data": {"webhook_id": str(endpoint.id)}}
    delivery = _owed(endpoint, PING, orjson.dumps(body).decode(), now)
    delivery.save(force_insert=True)
    enqueue_on_commit([delivery.id])
    return delivery


@transaction.atomic
def fan_out(*, activity_id: UUID, now: datetime) -> int:
    """Owe an activity to each endpoint that hears of its kind: once. Returns how many there are."""
    if not Outbox.objects.settle(FAN_OUT_JOB, activity_id):
        return 0
    activity = Activity.objects.get(id=activity_id)
    hearing = WebhookEndpoint.objects.hearing(activity.user_id, activity.kind)
    body = body_of(activity)
    owed = [_owed(endpoint, activity.kind, body, now, activity.id) for endpoint in hearing]
    Delivery.objects.bulk_create(owed)
    enqueue_on_commit([delivery.id for delivery in owed])
    return len(owed)


def _owed(
    endpoint: WebhookEndpoint, kind: str, body: str, now: datetime, activity_id: UUID | None = None
) -> Delivery:
    return Delivery(
        id=uuid7(),
        user_id=endpoint.user_id,
        endpoint=endpoint,
        activity_id=activity_id,
        kind=kind,
        body=body,
        host=host_of(endpoint.url),
        next_attempt_at=now,
        created_at=now,
    )


def _follow(actor: Actor) -> None:
    """Hear of what the user's endpoints want, paused ones included: they are sent it when they go on."""
    subscribed = WebhookEndpoint.objects.of(actor.user_id).values_list("kinds", flat=True)
    follow_kinds(user_id=actor.user_id, kinds={kind for kinds in subscribed for kind in kinds})


def _held(actor: Actor, webhook_id: UUID) -> WebhookEndpoint:
    endpoint = WebhookEndpoint.objects.of(actor.user_id).filter(id=webhook_id).first()
    if endpoint is None:
        raise WebhookNotFound
    return endpoint


def _apply(endpoint: WebhookEndpoint, fields: WebhookFields) -> None:
    for name in ("url", "description", "kinds", "status"):
        if name in fields:
            setattr(endpoint, name, fields[name])
    if not 0 < len(endpoint.url) <= URL_LENGTH:
        raise WebhookInvalid(f"An address has 1 to {URL_LENGTH} characters.", field="url")
    if len(endpoint.description) > DESCRIPTION_LENGTH:
        raise WebhookInvalid(f"At most {DESCRIPTION_LENGTH} characters.", field="description")
    if "status" in fields and fields["status"] not in (Status.ACTIVE, Status.PAUSED):
        raise WebhookInvalid("A status is active or paused.", field="status")
    endpoint.kinds = list(dict.fromkeys(endpoint.kinds))
    if not endpoint.kinds or set(endpoint.kinds) - set(settings.WEBHOOK_KINDS):
        raise WebhookInvalid(f"Kinds are some of {', '.join(settings.WEBHOOK_KINDS)}.", field="kinds")
