"""Where browsers take Web Push: subscribed by their users, forgotten when they are gone."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction

from accounts.actors import Actor
from activities.models import MAX_ENDPOINT, PushSubscription
from activities.representation import render_subscription
from activities.services.recording import Entry, lock_stream, record
from voice2task.kernel.addresses import Forbidden, check_destination
from voice2task.kernel.errors import Invalid, NotFound

MAX_SUBSCRIPTIONS = 20
AUTH_BYTES = 16


class SubscriptionNotFound(NotFound):
    code = "subscription_not_found"
    message = "There is no such subscription."


class EndpointRefused(Invalid):
    """The message says why."""

    code = "endpoint_refused"
    message = "The endpoint is an https address of a push service."


class KeyInvalid(Invalid):
    code = "key_invalid"
    message = "Not a key as browsers give them, in URL-safe base64."


class TooManySubscriptions(Invalid):
    code = "too_many_subscriptions"
    message = f"At most {MAX_SUBSCRIPTIONS} browsers; remove one first."


def subscribe(
    *,
    actor: Actor,
    endpoint: str,
    p256dh: str,
    auth: str,
    expires_at: datetime | None = None,
    now: datetime,
) -> PushSubscription:
    """Send the user's notifications to a browser. The same endpoint again gets the new keys.

    Raises:
        EndpointRefused: not https, or not a public address.
        KeyInvalid, TooManySubscriptions
    """
    # Names are looked up before anything is locked.
    _check_endpoint(endpoint)
    _check_keys(p256dh, auth)
    with transaction.atomic():
        lock_stream(actor.user_id)
        own = PushSubscription.objects.of(actor.user_id)
        subscription = own.filter(endpoint=endpoint).first()
        if subscription is None:
            if own.count() >= MAX_SUBSCRIPTIONS:
                raise TooManySubscriptions
            subscription = PushSubscription(user_id=actor.user_id, endpoint=endpoint, created_at=now)
        elif (subscription.p256dh, subscription.auth, subscription.expires_at) == (p256dh, auth, expires_at):
            return subscription
        subscription.p256dh, subscription.auth, subscription.expires_at = p256dh, auth, expires_at
        subscription.save()
        entry = Entry("push.subscribed", "push", subscription.id, render_subscription(subscription))
        record(actor=actor, entry=entry, at=now)
    return subscription


@transaction.atomic
def unsubscribe(*, actor: Actor, subscription_id: UUID, now: datetime) -> None:
    """
    Raises:
        SubscriptionNotFound
    """
    lock_stream(actor.user_id)
    if not _remove(actor, subscription_id, now):
        raise SubscriptionNotFound


@transaction.atomic
def forget_subscription(*, user_id: UUID, subscription_id: UUID, now: datetime) -> None:
    """The push service says that nobody takes anything there any more."""
    lock_stream(user_id)
    _remove(Actor(user_id, "system"), subscription_id, now)


def _remove(actor: Actor, subscription_id: UUID, now: datetime) -> bool:
    subscription = PushSubscription.objects.of(actor.user_id).filter(pk=subscription_id).first()
    if subscription is None:
        return False
    before = render_subscription(subscription)
    subscription.delete()
    record(actor=actor, entry=Entry("push.unsubscribed", "push", subscription_id, before=before), at=now)
    return True


def _check_endpoint(endpoint: str) -> None:
    if len(endpoint) > MAX_ENDPOINT or urlsplit(endpoint).scheme != "https":
        raise EndpointRefused(field="endpoint")
    try:
        check_destination(endpoint)
    except Forbidden as error:
        raise EndpointRefused(str(error), field="endpoint", extra={"reason": error.reason}) from error


def _check_keys(p256dh: str, auth: str) -> None:
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(p256dh, "p256dh"))
    except ValueError as error:
        raise KeyInvalid(field="p256dh") from error
    if len(_decoded(auth, "auth")) != AUTH_BYTES:
        raise KeyInvalid(field="auth")


def _decoded(text: str, field: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise KeyInvalid(field=field) from error
