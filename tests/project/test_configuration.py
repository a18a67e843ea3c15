"""docs/configuration.md says what the settings are."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pydantic import Field

from voice2task.env import Env
from voice2task.management.commands.describe_settings import describe

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_what_the_settings_say() -> None:
    page = StringIO()
    call_command("describe_settings", stdout=page)
    assert (ROOT / "docs" / "configuration.md").read_text() == page.getvalue(), (
        "run `manage.py describe_settings > docs/configuration.md`"
    )


def test_it_has_every_setting_once() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text()
    for name in Env.model_fields:
        assert page.count(f"\n| `{name}` | ") == 1


class Other(Env):
    COLOUR: str = "red"
    DEPTH: float | None = Field(default=None, gt=0, le=1.5)


def test_types_bounds_and_defaults_are_the_models() -> None:
    page = describe(Other, "# About nothing.\n\n# What it looks like,\n# and how deep.\nCOLOUR=red\nDEPTH=\n")
    assert page.endswith(
        "\nWhat it looks like, and how deep.\n\n"
        "| setting | takes | default |\n|-|-|-|\n"
        "| `COLOUR` | text | `red` |\n"
        "| `DEPTH` | a number, above 0 and at most 1.5; or nothing |  |\n"
    )
    assert "About nothing" not in page


def test_what_is_no_setting_is_not_described() -> None:
    with pytest.raises(KeyError):
        describe(Env, "# Who knows.\nNO_SUCH_SETTING=1\n")
