"""Secrets at rest: encrypted with a key made from `SECRET_KEY`. And the tokens of callbacks, kept nowhere."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac

from voice2task.kernel.errors import ApplicationError

if TYPE_CHECKING:
    from integrations.models import Target

# After a rotation the secret before it is still good for this long.
ROTATION = timedelta(hours=24)


class SecretUnreadable(ApplicationError):
    """`SECRET_KEY` is not the one with which the secret was stored."""

    code = "secret_unreadable"
    status = 500
    message = "A stored secret cannot be read any more; enter it anew."


def encrypt(secret: str) -> bytes:
    return _fernet(settings.SECRET_KEY).encrypt(secret.encode()) if secret else b""


def decrypt(stored: bytes) -> str:
    """The secret again.

    Raises:
        SecretUnreadable
    """
    if not stored:
        return ""
    try:
        return _fernet(settings.SECRET_KEY).decrypt(stored).decode()
    except InvalidToken as error:
        raise SecretUnreadable from error


def secrets_of(target: Target, now: datetime) -> list[str]:
    """The signing secrets of a target that are good now, the newest first.

    Raises:
        SecretUnreadable
    """
    stored = [target.signing_secret]
    if target.rotated_at is not None and now < target.rotated_at + ROTATION:
        stored.append(target.former_secret)
    return [secret for each in stored if (secret := decrypt(bytes(each)))]


def callback_token(run_id: UUID) -> str:
    """The token with which a workflow reports this one run."""
    return salted_hmac("integrations.callback", str(run_id), algorithm="sha256").hexdigest()


@cache
def _fernet(secret_key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"voice2task.integrations.secrets")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret_key.encode())))
