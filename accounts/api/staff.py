"""Doors for staff, and for programs of theirs, outside Django REST framework."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts import services
from accounts.actors import NotLoggedIn
from accounts.api.authentication import CHALLENGE
from accounts.scopes import Scope, ScopeMissing
from voice2task.kernel.error_responses import error_response
from voice2task.kernel.errors import ApplicationError, PermissionRefused

Door = Callable[[HttpRequest], HttpResponseBase]


def for_staff(door: Door, *, is_open: Callable[[], bool] = lambda: False) -> Door:
    """`door`, for staff by their session or by an API token with the scope admin; for all while `is_open`."""

    @wraps(door)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if not is_open():
            try:
                _require_staff(request)
            except ApplicationError as error:
                response = error_response(error.status, error.code, error.message)
                if isinstance(error, NotLoggedIn):
                    response["WWW-Authenticate"] = CHALLENGE
                return response
        return door(request)

    return guarded


def _require_staff(request: HttpRequest) -> None:
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == CHALLENGE.lower():
        token = services.api_token_of(bearer.strip(), now=timezone.now())
        services.note_use(type(token), token.id, now=timezone.now())
        if not token.allows(Scope.ADMIN):
            raise ScopeMissing
        return
    if not request.user.is_authenticated:
        raise NotLoggedIn
    if not request.user.is_staff:
        raise PermissionRefused
