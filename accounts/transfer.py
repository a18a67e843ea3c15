"""The part of an export file that is of the account: preferences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time
from typing import Annotated, Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError as Refused
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from accounts.locales import validate_language, validate_timezone
from accounts.models import SubtasksOnComplete, User, Weekday
from accounts.services import Preferences, update_user
from accounts.services.journaling import user_fields
from voice2task.kernel.errors import Invalid
from voice2task.kernel.transfer import JSON, Fault, Loading, Part

NAMES = tuple(Preferences.__annotations__)


def _timezone(value: str) -> str:
    return _checked(validate_timezone, value)


def _language(value: str) -> str:
    return _checked(validate_language, value)


def _checked(validate: Any, value: str) -> str:
    try:
        validate(value)
    except Refused as error:
        raise ValueError("; ".join(error.messages)) from error
    return value


class _Preferences(BaseModel):
    model_config = ConfigDict(extra="ignore")

    timezone: Annotated[str, AfterValidator(_timezone)] | None = None
    language: Annotated[str, AfterValidator(_language)] | None = None
    week_start: Weekday | None = None
    subtasks_on_complete: SubtasksOnComplete | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    email_notifications: bool | None = None


def _rows(user_id: UUID) -> Iterator[JSON]:
    fields = user_fields(User.objects.get(id=user_id))
    yield {name: fields[name] for name in NAMES if name in fields}


def _load(rows: Sequence[Any], loading: Loading) -> None:
    for index, raw in enumerate(rows):
        at = f"preferences[{index}]"
        loading.rows += 1
        try:
            given = _Preferences.model_validate(raw)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            name = ".".join(map(str, first["loc"])) or None
            loading.faults.append(Fault(at, "invalid", first["msg"], name))
            continue
        changes = given.model_dump(exclude_unset=True)
        for name in set(changes) - {"quiet_from", "quiet_until"}:
            if changes[name] is None:
                del changes[name]
        try:
            update_user(actor=loading.actor, changes=cast("Preferences", changes), now=loading.now)
        except Invalid as error:
            loading.faults.append(Fault(at, error.code, error.message, error.field))


PREFERENCES = Part(_rows, _load)
