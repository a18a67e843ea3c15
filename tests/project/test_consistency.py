"""The project agrees with itself: rooms, migrations, schema, settings."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.module_loading import import_string

from voice2task.env import Env

ROOT = Path(__file__).resolve().parents[2]


def test_imports_point_down():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_migration_is_missing(db: None):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_schema_is_complete_and_valid(tmp_path: Path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))


def test_the_example_documents_every_setting_in_order():
    named = re.findall(r"^([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE)
    assert named == list(Env.model_fields)


def test_every_setting_is_read_somewhere():
    package = ROOT / "voice2task"
    own = "\n".join(path.read_text() for path in (package / "env").glob("*.py"))
    readers = "\n".join(path.read_text() for path in package.rglob("*.py") if path.parent != package / "env")
    for name in Env.model_fields:
        assert f"env.{name}" in readers or f"self.{name}" in own, f"{name} is read by nothing"


def test_the_tables_of_the_settings_name_what_exists():
    from celery import current_app
    from django.conf import settings

    for path in (*settings.EXPORT_PARTS.values(), *settings.IMPORT_FORMATS.values()):
        import_string(path)
    for path in (
        settings.JOURNAL,
        *settings.USER_PROVISIONERS,
        *settings.USER_ERASERS,
        *settings.LLM_PROVIDERS.values(),
        *settings.SPEECH_ENGINES.values(),
    ):
        import_string(path)
    current_app.loader.import_default_modules()
    jobs = {job for rows in settings.ACTIVITY_SUBSCRIBERS.values() for job, _ in rows}
    assert jobs | settings.CELERY_BEAT_SCHEDULE.keys() <= current_app.tasks.keys()
    assert set(settings.ACTIVITY_SUBSCRIBERS) <= settings.EVENT_KINDS
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    assert routed | {settings.CELERY_TASK_DEFAULT_QUEUE} == set(settings.QUEUES)


@pytest.mark.parametrize(
    "folder", ["accounts", "activities", "tasks", "integrations", "conversations", "voice2task"]
)
def test_no_room_has_a_lumber_room(folder: str):
    names = {path.name for path in (ROOT / folder).rglob("*.py")}
    assert not names & {"utils.py", "helpers.py", "signals.py"}


def test_whatever_is_stored_in_secret_is_in_the_table_of_the_sealed():
    from django.apps import apps
    from django.conf import settings
    from django.db.models import BinaryField

    binary = {
        model._meta.label: tuple(
            field.name for field in model._meta.concrete_fields if isinstance(field, BinaryField)
        )
        for model in apps.get_models()
        if (ROOT / model._meta.app_config.name.replace(".", "/")).is_dir()
    }
    # Sound that arrives, answers that may be asked for again, files that are being read.
    not_secret = {"conversations.CaptureChunk", "kernel.IdempotencyKey", "transfer.Import"}
    sealed = {label: names for label, names in binary.items() if names and label not in not_secret}
    assert sealed == settings.SEALED_FIELDS
