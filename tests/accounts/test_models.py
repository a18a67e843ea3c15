from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from accounts.models import Login, User
from tests.accounts.conftest import log_in

pytestmark = pytest.mark.django_db


def test_djangos_command_makes_an_operator_who_logs_in_in_any_case(monkeypatch, client):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "correct horse")
    call_command("createsuperuser", interactive=False, email="Root@Example.com", verbosity=0)
    user = User.objects.get()
    assert (user.email, user.is_staff, user.is_superuser) == ("root@example.com", True, True)
    assert log_in("ROOT@example.com", "correct horse")
    assert client.login(username="ROOT@example.com", password="correct horse")


def test_the_database_keeps_addresses_apart_whatever_their_case(alice):
    with pytest.raises(IntegrityError):
        User.objects.create(email="ALICE@example.com")


def test_a_user_has_a_zone(alice):
    assert alice.zone == ZoneInfo("Europe/Berlin")
    assert str(alice) == "alice@example.com"


def test_a_login_is_named_by_its_device():
    assert (
        str(Login(created_at=datetime(2026, 1, 2, tzinfo=UTC), user_agent="Phone/1"))
        == "Phone/1 (2026-01-02)"
    )
