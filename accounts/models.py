from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import now
from django_otp.models import Device, ThrottlingMixin

from accounts.locales import validate_language, validate_timezone
from accounts.querysets import ApiTokenQuerySet, LoginQuerySet, SpendingQuerySet
from accounts.scopes import Scope
from voice2task.kernel.identifiers import uuid7


class UserManager(BaseUserManager["User"]):
    """Makes users for Django's own commands; everything else goes through `accounts.services`."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=normalized_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=normalized_email(username or ""))


def normalized_email(email: str) -> str:
    """The one spelling under which an address is kept and looked up."""
    return email.strip().lower()


class Weekday(models.TextChoices):
    """Days as RFC 5545 writes them."""

    MONDAY = "MO"
    TUESDAY = "TU"
    WEDNESDAY = "WE"
    THURSDAY = "TH"
    FRIDAY = "FR"
    SATURDAY = "SA"
    SUNDAY = "SU"


class SubtasksOnComplete(models.TextChoices):
    """What becomes of open subtasks when the task above them is completed."""

    COMPLETE = "complete"
    ASK = "ask"
    KEEP = "keep"


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Logs in by e-mail address, which is kept in lower case.

    Between `quiet_from` and `quiet_until`, on the clock of their timezone, nothing makes a sound; both are
    null when no hours are quiet.
    """

    # When somebody was last here is told by their logins.
    last_login = None

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True, error_messages={"unique": "This address is taken."})
    email_verified_at = models.DateTimeField(null=True, blank=True)
    timezone = models.CharField(max_length=64, default="UTC", validators=[validate_timezone])
    language = models.CharField(max_length=35, default="en", validators=[validate_language])
    week_start = models.CharField(max_length=2, choices=Weekday, default=Weekday.MONDAY)
    subtasks_on_complete = models.CharField(
        max_length=8, choices=SubtasksOnComplete, default=SubtasksOnComplete.COMPLETE
    )
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    email_notifications = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_ci",
                violation_error_code="email_taken",
                violation_error_message="This address is taken.",
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="user_quiet_both",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def email_verified(self) -> bool:
        return self.email_verified_at is not None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Login(models.Model):
    """One login on one device: a family of tokens, or a browser's session.

    The tokens themselves are kept nowhere. A refresh token is the signature over this row's id, `generation`
    and `last_used_at`, so the row says which one is current and can sign it again.
    """

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="logins")
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(help_text="When the current refresh token was issued.")
    revoked_at = models.DateTimeField(null=True, blank=True)
    generation = models.PositiveIntegerField(default=1)
    session_key = models.CharField(max_length=40, null=True, blank=True, unique=True)
    user_agent = models.CharField(max_length=256, blank=True)
    ip = models.GenericIPAddressField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="Last use, to the minute.")

    objects: ClassVar = LoginQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=("user", "last_used_at"),
                name="login_unrevoked",
                condition=models.Q(revoked_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_agent or 'unknown device'} ({self.created_at:%Y-%m-%d})"


class ApiToken(models.Model):
    """A program's key to what is its user's, as far as its scopes reach. The token itself is kept nowhere."""

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16, help_text="The token's first characters, by which it is known.")
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=8, choices=Scope))
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True, help_text="Last use, to the minute.")
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "API token"
        verbose_name_plural = "API tokens"
        indexes: ClassVar = [
            models.Index(
                fields=("user", "id"), name="api_token_unrevoked", condition=models.Q(revoked_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def allows(self, scope: str) -> bool:
        """Whether it may be used for that; what only staff may, only as long as its user is staff."""
        return scope in self.scopes and (scope != Scope.ADMIN or self.user.is_staff)


class SecondFactor(ThrottlingMixin, Device):
    """The authenticator app of one of the staff, and codes on paper for when it is lost.

    `key` is what the app was given, `recovery` the hashes of the codes that are left, separated by spaces.
    Both are encrypted (`kernel.sealing`). Unless `confirmed` by a first code it counts for nothing.
    """

    # Whole numbers, as the library that reads the session back takes no others.
    id = models.BigAutoField(primary_key=True)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    name = None
    key = models.BinaryField()
    recovery = models.BinaryField(default=b"", blank=True)
    drift = models.SmallIntegerField(default=0, help_text="By how many steps its clock is ahead of ours.")
    last_step = models.BigIntegerField(default=-1, help_text="Of the last right code: none counts twice.")

    def __str__(self) -> str:
        return f"second factor {self.id}"

    def get_throttle_factor(self) -> int:
        """Seconds to wait after a wrong code; twice as long after each further one."""
        return 1


class Budget(models.Model):
    """What a user may cost in a calendar month; without a row, what the settings allow everybody."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="budget")
    limit_micros = models.BigIntegerField(
        null=True, blank=True, help_text="Millionths of a US dollar; empty is without limit."
    )

    def __str__(self) -> str:
        return "no limit" if self.limit_micros is None else f"${self.limit_micros / 1_000_000:.2f}"


class Spending(models.Model):
    """What a user has cost in a calendar month, in millionths of a US dollar.

    `reserved_micros` is the most that calls still running can cost; it never adds up with `spent_micros` to
    more than the budget.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="spending")
    month = models.DateField(help_text="The first day of the month, in UTC.")
    reserved_micros = models.BigIntegerField(default=0)
    spent_micros = models.BigIntegerField(default=0)

    objects: ClassVar = SpendingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "spending"
        constraints: ClassVar = [models.UniqueConstraint(fields=("user", "month"), name="spending_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: ${self.spent_micros / 1_000_000:.4f}"
