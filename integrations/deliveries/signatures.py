"""Signatures of Standard Webhooks, as they are sent and as they are checked (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from standardwebhooks.webhooks import Webhook

TOLERANCE = timedelta(minutes=5)
PREFIX = "whsec_"
SECRET_CHARACTERS = 32
TIMESTAMP = re.compile(r"[0-9]{1,12}")


class SignatureInvalid(Exception):
    """A message is not from who it says it is from, or not from now."""


def new_secret() -> str:
    """A secret whose bytes are printable, so that tools that take text, as n8n does, can hold it too."""
    return PREFIX + base64.b64encode(secrets.token_hex(SECRET_CHARACTERS // 2).encode()).decode()


def is_secret(text: str) -> bool:
    """Whether a text is a secret: `whsec_` and at least 24 bytes in base64."""
    try:
        key = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except ValueError:
        return False
    return text.startswith(PREFIX) and 24 <= len(key) <= 64  # noqa: PLR2004 - the specification's bounds


def signed_headers(secrets_: Sequence[str], *, message_id: str, body: str, now: datetime) -> dict[str, str]:
    """The three headers; during a rotation with one signature for each secret, the newest first."""
    moment = now.astimezone(UTC)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(message_id, moment, body) for secret in secrets_),
    }


def verify(secrets_: Sequence[str], *, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """Check a message against any of the secrets. Returns its `webhook-id`.

    Raises:
        SignatureInvalid: a header is missing, the message is older or newer than five minutes, or no
            signature of version 1 is right.
    """
    given = {name.lower(): value for name, value in headers.items()}
    message_id, timestamp = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    if not message_id or not TIMESTAMP.fullmatch(timestamp):
        raise SignatureInvalid("The message has no id or no timestamp.")
    sent_at = datetime.fromtimestamp(int(timestamp), UTC)
    if abs(now - sent_at) > TOLERANCE:
        raise SignatureInvalid("The message is not from now.")
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise SignatureInvalid("The message is not UTF-8.") from error
    signatures = [part for part in given.get("webhook-signature", "").split() if part.startswith("v1,")]
    for secret in secrets_:
        expected = Webhook(secret).sign(message_id, sent_at, text)
        if any(hmac.compare_digest(expected.encode(), part.encode()) for part in signatures):
            return message_id
    raise SignatureInvalid("No signature is right.")
