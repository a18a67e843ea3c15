"""The signing secrets of targets, and the tokens of callbacks, which are kept nowhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.crypto import salted_hmac

from voice2task.kernel.sealing import secret_keys, unseal

if TYPE_CHECKING:
    from integrations.models import Target

# After a rotation the secret before it is still good for this long.
ROTATION = timedelta(hours=24)


def secrets_of(target: Target, now: datetime) -> list[str]:
    """The signing secrets of a target that are good now, the newest first.

    Raises:
        SecretUnreadable
    """
    stored = [target.signing_secret]
    if target.rotated_at is not None and now < target.rotated_at + ROTATION:
        stored.append(target.former_secret)
    return [secret for each in stored if (secret := unseal(each))]


def callback_token(run_id: UUID) -> str:
    """The token with which a workflow reports this one run."""
    return callback_tokens(run_id)[0]


def callback_tokens(run_id: UUID) -> list[str]:
    """Every token that such a report may carry: that of now, and those of the keys before."""
    return [
        salted_hmac("integrations.callback", str(run_id), secret=key, algorithm="sha256").hexdigest()
        for key in secret_keys()
    ]
