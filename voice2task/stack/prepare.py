"""What has to be done once before the web server and the workers start, in a process that then goes away."""

import json
import os
import sys
from pathlib import Path

from voice2task.stack import paths


def main(url: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voice2task.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from activities.vapid import signer

    if _migrations_are_due():
        call_command("migrate", interactive=False, verbosity=1)
    # Made before several processes ask for it.
    signer()
    email, password = _ensure_demo_user()
    write_up_file(settings.VAR_DIR, url=url, email=email, password=password)


def _migrations_are_due() -> bool:
    """Asking is quicker than `migrate`, which looks after permissions even where there is nothing to do."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _ensure_demo_user() -> tuple[str, str | None]:
    from accounts.services import ensure_demo_user

    return ensure_demo_user()


def write_up_file(var_dir: Path, *, url: str, email: str, password: str | None) -> None:
    """For the client command and the greeting. A password is None when nobody knows it any more."""
    file = paths.up_file(var_dir)
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    part.write_text(json.dumps({"url": url, "email": email, "password": password}))
    part.replace(file)


if __name__ == "__main__":
    main(sys.argv[1])
