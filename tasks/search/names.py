"""The names of a user's lists and labels, which a query may use, and which its words may meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from tasks.models import Label, TaskList


@dataclass(frozen=True, slots=True)
class Names:
    """Pairs of id and name."""

    lists: Sequence[tuple[UUID, str]]
    labels: Sequence[tuple[UUID, str]]

    @classmethod
    def of(cls, user_id: UUID) -> Names:
        return cls(
            list(TaskList.objects.of(user_id).values_list("id", "name")),
            list(Label.objects.of(user_id).values_list("id", "name")),
        )

    def lists_named(self, name: str) -> list[UUID]:
        """The list of this name, in whatever case; none if there is none."""
        return [id_ for id_, other in self.lists if other.casefold() == name.casefold()]

    def labels_named(self, name: str) -> list[UUID]:
        """The label of this name, in whatever case; none if there is none."""
        return [id_ for id_, other in self.labels if other.casefold() == name.casefold()]

    def all(self) -> Iterator[tuple[UUID, str]]:
        yield from self.lists
        yield from self.labels
