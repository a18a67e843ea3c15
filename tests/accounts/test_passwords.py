from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.actors import Actor
from accounts.links import password_reset_tokens
from accounts.models import Login
from accounts.services import readmit_user, suspend_user
from activities.models import Activity
from tests.accounts.conftest import bearer, browser, error, log_in, post, refresh
from tests.conftest import PASSWORD, client_of

CHANGE, RESET, CONFIRM, ME = (
    f"/api/v1/auth/{name}/" for name in ("password/change", "password/reset", "password/reset/confirm", "me")
)
NEW = "a fresh and good one"
CHANGED = {"current_password": PASSWORD, "new_password": NEW}

pytestmark = pytest.mark.django_db


# --- Change ---------------------------------------------------------------------------------------------


def test_changing_it_ends_every_other_login(alice, bob, kinds):
    here, phone, cookie = (
        log_in("alice@example.com"),
        log_in("alice@example.com"),
        browser("alice@example.com"),
    )
    stranger = log_in("bob@example.com")

    assert bearer(here["access"]).post(CHANGE, CHANGED).status_code == 204

    assert bearer(here["access"]).get(ME).status_code == 200
    assert refresh(here["refresh"]).status_code == 200
    assert error(bearer(phone["access"]).get(ME)) == (401, "login_revoked", None)
    assert error(refresh(phone["refresh"])) == (401, "login_revoked", None)
    assert cookie.get(ME).status_code == 401
    assert bearer(stranger["access"]).get(ME).status_code == 200
    assert kinds(alice)[-3:] == ["user.password_changed", "login.revoked", "login.revoked"]
    assert log_in("alice@example.com", NEW)


def test_changing_it_in_a_browser_keeps_that_browser(alice):
    here, elsewhere = browser("alice@example.com"), browser("alice@example.com")
    key = here.cookies["sessionid"].value

    assert post(here, CHANGE, CHANGED).status_code == 204

    assert here.cookies["sessionid"].value != key
    assert here.get(ME).status_code == 200
    assert elsewhere.get(ME).status_code == 401
    assert Login.objects.get(revoked_at=None).session_key == here.cookies["sessionid"].value


def test_changing_it_in_a_session_of_the_admins_own_form(alice):
    phone = log_in("alice@example.com")
    client = client_of(alice)
    client.force_authenticate(None)
    client.force_login(alice)
    assert client.post(CHANGE, CHANGED).status_code == 204
    assert client.get(ME).status_code == 200
    assert bearer(phone["access"]).get(ME).status_code == 401


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"current_password": "wrong", "new_password": NEW}, "password_wrong", "current_password"),
        ({"current_password": PASSWORD, "new_password": "12345678"}, "password_weak", "new_password"),
        (
            {"current_password": PASSWORD, "new_password": "alice@example.com"},
            "password_weak",
            "new_password",
        ),
        ({"new_password": NEW}, "required", "current_password"),
    ],
)
def test_a_refused_change_changes_nothing(alice, change, code, field, kinds):
    pair, other = log_in("alice@example.com"), log_in("alice@example.com")
    assert error(bearer(pair["access"]).post(CHANGE, change)) == (400, code, field)
    assert bearer(other["access"]).get(ME).status_code == 200
    assert "user.password_changed" not in kinds(alice)
    assert log_in("alice@example.com", PASSWORD)


def test_nobody_changes_nothing(as_nobody):
    assert error(as_nobody.post(CHANGE, CHANGED)) == (401, "not_authenticated", None)


def test_no_activity_tells_a_password(alice):
    bearer(log_in("alice@example.com")["access"]).post(CHANGE, CHANGED)
    activity = Activity.objects.get(kind="user.password_changed")
    assert (activity.before, activity.after) == ({}, {"id": str(alice.id)})


# --- Reset ----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_reset_by_mail_ends_every_login_and_works_once(alice, as_nobody, letters, kinds):
    pair, cookie = log_in("alice@example.com"), browser("alice@example.com")
    letters_before = len(letters())

    assert as_nobody.post(RESET, {"email": " ALICE@example.com "}).status_code == 202

    letter = letters()[letters_before]
    assert letter.to == ["alice@example.com"]
    assert "http://testserver/reset-password#uid=" in letter.body
    form = letter.link | {"new_password": NEW}
    assert as_nobody.post(CONFIRM, form).status_code == 204
    assert error(refresh(pair["refresh"])) == (401, "login_revoked", None)
    assert cookie.get(ME).status_code == 401
    assert kinds(alice)[-3:] == ["user.password_changed", "login.revoked", "login.revoked"]
    assert log_in("alice@example.com", NEW)
    assert error(as_nobody.post(CONFIRM, form)) == (400, "link_invalid", "token")


@pytest.mark.django_db(transaction=True)
def test_an_unknown_or_suspended_address_gets_the_same_answer_and_no_mail(bob, as_nobody, letters):
    suspend_user(actor=Actor(bob.id, "system"), now=timezone.now())
    sent = len(letters())
    answers = [as_nobody.post(RESET, {"email": email}) for email in ("nobody@example.com", "bob@example.com")]
    assert [(answer.status_code, answer.content) for answer in answers] == [(202, b"")] * 2
    assert len(letters()) == sent


def test_answering_a_reset_asks_the_database_nothing(
    alice, as_nobody, monkeypatch, django_assert_num_queries
):
    """So its time cannot tell whether there is such a user."""
    monkeypatch.setattr("accounts.mail.MAX_WAITING", 0)
    with django_assert_num_queries(0):
        for email in ("alice@example.com", "nobody@example.com"):
            assert as_nobody.post(RESET, {"email": email}).status_code == 202


def reset(client, user, token, uid=None):
    return client.post(CONFIRM, {"uid": str(uid or user.id), "token": token, "new_password": NEW})


def test_a_token_serves_nobody_else(alice, bob, as_nobody):
    token = password_reset_tokens.make_token(alice)
    assert error(reset(as_nobody, bob, token)) == (400, "link_invalid", "token")
    assert error(reset(as_nobody, alice, token, uid=uuid.uuid4())) == (400, "link_invalid", "token")
    assert error(reset(as_nobody, alice, "abc")) == (400, "link_invalid", "token")
    assert error(reset(as_nobody, alice, token, uid="me")) == (400, "invalid", "uid")
    assert reset(as_nobody, alice, token).status_code == 204


def test_a_token_ends_with_the_time_and_with_the_password(alice, as_nobody, monkeypatch):
    old = password_reset_tokens.make_token(alice)
    # Django's tokens keep local time.
    later = datetime.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 1)  # noqa: DTZ005
    with monkeypatch.context() as patch:
        patch.setattr(password_reset_tokens, "_now", lambda: later, raising=False)
        assert error(reset(as_nobody, alice, old)) == (400, "link_invalid", "token")
    assert reset(as_nobody, alice, old).status_code == 204


def test_a_token_opens_no_suspended_account(alice, as_nobody):
    token = password_reset_tokens.make_token(alice)
    suspend_user(actor=Actor(alice.id, "system"), now=timezone.now())
    assert error(reset(as_nobody, alice, token)) == (400, "link_invalid", "token")
    readmit_user(actor=Actor(alice.id, "system"), now=timezone.now())
    assert reset(as_nobody, alice, token).status_code == 204


def test_a_weak_password_does_not_use_the_token_up(alice, as_nobody):
    token = password_reset_tokens.make_token(alice)
    weak = {"uid": str(alice.id), "token": token, "new_password": "123"}
    assert error(as_nobody.post(CONFIRM, weak)) == (400, "password_weak", "new_password")
    assert reset(as_nobody, alice, token).status_code == 204
