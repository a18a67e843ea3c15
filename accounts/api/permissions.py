"""What an API token may be used for, door by door.

A view says so by `token_scopes`, a mapping from method to scope, or to None where no token may come in. What
it does not say is reading for safe methods and writing for the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import ApiToken
from accounts.scopes import LoginRequired, Scope, ScopeMissing

if TYPE_CHECKING:
    from rest_framework.views import APIView  # which itself imports what is the default

TokenScopes = Mapping[str, Scope | None]

CHANGING_METHODS = ("POST", "PUT", "PATCH", "DELETE")
# The doors to the agent: what is not reading needs the scope `agent`.
AGENT_DOOR: TokenScopes = dict.fromkeys(CHANGING_METHODS, Scope.AGENT)
# Only somebody who has logged in may read or change this.
LOGIN_ONLY: TokenScopes = dict.fromkeys((*SAFE_METHODS, *CHANGING_METHODS))


def scope_for(view: Any, method: str) -> Scope | None:
    """The scope that a token needs for `method` of `view`; None: no token will do."""
    scopes: TokenScopes = getattr(view, "token_scopes", {})
    return scopes.get(method, Scope.READ if method in SAFE_METHODS else Scope.WRITE)


class TokenScope(BasePermission):
    """Refuses API tokens that were not made for this; those who logged in may go on."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if isinstance(request.auth, ApiToken):
            scope = scope_for(view, request.method or "")
            if scope is None:
                raise LoginRequired
            if not request.auth.allows(scope):
                raise ScopeMissing(f"The token does not have the scope {scope}.")
        return True
