"""The words a user is likely to say: names of lists and labels, titles of open tasks."""

from __future__ import annotations

from uuid import UUID

from tasks.models import Label, Task, TaskList

# More would not fit into what the recogniser is told, and would drown what was really said.
MOST_TASKS = 15
# What is longer is a sentence, and none of the terms that recur.
LONGEST = 40
MOST_WORDS = 30


def vocabulary_of(user_id: UUID) -> tuple[str, ...]:
    """Titles of the newest open tasks, then lists and labels, each once, whatever its case."""
    tasks = (
        Task.objects.of(user_id).kept().open().order_by("-id").values_list("title", flat=True)[:MOST_TASKS]
    )
    lists = TaskList.objects.of(user_id).filter(is_inbox=False).order_by("-id").values_list("name", flat=True)
    labels = Label.objects.of(user_id).order_by("-id").values_list("name", flat=True)
    named = (*tasks, *lists[:MOST_WORDS], *labels[:MOST_WORDS])
    words = {word.casefold(): word for word in named if len(word) <= LONGEST}
    return tuple(words.values())[:MOST_WORDS]
