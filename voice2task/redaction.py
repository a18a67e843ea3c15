"""Nothing that opens a door is logged: neither under its name, nor inside a text, nor in a traceback."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

HIDDEN = "…"

# Parts of names whose values are secrets, whatever they look like.
NAMES = ("password", "secret", "token", "authorization", "cookie", "api_key", "apikey", "signature", "digest")
# Names with such a part whose values say how much or which, and are no secrets.
HARMLESS = re.compile(r"(^|_)(tokens|tokens_in|tokens_out|token_id|max_output_tokens)$")

# What is a secret wherever it stands, with the part before it that stays.
PATTERNS = (
    # The address of a calendar feed is all that it takes to read it.
    re.compile(r"(/feeds/)[\w-]+"),
    # Our own API tokens, and those of vendors.
    re.compile(r"(\bv2t_)[\w-]{8,}"),
    re.compile(r"(\bsk-)[\w-]{8,}"),
    re.compile(r"(\bwhsec_)[\w+/=-]{8,}"),
    # JSON Web Tokens: their first part is a JSON object.
    re.compile(r"(\beyJ)[\w-]+\.[\w-]+\.[\w-]*"),
    re.compile(r"(?i)(\bbearer\s+)[\w.~+/=-]+"),
    re.compile(r"(\bticket\.)[\w-]{20,}"),
    # The password of a URL, and secrets of its query or fragment.
    re.compile(r"(\b[a-z][a-z0-9+.-]*://[^/\s:@]*:)[^/\s@]+(?=@)"),
    re.compile(r"(?i)([?&#](?:token|key|secret|password|ticket|signature|api_key|access_token)=)[^&\s\"']+"),
    re.compile(r"(?i)(\b(?:sessionid|csrftoken)=)[^;\s\"']+"),
    re.compile(
        r"""(?i)(["'](?:password|new_password|current_password|secret|token|api_key)["']:\s*["'])[^"']+"""
    ),
)


def without_secrets(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor: hides values by their names, at any depth, and secrets inside texts."""
    for name, value in line.items():
        line[name] = _cleaned(name, value)
    return line


def without_secrets_in_text(_logger: Any, _method: str, text: str) -> str:
    """A processor behind the renderer: hides what tracebacks have brought along."""
    return hide(text)


def hide(text: str) -> str:
    """The text without what opens a door."""
    for pattern in PATTERNS:
        text = pattern.sub(rf"\g<1>{HIDDEN}", text)
    return text


def _cleaned(name: str, value: Any) -> Any:
    if name == "exc_info":  # rendered later, and cleaned then
        return value
    if isinstance(value, str):
        return HIDDEN if value and _is_secret(name) else hide(value)
    if isinstance(value, bytes):
        return HIDDEN if _is_secret(name) else hide(value.decode(errors="replace"))
    if isinstance(value, Mapping):
        return {inner: _cleaned(str(inner), item) for inner, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_cleaned(name, item) for item in value]
    return value


def _is_secret(name: str) -> bool:
    lowered = name.lower().replace("-", "_")
    return any(part in lowered for part in NAMES) and not HARMLESS.search(lowered)
