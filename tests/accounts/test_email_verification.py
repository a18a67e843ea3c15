from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from accounts.actors import Actor
from accounts.links import email_verification_tokens, password_reset_tokens
from accounts.services import suspend_user
from activities.models import Activity
from tests.accounts.conftest import error

SEND, CONFIRM, ME = "/api/v1/auth/email/verify/", "/api/v1/auth/email/verify/confirm/", "/api/v1/auth/me/"

pytestmark = pytest.mark.django_db


def test_the_link_verifies_once_and_is_recorded(
    alice, as_alice, as_nobody, letters, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert as_alice.post(SEND).status_code == 202
    link = letters()[-1].link

    assert as_nobody.post(CONFIRM, link).status_code == 204

    alice.refresh_from_db()
    assert alice.email_verified
    activity = Activity.objects.of(alice.id).get(kind="user.email_verified")
    assert activity.before == {"email_verified": False}
    assert activity.after == {"id": str(alice.id), "email_verified": True}
    assert error(as_nobody.post(CONFIRM, link)) == (400, "link_invalid", "token")


def test_who_is_verified_gets_no_more_mail(
    alice, as_alice, as_nobody, letters, django_capture_on_commit_callbacks
):
    token = email_verification_tokens.make_token(alice)
    as_nobody.post(CONFIRM, {"uid": str(alice.id), "token": token})
    sent = len(letters())
    with django_capture_on_commit_callbacks(execute=True):
        assert as_alice.post(SEND).status_code == 202
    assert len(letters()) == sent


def test_other_tokens_verify_nothing(alice, bob, as_nobody):
    token = email_verification_tokens.make_token(alice)
    tries = [
        {"uid": str(bob.id), "token": token},
        {"uid": str(uuid.uuid4()), "token": token},
        {"uid": str(alice.id), "token": password_reset_tokens.make_token(alice)},
    ]
    assert [error(as_nobody.post(CONFIRM, body)) for body in tries] == [(400, "link_invalid", "token")] * 3
    alice.email = "elsewhere@example.com"
    alice.save()
    assert error(as_nobody.post(CONFIRM, {"uid": str(alice.id), "token": token}))[1] == "link_invalid"


def test_a_suspended_user_verifies_nothing(alice, as_nobody):
    token = email_verification_tokens.make_token(alice)
    suspend_user(actor=Actor(alice.id, "system"), now=timezone.now())
    assert error(as_nobody.post(CONFIRM, {"uid": str(alice.id), "token": token}))[1] == "link_invalid"


def test_nobody_asks_for_mail(as_nobody):
    assert as_nobody.post(SEND).status_code == 401
