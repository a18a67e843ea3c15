"""A second factor beside the password: codes of an app by the clock (RFC 6238), and codes on paper."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode
from uuid import UUID

from django.db import transaction
from django_otp.oath import TOTP

from accounts.actors import Actor
from accounts.models import SecondFactor, User
from accounts.services.journaling import record_user
from voice2task.kernel.errors import Conflict, Invalid
from voice2task.kernel.journal import journal
from voice2task.kernel.sealing import seal, unseal

ISSUER = "Voice2Task"
KEY_BYTES = 20
# A code is good in its half minute, and in those before and after it.
TOLERANCE = 1
RECOVERY_CODES = 10
# Of 40 random bits each, in letters and digits that are not taken for one another.
RECOVERY_ALPHABET = "abcdefghjkmnpqrstvwxyz0123456789"
RECOVERY_LENGTH = 8
# As many of a hash as those have that were kept before they were encrypted.
KEPT_CHARACTERS = 16


class CodeWrong(Invalid):
    """Not the code of this moment, used before, or too many wrong ones have been tried."""

    code = "code_wrong"
    message = "This is not the right code."


class SecondFactorExists(Conflict):
    code = "second_factor_exists"
    message = "There is a second factor already; remove it first."


def has_second_factor(user_id: UUID) -> bool:
    found: bool = SecondFactor.objects.filter(user_id=user_id, confirmed=True).exists()
    return found


def begin_second_factor(*, actor: Actor) -> SecondFactor:
    """The key that an app is to be given; it counts for nothing until `confirm_second_factor`.

    Raises:
        SecondFactorExists.
    """
    with transaction.atomic():
        journal().lock(actor.user_id)
        if has_second_factor(actor.user_id):
            raise SecondFactorExists
        new = {"confirmed": False, "key": seal(secrets.token_hex(KEY_BYTES))}
        found: tuple[SecondFactor, bool] = SecondFactor.objects.get_or_create(
            user_id=actor.user_id, defaults=new
        )
    return found[0]


def key_of(factor: SecondFactor) -> str:
    """What is typed into an app, in base32.

    Raises:
        SecretUnreadable
    """
    return base64.b32encode(_key(factor)).decode()


def address_of(factor: SecondFactor) -> str:
    """What an app reads from a picture: Google Authenticator's key URI format.

    Raises:
        SecretUnreadable
    """
    label = quote(f"{ISSUER}:{factor.user.email}")
    return f"otpauth://totp/{label}?{urlencode({'secret': key_of(factor), 'issuer': ISSUER})}"


def confirm_second_factor(*, actor: Actor, code: str, now: datetime) -> tuple[SecondFactor, list[str]]:
    """Ask for the second factor from now on. Returns it, and the codes for when the app is lost.

    Raises:
        SecondFactorExists, CodeWrong, SecretUnreadable.
    """
    with transaction.atomic():
        factor = begin_second_factor(actor=actor)
        right = _is_right(factor, code, now)
        if right:
            codes = _new_recovery_codes()
            factor.confirmed = True
            factor.recovery = seal(" ".join(map(_kept, codes)))
            factor.save()
            _record(actor, "user.second_factor_added", now)
    if not right:  # outside, or the count of wrong ones would be undone with it
        raise CodeWrong(field="code")
    return factor, codes


def check_second_factor(*, actor: Actor, code: str, now: datetime) -> SecondFactor:
    """Take a code of the app, or one of those on paper, which is used up.

    Raises:
        CodeWrong: after some of them for longer each time, whatever the code is.
        SecretUnreadable
    """
    with transaction.atomic():
        mine = SecondFactor.objects.select_for_update().filter(user_id=actor.user_id, confirmed=True)
        factor: SecondFactor | None = mine.first()
        right = factor is not None and _is_right(factor, code, now)
    if factor is None or not right:
        raise CodeWrong(field="code")
    return factor


def remove_second_factor(*, actor: Actor, now: datetime) -> None:
    """Ask for the password alone again. Nothing happens if there is no second factor."""
    with transaction.atomic():
        journal().lock(actor.user_id)
        removed, _ = SecondFactor.objects.filter(user_id=actor.user_id).delete()
        if removed:
            _record(actor, "user.second_factor_removed", now)


def _is_right(factor: SecondFactor, code: str, now: datetime) -> bool:
    """Judge a code and keep what follows from it: that it has been used, or that it was wrong."""
    allowed, _ = factor.verify_is_allowed()
    if not allowed:
        return False
    given = "".join(code.split())
    right = _use_step(factor, given, now) or _use_recovery_code(factor, given)
    if right:
        factor.throttle_reset(commit=False)
        factor.save()
    else:
        factor.throttle_increment()
    return right


def _use_step(factor: SecondFactor, given: str, now: datetime) -> bool:
    totp = TOTP(_key(factor), drift=factor.drift)
    totp.time = now.timestamp()
    if not (given.isascii() and given.isdigit() and len(given) == totp.digits):
        return False
    if not totp.verify(int(given), tolerance=TOLERANCE, min_t=factor.last_step + 1):
        return False
    factor.last_step, factor.drift = totp.t(), totp.drift
    return True


def _use_recovery_code(factor: SecondFactor, given: str) -> bool:
    left = unseal(factor.recovery).split()
    kept = _kept(given)
    if kept not in left:
        return False
    factor.recovery = seal(" ".join(code for code in left if code != kept))
    return True


def _key(factor: SecondFactor) -> bytes:
    return bytes.fromhex(unseal(factor.key))


def _new_recovery_codes() -> list[str]:
    return [
        "".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(RECOVERY_LENGTH))
        for _ in range(RECOVERY_CODES)
    ]


def _kept(code: str) -> str:
    """What is kept of a code on paper."""
    return hashlib.sha256(code.lower().encode()).hexdigest()[:KEPT_CHARACTERS]


def _record(actor: Actor, kind: str, now: datetime) -> None:
    user = User.objects.get(id=actor.user_id)
    record_user(user, kind, actor=actor.kind, after={"id": str(user.id)}, at=now)
