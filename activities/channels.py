"""The ways out of the house: each sends a claimed delivery, in no transaction, and says how it ended."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Mapping
from datetime import timedelta
from email.utils import parseaddr

import orjson
import requests
from django.conf import settings
from django.core.mail import EmailMessage
from pywebpush import WebPushException, webpush

from activities import vapid
from activities.models import NotificationDelivery
from activities.representation import render_notification
from activities.services import Outcome
from voice2task.kernel.outbound import OutboundRefused, outbound_session

Channel = NotificationDelivery.Channel

PUSH_SECONDS = (3.0, 10.0)
# How long a push service keeps what it cannot hand over, in seconds.
PUSH_TTL = 24 * 3600
GONE = frozenset({404, 410})
TOO_MANY = 429
FIRST_SERVER_ERROR = 500
FIRST_PERMANENT_REPLY = 500


def push(delivery: NotificationDelivery) -> Outcome:
    """Send to a browser, encrypted for it alone (RFC 8291). The same again replaces it there (`Topic`)."""
    subscription, notification = delivery.subscription, delivery.notification
    if subscription is None:
        return Outcome("failed", "no subscription")
    rendered = render_notification(notification)
    shown = {
        name: rendered[name] for name in ("id", "kind", "title", "body", "subject", "data", "created_at")
    }
    try:
        webpush(
            {
                "endpoint": subscription.endpoint,
                "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth},
            },
            data=orjson.dumps(shown).decode(),
            vapid_private_key=vapid.signer(),
            vapid_claims={"sub": vapid.contact()},
            ttl=PUSH_TTL,
            headers={"Topic": notification.id.hex, "Urgency": "high"},
            timeout=PUSH_SECONDS,
            requests_session=outbound_session(),
        )
    except WebPushException as error:
        return _refused(error.response)
    except OutboundRefused as error:
        return Outcome("failed" if error.permanent else "retry", error.reason)
    except requests.RequestException as error:
        return Outcome("retry", type(error).__name__)
    return Outcome("sent")


def email(delivery: NotificationDelivery) -> Outcome:
    """Send a mail. Its `Message-ID` is that of the delivery: one that comes twice is known for the same."""
    notification = delivery.notification
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    message = EmailMessage(
        subject=notification.title,
        body=notification.body or notification.title,
        to=[notification.user.email],
        headers={"Message-ID": f"<{delivery.id}@{domain}>"},
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        return Outcome("failed" if min(codes) >= FIRST_PERMANENT_REPLY else "retry", str(codes))
    except smtplib.SMTPResponseException as error:
        permanent = error.smtp_code >= FIRST_PERMANENT_REPLY
        return Outcome("failed" if permanent else "retry", f"the mail server answered {error.smtp_code}")
    except OSError as error:
        # smtplib's other errors are among them.
        return Outcome("retry", type(error).__name__)
    return Outcome("sent")


CHANNELS: Mapping[str, Callable[[NotificationDelivery], Outcome]] = {
    Channel.PUSH: push,
    Channel.EMAIL: email,
}


def _refused(response: requests.Response | None) -> Outcome:
    if response is None:
        return Outcome("failed", "not encryptable")
    status = response.status_code
    error = f"the push service answered {status}"
    if status in GONE:
        return Outcome("gone", error)
    if status == TOO_MANY or status >= FIRST_SERVER_ERROR:
        return Outcome("retry", error, _retry_after(response))
    return Outcome("failed", error)


def _retry_after(response: requests.Response) -> timedelta:
    value = response.headers.get("Retry-After", "")
    return (
        timedelta(seconds=min(int(value), 24 * 3600)) if value.isascii() and value.isdigit() else timedelta()
    )
