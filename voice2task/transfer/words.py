"""Times said in words, read by the same rules that read sentences."""

from __future__ import annotations

from datetime import datetime

from conversations.agent.rules.understand import understand
from voice2task.kernel.transfer import When

# A title that is no word: it must be all that is left once the time has been understood.
_NAME = "Qzx"
LONGEST = 200


def say_when(words: str, language: str, now: datetime) -> When | None:
    """What `words` say of a time as seen from `now`, which is aware in the user's timezone.

    None if not all of them are understood, or not in this language.
    """
    words = " ".join(words.split())
    if not words or len(words) > LONGEST:
        return None
    try:
        commands = understand(f"add {_NAME} {words}", now=now, language=language).commands
    except LookupError:
        return None
    command = commands[0]
    if len(commands) != 1 or command.title is None or command.title.value != _NAME or command.due is None:
        return None
    due, rrule = command.due.value, command.rrule.value if command.rrule else ""
    if isinstance(due, datetime):
        return When(due_at=due, rrule=rrule)
    return When(due_on=due, rrule=rrule)
