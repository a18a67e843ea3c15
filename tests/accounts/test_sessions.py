"""Browsers: a session cookie, guarded against cross-site requests."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actors import Actor
from accounts.models import Login
from accounts.services import revoke_all_logins, revoke_login
from tests.accounts.conftest import bearer, browser, error, log_in, post
from tests.conftest import PASSWORD

LOGIN, LOGOUT, ME, CSRF = (f"/api/v1/auth/{name}/" for name in ("login", "logout", "me", "csrf"))

pytestmark = pytest.mark.django_db


def test_logging_in_answers_the_user_and_keeps_them_by_cookie(alice, kinds):
    client = APIClient(enforce_csrf_checks=True)
    assert client.get(CSRF).status_code == 204
    before = client.cookies["csrftoken"].value
    response = post(client, LOGIN, {"email": "ALICE@example.com", "password": PASSWORD})

    assert response.status_code == 200
    assert response.json() == client.get(ME).json()
    assert response.json()["email"] == "alice@example.com"
    assert client.cookies["csrftoken"].value != before
    login = Login.objects.get()
    assert login.session_key == client.cookies["sessionid"].value
    assert kinds(alice)[-1] == "login.created"


def test_logging_in_needs_the_csrf_token(alice):
    client = APIClient(enforce_csrf_checks=True)
    client.get(CSRF)
    response = client.post(LOGIN, {"email": "alice@example.com", "password": PASSWORD})
    assert error(response) == (403, "permission_denied", None)
    assert not Login.objects.exists()


def test_writing_needs_the_csrf_token(alice):
    client = browser("alice@example.com")
    assert client.patch(ME, {"language": "de"}).status_code == 403
    assert client.get(ME).json()["language"] == "en"


def test_wrong_credentials_leave_no_session(alice):
    client = APIClient(enforce_csrf_checks=True)
    client.get(CSRF)
    response = post(client, LOGIN, {"email": "alice@example.com", "password": "wrong"})
    assert error(response) == (401, "invalid_credentials", None)
    assert not Session.objects.exists()


def test_logging_out_ends_the_session_and_its_login(alice, kinds):
    client = browser("alice@example.com")
    key = client.cookies["sessionid"].value
    assert post(client, LOGOUT).status_code == 204
    assert error(client.get(ME)) == (401, "not_authenticated", None)
    assert not Session.objects.filter(session_key=key).exists()
    assert Login.objects.get().revoked_at is not None
    assert kinds(alice)[-1] == "login.revoked"


def test_a_stolen_cookie_is_worth_nothing_after_logging_out(alice):
    client = browser("alice@example.com")
    thief = APIClient()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert thief.get(ME).status_code == 200
    post(client, LOGOUT)
    assert thief.get(ME).status_code == 401


def test_a_revoked_login_ends_its_session(alice, bob):
    alices, bobs = browser("alice@example.com"), browser("bob@example.com")
    revoke_login(
        actor=Actor(alice.id, "system"), login_id=Login.objects.get(user=alice).id, now=timezone.now()
    )
    assert alices.get(ME).status_code == 401
    assert bobs.get(ME).status_code == 200


def test_logging_in_again_makes_a_new_session(alice, bob):
    client = browser("alice@example.com")
    for email in ("alice@example.com", "bob@example.com"):
        key = client.cookies["sessionid"].value
        assert post(client, LOGIN, {"email": email, "password": PASSWORD}).json()["email"] == email
        assert client.cookies["sessionid"].value != key
        assert not Session.objects.filter(session_key=key).exists()
    assert client.get(ME).json()["email"] == "bob@example.com"


def test_a_session_of_the_admins_own_form_can_log_out(alice):
    client = APIClient()
    client.force_login(alice)
    assert client.get(ME).status_code == 200
    assert client.post(LOGOUT).status_code == 204
    assert client.get(ME).status_code == 401


def test_all_logins_end_but_the_one_kept(alice, bob):
    kept = log_in("alice@example.com")
    login_id = Login.objects.get().id
    other, cookie, stranger = (
        log_in("alice@example.com"),
        browser("alice@example.com"),
        log_in("bob@example.com"),
    )

    assert revoke_all_logins(actor=Actor(alice.id), keep=login_id, now=timezone.now()) == 2

    assert bearer(kept["access"]).get(ME).status_code == 200
    assert bearer(other["access"]).get(ME).status_code == 401
    assert cookie.get(ME).status_code == 401
    assert bearer(stranger["access"]).get(ME).status_code == 200
