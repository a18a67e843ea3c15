from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

from accounts.tokens import REFRESH_LIFETIME

if TYPE_CHECKING:
    from accounts.models import Login  # noqa: F401 - named in a base class


class LoginQuerySet(models.QuerySet["Login"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def unrevoked(self) -> Self:
        """Not revoked, of users who may still log in."""
        return self.filter(revoked_at__isnull=True, user__is_active=True)

    def live(self, now: datetime) -> Self:
        """Not revoked, and with a refresh token that has not expired."""
        return self.filter(revoked_at__isnull=True, last_used_at__gt=now - REFRESH_LIFETIME)
