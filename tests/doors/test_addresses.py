"""Every address there is, found by walking the URL resolver, tried by people who have no business there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern
from rest_framework.test import APIClient

from tests.doors.feeding import IN_PATHS
from tests.doors.world import TOOL, everything_of, person
from voice2task.kernel.identifiers import uuid7

METHODS = ("get", "post", "put", "patch", "delete")
# Whoever comes here need not be logged in: to become it, because a secret or a signature says who it is, or
# because it tells nothing of anybody.
OPEN = {
    *("home", "reset-password-page", "verify-email-page", "service-worker", "demo-sign-in"),
    *("auth-register", "auth-token", "auth-token-refresh", "auth-token-revoke", "auth-csrf", "auth-login"),
    *("auth-password-reset", "auth-password-reset-confirm", "auth-email-verify-confirm"),
    *("n8n-callback", "n8n-failure", "feed-ics"),
    *("schema", "docs", "health-live", "health-ready", "health-accepting", "metrics"),
}
# What no API token opens, not even to read.
LOGIN_ONLY = {
    *("auth-tokens", "auth-tokens-one", "auth-sessions", "auth-sessions-one"),
    *("auth-logout", "auth-password-change", "auth-email-verify"),
}
# What changes nothing though it is asked by POST: a ticket opens no more than the token.
READ_BY_POST = {("post", "auth-ws-ticket"), ("post", "understand")}
REFUSED = {(403, "scope_missing"), (403, "login_required")}


@dataclass(frozen=True)
class Address:
    """`route` as the resolver knows it, `name` if it has one."""

    route: str
    name: str

    @property
    def of(self) -> str | None:
        """What the id in it is of; None if it has none."""
        found = re.search(r"([\w-]+)/<uuid:\w+>", self.route)
        return IN_PATHS[found[1]] if found else None

    def with_id(self, id: str) -> str:
        path = self.route.replace("<slug:tool>", TOOL)
        return "/" + re.sub(r"<\w+:\w+>", "x", re.sub(r"<uuid:\w+>", id, path))


def walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[Address]:
    for pattern in patterns:
        # The admin ends in an expression that takes whatever is left.
        route = before + ("x" if isinstance(pattern.pattern, RegexPattern) else str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        else:
            yield Address(route, pattern.name or "")


ADDRESSES = list(walk(get_resolver().url_patterns))
API = [address for address in ADDRESSES if address.route.startswith("api/v1/")]
ADMIN = [address for address in ADDRESSES if address.route.startswith("admin/")]
NAMING = [address for address in API if address.of and address.name not in OPEN]


def test_the_walk_has_seen_the_house() -> None:
    assert len(API) > 80
    assert len(ADMIN) > 100
    assert {address.name for address in ADDRESSES} >= OPEN
    assert {address.of for address in NAMING} >= set(IN_PATHS.values())
    apart = [address for address in ADDRESSES if address not in API and address not in ADMIN]
    assert {address.name for address in apart} <= OPEN


def test_nobody_is_let_in(db: None, as_nobody: APIClient) -> None:
    for address in API:
        for method in METHODS:
            response = getattr(as_nobody, method)(address.with_id(str(uuid7())), {})
            if address.name not in OPEN:
                assert response.status_code == 401, (method, address)
                assert response["WWW-Authenticate"] == "Bearer"
                assert response.json()["errors"][0]["code"] == "not_authenticated"
            else:
                assert response.status_code < 500, (method, address)


@pytest.mark.parametrize("client", [Client, APIClient])
def test_nobody_sees_the_admin(db: None, client: Callable[[], Client]) -> None:
    _sees_no_admin(client())


def test_a_user_sees_no_admin(alice: Any) -> None:
    client = Client()
    client.force_login(alice)
    _sees_no_admin(client)


def _sees_no_admin(client: Client) -> None:
    for address in ADMIN:
        path = address.with_id(str(uuid7()))
        if address.name in {"login", "logout"}:
            continue
        for method in ("get", "post"):
            response = getattr(client, method)(path)
            assert response.status_code in {302, 403, 404, 405}, (method, path)
            if response.status_code == 302:
                assert "/admin/login/" in response["Location"], (method, path)


def test_to_a_stranger_nothing_is_there(db: None) -> None:
    """What is said of another's thing is what is said of one that does not exist, by whatever method."""
    alice, bob = person("alice", "alices-secret"), person("bob", "bobs-own")
    stranger = APIClient(headers=bob.bearer)
    before = everything_of(alice.user)
    for address in NAMING:
        hers, nobodys = alice.ids[address.of or ""][0], str(uuid7())
        for method in METHODS:
            answer = getattr(stranger, method)(address.with_id(hers), {})
            unknown = getattr(stranger, method)(address.with_id(nobodys), {})
            assert answer.status_code in {400, 404, 405}, (method, address)
            assert answer.status_code == unknown.status_code, (method, address)
            assert answer.content.replace(hers.encode(), nobodys.encode()) == unknown.content
        assert stranger.get(address.with_id(hers)).status_code in {404, 405}
    assert everything_of(alice.user) == before


def test_a_token_that_may_only_read_changes_nothing(db: None) -> None:
    alice = person("alice", "alices-own")
    reader = APIClient(headers={"Authorization": f"Bearer {alice.reader}"})
    assert reader.get("/api/v1/auth/me/").status_code == 200
    before = everything_of(alice.user)
    for address in API:
        if address.name in OPEN:
            continue
        path = address.with_id(alice.ids[address.of or "task"][0])
        answer = reader.get(path)
        if address.name in LOGIN_ONLY:
            assert codes_of(answer) == (403, "login_required"), address
        else:
            assert answer.status_code in {200, 404, 405}, address
        if answer.streaming:
            assert b"".join(answer.streaming_content)
        for method in set(METHODS) - {"get"}:
            refused = getattr(reader, method)(path, {})
            if (method, address.name) not in READ_BY_POST:
                assert codes_of(refused) in REFUSED, (method, address)
    assert everything_of(alice.user) == before


def codes_of(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["errors"][0]["code"]
