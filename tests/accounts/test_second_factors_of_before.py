"""Second factors of a version that kept their keys in clear: encrypted by a migration, and good as before."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from accounts.models import SecondFactor, User
from tests.accounts.test_second_factor import PAGE, code_of, forget_wrong_codes, logged_in
from voice2task.kernel.sealing import unseal

KEY = "3132333435363738393031323334353637383930"
# The first half of the SHA-256 of a code on paper, as it was kept.
PAPER, KEPT = "abcd2345", "f90c15e9572d5cf3"
TABLES = """
    CREATE TABLE otp_totp_totpdevice (
        id serial PRIMARY KEY, user_id uuid NOT NULL, name text NOT NULL, confirmed boolean NOT NULL,
        key varchar(80) NOT NULL, drift smallint NOT NULL, last_t bigint NOT NULL,
        throttling_failure_timestamp timestamptz, throttling_failure_count integer NOT NULL
    );
    CREATE TABLE otp_static_staticdevice (id serial PRIMARY KEY, user_id uuid NOT NULL);
    CREATE TABLE otp_static_statictoken (
        id serial PRIMARY KEY, device_id integer NOT NULL, token varchar(16) NOT NULL
    );
"""
migration = import_module("accounts.migrations.0006_seal_second_factors")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_redis")]


def ask(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def staff(alice: User, bob: User) -> User:
    User.objects.filter(id=alice.id).update(is_staff=True, is_superuser=True)
    ask(TABLES)
    for user, confirmed in ((alice, True), (bob, False)):
        ask(
            "INSERT INTO otp_totp_totpdevice VALUES (DEFAULT, %s, 'app', %s, %s, 0, -1, NULL, 0)",
            *(user.id, confirmed, KEY),
        )
    [(paper,)] = ask("INSERT INTO otp_static_staticdevice VALUES (DEFAULT, %s) RETURNING id", alice.id)
    ask("INSERT INTO otp_static_statictoken VALUES (DEFAULT, %s, %s)", paper, KEPT)
    return alice


def migrate(step: str = "seal_keys") -> None:
    with connection.schema_editor() as editor:
        getattr(migration, step)(apps, editor)


def test_apps_and_codes_on_paper_are_good_as_before(staff: User):
    migrate()
    client = logged_in(staff)
    assert client.get("/admin/").status_code == 302
    assert client.post(PAGE, {"code": PAPER}).status_code == 302
    client = logged_in(staff)
    assert client.post(PAGE, {"code": PAPER}).status_code == 400
    forget_wrong_codes(staff)
    assert client.post(PAGE, {"code": code_of(staff)}).status_code == 302
    assert unseal(SecondFactor.objects.get().key) == KEY


def test_nothing_is_left_in_clear_and_the_version_before_takes_no_code(staff: User):
    migrate()
    left = ask("SELECT user_id, confirmed, key FROM otp_totp_totpdevice")
    assert [row[:2] for row in left] == [(staff.id, True)]
    assert left[0][2] != KEY
    assert len(bytes.fromhex(left[0][2])) == 20
    assert ask("SELECT * FROM otp_static_statictoken") == []
    assert not SecondFactor.objects.exclude(user=staff).exists()


def test_it_can_be_taken_back(staff: User):
    migrate()
    migrate("open_keys")
    assert ask("SELECT key FROM otp_totp_totpdevice WHERE user_id = %s", staff.id) == [(KEY,)]


def test_where_there_was_none_nothing_happens(client: Client):
    migrate()
    migrate("open_keys")
    assert not SecondFactor.objects.exists()
