from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.tokens import REFRESH_LIFETIME

if TYPE_CHECKING:
    from accounts.models import ApiToken, Login, Spending  # noqa: F401 - named in base classes


class LoginQuerySet(models.QuerySet["Login"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def unrevoked(self) -> Self:
        """Not revoked, of users who may still log in."""
        return self.filter(revoked_at__isnull=True, user__is_active=True)

    def live(self, now: datetime) -> Self:
        """Not revoked, and with a refresh token that has not expired."""
        return self.filter(revoked_at__isnull=True, last_used_at__gt=now - REFRESH_LIFETIME)

    def usable(self, now: datetime) -> Self:
        """Live, and if it is a browser's, with a session that has not run out."""
        sessions = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
        return self.live(now).filter(Q(session_key__isnull=True) | Exists(sessions))


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def live(self, now: datetime) -> Self:
        """Neither revoked nor expired, of users who may still log in."""
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=now), revoked_at__isnull=True, user__is_active=True
        )


# Reserves money if there is enough of it: one statement, so that parallel calls cannot overdraw together. The
# row of the month is made first, by `ensure`; its lock is what orders the calls. A user's own budget goes
# before `limit`, which is everybody's; null is without limit.
RESERVE = f"""
UPDATE accounts_spending AS spending
   SET reserved_micros = reserved_micros + %(micros)s
 WHERE spending.user_id = %(user_id)s AND spending.month = %(month)s
   AND spent_micros + reserved_micros + %(micros)s <= COALESCE(
         (SELECT COALESCE(limit_micros, {2**63 - 1}) FROM accounts_budget WHERE user_id = %(user_id)s),
         %(limit)s::bigint,
         {2**63 - 1})
RETURNING spending.user_id
"""

# Books what a call has cost: `charge` is a row of its user, its month, what was reserved, and what it cost.
SETTLE = """
UPDATE accounts_spending AS spending
   SET reserved_micros = spending.reserved_micros - charge.reserved, spent_micros = spent_micros + charge.cost
  FROM charge
 WHERE spending.user_id = charge.user_id AND spending.month = charge.month
"""


class SpendingQuerySet(models.QuerySet["Spending"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def ensure(self, user_id: UUID, month: date) -> None:
        self.bulk_create([self.model(user_id=user_id, month=month)], ignore_conflicts=True)

    def settle(self, user_id: UUID, month: date, *, reserved: int, spent: int) -> None:
        """Give a reservation back and book what was really spent."""
        self.filter(user_id=user_id, month=month).update(
            reserved_micros=models.F("reserved_micros") - reserved,
            spent_micros=models.F("spent_micros") + spent,
        )
