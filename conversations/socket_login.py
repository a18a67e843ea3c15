"""Which credential a WebSocket came with: header, ticket or cookie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host

TICKET_PREFIX = "ticket."


class OriginRefused(Exception):
    """A page of another site opened the socket with the user's cookie."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """At most one is set; none when the client sent nothing."""

    bearer: str | None = None
    ticket: str | None = None
    session_key: str | None = None


def credentials_of(scope: Mapping[str, Any]) -> Credentials:
    """Read the credential of an ASGI websocket scope: `Authorization`, then ticket, then cookie.

    Raises:
        OriginRefused: only a cookie, and the page's origin is not this site.
    """
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return Credentials(bearer=token.strip())
    for offered in scope.get("subprotocols", ()):
        if offered.startswith(TICKET_PREFIX):
            return Credentials(ticket=offered.removeprefix(TICKET_PREFIX))
    session_key = _cookie(headers.get("cookie", ""), settings.SESSION_COOKIE_NAME)
    if session_key is None:
        return Credentials()
    if not _same_site(headers):
        raise OriginRefused
    return Credentials(session_key=session_key)


def _cookie(header: str, name: str) -> str | None:
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return None
    return morsel.value if morsel else None


def _same_site(headers: Mapping[str, str]) -> bool:
    """Whether the page is ours. A client that is no browser sends no origin and holds the cookie itself."""
    origin = headers.get("origin")
    if origin is None:
        return True
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    host = headers.get("host", "")
    known = validate_host(host.rpartition(":")[0] or host, settings.ALLOWED_HOSTS)
    return known and urlsplit(origin).netloc == host
