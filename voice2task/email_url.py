"""Where outgoing mail is handed over, as one address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """Where outgoing mail is handed over: Django's backend and, for SMTP, the server."""

    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


MAIL_BACKENDS = {
    "console": "django.core.mail.backends.console.EmailBackend",
    "memory": "django.core.mail.backends.locmem.EmailBackend",
}
SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def parse_email_url(url: str) -> EmailAddress:
    """Read `console://`, `memory://`, `smtp://`, `smtp+tls://` (STARTTLS) or `smtps://user:password@host:port`.

    Raises:
        ValueError: another scheme, or no host for SMTP.
    """
    parts = urlsplit(url)
    if backend := MAIL_BACKENDS.get(parts.scheme):
        return EmailAddress(backend)
    if parts.scheme not in SMTP_PORTS or not parts.hostname:
        raise ValueError("must be console://, memory:// or smtp://, smtp+tls://, smtps:// with a host")
    return EmailAddress(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or SMTP_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+tls",
        tls=parts.scheme == "smtps",
    )
