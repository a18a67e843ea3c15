"""`manage.py n8n sync` and `manage.py n8n import`: workflows of an n8n become tools, once somebody agrees."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from accounts.actors import Actor
from accounts.models import User
from integrations import services
from integrations.n8n.api import offered_workflows
from voice2task.kernel.errors import ApplicationError

WIDTH = 160


class Command(BaseCommand):
    help = "Read workflows from the n8n of N8N_URL, or from a manifest, for everybody."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        sync = actions.add_parser("sync", help="propose the workflows tagged “voice2task”, not active")
        load = actions.add_parser("import", help="register the workflows of a manifest, active")
        load.add_argument("manifest", type=Path)
        load.add_argument("--base-url", default=settings.N8N_URL, help="what each path is under")
        for action in (sync, load):
            action.add_argument("--operator", default="", help="e-mail of the staff member who does it")
            action.add_argument("--token", default="", help="what they want as “Authorization: Bearer”")
            action.add_argument("--signing-secret", default="", help="whsec_…, to sign in both directions")

    def handle(self, *args: Any, **options: Any) -> None:
        secrets = {name: options[name] for name in ("token", "signing_secret") if options[name]}
        try:
            if options["action"] == "sync":
                rows, base_url = list(offered_workflows()), settings.N8N_URL
            else:
                rows, base_url = _rows(options["manifest"]), options["base_url"]
            imported = services.import_workflows(
                actor=_operator(options["operator"]),
                rows=rows,
                base_url=base_url,
                secrets=secrets,
                active=options["action"] == "import",
                shared=True,
                now=timezone.now(),
            )
        except ApplicationError as error:
            raise CommandError(f"{error.field}: {error.message}" if error.field else error.message) from error
        table = Table("workflow", "what", "active", "calls back", "address")
        for each in imported:
            row = each.workflow
            table.add_row(row.name, each.action, _yes(row.active), _yes(row.calls_back), row.url)
        console = Console(width=WIDTH)
        with console.capture() as captured:
            console.print(table)
        self.stdout.write(captured.get())


def _rows(path: Path) -> list[Any]:
    try:
        rows = json.loads(path.read_text())["workflows"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{path} is no manifest: {error}") from error
    if not isinstance(rows, list):
        raise CommandError(f"{path} is no manifest: “workflows” is a list.")
    return rows


def _operator(email: str) -> Actor:
    staff = User.objects.filter(is_staff=True, is_active=True).order_by("id")
    operator = (staff.filter(email=email) if email else staff).first()
    if operator is None:
        raise CommandError("There is no such member of staff; name one with --operator.")
    return Actor(operator.id)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
