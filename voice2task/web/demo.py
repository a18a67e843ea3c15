"""Who may sign in as the demo user without a password."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def may_sign_in_as_demo(request: HttpRequest) -> bool:
    """Only in development, on a stack of its own that listens on loopback, from this very machine.

    Whoever can connect from here can read the demo user's password under `VAR_DIR` as well, so nothing is given
    away. A request that a proxy has passed on comes from elsewhere, whatever its address says.
    """
    if not settings.DEMO_SIGN_IN or "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    return is_loopback(request.META.get("REMOTE_ADDR", "")) and is_loopback(request.get_host())


def is_loopback(host: str) -> bool:
    """Whether an address, or the host of a URL with or without a port, is this machine's own."""
    name = host.rpartition("]")[0].lstrip("[") if host.startswith("[") else host
    if name.count(":") == 1:
        name = name.partition(":")[0]
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
