"""Limits at the doors of REST, by user and by what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from voice2task.kernel import throttling

if TYPE_CHECKING:
    from rest_framework.views import APIView


class DoorThrottle(BaseThrottle):
    """Every request of a user counts. A view's `rate_limit` names one more limit, for what changes something.

    Whoever is not logged in is counted there by address.
    """

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Raises: RateLimited."""
        user_id = request.user.pk if request.user else None
        keys: dict[str, Any] = {"user": user_id}
        door = getattr(view, "rate_limit", None)
        if door is not None and request.method not in SAFE_METHODS:
            keys[door] = user_id or request.META["REMOTE_ADDR"]
        usages = throttling.hit(throttling.limits(**keys))
        seen = getattr(request._request, "rate_usages", [])
        request._request.rate_usages = [*seen, *usages]  # type: ignore[attr-defined]
        throttling.require(usages)
        return True
