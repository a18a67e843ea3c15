"""API tokens: made and shown once, as far as their scopes reach, until they end."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from rest_framework.settings import api_settings
from rest_framework.test import APIClient

from accounts.actors import Actor
from accounts.api.permissions import TokenScope, scope_for
from accounts.models import ApiToken, User
from accounts.scopes import Scope
from accounts.services import api_tokens, revoke_all_api_tokens, suspend_user, sweep_logins, usage
from activities.models import Activity
from tests.accounts.conftest import bearer, browser, error, log_in, post
from tests.conftest import PASSWORD

TOKENS, ME = "/api/v1/auth/tokens/", "/api/v1/auth/me/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_noted() -> None:
    usage._noted.clear()


def make(client: APIClient, *scopes: str, **fields: object) -> dict:
    response = client.post(TOKENS, {"name": "script", "scopes": scopes or ("read",), **fields})
    assert response.status_code == 201, response.content
    assert response["Cache-Control"] == "no-store"
    return response.json()


# --- Making ---------------------------------------------------------------------------------------------


def test_a_token_is_shown_once_and_kept_as_a_hash(as_alice, alice):
    made = make(as_alice, "write", "read")
    row = ApiToken.objects.get()
    assert made["token"].startswith("v2t_")
    assert len(made["token"]) == 47
    assert row.digest == hashlib.sha256(made["token"].encode()).hexdigest()
    listed = as_alice.get(TOKENS).json()
    assert listed == {"results": [{key: made[key] for key in made if key != "token"}], "next": None}
    assert listed["results"][0] | {"id": "", "created_at": ""} == {
        "id": "",
        "name": "script",
        "prefix": made["token"][:12],
        "scopes": ["read", "write"],
        "created_at": "",
        "last_used_at": None,
        "expires_at": None,
    }
    activity = Activity.objects.of(alice.id).get(kind="token.created")
    assert made["token"] not in str(activity.after)
    assert row.digest not in str(activity.after)
    assert activity.after["prefix"] == row.prefix


@pytest.mark.parametrize(
    ("fields", "code", "attr"),
    [
        ({"name": ""}, "blank", "name"),
        ({"name": "x" * 101}, "max_length", "name"),
        ({"scopes": []}, "empty", "scopes"),
        ({"scopes": ["read", "read"]}, "scopes_invalid", "scopes"),
        ({"scopes": ["root"]}, "invalid_choice", "scopes.0"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at_invalid", "expires_at"),
        ({"user": "x"}, "unknown_field", "user"),
    ],
)
def test_what_makes_no_token(as_alice, fields, code, attr):
    response = as_alice.post(TOKENS, {"name": "script", "scopes": ["read"], **fields})
    assert error(response) == (400, code, attr)
    assert not ApiToken.objects.exists()


def test_only_staff_has_the_scope_admin(as_alice, alice):
    asked = {"name": "metrics", "scopes": ["admin"]}
    assert error(as_alice.post(TOKENS, asked)) == (403, "admin_scope_refused", None)
    User.objects.filter(id=alice.id).update(is_staff=True)
    make(as_alice, "admin")
    token = ApiToken.objects.select_related("user").get()
    assert token.allows(Scope.ADMIN)
    token.user.is_staff = False
    assert not token.allows(Scope.ADMIN)


def test_a_user_has_so_many_and_no_more(as_alice, monkeypatch):
    monkeypatch.setattr(api_tokens, "LIVE_AT_ONCE", 2)
    first = make(as_alice)
    make(as_alice)
    asked = {"name": "one more", "scopes": ["read"]}
    assert error(as_alice.post(TOKENS, asked)) == (409, "too_many_tokens", None)
    as_alice.delete(f"{TOKENS}{first['id']}/")
    make(as_alice)


def test_nobody_makes_or_reads_tokens_of_others(as_alice, as_bob, as_nobody):
    made = make(as_alice)
    assert as_bob.get(TOKENS).json()["results"] == []
    assert error(as_bob.delete(f"{TOKENS}{made['id']}/")) == (404, "not_found", None)
    assert error(as_nobody.get(TOKENS))[0] == 401
    assert bearer(made["token"]).get(ME).status_code == 200


# --- Using ----------------------------------------------------------------------------------------------


def test_it_acts_as_its_user(as_alice, alice):
    token = make(as_alice)["token"]
    assert bearer(token).get(ME).json()["id"] == str(alice.id)


NOBODYS = "01a20000-0000-7000-8000-000000000000"

# Method, address, the scope that is enough; None: no token may.
DOORS = [
    ("get", "/api/v1/tasks/", "read"),
    ("post", "/api/v1/tasks/", "write"),
    ("patch", ME, "write"),
    ("post", "/api/v1/messages/", "agent"),
    ("get", "/api/v1/conversations/", "read"),
    ("post", "/api/v1/captures/", "agent"),
    ("post", f"/api/v1/turns/{NOBODYS}/stop/", "agent"),
    ("post", f"/api/v1/turns/{NOBODYS}/retry/", "agent"),
    ("post", f"/api/v1/turns/{NOBODYS}/undo/", "agent"),
    ("post", f"/api/v1/approvals/{NOBODYS}/answer/", "agent"),
    ("post", "/api/v1/memories/", "agent"),
    ("delete", f"/api/v1/conversations/{NOBODYS}/", "agent"),
    ("post", "/api/v1/auth/ws-ticket/", "read"),
    ("post", "/api/v1/feed/", None),
    ("delete", ME, None),
    ("post", "/api/v1/auth/password/change/", None),
    ("post", "/api/v1/auth/email/verify/", None),
    ("post", "/api/v1/auth/logout/", None),
    ("get", TOKENS, None),
    ("post", TOKENS, None),
    ("delete", f"{TOKENS}{NOBODYS}/", None),
    ("get", "/api/v1/auth/sessions/", None),
    ("delete", "/api/v1/auth/sessions/", None),
    ("delete", f"/api/v1/auth/sessions/{NOBODYS}/", None),
]


@pytest.mark.parametrize(("method", "path", "scope"), DOORS, ids=str)
@pytest.mark.usefixtures("empty_redis")
def test_each_door_opens_to_its_scope_only(as_alice, method, path, scope):
    for given in ("read", "write", "agent"):
        response = getattr(bearer(make(as_alice, given)["token"]), method)(path)
        if given == scope:
            assert response.status_code not in {401, 403}
        else:
            code = "scope_missing" if scope else "login_required"
            assert error(response) == (403, code, None)


def views() -> list[type]:
    def walk(patterns: list) -> list[URLPattern]:
        return [
            found
            for pattern in patterns
            for found in ([pattern] if isinstance(pattern, URLPattern) else walk(pattern.url_patterns))
        ]

    callbacks = [pattern.callback for pattern in walk(get_resolver().url_patterns)]
    return [callback.cls for callback in callbacks if hasattr(callback, "cls")]


def test_no_door_forgets_to_ask():
    for view in views():
        lets_tokens_in = set(view.authentication_classes) & set(api_settings.DEFAULT_AUTHENTICATION_CLASSES)
        if lets_tokens_in and not view.__module__.startswith("drf_spectacular"):
            assert TokenScope in view.permission_classes, view
    assert len(views()) > 40


def test_the_doors_of_the_agent_are_all_its_own():
    asked = set()
    for view in views():
        # To have a sentence understood changes nothing, though it is a POST.
        if view.__module__.startswith("conversations.") and view.__name__ != "UnderstandView":
            for method in ("POST", "PATCH", "DELETE"):
                if method.lower() in dir(view):
                    assert scope_for(view, method) is Scope.AGENT, view
                    asked.add(view)
    assert len(asked) >= 10


def test_last_use_is_kept_to_the_minute(as_alice, django_assert_num_queries):
    token = make(as_alice)["token"]
    client = bearer(token)
    with django_assert_num_queries(2):
        client.get(ME)
    seen = ApiToken.objects.get().seen_at
    assert seen is not None
    with django_assert_num_queries(1):
        client.get(ME)
    usage._noted.clear()  # as in another process
    client.get(ME)
    assert ApiToken.objects.get().seen_at == seen
    earlier = timezone.now() - timedelta(minutes=1, seconds=1)
    ApiToken.objects.update(seen_at=earlier)
    usage._noted.clear()
    client.get(ME)
    seen = ApiToken.objects.get().seen_at
    assert seen is not None
    assert seen > earlier
    assert as_alice.get(TOKENS).json()["results"][0]["last_used_at"] is not None


def test_what_is_remembered_of_uses_has_an_end(alice, monkeypatch):
    monkeypatch.setattr(usage, "REMEMBERED", 3)
    for _ in range(10):
        usage.note_use(ApiToken, uuid4(), now=timezone.now())
    assert len(usage._noted) == 3


# --- Ending ---------------------------------------------------------------------------------------------


def test_a_revoked_token_opens_nothing(as_alice, alice, kinds):
    made = make(as_alice)
    assert as_alice.delete(f"{TOKENS}{made['id']}/").status_code == 204
    assert as_alice.delete(f"{TOKENS}{made['id']}/").status_code == 204
    assert error(bearer(made["token"]).get(ME)) == (401, "token_revoked", None)
    assert as_alice.get(TOKENS).json()["results"] == []
    assert kinds(alice)[-2:] == ["token.created", "token.revoked"]


def test_an_expired_token_opens_nothing(as_alice):
    made = make(as_alice, expires_at=(timezone.now() + timedelta(hours=1)).isoformat())
    assert bearer(made["token"]).get(ME).status_code == 200
    ApiToken.objects.update(expires_at=timezone.now())
    assert error(bearer(made["token"]).get(ME)) == (401, "token_expired", None)
    assert as_alice.get(TOKENS).json()["results"] == []


@pytest.mark.parametrize("text", ["v2t_", "v2t_guess", "v2t_" + "x" * 43, "v2t_\xe9"])
def test_what_is_no_token(db, text):
    response = APIClient().get(ME, headers={"Authorization": f"Bearer {text}"})
    assert error(response) == (401, "token_invalid", None)


def test_a_suspended_user_loses_them(as_alice, alice):
    made = make(as_alice)
    suspend_user(actor=Actor(alice.id, "system"), now=timezone.now())
    assert error(bearer(made["token"]).get(ME)) == (401, "token_revoked", None)


@pytest.mark.django_db(transaction=True)
def test_a_reset_password_ends_them_and_a_changed_one_does_not(alice, letters):
    here = browser("alice@example.com")
    token = post_token(here)
    changed = {"current_password": PASSWORD, "new_password": "a fresh and good one"}
    assert post(here, "/api/v1/auth/password/change/", changed).status_code == 204
    assert bearer(token).get(ME).status_code == 200
    APIClient().post("/api/v1/auth/password/reset/", {"email": alice.email})
    link = letters()[-1].link
    confirm = "/api/v1/auth/password/reset/confirm/"
    assert APIClient().post(confirm, {**link, "new_password": "yet another good one"}).status_code == 204
    assert error(bearer(token).get(ME)) == (401, "token_revoked", None)


def post_token(client: APIClient) -> str:
    headers = {"X-CSRFToken": client.cookies["csrftoken"].value}
    response = client.post(TOKENS, {"name": "x", "scopes": ["read"]}, headers=headers)
    assert response.status_code == 201
    return response.json()["token"]


def test_long_ended_tokens_are_forgotten(as_alice, alice):
    make(as_alice)
    revoke_all_api_tokens(actor=Actor(alice.id), now=timezone.now())
    make(as_alice, expires_at=(timezone.now() + timedelta(hours=1)).isoformat())
    make(as_alice)
    sweep_logins(kept=timedelta(days=1), now=timezone.now())
    assert ApiToken.objects.count() == 3
    sweep_logins(kept=timedelta(days=1), now=timezone.now() + timedelta(days=2))
    assert ApiToken.objects.count() == 1


def test_a_login_still_may_do_everything(alice):
    client = bearer(log_in("alice@example.com")["access"])
    make(client)
    assert client.post("/api/v1/feed/").status_code == 201
