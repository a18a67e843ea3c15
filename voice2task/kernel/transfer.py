"""What the rooms share to write their part of an export file, and to read it back.

Each part of the file is a row of `EXPORT_PARTS` in `voice2task/tables.py`. Parts are read in the order of
that table, so that what a row refers to has been read before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Model
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from voice2task.kernel.errors import Invalid
from voice2task.kernel.identifiers import uuid7

if TYPE_CHECKING:
    from accounts.actors import Actor
    from activities.services import Entry

JSON = dict[str, Any]
# PostgreSQL takes this many ids in one statement without ado.
IDS_AT_ONCE = 5_000


def _keepable(text: str) -> str:
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("null characters and lone surrogates are not text")
    return text


Text = Annotated[str, AfterValidator(_keepable)]
Moment = AwareDatetime


class Row(BaseModel):
    """A row of a part. What a later version adds is passed over."""

    model_config = ConfigDict(extra="ignore")

    id: UUID


R = TypeVar("R", bound=Row)


class ReferenceUnknown(Invalid):
    code = "does_not_exist"
    message = "What this refers to is not in the file, or could not be imported."


class IdRepeated(Invalid):
    code = "id_repeated"
    message = "An earlier row has this id."


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row was left out. `at` says where it stands: `tasks[3]`, `line 7`."""

    at: str
    code: str
    message: str
    field: str | None = None

    def render(self) -> JSON:
        return {"at": self.at, "code": self.code, "message": self.message, "field": self.field}


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing that a part brings: its model, who owns a row of it, and the types of its fields."""

    model: type[Model]
    fields: Mapping[str, TypeAdapter[Any]]


@dataclass(slots=True)
class Loading:
    """One import under way: who imports, which row of the file has become which row here, and what was wrong.

    An id of the file is kept where it is free. A row with that id which is the user's own is left as it is;
    where the id is anybody else's, the row gets another. References are looked up among the rows of the file
    alone, so no file can reach what is not its owner's.
    """

    actor: Actor
    now: datetime
    rows: int = 0
    ids: dict[UUID, UUID] = field(default_factory=dict)
    # Ids here of what looks as it did in the file, because it came from there.
    fresh: set[UUID] = field(default_factory=set)
    created: Counter[str] = field(default_factory=Counter)
    already: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    subjects: dict[str, Subject] = field(default_factory=dict)
    # What can only be done once all parts have been read.
    later: list[Callable[[], None]] = field(default_factory=list)

    def read(self, part: str, rows: Sequence[Any], row_type: type[R]) -> list[tuple[str, R]]:
        """The rows that have the right shape, each with where it stands; ids that repeat are faults."""
        seen: set[UUID] = set()
        found: list[tuple[str, R]] = []
        for index, raw in enumerate(rows):
            at = f"{part}[{index}]"
            self.rows += 1
            try:
                row = row_type.model_validate(raw)
            except ValidationError as error:
                self.faults.append(_fault_of(at, error))
                continue
            with self.row(at):
                if row.id in seen:
                    raise IdRepeated(field="id")
                seen.add(row.id)
                found.append((at, row))
        return found

    @contextmanager
    def row(self, at: str) -> Iterator[None]:
        """What is refused inside the block is a fault of the row at `at`, and no more."""
        try:
            yield
        except Invalid as error:
            self.faults.append(Fault(at, error.code, error.message, error.field))

    def register(self, subject: str, model: type[Model], row_type: type[Row]) -> None:
        """Tell later parts what this one brings."""
        fields = {
            name: TypeAdapter(cast("Any", Annotated[info.annotation, *info.metadata, None]))
            for name, info in row_type.model_fields.items()
        }
        self.subjects[subject] = Subject(model, fields)

    def claim(self, model: type[Model], ids: Sequence[UUID]) -> tuple[dict[UUID, UUID], set[UUID]]:
        """The ids that rows of the file are to have here, and which of theirs are the user's already."""
        owners: dict[UUID, UUID] = {}
        for start in range(0, len(ids), IDS_AT_ONCE):
            some = model._default_manager.filter(pk__in=ids[start : start + IDS_AT_ONCE])
            owners |= dict(some.values_list("pk", "user_id"))
        mine = {known for known, owner in owners.items() if owner == self.actor.user_id}
        return {one: one if one in mine or one not in owners else uuid7() for one in ids}, mine

    def accept(self, subject: str, old: UUID, new: UUID, *, already: bool = False) -> None:
        """A row of the file is here now, under the id `new`; or was so `already`."""
        self.ids[old] = new
        if not already:
            self.fresh.add(new)
        (self.already if already else self.created)[subject] += 1

    def reference(self, old: UUID, name: str) -> UUID:
        """The id here of what a row refers to.

        Raises:
            ReferenceUnknown: it is no row of the file that was accepted.
        """
        try:
            return self.ids[old]
        except KeyError:
            raise ReferenceUnknown(field=name) from None

    def translated(self, value: Any) -> Any:
        """JSON in which ids of the file have become ids here."""
        if isinstance(value, dict):
            return {name: self.translated(member) for name, member in value.items()}
        if isinstance(value, list):
            return [self.translated(member) for member in value]
        if isinstance(value, str) and len(value) == len(str(self.actor.user_id)):
            try:
                return str(self.ids.get(UUID(value), value))
            except ValueError:
                return value
        return value


class FileInvalid(Invalid):
    code = "file_invalid"
    message = "This is not a file of the format that was named."


class TooManyRows(Invalid):
    code = "too_many_rows"

    def __init__(self, limit: int) -> None:
        super().__init__(f"At most {limit} rows can be imported at once.")


@dataclass(frozen=True, slots=True)
class When:
    """What words say of a time: a day or a moment, and a rule if it repeats."""

    due_on: date | None = None
    due_at: datetime | None = None
    rrule: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a format needs to know to read a file: for whom, at what moment, and the limits.

    Nothing is locked while it is read, and nothing is written.

    `list_name` is the list for what names none; `say_when` reads a time said in words, in a language and as
    seen from a moment, and gives None for what it does not understand.
    """

    actor: Actor
    zone: ZoneInfo
    now: datetime
    list_name: str
    max_rows: int
    max_bytes: int
    say_when: Callable[[str, str, datetime], When | None]


@dataclass(slots=True)
class Prepared:
    """A file that has been read: how many rows, what was wrong with some, and how the others are loaded."""

    rows: int = 0
    load: Callable[[Loading], None] = lambda _loading: None
    faults: list[Fault] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Part:
    """One member of the file: its rows in their order, and how they are read back."""

    rows: Callable[[UUID], Iterator[JSON]]
    load: Callable[[Sequence[Any], Loading], None]


def _fault_of(at: str, error: ValidationError) -> Fault:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    name = ".".join(str(part) for part in first["loc"]) or None
    return Fault(at, "invalid", str(first["msg"])[:200], name)
