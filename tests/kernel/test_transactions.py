"""Blocks that are undone as a whole, with services inside."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from tasks import services
from tasks.models import Task
from voice2task.kernel.errors import ApplicationError
from voice2task.kernel.transactions import undone_as_a_whole

pytestmark = pytest.mark.django_db


def create(user: User, title: str) -> None:
    services.create_tasks(actor=Actor(user.id), drafts=[{"title": title}], now=timezone.now())


def test_what_fails_leaves_nothing_behind(alice: User):
    with pytest.raises(ApplicationError), undone_as_a_whole():
        create(alice, "Good")
        create(alice, "")
    assert not Task.objects.exists()


def test_what_fails_in_a_service_alone_leaves_the_rest(alice: User):
    with transaction.atomic():
        create(alice, "Good")
        with pytest.raises(ApplicationError):
            create(alice, "")
    assert Task.objects.get().title == "Good"


def test_nobody_goes_on_after_a_failure(alice: User):
    with pytest.raises(transaction.TransactionManagementError), undone_as_a_whole():
        with pytest.raises(ApplicationError):
            create(alice, "")
        create(alice, "Good")


def test_a_service_makes_no_savepoint_inside(alice: User):
    with undone_as_a_whole(), CaptureQueriesContext(connection) as captured:
        create(alice, "Good")
    assert not [query for query in captured if "SAVEPOINT" in query["sql"]]
