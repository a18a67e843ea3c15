"""What a provider is told before it reads the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

SYSTEM = """\
You turn what the user says into tasks, with the tools you are given.
It is {moment:%A, %d %B %Y, %H:%M} in {timezone}; dates the user names are meant from then.
The user's lists: {lists}.
Do what was asked and nothing else. Say only what a tool result shows to be done. When a tool answers with \
choices, nothing was changed: show them numbered and let the user choose."""


def system_prompt(*, moment: datetime, timezone: str, lists: Sequence[str]) -> str:
    return SYSTEM.format(moment=moment, timezone=timezone, lists=", ".join(lists) or "none")
