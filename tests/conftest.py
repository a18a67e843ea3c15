"""What every test may use. PostgreSQL and Valkey are real and run once for the whole session."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone
from rest_framework.test import APIClient
from xdist.scheduler import LoadScopeScheduling

from accounts.models import User
from tests import environment, template
from voice2task.kernel.database import close_connections
from voice2task.stack.services import embedded_services

# What shares a stack of processes, or what takes long to make, or channels: Redis publishes to all of its
# databases.
TOGETHER = (
    "tests/journeys/",
    "tests/doors/test_openapi.py",
    "tests/kernel/test_realtime.py",
)
PASSWORD = "correct horse battery staple"

_services = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    if environment.OWNER:
        _services.enter_context(embedded_services(environment.FOLDER, durable=False))
        if config.getoption("numprocesses", None):
            _services.enter_context(template.migrating())


def pytest_unconfigure(config: pytest.Config) -> None:
    _services.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests have recorded for people, however they went and in whichever process."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    for report in reports:
        if getattr(report, "when", "") == "call":
            for title, text in report.user_properties:
                terminalreporter.section(title)
                terminalreporter.write_line(text)


class OneByOne(LoadScopeScheduling):
    """Tests one by one to whichever worker is free, but all that share something to one of them.

    pytest-xdist 3.8 has groups for this, which pytest 9.2 does not let it see.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((shared for shared in TOGETHER if nodeid.startswith(shared)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneByOne:
    return OneByOne(config, log)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    if environment.WORKER:
        template.copy_it()


@pytest.fixture(scope="session", autouse=True)
def _cheap_settings() -> None:
    """Argon2 is slow on purpose, and is itself under test in `tests/accounts`."""
    from django.conf import settings

    # pytest keeps what is logged. To write each line for people as well takes a sixth of a request's time.
    root = logging.getLogger()
    root.handlers = [handler for handler in root.handlers if type(handler) is not logging.StreamHandler]
    # Each client of a test would first look through every package's static files.
    settings.WHITENOISE_USE_FINDERS = False
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]


# Truncates the tables that have rows: most are empty after most tests. Django would truncate all sixty and
# make the permissions anew, which takes longer than most tests.
EMPTY_TABLES = """
DO $$
DECLARE
    found text;
    has_rows boolean;
    filled text[];
BEGIN
    FOR found IN
        SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'
           AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
    LOOP
        EXECUTE 'SELECT EXISTS (SELECT FROM ' || found || ')' INTO has_rows;
        IF has_rows THEN
            filled := filled || found;
        END IF;
    END LOOP;
    IF filled IS NOT NULL THEN
        EXECUTE 'TRUNCATE ' || array_to_string(filled, ', ') || ' CASCADE';
    END IF;
END $$
"""


@pytest.fixture(scope="session", autouse=True)
def _quick_flush() -> Iterator[None]:
    """What a test has committed is gone after it."""

    def empty_tables(test: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            cursor.execute(EMPTY_TABLES)

    with mock.patch.object(TransactionTestCase, "_fixture_teardown", empty_tables):
        yield


@pytest.fixture(scope="session", autouse=True)
def _connections_end(django_db_setup: None) -> Iterator[None]:
    """The runner lives as long as its process: its connections are closed before the interpreter goes."""
    yield
    close_connections()
    from conversations.runner import runner
    from voice2task.kernel.realtime import hub
    from voice2task.kernel.redis import loop_client
    from voice2task.kernel.redis_pipe import redis_pipe

    async def close() -> None:
        await hub().close()
        redis_pipe().close()
        await loop_client().aclose()

    if runner.cache_info().currsize:
        asyncio.run_coroutine_threadsafe(close(), runner()._loop).result(10)


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


@pytest.fixture
async def _closed_loop_connections() -> AsyncIterator[None]:
    """What sockets have opened on the test's own loop is closed with it."""
    from voice2task.kernel.realtime import hub
    from voice2task.kernel.redis import loop_client
    from voice2task.kernel.redis_pipe import redis_pipe

    yield
    await hub().close()
    redis_pipe().close()
    await loop_client().aclose()
