"""What looks after this process asks it by its address, not by the name of the site."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from voice2task.kernel import health, metrics

PROBES: dict[str, Callable[[HttpRequest], HttpResponseBase]] = {
    "/health/live": health.live,
    "/health/accepting": health.accepting,
    "/health/ready": health.ready,
    "/metrics": metrics.metrics,
}


class ProbeMiddleware:
    """Answers health checks and scrapes whatever host they name: a container's is in no ALLOWED_HOSTS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else self._get_response(request)
