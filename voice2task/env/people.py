"""Who may join, and how they are told things."""

from __future__ import annotations

from zoneinfo import available_timezones

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from voice2task.email_url import EmailAddress, parse_email_url
from voice2task.secret_values import is_p256_key


class People(BaseSettings):
    TIME_ZONE: str = "UTC"
    REGISTRATION_OPEN: bool = True
    EMAIL_URL: str = "console://"
    EMAIL_FROM: str = "Voice2Task <noreply@localhost>"
    VAPID_PRIVATE_KEY: str = ""
    NOTIFICATION_DAYS: int = Field(default=90, ge=1, le=36_500)

    @field_validator("TIME_ZONE")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is not a timezone of the IANA database")
        return value

    @field_validator("EMAIL_URL")
    @classmethod
    def _known_mail_scheme(cls, value: str) -> str:
        parse_email_url(value)
        return value

    @field_validator("VAPID_PRIVATE_KEY")
    @classmethod
    def _p256_key(cls, value: str) -> str:
        if value and not is_p256_key(value):
            raise ValueError("takes the 32 bytes of a P-256 key in URL-safe base64")
        return value

    @property
    def email(self) -> EmailAddress:
        return parse_email_url(self.EMAIL_URL)
