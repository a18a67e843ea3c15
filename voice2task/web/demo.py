"""Who may sign in as the demo user without a password."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from voice2task.kernel.loopback import is_loopback


def may_sign_in_as_demo(request: HttpRequest) -> bool:
    """Only in development, on a stack of its own that listens on loopback, from this very machine.

    `manage.py up` prints the demo user's password on this machine anyway. A request that a proxy has passed
    on comes from elsewhere, whatever its address says.
    """
    if not settings.DEMO_SIGN_IN or "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    return is_loopback(request.META.get("REMOTE_ADDR", "")) and is_loopback(request.get_host())
