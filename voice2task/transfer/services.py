"""Importing: a file is taken at once, and read by a job, in one transaction or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from accounts.actors import Actor
from accounts.models import User
from activities.models import Outbox
from activities.services import Entry, lock_stream, record, record_all
from tasks.models import MAX_NAME
from tasks.services.fields import clean_name
from voice2task.kernel.database import DATABASE_AWAY
from voice2task.kernel.errors import ApplicationError, Conflict, Invalid, NotFound, TooLarge
from voice2task.kernel.transfer import JSON, Loading, Prepared, Reading
from voice2task.transfer.models import Import
from voice2task.transfer.representation import render_import
from voice2task.transfer.words import say_when

logger = structlog.get_logger(__name__)

RUN_IMPORT = "transfer.run_import"
MAX_ATTEMPTS = 3
MAX_WAITING = 5
# How many faults are told one by one.
FAULTS_TOLD = 200
RECORDED_AT_ONCE = 1_000


class ImportNotFound(NotFound):
    code = "import_not_found"
    message = "There is no such import."


class FileTooLarge(TooLarge):
    code = "file_too_large"
    message = "The file is larger than what can be imported."


class FileEmpty(Invalid):
    code = "file_empty"
    message = "There is nothing in the file."


class ImportsWaiting(Conflict):
    code = "imports_waiting"
    message = f"{MAX_WAITING} imports of yours have not ended; wait for one."


class RowsBroken(Invalid):
    """Some rows cannot be imported, and so none is. `extra` is the report."""

    code = "rows_broken"
    message = "Some rows cannot be imported; nothing was."


class ImportInterrupted(Conflict):
    code = "import_interrupted"
    message = f"The work on this file was interrupted {MAX_ATTEMPTS} times; nothing was imported."


class ImportCollided(Conflict):
    code = "import_collided"
    message = "Something in the file came to be here at the same moment; nothing was imported. Try again."


class ImportBroke(ApplicationError):
    code = "internal_error"
    status = 500
    message = "Something went wrong inside; nothing was imported."


@transaction.atomic
def start_import(
    *, actor: Actor, content: bytes, format: str, on_error: str, list_name: str = "", now: datetime
) -> Import:
    """Take a file, to be read by a job at once.

    `format` is one of `IMPORT_FORMATS`. With `on_error` "skip" the rows that can be read are imported, with
    "abort" all or none. `list_name` is the list for tasks that name none; the Inbox unless given.

    Raises:
        FileTooLarge, FileEmpty, ImportsWaiting
        Invalid: the name of the list cannot be used.
    """
    if len(content) > settings.IMPORT_MAX_BYTES:
        raise FileTooLarge(field="file", extra={"max_bytes": settings.IMPORT_MAX_BYTES})
    if not content:
        raise FileEmpty(field="file")
    if list_name:
        list_name = clean_name(list_name, "list_name", MAX_NAME)
    lock_stream(actor.user_id)
    unended = Import.objects.filter(user_id=actor.user_id, finished_at=None)
    if unended.count() >= MAX_WAITING:
        raise ImportsWaiting
    row = Import.objects.create(
        user_id=actor.user_id,
        content=content,
        format=format,
        on_error=on_error,
        list_name=list_name,
        created_at=now,
    )
    record(actor=actor, entry=Entry("import.started", "import", row.id, render_import(row)), at=now)
    return row


def run_import(*, import_id: UUID, now: datetime) -> None:
    """Read a file that was taken, as far as that has not been done. What goes wrong ends in its state."""
    row = _begin(import_id, now)
    if row is None:
        return
    try:
        if row.attempts > MAX_ATTEMPTS:
            raise ImportInterrupted
        prepared = _prepare(row, now)
        _tell_progress(row, prepared, now)
        _carry_out(row, prepared, now)
    except DATABASE_AWAY:
        # The outbox still owes this.
        raise
    except ApplicationError as error:
        _fail(row, error, now)
    except IntegrityError:
        logger.warning("import_collided", import_id=str(import_id))
        _fail(row, ImportCollided(), now)
    except Exception:
        logger.exception("import_broke", import_id=str(import_id))
        _fail(row, ImportBroke(), now)


@transaction.atomic
def _begin(import_id: UUID, now: datetime) -> Import | None:
    row = Import.objects.filter(id=import_id).first()
    if row is None or row.finished_at is not None:
        Outbox.objects.settle(RUN_IMPORT, import_id)
        return None
    lock_stream(row.user_id)
    row = Import.objects.select_for_update().get(id=import_id)
    row.attempts += 1
    row.status, row.started_at = Import.Status.RUNNING, row.started_at or now
    row.save(update_fields=["attempts", "status", "started_at"])
    return row


def _prepare(row: Import, now: datetime) -> Prepared:
    """Read the file, holding nothing: this is what takes long without touching what is the user's."""
    user = User.objects.get(id=row.user_id)
    reading = Reading(
        actor=Actor(row.user_id),
        zone=user.zone,
        now=now,
        list_name=row.list_name,
        max_rows=settings.IMPORT_MAX_ROWS,
        max_bytes=settings.IMPORT_MAX_BYTES,
        say_when=say_when,
    )
    prepared: Prepared = import_string(settings.IMPORT_FORMATS[row.format])(bytes(row.content), reading)
    return prepared


