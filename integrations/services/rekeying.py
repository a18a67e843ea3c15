"""Secrets at rest under a new key."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from integrations.models import Target, WebhookEndpoint, Workflow
from integrations.secrets import SecretUnreadable, decrypt, encrypt, is_current

# Where each kind of target keeps its secrets.
SECRET_FIELDS: dict[type[Target], tuple[str, ...]] = {
    Workflow: ("signing_secret", "former_secret", "token"),
    WebhookEndpoint: ("signing_secret", "former_secret"),
}


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """How many secrets were encrypted anew, and the targets of those that no key can read."""

    changed: int
    unreadable: tuple[UUID, ...]


def reencrypt_secrets() -> Rekeyed:
    """Encrypt with `SECRET_KEY` what is still encrypted with one of its fallbacks.

    No activity is recorded: the secrets stay the same, and nobody sees anything change. May be repeated.
    """
    changed, unreadable = 0, []
    for kind, fields in SECRET_FIELDS.items():
        for target_id in kind._default_manager.order_by("pk").values_list("pk", flat=True):
            try:
                changed += _reencrypt(kind, target_id, fields)
            except SecretUnreadable:
                unreadable.append(target_id)
    return Rekeyed(changed, tuple(unreadable))


@transaction.atomic
def _reencrypt(kind: type[Target], target_id: UUID, fields: tuple[str, ...]) -> int:
    target = kind._default_manager.select_for_update().filter(pk=target_id).first()
    old = {name: bytes(getattr(target, name)) for name in fields} if target else {}
    stale = {name: encrypt(decrypt(stored)) for name, stored in old.items() if not is_current(stored)}
    if stale:
        kind._default_manager.filter(pk=target_id).update(**stale)
    return len(stale)
