from __future__ import annotations

import uuid
from datetime import timedelta

import jwt
import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, MD5PasswordHasher
from django.utils import timezone
from rest_framework.test import APIClient
from rest_framework_simplejwt.backends import TokenBackend

from accounts import tokens
from accounts.actors import Actor, Device
from accounts.models import Login, User
from accounts.services import InvalidCredentials, logins, start_login, suspend_user
from activities.models import Activity
from tests.accounts.conftest import bearer, error, log_in, refresh
from tests.conftest import PASSWORD
from voice2task import defences

TOKEN, REVOKE, ME = "/api/v1/auth/token/", "/api/v1/auth/token/revoke/", "/api/v1/auth/me/"

pytestmark = pytest.mark.django_db


def claims(token: str) -> dict[str, object]:
    decoded: dict[str, object] = jwt.decode(token, settings.SECRET_KEY, algorithms=["HS256"])
    return decoded


def test_a_password_kept_with_other_costs_is_hashed_anew_when_it_is_used(alice, settings):
    settings.PASSWORD_HASHERS = defences.PASSWORD_HASHERS
    User.objects.filter(pk=alice.pk).update(password=Argon2PasswordHasher().encode(PASSWORD, "salt" * 4))
    log_in(alice.email)
    alice.refresh_from_db()
    assert "$m=19456,t=2,p=1$" in alice.password
    log_in(alice.email)


def test_logging_in_makes_a_login_that_both_tokens_name(alice, clock):
    client = APIClient(headers={"User-Agent": "Phone/1.0 " + "x" * 300})
    pair = log_in("Alice@example.com", client=client)

    login = Login.objects.get()
    assert (login.user_id, login.created_at, login.last_used_at) == (alice.id, clock.now, clock.now)
    assert login.user_agent == ("Phone/1.0 " + "x" * 300)[:256]
    assert login.ip == "127.0.0.1"
    access, renewal = claims(pair["access"]), claims(pair["refresh"])
    for token in (access, renewal):
        assert (token["sub"], token["sid"]) == (str(alice.id), str(login.id))
        assert token["iat"] == int(clock.now.timestamp())
    assert access["exp"] == int((clock.now + timedelta(minutes=15)).timestamp())
    assert renewal["exp"] == int((clock.now + timedelta(days=30)).timestamp())
    assert bearer(pair["access"]).get(ME).json()["email"] == "alice@example.com"


def test_answers_with_tokens_are_kept_by_no_cache(alice, as_nobody):
    form = {"email": "alice@example.com", "password": PASSWORD}
    answer = as_nobody.post(TOKEN, form)
    pair = answer.json()
    answers = [answer, refresh(pair["refresh"]), bearer(pair["access"]).post("/api/v1/auth/ws-ticket/")]
    assert [each["Cache-Control"] for each in answers] == ["no-store"] * 3


def test_a_login_is_recorded_without_secrets(alice, kinds):
    pair = log_in("alice@example.com")
    login = Login.objects.get()
    activity = Activity.objects.of(alice.id).get(kind="login.created")
    assert (activity.subject_type, activity.subject_id) == ("login", login.id)
    assert activity.after.keys() == {"id", "user_agent", "ip", "created_at", "revoked_at"}
    assert pair["refresh"] not in str(vars(login))


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("alice@example.com", "wrong"),
        ("nobody@example.com", PASSWORD),
        ("alice@example.com", PASSWORD + " "),
        ("not an address", PASSWORD),
    ],
)
def test_wrong_credentials_are_refused_alike(alice, as_nobody, email, password):
    response = as_nobody.post(TOKEN, {"email": email, "password": password})
    assert error(response) == (401, "invalid_credentials", None)
    assert response["WWW-Authenticate"] == "Bearer"
    assert not Login.objects.exists()


def test_a_suspended_user_is_refused_like_an_unknown_one(alice, as_nobody):
    suspend_user(actor=Actor(alice.id, "system"), now=timezone.now())
    response = as_nobody.post(TOKEN, {"email": "alice@example.com", "password": PASSWORD})
    assert error(response) == (401, "invalid_credentials", None)


