"""What the turn engine says by itself, where a model says nothing, or what is not so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from conversations.agent.rules.language import nearest_language
from conversations.agent.rules.phrases import Phrases
from integrations.llm.base import ModelRequest

CORRECTION = """\
Your reply was not shown, because it claims changes that no tool has made:
{claims}
Either call the tools that make them now, or reply anew, saying only what the tool results show."""


def report(request: ModelRequest, done: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """The results of a turn's tools, each as (tool, result), in the user's language; never empty."""
    phrases = Phrases(nearest_language(request.language).replies, request.moment)
    # What only the model was to mend is nothing to tell the user, unless it is all there is.
    told = [(tool, result) for tool, result in done if result.get("status") != "error"] or list(done[-1:])
    sentences = [sentence for tool, result in told for sentence in phrases.result(tool, result)]
    return " ".join(sentences) or phrases.say("nothing_done")


def correction_note(claims: Sequence[str]) -> str:
    """What a model is told whose reply claimed what was not done."""
    return CORRECTION.format(claims="\n".join(f"- {claim}" for claim in claims))
