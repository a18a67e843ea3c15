"""The export file: one JSON object with a member for each row of `EXPORT_PARTS`. See docs/transfer.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from accounts.actors import Actor
from accounts.models import User
from activities.services import lock_stream
from voice2task.kernel.rendering import dumps
from voice2task.kernel.transfer import JSON, FileInvalid, Loading, Part, Prepared, Reading, TooManyRows

FORMAT = "voice2task"
VERSION = 1


class VersionUnknown(FileInvalid):
    code = "version_unknown"
    message = f"This reads version {VERSION} of the format."


def parts() -> dict[str, Part]:
    return {name: import_string(path) for name, path in settings.EXPORT_PARTS.items()}


def write(*, actor: Actor, now: datetime) -> Iterator[bytes]:
    """The file in pieces, a row each. To be read to its end in one go.

    The user's stream is held meanwhile: the file shows one moment, and what they change waits for it.
    """
    with transaction.atomic():
        lock_stream(actor.user_id)
        yield b"{" + _members(_head(actor, now))
        for name, part in parts().items():
            yield b",\n" + dumps(name) + b": ["
            for index, row in enumerate(part.rows(actor.user_id)):
                yield (b",\n  " if index else b"\n  ") + dumps(row)
            yield b"]"
        yield b"}\n"


def _head(actor: Actor, now: datetime) -> JSON:
    user = User.objects.get(id=actor.user_id)
    account = {"id": user.id, "email": user.email, "created_at": user.created_at}
    return {"format": FORMAT, "version": VERSION, "exported_at": now, "account": account}


def _members(row: JSON) -> bytes:
    return b",\n".join(dumps(name) + b": " + dumps(value) for name, value in row.items())


def read(content: bytes, reading: Reading) -> Prepared:
    """
    Raises:
        FileInvalid, VersionUnknown, TooManyRows
    """
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise FileInvalid(f"Not JSON: {error}"[:200]) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise FileInvalid(f'The member "format" is not "{FORMAT}".')
    if document.get("version") != VERSION:
        raise VersionUnknown
    for name in settings.EXPORT_PARTS:
        if not isinstance(document.setdefault(name, []), list):
            raise FileInvalid(f"{name} is not a list.", field=name)
    rows = sum(len(document[name]) for name in settings.EXPORT_PARTS)
    if rows > reading.max_rows:
        raise TooManyRows(reading.max_rows)
    return Prepared(rows, partial(_load, document))


def _load(document: dict[str, Any], loading: Loading) -> None:
    for name, part in parts().items():
        part.load(document[name], loading)
    for finish in loading.later:
        finish()
