"""The user that makes a fresh installation usable at once."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services.registration import EmailTaken, register_user

DEMO_EMAIL = "demo@voice2task.local"


def ensure_demo_user(now: datetime | None = None) -> tuple[str, str | None]:
    """The demo user's address and password; the user, who may see the admin, is made by the first call.

    The password lies in `VAR_DIR/demo_password`, readable by its owner only. It is None when it is not known
    any more: the file is gone, or the user has changed it.
    """
    path = Path(settings.VAR_DIR) / "demo_password"
    user = User.objects.filter(email=DEMO_EMAIL).first()
    if user is None:
        try:
            user = _register_demo_user(_kept_password(path), now or timezone.now())
        except EmailTaken:  # another process was faster
            user = User.objects.get(email=DEMO_EMAIL)
    password = path.read_text(encoding="ascii") if path.exists() else None
    return DEMO_EMAIL, password if password and user.check_password(password) else None


def _register_demo_user(password: str, now: datetime) -> User:
    with transaction.atomic():
        user = register_user(email=DEMO_EMAIL, password=password, by_operator=True, now=now)
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])
    return user


def _kept_password(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(path, "x", encoding="ascii", opener=_private) as file:
            file.write(secrets.token_urlsafe(12))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
