from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import ApiToken, Login, User
from accounts.scopes import Scope
from voice2task.kernel.serializers import StrictSerializer

MAX_PASSWORD_LENGTH = 256
PREFERENCES = (
    "timezone",
    "language",
    "week_start",
    "subtasks_on_complete",
    "quiet_from",
    "quiet_until",
    "email_notifications",
)


def password_field(**options: Any) -> serializers.CharField:
    return serializers.CharField(
        max_length=MAX_PASSWORD_LENGTH, trim_whitespace=False, style={"input_type": "password"}, **options
    )


class UserSerializer(serializers.ModelSerializer[User]):
    email_verified = serializers.BooleanField(read_only=True)

    class Meta:
        model = User
        fields = ("id", "email", "email_verified", *PREFERENCES, "created_at")
        read_only_fields = fields


class PreferencesSerializer(StrictSerializer, serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = PREFERENCES

    # Most of its fields are made from the model's, not declared.
    get_fields = serializers.ModelSerializer.get_fields


class RegistrationSerializer(PreferencesSerializer):
    # Uniqueness is the database's to judge, in the same moment as the insert.
    email = serializers.EmailField(max_length=254)
    password = password_field()

    class Meta:
        model = User
        fields = ("email", "password", "timezone", "language")


class CredentialsSerializer(StrictSerializer):
    email = serializers.CharField(max_length=254)
    password = password_field()


class RefreshSerializer(StrictSerializer):
    refresh = serializers.CharField(max_length=2048)


class TokenPairSerializer(serializers.Serializer[Any]):
    access = serializers.CharField()
    refresh = serializers.CharField()


class TicketSerializer(serializers.Serializer[Any]):
    ticket = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")


class PasswordChangeSerializer(StrictSerializer):
    current_password = password_field()
    new_password = password_field()


class AccountDeletionSerializer(StrictSerializer):
    password = password_field()


class ApiTokenSerializer(serializers.ModelSerializer[ApiToken]):
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices))
    last_used_at = serializers.DateTimeField(
        source="seen_at", allow_null=True, help_text="To the minute; null: never."
    )

    class Meta:
        model = ApiToken
        fields: tuple[str, ...] = (
            "id",
            "name",
            "prefix",
            "scopes",
            "created_at",
            "last_used_at",
            "expires_at",
        )
        read_only_fields = fields


class NewApiTokenSerializer(ApiTokenSerializer):
    token = serializers.CharField(help_text="Shown this once. Whoever has it acts as you, within its scopes.")

    class Meta(ApiTokenSerializer.Meta):
        fields: tuple[str, ...] = (*ApiTokenSerializer.Meta.fields, "token")
        read_only_fields = fields


class ApiTokenInputSerializer(StrictSerializer):
    name = serializers.CharField(max_length=100)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=Scope.choices), allow_empty=False, max_length=len(Scope)
    )
    expires_at = serializers.DateTimeField(allow_null=True, default=None)


class SessionSerializer(serializers.ModelSerializer[Login]):
    current = serializers.SerializerMethodField(help_text="Whether this request was made by it.")
    kind = serializers.SerializerMethodField(help_text="A browser's session, or a login with tokens.")
    last_used_at = serializers.SerializerMethodField(help_text="To the minute.")
    address = serializers.IPAddressField(source="ip", allow_null=True)

    class Meta:
        model = Login
        fields = ("id", "current", "kind", "created_at", "last_used_at", "user_agent", "address")
        read_only_fields = fields

    def get_current(self, login: Login) -> bool:
        current: UUID | None = self.context["current"]
        return login.id == current

    @extend_schema_field(serializers.ChoiceField(choices=["login", "session"]))
    def get_kind(self, login: Login) -> str:
        return "session" if login.session_key else "login"

    @extend_schema_field(serializers.DateTimeField())
    def get_last_used_at(self, login: Login) -> datetime:
        return max(login.last_used_at, login.seen_at or login.last_used_at)


class PasswordResetSerializer(StrictSerializer):
    email = serializers.CharField(max_length=254)


class EmailLinkSerializer(StrictSerializer):
    uid = serializers.UUIDField()
    token = serializers.CharField(max_length=128)


class PasswordResetConfirmSerializer(EmailLinkSerializer):
    new_password = password_field()


class BudgetSerializer(serializers.Serializer[Any]):
    """Millionths of a US dollar."""

    month = serializers.DateField(help_text="The first day of the month, in UTC.")
    limit_micros = serializers.IntegerField(source="limit", allow_null=True, help_text="Null: no limit.")
    spent_micros = serializers.IntegerField(source="spent")
    reserved_micros = serializers.IntegerField(
        source="reserved", help_text="The most that requests still running can cost."
    )
