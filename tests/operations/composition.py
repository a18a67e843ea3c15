"""`docker-compose.yml` as Docker would read it: anchors merged, variables filled in."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docker-compose.yml"
# ${NAME}, ${NAME:-default} or ${NAME:?what is wrong}
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<text>[^}]*))?\}")
# What an operator must set.
GIVEN = {
    "SECRET_KEY": "k7Jw0Zx_92hfQ-5vNc8TgLr3DyMb6PsEoUa1WiXk4FjHqVtBnR",
    "DATABASE_PASSWORD": "a password",
    "PUBLIC_URL": "https://tasks.example.org",
}

Service = dict[str, Any]


@lru_cache(maxsize=1)
def composition() -> dict[str, Any]:
    """The whole file, with `GIVEN` and otherwise the defaults that it names."""
    found: dict[str, Any] = yaml.safe_load(VARIABLE.sub(_value, FILE.read_text()))
    return found


def services() -> dict[str, Service]:
    found: dict[str, Service] = composition()["services"]
    return found


def own_services() -> dict[str, Service]:
    """Those that run this project's image."""
    return {name: service for name, service in services().items() if "build" in service}


def variables() -> dict[str, set[str]]:
    """Name to what may stand behind it: "-" a default, "?" a refusal, "" nothing."""
    named: dict[str, set[str]] = {}
    for match in VARIABLE.finditer(FILE.read_text()):
        named.setdefault(match["name"], set()).add(match["kind"] or "")
    return named


def _value(match: re.Match[str]) -> str:
    return GIVEN.get(match["name"], (match["text"] or "") if match["kind"] == "-" else "")
