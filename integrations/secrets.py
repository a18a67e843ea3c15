"""Secrets at rest: encrypted with a key made from `SECRET_KEY`. And the tokens of callbacks, kept nowhere.

What was made with one of `SECRET_KEY_FALLBACKS` is still read; `services.reencrypt_secrets` makes it anew.
"""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
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
    """Neither `SECRET_KEY` nor one of its fallbacks is the one with which the secret was stored."""

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
        return MultiFernet([_fernet(key) for key in _keys()]).decrypt(stored).decode()
    except InvalidToken as error:
        raise SecretUnreadable from error


def is_current(stored: bytes) -> bool:
    """Whether a stored secret needs no key but `SECRET_KEY`."""
    try:
        return not stored or bool(_fernet(settings.SECRET_KEY).decrypt(stored))
    except InvalidToken:
        return False


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
    return callback_tokens(run_id)[0]


def callback_tokens(run_id: UUID) -> list[str]:
    """Every token that such a report may carry: that of now, and those of the keys before."""
    return [
        salted_hmac("integrations.callback", str(run_id), secret=key, algorithm="sha256").hexdigest()
        for key in _keys()
    ]


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


@cache
def _fernet(secret_key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"voice2task.integrations.secrets")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret_key.encode())))
