"""Statements that are planned once: errors, transactions and plans are those of Django's connection."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from accounts.models import User
from voice2task.kernel import statements
from voice2task.kernel.identifiers import uuid7

RENAME = "UPDATE accounts_user SET email = %(email)s WHERE id = %(id)s RETURNING email"


def test_it_is_planned_once_for_a_connection(alice: User):
    for number in range(3):
        email = f"alice{number}@example.com"
        assert statements.run(RENAME, {"id": alice.id, "email": email}).fetchall() == [(email,)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'UPDATE accounts_user SET%'"
        )
        assert cursor.fetchone() == (1,)


def test_it_is_part_of_the_transaction(alice: User):
    with pytest.raises(KeyError), transaction.atomic():
        statements.run(RENAME, {"id": alice.id, "email": "elsewhere@example.com"})
        raise KeyError
    alice.refresh_from_db()
    assert alice.email != "elsewhere@example.com"


def test_its_errors_are_djangos(alice: User, bob: User):
    with pytest.raises(IntegrityError), transaction.atomic():
        statements.run(RENAME, {"id": alice.id, "email": bob.email})
    with pytest.raises(DatabaseError), transaction.atomic():
        statements.run("SELECT 1 FROM nowhere WHERE id = %(id)s", {"id": uuid7()})
    assert statements.run(RENAME, {"id": alice.id, "email": "still@example.com"}).rowcount == 1


def test_nothing_runs_in_a_transaction_that_is_broken(alice: User):
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            statements.run(RENAME, {"id": alice.id, "email": "late@example.com"})
