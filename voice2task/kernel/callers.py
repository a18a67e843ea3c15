"""From which address a request comes, when proxies stand in front."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any

from django.conf import settings


def address_of(forwarded: str, peer: str | None) -> str | None:
    """The address that the outermost of our `PROXIES` saw, else `peer`; None if neither is one.

    Each proxy adds who spoke to it at the end of `X-Forwarded-For`; what a client wrote there itself stands
    before, and is not looked at.
    """
    seen = [part.strip() for part in forwarded.split(",") if part.strip()]
    proxies = settings.PROXIES
    candidate = seen[-proxies] if 0 < proxies <= len(seen) else peer
    try:
        return str(ip_address(candidate or ""))
    except ValueError:
        return None


def address_of_scope(scope: Mapping[str, Any]) -> str | None:
    """The same for an ASGI scope."""
    lines = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    peer = scope.get("client") or (None,)
    return address_of(",".join(lines), peer[0])
