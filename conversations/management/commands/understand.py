"""`manage.py understand`: read a file of sentences by the rules and write what each says. Changes nothing."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conversations.agent.rules.rows import present, read_row


class Command(BaseCommand):
    help = "Read sentences by the rules: a JSON row per line in, a JSON row per line out. Writes no database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--input", type=Path, required=True, help="rows with id, text, lang?, reference?")
        parser.add_argument("--output", type=Path, required=True, help="where the answers go, in that order")
        parser.add_argument("--timezone", default="UTC", help="of rows that name none (default: UTC)")
        parser.add_argument("--now", help="the moment of rows without a reference, ISO 8601 (default: now)")

    def handle(self, *args: Any, **options: Any) -> None:
        now = _now(options["now"])
        try:
            lines = options["input"].read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['input']} cannot be read: {error}") from error
        answers = list(_answers(lines, now, options["timezone"]))
        try:
            options["output"].write_text("".join(f"{answer}\n" for answer in answers), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{options['output']} cannot be written: {error}") from error
        self.stdout.write(f"{len(answers)} rows understood.")


def _now(text: str | None) -> datetime:
    if text is None:
        return present()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--now is no ISO 8601 moment: {text}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _answers(lines: list[str], now: datetime, timezone: str) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            answer = read_row(json.loads(line), now=now, timezone=timezone)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"Line {number} is no row to understand: {error!r}") from error
        yield json.dumps(answer, ensure_ascii=False)
