from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import User
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
