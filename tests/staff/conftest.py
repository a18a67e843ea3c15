from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from tests.conftest import register
from voice2task.staff.services import appoint, ensure_roles

ROLES = ("support", "operator", "admin")


@pytest.fixture
def staff(db: None) -> Callable[[str], User]:
    """`staff("support")` is somebody with that role."""

    def make(role: str) -> User:
        ensure_roles()
        user = register(f"{role}@staff.example")
        return appoint(actor=Actor(user.id, "system"), role=role, now=timezone.now())

    return make


@pytest.fixture
def door(staff: Callable[[str], User]) -> Callable[[str], Client]:
    """`door("support")` is the admin as somebody with that role has it."""

    def open_door(role: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=staff(role).pk))
        return client

    return open_door
