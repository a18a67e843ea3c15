"""Secrets that must be read again lie encrypted in the database, with a key made from `SECRET_KEY`.

What was made with one of `SECRET_KEY_FALLBACKS` is still read; `reseal` makes it anew.
`settings.SEALED_FIELDS` says where there are any.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from voice2task.kernel.errors import ApplicationError


class SecretUnreadable(ApplicationError):
    """Neither `SECRET_KEY` nor one of its fallbacks is the one with which the secret was stored."""

    code = "secret_unreadable"
    status = 500
    message = "A stored secret cannot be read any more; enter it anew."


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many secrets were encrypted anew, and the rows of those that no key can read, as `app.Model id`."""

    changed: int
    unreadable: tuple[str, ...]


def seal(secret: str) -> bytes:
    """What is stored of a secret; of none, nothing."""
    return _fernet(settings.SECRET_KEY).encrypt(secret.encode()) if secret else b""


def unseal(stored: bytes | memoryview) -> str:
    """The secret again.

    Raises:
        SecretUnreadable
    """
    if not stored:
        return ""
    try:
        return MultiFernet([_fernet(key) for key in secret_keys()]).decrypt(bytes(stored)).decode()
    except InvalidToken as error:
        raise SecretUnreadable from error


def reseal(fields_of: Mapping[str, Iterable[str]]) -> Resealed:
    """Encrypt with `SECRET_KEY` what is still encrypted with one of its fallbacks.

    No activity is recorded: the secrets stay the same, and nobody sees anything change. May be repeated.
    """
    changed, unreadable = 0, []
    for label, fields in fields_of.items():
        kind = apps.get_model(label)
        for key in kind._default_manager.order_by("pk").values_list("pk", flat=True):
            try:
                changed += _reseal(kind, key, fields)
            except SecretUnreadable:
                unreadable.append(f"{label} {key}")
    return Resealed(changed, tuple(unreadable))


def secret_keys() -> list[str]:
    """The key of now, and those before it that still count."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


@transaction.atomic
def _reseal(kind: type[models.Model], key: Any, fields: Iterable[str]) -> int:
    row = kind._default_manager.select_for_update().filter(pk=key).first()
    old = {name: bytes(getattr(row, name)) for name in fields} if row else {}
    stale = {name: seal(unseal(stored)) for name, stored in old.items() if not _is_current(stored)}
    if stale:
        kind._default_manager.filter(pk=key).update(**stale)
    return len(stale)


def _is_current(stored: bytes) -> bool:
    """Whether a stored secret needs no key but `SECRET_KEY`."""
    try:
        return not stored or bool(_fernet(settings.SECRET_KEY).decrypt(stored))
    except InvalidToken:
        return False


@cache
def _fernet(secret_key: str) -> Fernet:
    # The name is that of the room which had the first such secrets; another one could not read them.
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"voice2task.integrations.secrets")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret_key.encode())))
