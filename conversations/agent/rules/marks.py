"""The marks that stand for times, lengths and priorities in what frames are matched against."""

from __future__ import annotations

from conversations.agent.rules.language import DEADLINE_MARK, DURATION_MARK, PRIORITY_MARK, WHEN_MARK

MARKS = f"{WHEN_MARK}{DEADLINE_MARK}"
# Possessive: a mark is taken whole, so that a frame may repeat them without trying every division of a run.
WHEN = f"(?:[{MARKS}]++)"
DEADLINE = f"(?:{DEADLINE_MARK}++)"
LENGTH = f"(?:{DURATION_MARK}++)"
PRIORITY = f"(?:{PRIORITY_MARK}++)"
# characters of words rather than of a time or a priority
WORDS = f"[^{MARKS}]"
PLAIN = f"[^{MARKS}{PRIORITY_MARK}]"
