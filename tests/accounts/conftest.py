from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail as django_mail
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import mail
from accounts.api import access_views, views
from accounts.models import User
from activities.models import Activity
from tests.conftest import PASSWORD


@dataclass
class Clock:
    """What the doors take for the time. It starts a minute ago, so that tokens stay valid as it moves on."""

    now: datetime = field(default_factory=lambda: timezone.now() - timedelta(minutes=1))

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for doors in (views, access_views):
        monkeypatch.setattr(doors, "timezone", SimpleNamespace(now=lambda: clock.now))
    return clock


@dataclass(frozen=True)
class Letter:
    to: list[str]
    subject: str
    body: str

    @property
    def link(self) -> dict[str, str]:
        """What the link carries: `uid` and `token`."""
        found = re.search(r"#uid=(?P<uid>[^&\s]+)&token=(?P<token>\S+)", self.body)
        assert found, self.body
        return found.groupdict()


@pytest.fixture
def letters() -> Iterator[Callable[[], list[Letter]]]:
    """What was sent until now; waits for what is on its way."""

    def read() -> list[Letter]:
        pending = wait(list(mail._waiting), timeout=10)
        assert not pending.not_done
        return [Letter(message.to, str(message.subject), str(message.body)) for message in django_mail.outbox]

    yield read
    read()


@pytest.fixture
def kinds() -> Callable[[User], list[str]]:
    def read(user: User) -> list[str]:
        return [activity.kind for activity in Activity.objects.of(user.id).order_by("seq")]

    return read


def log_in(email: str, password: str = PASSWORD, client: APIClient | None = None) -> dict[str, str]:
    response = (client or APIClient()).post("/api/v1/auth/token/", {"email": email, "password": password})
    assert response.status_code == 200, response.content
    pair: dict[str, str] = response.json()
    return pair


def bearer(access: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
    return client


def refresh(token: str) -> Any:
    return APIClient().post("/api/v1/auth/token/refresh/", {"refresh": token})


def error(response: Any) -> tuple[int, str, str | None]:
    """Status, code and field of an answer in the API's error shape."""
    body = response.json()
    assert body["type"] in {"validation_error", "client_error", "server_error"}
    first = body["errors"][0]
    return response.status_code, first["code"], first["attr"]


def browser(email: str, password: str = PASSWORD) -> APIClient:
    """A client with a session cookie that sends the CSRF token, as the web client does."""
    client = APIClient(enforce_csrf_checks=True)
    client.get("/api/v1/auth/csrf/")
    response = post(client, "/api/v1/auth/login/", {"email": email, "password": password})
    assert response.status_code == 200, response.content
    return client


def post(client: APIClient, path: str, data: dict[str, Any] | None = None) -> Any:
    return client.post(path, data or {}, headers={"X-CSRFToken": client.cookies["csrftoken"].value})
