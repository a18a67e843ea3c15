"""Secrets that come from outside, or are made on first use."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

MIN_SECRET_LENGTH = 50
MIN_SECRET_VARIETY = 10
P256_BYTES = 32
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def secret_weakness(secret: str) -> str:
    """Why `secret` cannot sign tokens in production; empty when it can."""
    if not secret:
        return "must be set in production"
    if len(secret) < MIN_SECRET_LENGTH:
        return f"must have at least {MIN_SECRET_LENGTH} characters"
    if len(set(secret)) < MIN_SECRET_VARIETY or secret.startswith(("django-insecure", "change-me", "dev-")):
        return "is guessable"
    return ""


def is_p256_key(text: str) -> bool:
    """Whether `text` is the number of a private key on the curve P-256, in URL-safe base64."""
    try:
        number = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return False
    return len(number) == P256_BYTES and 0 < int.from_bytes(number, "big") < P256_ORDER


def kept_secret(path: Path) -> str:
    """The development secret at `path`, made on first use and readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(path, "x", encoding="ascii", opener=_private) as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
