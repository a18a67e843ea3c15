"""The embedded servers alone, for as long as a command runs: to restore a backup, or to look into one."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from voice2task.stack import paths
from voice2task.stack.paths import StackError
from voice2task.stack.postgres import find_binaries
from voice2task.stack.services import embedded_services


class Command(BaseCommand):
    help = "Run the embedded PostgreSQL and Valkey while COMMAND runs, with PostgreSQL's tools in its PATH."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("program", nargs=argparse.REMAINDER, metavar="COMMAND")

    def handle(self, *args: Any, program: list[str], **options: Any) -> None:
        if not program:
            raise CommandError("Name the command to run: manage.py servers psql")
        try:
            with embedded_services(settings.VAR_DIR):
                status = subprocess.run(program, env=_environment(settings.VAR_DIR), check=False).returncode  # noqa: S603 - the operator's own
        except (StackError, OSError) as error:
            raise CommandError(str(error)) from error
        sys.exit(status)


def _environment(var_dir: Path) -> dict[str, str]:
    """What lets the tools of PostgreSQL find the server without being told."""
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(find_binaries()), os.environ.get("PATH", "")]),
        "PGHOST": str(paths.postgres_socket(var_dir).parent),
        "PGUSER": paths.DATABASE_USER,
        "PGDATABASE": paths.DATABASE_NAME,
    }
