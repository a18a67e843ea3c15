"""Migrations run while the installation serves: none may break the code that still runs, or make it wait."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, connection
from django_migration_linter import MigrationLinter

# What there was before anybody ran it: made on empty tables. Nothing is to be added once there is a release.
BASELINE = {
    "accounts": ("0001_initial", "0002_budgets", "0003_preferences"),
    "activities": ("0001_initial", "0002_append_only", "0003_notifications", "0004_followed"),
    "conversations": ("0001_initial", "0002_the_agent", "0003_captures"),
    "integrations": ("0001_workflows", "0002_deliveries"),
    "kernel": ("0001_initial",),
    "tasks": (
        *("0001_initial", "0002_reminders", "0003_richer_tasks", "0004_feed_and_trash"),
        "0005_search",
    ),
    "transfer": ("0001_imports",),
}
# Indexes of tables with rows in them are made concurrently, each in a migration of its own.
LOCKING = ["CREATE_INDEX", "CREATE_INDEX_EXCLUSIVE", "DROP_INDEX", "REINDEX"]
ROOMS = {"accounts", "activities", "tasks", "integrations", "conversations", "voice2task"}


def linter() -> MigrationLinter:
    return MigrationLinter(no_cache=True, quiet=["ok", "ignore"], warnings_as_errors_tests=LOCKING)


def test_every_migration_since_the_baseline_is_safe(
    transactional_db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    judge = linter()
    ours = {config.label for config in apps.get_app_configs() if config.name.partition(".")[0] in ROOMS}
    for (label, name), migration in sorted(judge.migration_loader.disk_migrations.items()):
        if label in ours and name not in BASELINE.get(label, ()):
            judge.lint_migration(migration)
    assert not judge.has_errors, capsys.readouterr().out


def test_the_baseline_names_what_is_there(db: None) -> None:
    known = linter().migration_loader.disk_migrations.keys()
    assert {(label, name) for label, names in BASELINE.items() for name in names} <= known


@pytest.mark.parametrize(
    ("label", "name", "fault"),
    [
        ("accounts", "0003_preferences", "NOT NULL constraint on columns"),
        ("tasks", "0004_feed_and_trash", "CREATE INDEX locks table"),
    ],
)
def test_what_is_unsafe_is_seen(
    db: None, capsys: pytest.CaptureFixture[str], label: str, name: str, fault: str
) -> None:
    judge = linter()
    judge.lint_migration(judge.migration_loader.disk_migrations[label, name])
    assert judge.has_errors
    assert fault in capsys.readouterr().out


class Busy(io.StringIO):
    """Where `migrate` writes: a table is in use until it says so."""

    def __init__(self) -> None:
        super().__init__()
        self.holder = psycopg.connect(**parameters())
        self.holder.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")

    def write(self, text: str) -> int:
        if "is in use" in text:
            self.holder.rollback()
        return super().write(text)


def parameters() -> dict[str, Any]:
    known = connection.get_connection_params()
    return {name: known[name] for name in ("dbname", "user", "password", "host", "port") if name in known}


@pytest.fixture
def busy(transactional_db: None) -> Iterator[Busy]:
    table = Busy()
    yield table
    table.holder.close()


def test_a_migration_lets_others_pass_and_tries_again(busy: Busy) -> None:
    call_command("migrate", lock_seconds=0.05, pause_seconds=0, stdout=busy)
    assert "What is to be changed is in use; 19 more attempts." in busy.getvalue()
    assert "No migrations to apply." in busy.getvalue()


def test_a_migration_does_not_try_for_ever(busy: Busy) -> None:
    with pytest.raises(OperationalError, match="lock timeout"):
        call_command("migrate", lock_seconds=0.05, attempts=1, stdout=busy)
    assert "is in use" not in busy.getvalue()


def test_only_migrations_give_up_so_soon(busy: Busy) -> None:
    busy.holder.rollback()
    call_command("migrate", lock_seconds=0.05, stdout=busy)
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
