"""What every answer passes: who speaks, how often, how much, and with which headers it leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from voice2task.kernel import throttling
from voice2task.kernel.body_limit import largest_body
from voice2task.kernel.callers import address_of
from voice2task.kernel.error_responses import RequestTooLarge, error_response
from voice2task.kernel.throttling import RateLimited, Usage

Answer = Callable[[HttpRequest], HttpResponseBase]


class CallerMiddleware:
    """`REMOTE_ADDR` is from here on the caller's, not a proxy's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        meta["REMOTE_ADDR"] = address_of(meta.get("HTTP_X_FORWARDED_FOR", ""), meta.get("REMOTE_ADDR")) or ""
        return self.get_response(request)


class ThrottlingMiddleware:
    """Counts requests of an address before anything is done for them, and says what is left.

    Doors that count more, by user or by what is asked, add to `request.rate_usages`.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(tuple(settings.UNLIMITED_PATHS)):
            return self.get_response(request)
        limits = throttling.limits(address=request.META["REMOTE_ADDR"] or None)
        usages = throttling.hit(limits)
        request.rate_usages = usages  # type: ignore[attr-defined]
        try:
            throttling.require(usages)
        except RateLimited as error:
            response: HttpResponseBase = error_response(error.status, error.code, error.message)
        else:
            response = self.get_response(request)
        for name, value in headers_of(request.rate_usages).items():  # type: ignore[attr-defined]
            response[name] = value
        return response


def headers_of(usages: Sequence[Usage]) -> dict[str, str]:
    """`RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10), and `Retry-After`."""
    if not usages:
        return {}
    rates = [(usage.limit.name, usage.limit.rate) for usage in usages]
    policies = [f'"{name}";q={rate.count};w={rate.seconds}' for name, rate in rates]
    left = [f'"{usage.limit.name}";r={usage.remaining};t={round(usage.reset)}' for usage in usages]
    headers = {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(left)}
    if wait := max(usage.retry_seconds for usage in usages):
        headers["Retry-After"] = str(wait)
    return headers


class BodyLimitMiddleware:
    """Refuses a body that is larger than its door takes, before it is read."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        largest = largest_body(request.path)
        if not length.isdigit() or int(length) > largest:
            error = RequestTooLarge(f"A body has at most {largest} bytes here.")
            return error_response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, error.code, error.message)
        return self.get_response(request)


class HeadersMiddleware:
    """Gives every answer the headers that browsers need to be strict; what a door has said itself stands."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for path, policy in settings.CONTENT_SECURITY_POLICIES.items():
            if request.path.startswith(path):
                response.headers.setdefault("Content-Security-Policy", policy)
                break
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
