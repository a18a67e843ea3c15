"""What every test may use. PostgreSQL and Valkey are real and run once for the whole session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from tests import environment
from voice2task.stack.services import embedded_services

PASSWORD = "correct horse battery staple"

_services = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    if environment.OWNER:
        _services.enter_context(embedded_services(environment.FOLDER, durable=False))


def pytest_unconfigure(config: pytest.Config) -> None:
    _services.close()


@pytest.fixture(scope="session", autouse=True)
def _cheap_settings() -> None:
    """Argon2 is slow on purpose, and is itself under test in `tests/accounts`."""
    from django.conf import settings

    # Each client of a test would first look through every package's static files.
    settings.WHITENOISE_USE_FINDERS = False
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.Argon2PasswordHasher",
    ]


def register(email: str, **fields: Any) -> User:
    """A user, made as the door makes one."""
    from accounts.services import register_user

    fields = {"timezone": "Europe/Berlin", "language": "en"} | fields
    return register_user(email=email, password=PASSWORD, now=timezone.now(), **fields)


@pytest.fixture
def alice(db: None) -> User:
    return register("alice@example.com")


@pytest.fixture
def bob(db: None) -> User:
    return register("bob@example.com", timezone="America/New_York")


def client_of(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


@pytest.fixture
def as_alice(alice: User) -> APIClient:
    return client_of(alice)


@pytest.fixture
def as_bob(bob: User) -> APIClient:
    return client_of(bob)


@pytest.fixture
def as_nobody() -> APIClient:
    return APIClient()


@pytest.fixture
def empty_redis() -> Iterator[None]:
    """Redis without anything of an earlier test."""
    from voice2task.kernel.redis import push_client

    push_client().flushdb()
    yield
    push_client().flushdb()
