"""A second factor beside the password: codes of an app by the clock (RFC 6238), and codes on paper."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.actors import Actor
from accounts.models import User
from accounts.services.journaling import record_user
from voice2task.kernel.errors import Conflict, Invalid
from voice2task.kernel.journal import journal

RECOVERY_CODES = 10
# Of 40 random bits each, in letters and digits that are not taken for one another.
RECOVERY_ALPHABET = "abcdefghjkmnpqrstvwxyz0123456789"
RECOVERY_LENGTH = 8
# What the library has room for.
KEPT_CHARACTERS = 16


class CodeWrong(Invalid):
    """Not the code of this moment, used before, or too many wrong ones have been tried."""

    code = "code_wrong"
    message = "This is not the right code."


class SecondFactorExists(Conflict):
    code = "second_factor_exists"
    message = "There is a second factor already; remove it first."


def has_second_factor(user_id: UUID) -> bool:
    found: bool = TOTPDevice.objects.filter(user_id=user_id, confirmed=True).exists()
    return found


def begin_second_factor(*, actor: Actor) -> TOTPDevice:
    """The secret that an app is to be given; it counts for nothing until `confirm_second_factor`.

    Raises:
        SecondFactorExists.
    """
    with transaction.atomic():
        journal().lock(actor.user_id)
        if has_second_factor(actor.user_id):
            raise SecondFactorExists
        device, _ = TOTPDevice.objects.get_or_create(
            user_id=actor.user_id, confirmed=False, defaults={"name": "app"}
        )
    return device


def confirm_second_factor(*, actor: Actor, code: str, now: datetime) -> tuple[TOTPDevice, list[str]]:
    """Ask for the second factor from now on. Returns it, and the codes for when the app is lost.

    Raises:
        SecondFactorExists, CodeWrong.
    """
    with transaction.atomic():
        device = begin_second_factor(actor=actor)
        right = device.verify_token(code)
        if right:
            device.confirmed = True
            device.save()
            codes = _new_recovery_codes(actor.user_id)
            _record(actor, "user.second_factor_added", now)
    if not right:  # outside, or the count of wrong ones would be undone with it
        raise CodeWrong(field="code")
    return device, codes


def check_second_factor(*, actor: Actor, code: str) -> Device:
    """What the code is right for: the app, or one of the codes on paper, which is used up.

    Raises:
        CodeWrong: after some of them for longer each time, whatever the code is.
    """
    digits = code.replace(" ", "")
    with transaction.atomic():
        devices = [*TOTPDevice.objects.select_for_update().filter(user_id=actor.user_id, confirmed=True)]
        if not digits.isdigit() or len(digits) == RECOVERY_LENGTH:
            devices += StaticDevice.objects.select_for_update().filter(user_id=actor.user_id)
        for device in devices:
            token = digits if isinstance(device, TOTPDevice) else _kept(digits)
            if device.verify_token(token):
                found: Device = device
                return found
    raise CodeWrong(field="code")


def remove_second_factor(*, actor: Actor, now: datetime) -> None:
    """Ask for the password alone again. Nothing happens if there is no second factor."""
    with transaction.atomic():
        journal().lock(actor.user_id)
        StaticDevice.objects.filter(user_id=actor.user_id).delete()
        removed, _ = TOTPDevice.objects.filter(user_id=actor.user_id).delete()
        if removed:
            _record(actor, "user.second_factor_removed", now)


def _new_recovery_codes(user_id: UUID) -> list[str]:
    StaticDevice.objects.filter(user_id=user_id).delete()
    device = StaticDevice.objects.create(user_id=user_id, name="paper")
    codes = [
        "".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(RECOVERY_LENGTH))
        for _ in range(RECOVERY_CODES)
    ]
    for code in codes:
        device.token_set.create(token=_kept(code))
    return codes


def _kept(code: str) -> str:
    """What is kept of a code on paper."""
    return hashlib.sha256(code.lower().encode()).hexdigest()[:KEPT_CHARACTERS]


def _record(actor: Actor, kind: str, now: datetime) -> None:
    user = User.objects.get(id=actor.user_id)
    record_user(user, kind, actor=actor.kind, after={"id": str(user.id)}, at=now)