@pytest.mark.parametrize("email", ["alice@example.com", "bob@example.com", "nobody@example.com"])
def test_every_refusal_costs_one_hash(alice, bob, as_nobody, monkeypatch, email):
    """The time is that of the hashing: so many hashes for a known, a suspended and an unknown user."""
    suspend_user(actor=Actor(bob.id, "system"), now=timezone.now())
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def count(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    assert as_nobody.post(TOKEN, {"email": email, "password": "wrong"}).status_code == 401
    assert hashed == ["wrong"]


def test_a_password_changed_while_it_was_verified_opens_nothing(alice, monkeypatch):
    verify = logins.verify_password

    def verify_and_lose_the_race(email: str, password: str, address: str | None) -> User:
        user = verify(email, password, address)
        changed = User.objects.get(id=user.id)
        changed.set_password("another good password")
        changed.save()
        return user

    monkeypatch.setattr(logins, "verify_password", verify_and_lose_the_race)
    with pytest.raises(InvalidCredentials):
        start_login(email=alice.email, password=PASSWORD, device=Device(), now=timezone.now())
    assert not Login.objects.exists()


# --- Access tokens --------------------------------------------------------------------------------------


def test_nobody_is_told_how_to_log_in(as_nobody):
    response = as_nobody.get(ME)
    assert error(response) == (401, "not_authenticated", None)
    assert response["WWW-Authenticate"] == "Bearer"


def test_an_access_token_costs_one_query(alice, django_assert_num_queries):
    client = bearer(log_in("alice@example.com")["access"])
    client.get(ME)  # which is noted, for a minute
    with django_assert_num_queries(1):
        assert client.get(ME).status_code == 200


def test_an_access_token_ends_after_15_minutes(alice, clock):
    clock.move(minutes=-15)
    response = bearer(log_in("alice@example.com")["access"]).get(ME)
    assert error(response) == (401, "token_expired", None)
    assert response["WWW-Authenticate"] == "Bearer"


def test_what_is_not_an_access_token_of_ours_is_refused(alice):
    pair = log_in("alice@example.com")
    good = claims(pair["access"])
    forged = {
        "garbage": "abc",
        "empty": "",
        "not ascii": "ä",
        "a refresh token": pair["refresh"],
        "another key": jwt.encode(good, "k" * 64, algorithm="HS256"),
        "no algorithm": jwt.encode(good, "", algorithm="none"),
        "no login": jwt.encode({**good, "sid": None}, settings.SECRET_KEY, algorithm="HS256"),
        "no user": jwt.encode({**good, "sub": "x"}, settings.SECRET_KEY, algorithm="HS256"),
        "no type": jwt.encode({**good, "token_type": ""}, settings.SECRET_KEY, algorithm="HS256"),
    }
    answers = {name: error(bearer(token).get(ME)) for name, token in forged.items()}
    assert answers == dict.fromkeys(forged, (401, "token_invalid", None))


def test_a_token_does_not_open_the_login_of_another_user(alice, bob):
    log_in("alice@example.com")
    crossed = tokens.sign_access(user_id=bob.id, login_id=Login.objects.get().id, now=timezone.now())
    assert error(bearer(crossed).get(ME)) == (401, "login_revoked", None)


def test_a_suspended_user_is_out_at_once(alice):
    client = bearer(log_in("alice@example.com")["access"])
    suspend_user(actor=Actor(alice.id, "system"), now=timezone.now())
    assert error(client.get(ME)) == (401, "login_revoked", None)


def test_another_scheme_is_not_looked_at(alice, as_nobody):
    as_nobody.credentials(HTTP_AUTHORIZATION="Basic YWxpY2U6eA==")
    assert error(as_nobody.get(ME)) == (401, "not_authenticated", None)


# --- Rotation -------------------------------------------------------------------------------------------


def test_a_refresh_token_yields_its_successor(alice, clock):
    first = log_in("alice@example.com")
    clock.move(seconds=20)
    second = refresh(first["refresh"]).json()
    clock.move(seconds=20)
    third = refresh(second["refresh"]).json()

    assert len({first["refresh"], second["refresh"], third["refresh"]}) == 3
    assert {claims(pair["refresh"])["sid"] for pair in (first, second, third)} == {
        str(Login.objects.get().id)
    }
    assert Login.objects.get().last_used_at == clock.now
    assert bearer(third["access"]).get(ME).status_code == 200


def test_two_tabs_get_the_same_successor_for_ten_seconds(alice, clock):
    first = log_in("alice@example.com")["refresh"]
    clock.move(seconds=5)
    successor = refresh(first).json()["refresh"]
    clock.move(seconds=10)
    assert refresh(first).json()["refresh"] == successor
    clock.move(seconds=1)
    assert refresh(successor).status_code == 200


def test_a_token_used_again_later_ends_the_whole_login(alice, clock, kinds):
    pair = log_in("alice@example.com")
    successor = refresh(pair["refresh"]).json()
    clock.move(seconds=10, milliseconds=1)

    response = refresh(pair["refresh"])

    assert error(response) == (401, "token_reused", None)
    assert response["WWW-Authenticate"] == "Bearer"
    assert error(refresh(successor["refresh"])) == (401, "login_revoked", None)
    assert error(bearer(successor["access"]).get(ME)) == (401, "login_revoked", None)
    assert kinds(alice)[-2:] == ["login.created", "login.revoked"]
    assert Activity.objects.get(kind="login.revoked").actor == "system"


def test_a_grandfather_ends_the_login_even_at_once(alice, clock):
    first = log_in("alice@example.com")["refresh"]
    second = refresh(first).json()["refresh"]
    third = refresh(second).json()["refresh"]
    assert error(refresh(first)) == (401, "token_reused", None)
    assert error(refresh(third)) == (401, "login_revoked", None)


def test_one_login_ended_leaves_the_others(alice, bob, clock):
    phone, laptop = log_in("alice@example.com"), log_in("alice@example.com")
    stranger = log_in("bob@example.com")
    refresh(phone["refresh"])
    clock.move(seconds=11)
    assert error(refresh(phone["refresh"])) == (401, "token_reused", None)
    assert refresh(laptop["refresh"]).status_code == 200
    assert refresh(stranger["refresh"]).status_code == 200


def test_a_refresh_token_ends_after_30_days(alice, clock):
    clock.move(days=-30)
    assert error(refresh(log_in("alice@example.com")["refresh"])) == (401, "token_expired", None)


def test_an_access_token_refreshes_nothing(alice):
    assert error(refresh(log_in("alice@example.com")["access"])) == (401, "token_invalid", None)


def test_a_login_that_is_gone_refreshes_nothing(alice):
    token = log_in("alice@example.com")["refresh"]
    Login.objects.all().delete()
    assert error(refresh(token)) == (401, "login_revoked", None)


# --- Revocation -----------------------------------------------------------------------------------------


def test_revoking_ends_the_login_and_is_recorded_once(alice, as_nobody, kinds):
    pair = log_in("alice@example.com")
    for _ in range(2):
        assert as_nobody.post(REVOKE, {"refresh": pair["refresh"]}).status_code == 204
    assert error(refresh(pair["refresh"])) == (401, "login_revoked", None)
    assert error(bearer(pair["access"]).get(ME)) == (401, "login_revoked", None)
    assert kinds(alice).count("login.revoked") == 1


def test_an_old_token_revokes_too(alice, as_nobody):
    first = log_in("alice@example.com")["refresh"]
    second = refresh(first).json()["refresh"]
    assert as_nobody.post(REVOKE, {"refresh": first}).status_code == 204
    assert error(refresh(second)) == (401, "login_revoked", None)


def test_what_is_no_token_any_more_is_revoked_already(alice, as_nobody):
    unknown = tokens.sign_refresh(
        user_id=alice.id, login_id=uuid.uuid4(), generation=1, issued_at=timezone.now()
    )
    for token in ("garbage", unknown):
        assert as_nobody.post(REVOKE, {"refresh": token}).status_code == 204


def test_logging_out_with_a_token_ends_that_login_only(alice):
    phone, laptop = log_in("alice@example.com"), log_in("alice@example.com")
    assert bearer(phone["access"]).post("/api/v1/auth/logout/").status_code == 204
    assert error(bearer(phone["access"]).get(ME)) == (401, "login_revoked", None)
    assert bearer(laptop["access"]).get(ME).status_code == 200


def test_tokens_of_the_key_before_are_taken_until_it_is_dropped(alice, settings, monkeypatch):
    former = "the key before this one, " * 3
    with monkeypatch.context() as patch:
        for kind in (tokens.AccessToken, tokens.RefreshToken):
            patch.setattr(kind, "_token_backend", TokenBackend("HS256", former))
        pair = log_in("alice@example.com")
        ended = tokens.sign_access(
            user_id=alice.id, login_id=uuid.uuid4(), now=timezone.now() - timedelta(hours=1)
        )
    assert error(bearer(pair["access"]).get(ME)) == (401, "token_invalid", None)
    settings.SECRET_KEY_FALLBACKS = ["another key, older still, " * 3, former]
    assert bearer(pair["access"]).get(ME).status_code == 200
    assert error(bearer(ended).get(ME)) == (401, "token_expired", None)
    assert error(bearer(pair["refresh"]).get(ME)) == (401, "token_invalid", None)
    renewed = refresh(pair["refresh"]).json()
    settings.SECRET_KEY_FALLBACKS = []
    assert bearer(renewed["access"]).get(ME).status_code == 200
    assert error(bearer(pair["access"]).get(ME)) == (401, "token_invalid", None)
