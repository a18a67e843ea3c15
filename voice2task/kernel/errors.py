"""What a service raises when it refuses. Each has a stable `code` that clients may rely on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ApplicationError(Exception):
    """A refusal that is the caller's to see.

    `code` never changes once published; `status` is the HTTP status a door answers with; `field` names the
    argument at fault, if one is; `extra` is a JSON object with whatever a client needs to go on.
    """

    code = "error"
    status = 400
    message = "The request was refused."

    def __init__(
        self, message: str = "", *, field: str | None = None, extra: Mapping[str, Any] | None = None
    ) -> None:
        self.message = message or type(self).message
        self.field = field
        self.extra = dict(extra or {})
        super().__init__(self.message)


class Invalid(ApplicationError):
    """An argument has a value that cannot be used."""

    code = "invalid"
    message = "A value is not valid."


class PermissionRefused(ApplicationError):
    """The actor may not do this."""

    code = "permission_denied"
    status = 403
    message = "You may not do this."


class NotFound(ApplicationError):
    """There is no such thing, or none that the actor may know of."""

    code = "not_found"
    status = 404
    message = "Not found."


class Conflict(ApplicationError):
    """The state of things does not allow it now."""

    code = "conflict"
    status = 409
    message = "The current state does not allow this."


class TooLarge(ApplicationError):
    """More than is taken at once."""

    code = "too_large"
    status = 413
    message = "This is too large."


class Unprocessable(ApplicationError):
    """Well-formed, and contradicting something said earlier."""

    code = "unprocessable"
    status = 422
    message = "The request contradicts an earlier one."


class Unavailable(ApplicationError):
    """Something this needs does not answer now; nothing was done."""

    code = "unavailable"
    status = 503
    message = "This cannot be done at the moment; try again."
