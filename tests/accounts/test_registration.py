from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connections
from rest_framework.test import APIClient

from accounts import mail
from accounts.actors import Actor
from accounts.models import User
from activities.models import Activity
from tests.accounts import provisioners
from tests.accounts.conftest import error, log_in
from tests.conftest import PASSWORD

URL = "/api/v1/auth/register/"
FORM = {"email": "Carol@Example.com", "password": PASSWORD, "timezone": "Asia/Tokyo", "language": "de-ch"}


@pytest.mark.django_db
def test_registering_answers_the_user_and_lets_them_log_in(as_nobody, settings):
    response = as_nobody.post(URL, FORM)

    user = User.objects.get(email="carol@example.com")
    assert response.status_code == 201
    assert response.json() == {
        "id": str(user.id),
        "email": "carol@example.com",
        "email_verified": False,
        "timezone": "Asia/Tokyo",
        "language": "de-CH",
        "week_start": "MO",
        "subtasks_on_complete": "complete",
        "quiet_from": None,
        "quiet_until": None,
        "email_notifications": False,
        "created_at": user.created_at.isoformat().replace("+00:00", "Z"),
    }
    assert log_in("CAROL@example.com").keys() == {"access", "refresh"}


@pytest.mark.django_db
def test_what_is_left_out_comes_from_the_installation(as_nobody, settings):
    settings.DEFAULT_TIME_ZONE = "Europe/Vienna"
    body = as_nobody.post(URL, {"email": "carol@example.com", "password": PASSWORD}).json()
    assert (body["timezone"], body["language"]) == ("Europe/Vienna", "en")


@pytest.mark.django_db
def test_registering_is_recorded_as_the_api_shows_it_and_provisions_the_user(as_nobody, settings):
    settings.USER_PROVISIONERS = ["tests.accounts.provisioners.note"]
    provisioners.called.clear()

    body = as_nobody.post(URL, FORM).json()

    user = User.objects.get()
    activity = Activity.objects.of(user.id).order_by("seq")[0]
    assert (activity.seq, activity.kind, activity.actor) == (1, "user.registered", "user")
    assert (activity.subject_type, activity.subject_id) == ("user", user.id)
    assert (activity.before, activity.after) == ({}, body)
    assert provisioners.called == [(Actor(user.id, "system"), user.created_at)]


@pytest.mark.django_db
def test_a_user_without_what_belongs_to_one_is_not_made(as_nobody, settings):
    settings.USER_PROVISIONERS = ["tests.accounts.provisioners.fail"]
    as_nobody.raise_request_exception = False
    assert as_nobody.post(URL, FORM).status_code == 500
    assert not User.objects.exists()


@pytest.mark.django_db
def test_an_address_is_taken_whatever_its_case(as_nobody, alice):
    response = as_nobody.post(URL, {"email": "ALICE@example.com", "password": PASSWORD})
    assert error(response)[:2] == (409, "email_taken")
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_gets_the_address():
    start = Barrier(2)

    def register(_: int) -> int:
        try:
            start.wait(10)
            return int(APIClient().post(URL, FORM).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(register, range(2))) == [201, 409]
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_closed_registration(as_nobody, settings):
    settings.REGISTRATION_OPEN = False
    assert error(as_nobody.post(URL, FORM)) == (403, "registration_closed", None)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"email": "nobody"}, "invalid", "email"),
        ({"email": ""}, "blank", "email"),
        ({"timezone": "Mars/Olympus"}, "timezone_unknown", "timezone"),
        ({"language": "english please"}, "language_invalid", "language"),
        ({"password": "short"}, "password_weak", "password"),
        ({"password": "carol@example.com"}, "password_weak", "password"),
        ({"password": "x" * 257}, "max_length", "password"),
    ],
)
@pytest.mark.django_db
def test_what_cannot_be_used_is_refused(as_nobody, changed, code, field):
    assert error(as_nobody.post(URL, FORM | changed)) == (400, code, field)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_weak_password_is_told_every_reason(as_nobody):
    body = as_nobody.post(URL, FORM | {"password": "12345"}).json()
    reasons = {"password_too_short", "password_too_common", "password_entirely_numeric"}
    assert set(body["extra"]["reasons"]) == reasons
    assert "too short" in body["errors"][0]["detail"]


@pytest.mark.django_db
def test_a_link_to_verify_the_address_is_sent(as_nobody, letters, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        as_nobody.post(URL, FORM)

    (letter,) = letters()
    user = User.objects.get()
    assert letter.to == ["carol@example.com"]
    assert letter.subject == "Confirm your e-mail address"
    assert "http://testserver/verify-email#uid=" in letter.body
    assert letter.link["uid"] == str(user.id)
    assert f"code in the app: {letter.link['token']}" in letter.body
    assert as_nobody.post("/api/v1/auth/email/verify/confirm/", letter.link).status_code == 204


@pytest.mark.django_db
def test_a_dead_mail_server_fails_no_registration(
    as_nobody, letters, settings, caplog, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "tests.accounts.test_registration.DeadBackend"
    with django_capture_on_commit_callbacks(execute=True):
        assert as_nobody.post(URL, FORM).status_code == 201
    assert letters() == []
    assert "mail_failed" in caplog.text


@pytest.mark.django_db
def test_a_full_mail_queue_fails_no_registration(
    as_nobody, monkeypatch, letters, caplog, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(mail, "MAX_WAITING", 0)
    with django_capture_on_commit_callbacks(execute=True):
        assert as_nobody.post(URL, FORM).status_code == 201
    assert letters() == []
    assert "mail_dropped" in caplog.text


class DeadBackend:
    def __init__(self, **options: Any) -> None:
        pass

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("nobody listens")


def test_production_hashes_with_argon2():
    assert make_password(PASSWORD, hasher="argon2").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
