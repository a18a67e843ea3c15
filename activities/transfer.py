"""The part of an export file that is history: activities.

They come behind all other parts and are appended to the account's own, with numbers of their own, as they
were recorded then: no job follows from them. What told of the account and its logins elsewhere is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from pydantic import BaseModel, Field, ValidationError

from activities.frames import render_activity
from activities.models import Activity
from activities.querysets import FRAME_FIELDS
from activities.services import append_history
from voice2task.kernel.errors import Invalid
from voice2task.kernel.transfer import JSON, Loading, Moment, Part, ReferenceUnknown, Row, Subject, Text

CHUNK = 1_000
# Where before and after are not changed fields of the subject.
FREE_FORM = frozenset({"turn", "message", "conversation", "memory"})
# Verbs of kinds that have no before, and are not undone by it.
BEGINNINGS = frozenset({"created", "due"})


class SubjectRow(BaseModel):
    type: Annotated[Text, Field(max_length=32)]
    id: UUID


class DataRow(BaseModel):
    before: dict[str, Any]
    after: dict[str, Any]


class ActivityRow(Row):
    kind: Annotated[Text, Field(max_length=64)]
    actor: Activity.ActorKind
    turn_id: UUID | None = None
    subject: SubjectRow
    data: DataRow
    undoes_id: UUID | None = None
    at: Moment


class KindUnknown(Invalid):
    code = "kind_unknown"
    message = "There is no such kind of activity."


class FieldsInvalid(Invalid):
    code = "fields_invalid"
    message = "before and after are not fields of the subject as they were and as they became."


def _rows(user_id: UUID) -> Iterator[JSON]:
    own = Activity.objects.of(user_id).order_by("seq").values(*FRAME_FIELDS, "undoes_id")
    for row in own.iterator(CHUNK):
        rendered = render_activity(row) | {"undoes_id": row["undoes_id"]}
        del rendered["seq"]
        yield rendered


def _load(rows: Sequence[Any], loading: Loading) -> None:
    found = loading.read("activities", rows, ActivityRow)
    told = [(at, row) for at, row in found if row.subject.type in loading.subjects]
    ids, mine = loading.claim(Activity, [row.id for _, row in told])
    _find_subjects(told, loading)
    made: list[Activity] = []
    for at, row in told:
        if row.id in mine:
            loading.accept("activity", row.id, row.id, already=True)
            continue
        subject_id = loading.ids.get(row.subject.id)
        if subject_id not in loading.fresh:
            # What was here before has a history of its own, and need not look as this one would have it.
            loading.left_out["activity"] += 1
            continue
        with loading.row(at):
            _check(row, loading.subjects[row.subject.type])
            made.append(_activity_of(row, ids[row.id], subject_id, loading))
            loading.accept("activity", row.id, ids[row.id])
        if len(made) == CHUNK:
            append_history(user_id=loading.actor.user_id, activities=made)
            made = []
    append_history(user_id=loading.actor.user_id, activities=made)
    loading.left_out["activity"] += len(found) - len(told)


def _find_subjects(told: Sequence[tuple[str, ActivityRow]], loading: Loading) -> None:
    """Give ids to what has been deleted since, which activities tell of all the same."""
    gone: dict[str, set[UUID]] = defaultdict(set)
    for _, row in told:
        if row.subject.id not in loading.ids:
            gone[row.subject.type].add(row.subject.id)
        if row.turn_id and row.turn_id not in loading.ids:
            gone["turn"].add(row.turn_id)
    for subject, ids in gone.items():
        if subject not in loading.subjects:
            continue
        claimed, mine = loading.claim(loading.subjects[subject].model, sorted(ids))
        loading.ids |= {old: new for old, new in claimed.items() if old not in mine}
        loading.fresh |= {new for old, new in claimed.items() if old not in mine}


def _check(row: ActivityRow, subject: Subject) -> None:
    """Undo reads activities: they must be of the shape that this place records."""
    if row.kind not in settings.EVENT_KINDS or row.kind.partition(".")[0] != row.subject.type:
        raise KindUnknown(field="kind")
    if row.subject.type in FREE_FORM:
        return
    before, after = row.data.before, row.data.after
    verb = row.kind.rpartition(".")[2]
    whole = verb == "deleted" and set(before) >= subject.fields.keys()
    if not whole and verb not in BEGINNINGS and set(after) != set(before):
        raise FieldsInvalid(field="data")
    for name, value in (*before.items(), *after.items()):
        try:
            if adapter := subject.fields.get(name):
                adapter.validate_python(value)
        except ValidationError:
            raise FieldsInvalid(field="data") from None


def _activity_of(row: ActivityRow, activity_id: UUID, subject_id: UUID, loading: Loading) -> Activity:
    undoes_id = row.undoes_id and loading.ids.get(row.undoes_id)
    if row.undoes_id and undoes_id is None:
        raise ReferenceUnknown(field="undoes_id")
    before, after = (_about(subject_id, loading.translated(one)) for one in (row.data.before, row.data.after))
    return Activity(
        id=activity_id,
        user_id=loading.actor.user_id,
        kind=row.kind,
        actor=row.actor.value,
        turn_id=row.turn_id and loading.ids.get(row.turn_id),
        subject_type=row.subject.type,
        subject_id=subject_id,
        before=before,
        after=after,
        undoes_id=undoes_id,
        at=row.at,
    )


def _about(subject_id: UUID, fields: JSON) -> JSON:
    return fields | {"id": str(subject_id)} if "id" in fields else fields


ACTIVITIES = Part(_rows, _load)
