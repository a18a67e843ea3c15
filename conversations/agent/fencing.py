"""Text from outside, marked off so that a model can tell it from what the user says.

A fence does not make a model safe: what it does after reading such text is judged by `agent.policy`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from django.utils.crypto import salted_hmac

JSON = dict[str, Any]

# What of a result is our own; everything else came from outside.
OURS = ("status", "code", "workflow", "run_id")

# More of it would drown the conversation.
LONGEST_TEXT = 20_000


def is_untrusted(result: Mapping[str, Any]) -> bool:
    return result.get("untrusted") is True


def fence(result: Mapping[str, Any]) -> Mapping[str, Any]:
    """The result as a model reads it: what came from outside is one text between marks nobody can guess."""
    if not is_untrusted(result):
        return result
    outside = {name: value for name, value in result.items() if name not in OURS and name != "untrusted"}
    text = orjson.dumps(outside).decode()[:LONGEST_TEXT]
    mark = salted_hmac("conversations.agent.fencing", text).hexdigest()[:12]
    ours = {name: result[name] for name in OURS if name in result}
    return {**ours, "outside_text": f"<outside {mark}>{text}</outside {mark}>"}