@transaction.atomic
def _tell_progress(row: Import, prepared: Prepared, now: datetime) -> None:
    lock_stream(row.user_id)
    after = {"status": row.status, "read": prepared.rows, "broken": len(prepared.faults)}
    entry = Entry("import.progress", "import", row.id, after)
    record(actor=Actor(row.user_id), entry=entry, at=now)


@transaction.atomic
def _carry_out(row: Import, prepared: Prepared, now: datetime) -> None:
    actor = Actor(row.user_id)
    lock_stream(row.user_id)
    if not Outbox.objects.settle(RUN_IMPORT, row.id):
        return
    loading = Loading(actor, now, faults=list(prepared.faults), left_out=prepared.left_out)
    prepared.load(loading)
    report = _report(loading, prepared.rows)
    if loading.faults and row.on_error == Import.OnError.ABORT:
        raise RowsBroken(extra=report | {"created": {}, "already_there": {}})
    # A little at a time: PostgreSQL ends a transaction in which it hears nothing for long.
    for start in range(0, len(loading.entries), RECORDED_AT_ONCE):
        some = loading.entries[start : start + RECORDED_AT_ONCE]
        record_all(actor=actor, entries=some, at=now)
    _end(row, Import.Status.FINISHED, report, "import.finished", now)


@transaction.atomic
def _fail(row: Import, error: ApplicationError, now: datetime) -> None:
    lock_stream(row.user_id)
    if not Outbox.objects.settle(RUN_IMPORT, row.id):
        return
    row.error_code, row.error_message = error.code, error.message[:500]
    _end(row, Import.Status.FAILED, error.extra, "import.failed", now)


def _end(row: Import, status: str, report: JSON, kind: str, now: datetime) -> None:
    before: JSON = {"status": row.status, "report": {}, "error": None, "finished_at": None}
    row.status, row.report, row.finished_at, row.content = status, report, now, b""
    row.save()
    rendered = render_import(row)
    after = {"id": rendered["id"]} | {name: rendered[name] for name in before}
    # Told one by one in the import itself; an event has to stay small.
    after["report"] = {name: value for name, value in report.items() if name != "faults"}
    record(actor=Actor(row.user_id), entry=Entry(kind, "import", row.id, after, before), at=now)


def _report(loading: Loading, rows: int) -> dict[str, Any]:
    return {
        "rows": rows,
        "created": dict(+loading.created),
        "already_there": dict(+loading.already),
        "left_out": dict(+loading.left_out),
        "broken": len(loading.faults),
        "faults": [
            replace(fault, message=fault.message[:200]).render() for fault in loading.faults[:FAULTS_TOLD]
        ],
    }
