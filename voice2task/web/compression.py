"""Static files, compressed as they are served where no step has done so before."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class StaticGZipMiddleware(GZipMiddleware):
    """For the embedded stack, which serves files from where they lie; elsewhere `collectstatic` compresses.

    Nothing but static files: an answer that holds a secret beside what a stranger can choose would leak by
    its size (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not request.path.startswith(settings.STATIC_URL) or response.status_code != HTTPStatus.OK:
            return response
        return super().process_response(request, response)
