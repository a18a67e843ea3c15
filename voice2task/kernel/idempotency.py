"""`Idempotency-Key` on POST: the same key with the same request gets the first answer again, once stored."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import orjson
from django.db import transaction
from rest_framework.request import Request
from rest_framework.response import Response

from voice2task.kernel.errors import Invalid, Unprocessable
from voice2task.kernel.models import IdempotencyKey
from voice2task.kernel.rendering import dumps

if TYPE_CHECKING:
    from rest_framework.views import APIView

    _View = APIView
else:
    _View = object

HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotency-Replayed"
MAX_KEY_LENGTH = 255

Handler = Callable[..., Response]


class IdempotencyKeyInvalid(Invalid):
    code = "idempotency_key_invalid"
    message = f"{HEADER} must be 1 to {MAX_KEY_LENGTH} printable ASCII characters."


class IdempotencyKeyReused(Unprocessable):
    code = "idempotency_key_reused"
    message = f"This {HEADER} was used for another request."


class IdempotentMixin(_View):
    """For views and viewsets: answers a repeated POST with the stored answer of the first.

    Two requests with one key at once: the second waits for the first. The key's row is the first lock a
    request takes, before the user's stream.
    """

    def identifying_body(self, request: Request) -> bytes:
        """What tells this request from another under the same key."""
        return request.body

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        key = request.headers.get(HEADER)
        if request.method == "POST" and key is not None:
            if not (0 < len(key) <= MAX_KEY_LENGTH and key.isascii() and key.isprintable()):
                raise IdempotencyKeyInvalid
            # Set on the instance, which lives for one request, where dispatch() looks the handler up.
            setattr(self, "post", partial(_answer_once, key, self.identifying_body, getattr(self, "post")))  # noqa: B009, B010


def _answer_once(
    key: str,
    body_of: Callable[[Request], bytes],
    handler: Handler,
    request: Request,
    *args: Any,
    **kwargs: Any,
) -> Response:
    body = body_of(request)
    fingerprint = _fingerprint(request, body)
    user_id = cast(UUID, request.user.pk)  # the view has permitted only users
    with transaction.atomic():
        row = _claim(user_id, key, fingerprint)
        if row.fingerprint != fingerprint:
            raise IdempotencyKeyReused
        if row.status is not None:
            body = bytes(row.body)
            replayed = Response(orjson.loads(body) if body else None, status=row.status)
            replayed[REPLAYED_HEADER] = "true"
            return replayed
        response = handler(request, *args, **kwargs)
        row.status = response.status_code
        row.body = b"" if response.data is None else dumps(response.data)
        row.save(update_fields=["status", "body"])
        return response


def _fingerprint(request: Request, body: bytes) -> str:
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    digest.update(body)
    return digest.hexdigest()


def _claim(user_id: UUID, key: str, fingerprint: str) -> IdempotencyKey:
    """Insert the key's row or wait for the one that holds it; locked either way."""
    IdempotencyKey.objects.bulk_create(
        [IdempotencyKey(user_id=user_id, key=key, fingerprint=fingerprint)], ignore_conflicts=True
    )
    return IdempotencyKey.objects.select_for_update().get(user_id=user_id, key=key)
