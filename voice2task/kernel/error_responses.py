"""One shape for every error: `{"type", "errors": [{"code", "detail", "attr"}]}` and, for some, `extra`."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError

from voice2task.kernel.database import DATABASE_AWAY
from voice2task.kernel.errors import ApplicationError, TooLarge, Unavailable
from voice2task.kernel.rendering import dumps

logger = structlog.get_logger(__name__)


class RequestTooLarge(TooLarge):
    code = "request_too_large"
    message = "The body of the request is too large."


class ErrorHandler(ExceptionHandler):
    """drf-standardized-errors' handler, which also knows `ApplicationError`."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, ApplicationError):
            return as_api_exception(exc)
        if isinstance(exc, RequestDataTooBig):
            return as_api_exception(RequestTooLarge())
        if isinstance(exc, SuspiciousOperation):
            return ValidationError("The request is not acceptable.", code="bad_request")
        if isinstance(exc, DATABASE_AWAY):
            logger.warning("database_away", error=str(exc))
            return as_api_exception(Unavailable())
        converted: Exception = super().convert_known_exceptions(exc)
        return converted

    def format_exception(self, exc: APIException) -> dict[str, Any]:
        body: dict[str, Any] = super().format_exception(exc)
        if isinstance(self.exc, ApplicationError) and self.exc.extra:
            body["extra"] = self.exc.extra
        return body


def as_api_exception(error: ApplicationError) -> APIException:
    """The exception of Django REST framework that answers with `error`'s status, code and field."""
    detail = ErrorDetail(error.message, code=error.code)
    if error.status == ValidationError.status_code:
        return ValidationError({error.field: [detail]} if error.field else [detail])
    exception = APIException(detail, code=error.code)
    exception.status_code = error.status
    if error.status == HTTPStatus.UNAUTHORIZED:
        # RFC 9110, section 15.5.2: a 401 says how to authenticate.
        exception.auth_header = "Bearer"  # type: ignore[attr-defined]
    return exception


def error_response(status: int, code: str, detail: str) -> HttpResponse:
    """An answer in the API's error shape, for errors raised outside Django REST framework."""
    kind = "client_error" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "server_error"
    body = {"type": kind, "errors": [{"code": code, "detail": detail, "attr": None}]}
    return HttpResponse(dumps(body), status=status, content_type="application/json")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_response(404, "not_found", "Not found.")


def server_error(request: HttpRequest) -> HttpResponse:
    return error_response(500, "error", "Server Error (500)")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_response(400, "bad_request", "The request is not acceptable.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_response(403, "csrf_failed", f"CSRF check failed: {reason}")
