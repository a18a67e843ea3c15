"""One-time tokens that are sent by e-mail. They are signatures, kept nowhere, and end when they were used."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from voice2task.kernel.errors import Invalid


class LinkInvalid(Invalid):
    """The token was not sent to this user, was used before, or is too old."""

    code = "link_invalid"
    message = "The link is not valid any more. Ask for a new one."


class EmailVerificationTokens(PasswordResetTokenGenerator):
    """Tokens that end with the verification, or when the address changes."""

    key_salt = "accounts.links.EmailVerificationTokens"

    def _make_hash_value(self, user: AbstractBaseUser, timestamp: int) -> str:
        return f"{user.pk}{timestamp}{getattr(user, 'email', '')}{getattr(user, 'email_verified_at', None)}"


email_verification_tokens = EmailVerificationTokens()
# Its tokens end with the password that was valid when they were made.
password_reset_tokens = PasswordResetTokenGenerator()


def client_link(site: str, path: str, *, uid: str, token: str) -> str:
    """A link to a page of the web client. The secret is in the fragment, which no server or proxy logs."""
    return f"{site.rstrip('/')}{path}#{urlencode({'uid': uid, 'token': token})}"
