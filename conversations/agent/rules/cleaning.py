"""What is left of a range of a sentence when the words of its fields are taken out."""

from __future__ import annotations

import re

from conversations.agent.rules.model import Field, Span
from conversations.agent.rules.segment import Segment

# The gap that something taken leaves before a comma or the end of a sentence.
_BEFORE_COMMA = re.compile(r"\s*\x00[\s\x00]*(?=[,;]|[.!?](?:\s|$))")


def clean(segment: Segment, body: Span, taken: list[Span], edges: str) -> Field[str] | None:
    """The words of `body` without the ranges taken; None if nothing is left.

    Small words at an edge go if something was taken beside them ("call Bob on" of "call Bob on Friday").
    """
    kept = list(segment.text)
    for span in taken:
        for index in range(max(span.start, body.start), min(span.end, body.end)):
            kept[index - segment.offset] = "\x00"
    start, end = body.start - segment.offset, body.end - segment.offset
    blank = re.compile(r"[\s\x00]+")
    folded = "".join(" " if k == "\x00" else f for k, f in zip(kept, segment.folded, strict=True))
    led = start > 0 or kept[start] == "\x00"
    first = segment.language.patterns[f"{edges}_start" if led else "edge_start"].match(folded, start, end)
    start = first.end() if first else start
    cut = edges == "reference" or "".join(kept[start:end]).rstrip().endswith("\x00")
    last = segment.language.patterns[f"{edges}_end" if cut else "edge_end"].search(folded, start, end)
    end = last.start() if last else end
    left = _BEFORE_COMMA.sub("", "".join(kept[start:end]))
    words = blank.sub(" ", left).strip()
    if not re.search(r"\w", words):
        return None
    value = words[0].upper() + words[1:] if edges == "title" else words
    return Field(value, Span(start + segment.offset, end + segment.offset))
