"""`manage.py describe_settings`: docs/configuration.md, made of what `voice2task.env` takes.

Names, types, bounds and defaults are the model's; what a setting is for is told by `.env.example`.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from textwrap import fill
from typing import Any, Literal, Union, get_args, get_origin

from django.core.management.base import BaseCommand
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from voice2task.env import BASE_DIR, Env
from voice2task.kernel.rates import Rate

INTRODUCTION = """\
# Configuration

Made by `manage.py describe_settings > docs/configuration.md`: change `voice2task/env` and `.env.example`.

Settings are read from the environment of a process, then from the file `.env` beside `manage.py`. One that is
empty counts as absent. Whatever is wrong is told all at once when a process starts, and it does not start.
Seconds and days are plain numbers, lists have commas between their members.
"""
WIDTH = 118
TYPES = {
    bool: "`true` or `false`",
    int: "a whole number",
    float: "a number",
    Decimal: "a number",
    str: "text",
    Path: "a path",
    Rate: "a rate such as `600/m`, or `off`",
}
BOUNDS = {"ge": "at least {}", "gt": "above {}", "le": "at most {}", "lt": "below {}"}


class Command(BaseCommand):
    help = "Write what can be configured, as Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(describe(Env, (BASE_DIR / ".env.example").read_text()), ending="")


def describe(model: type[Env], example: str) -> str:
    """The page: what each paragraph of `example` says, and its settings in a table.

    Raises:
        KeyError: `example` names what the model does not have.
    """
    sections = [INTRODUCTION]
    for text, names in _paragraphs(example):
        rows = [
            f"| `{name}` | {_takes(model.model_fields[name])} | {_default(model, name)} |" for name in names
        ]
        sections.append("\n".join([text, "", "| setting | takes | default |", "|-|-|-|", *rows, ""]))
    return "\n".join(sections)


def _paragraphs(example: str) -> Iterator[tuple[str, list[str]]]:
    """Comments, each with the names of the settings that follow it. Without settings it is left out."""
    comment: list[str] = []
    names: list[str] = []
    for line in [*example.splitlines(), "#"]:
        if line.startswith("#") and names:
            yield fill(" ".join(comment), WIDTH, break_on_hyphens=False), names
            comment, names = [], []
        if line.startswith("#"):
            comment.append(line.removeprefix("#").strip())
        elif "=" in line:
            names.append(line.partition("=")[0])
        elif not names:
            comment = []


def _takes(field: FieldInfo) -> str:
    """What a value must be, in words."""
    members, optional = _members(field.annotation)
    words = [_word(member) for member in members]
    bounds = [
        BOUNDS[name].format(f"{value:,}" if isinstance(value, int) else value)
        for rule in field.metadata
        for name in BOUNDS
        if (value := getattr(rule, name, None)) is not None
    ]
    said = " or ".join(words) + (f", {' and '.join(bounds)}" if bounds else "")
    # What switches a rate off is a word of its own.
    return f"{said}; or nothing" if optional and Rate not in members else said


def _members(annotation: Any) -> tuple[list[Any], bool]:
    """The types of a union, and whether None is one of them."""
    origin = get_origin(annotation)
    types_ = list(get_args(annotation)) if origin in (Union, types.UnionType) else [annotation]
    return [each for each in types_ if each is not types.NoneType], types.NoneType in types_


def _word(annotation: Any) -> str:
    origin = get_origin(annotation)
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in get_args(annotation) if value != "")
    if origin is list:
        return "a list"
    if origin is not None:  # an annotation around one of the others
        return _word(get_args(annotation)[0])
    return TYPES[annotation]


def _default(model: type[Env], name: str) -> str:
    value = model.model_fields[name].default
    if value is PydanticUndefined:
        return "must be set"
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list):
        return f"`{','.join(value)}`"
    if isinstance(value, Path) and value.is_relative_to(BASE_DIR):
        return f"`{value.relative_to(BASE_DIR)}`"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"
