"""Secrets at rest: encrypted with a key made from `SECRET_KEY`."""

from __future__ import annotations

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from voice2task.kernel.errors import ApplicationError


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


@cache
def _fernet(secret_key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"voice2task.integrations.secrets")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret_key.encode())))
