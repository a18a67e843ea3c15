"""What a WebSocket consumer asks: who is this, and are they still?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rest_framework.test import APIClient

from accounts import tickets
from accounts.actors import Actor, SocketLogin
from accounts.models import Login
from accounts.services import revoke_all_logins, suspend_user
from accounts.sockets import NotLoggedIn, authenticate_socket, ended
from tests.accounts.conftest import bearer, browser, error, log_in, post
from tests.conftest import PASSWORD
from voice2task.kernel.redis import push_client

TICKET, ME = "/api/v1/auth/ws-ticket/", "/api/v1/auth/me/"
CHANGED = {"current_password": PASSWORD, "new_password": "a fresh and good one"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_redis")]


def refusal(**credentials: str) -> str:
    with pytest.raises(NotLoggedIn) as refused:
        authenticate_socket(**credentials)
    return refused.value.code


# --- Who is this ----------------------------------------------------------------------------------------


def test_an_access_token(alice):
    access = log_in("alice@example.com")["access"]
    login = authenticate_socket(bearer=access)
    assert login == SocketLogin(alice.id, login_id=Login.objects.get().id)
    assert not ended([login])


def test_a_session_cookie(alice):
    key = browser("alice@example.com").cookies["sessionid"].value
    login = authenticate_socket(session_key=key)
    assert login == SocketLogin(alice.id, Login.objects.get().id, key)
    assert not ended([login])


def test_a_session_of_the_admins_own_form(alice):
    client = APIClient()
    client.force_login(alice)
    key = client.cookies["sessionid"].value
    login = authenticate_socket(session_key=key)
    assert login == SocketLogin(alice.id, None, key)
    assert not ended([login])


def test_a_ticket_opens_one_socket(alice):
    client = bearer(log_in("alice@example.com")["access"])
    response = client.post(TICKET)
    assert response.status_code == 201
    assert response.json()["expires_in"] == 30
    ticket = response.json()["ticket"]
    assert authenticate_socket(ticket=ticket) == SocketLogin(alice.id, login_id=Login.objects.get().id)
    assert refusal(ticket=ticket) == "ticket_invalid"


def test_a_ticket_for_a_browser(alice):
    client = browser("alice@example.com")
    ticket = post(client, TICKET).json()["ticket"]
    key = client.cookies["sessionid"].value
    assert authenticate_socket(ticket=ticket) == SocketLogin(alice.id, Login.objects.get().id, key)


def test_a_ticket_is_kept_for_30_seconds_and_not_in_clear(alice):
    ticket = bearer(log_in("alice@example.com")["access"]).post(TICKET).json()["ticket"]
    client = push_client()
    (name,) = client.keys("ticket:*")
    assert ticket.encode() not in name
    assert 0 < client.pttl(name) <= 30_000
    client.delete(name)
    assert refusal(ticket=ticket) == "ticket_invalid"


def test_a_ticket_of_a_login_that_ended_meanwhile(alice):
    pair = log_in("alice@example.com")
    ticket = bearer(pair["access"]).post(TICKET).json()["ticket"]
    revoke_all_logins(actor=Actor(alice.id), now=timezone.now())
    assert refusal(ticket=ticket) == "not_authenticated"


def test_nobody_gets_a_ticket(as_nobody):
    assert error(as_nobody.post(TICKET)) == (401, "not_authenticated", None)


def test_no_ticket_without_redis(alice, monkeypatch):
    client = bearer(log_in("alice@example.com")["access"])
    client.raise_request_exception = False
    nowhere = Redis(port=1, retry=Retry(NoBackoff(), 0))
    monkeypatch.setattr(tickets, "push_client", lambda: nowhere)
    assert error(client.post(TICKET)) == (503, "unavailable", None)
    with pytest.raises(tickets.TicketsUnavailable):
        authenticate_socket(ticket="any")


@pytest.mark.parametrize(
    ("credentials", "code"),
    [
        ({}, "not_authenticated"),
        ({"bearer": ""}, "token_invalid"),
        ({"bearer": "garbage", "session_key": "x" * 32}, "token_invalid"),
        ({"ticket": ""}, "ticket_invalid"),
        ({"ticket": "guess"}, "ticket_invalid"),
        ({"session_key": ""}, "not_authenticated"),
        ({"session_key": "x" * 32}, "not_authenticated"),
    ],
)
def test_what_proves_nothing(db, credentials, code):
    assert refusal(**credentials) == code


def test_an_anonymous_session_proves_nothing(as_nobody):
    session = as_nobody.session
    session["cart"] = 1
    session.save()
    assert refusal(session_key=session.session_key) == "not_authenticated"


# --- Are they still -------------------------------------------------------------------------------------


def open_sockets(user) -> dict[str, SocketLogin]:
    """One socket by token, one by cookie, one by a session of the admin's own form."""
    admin = APIClient()
    admin.force_login(user)
    return {
        "token": authenticate_socket(bearer=log_in(user.email)["access"]),
        "cookie": authenticate_socket(session_key=browser(user.email).cookies["sessionid"].value),
        "admin": authenticate_socket(session_key=admin.cookies["sessionid"].value),
    }


def test_it_costs_one_query(alice, django_assert_num_queries):
    for login in open_sockets(alice).values():
        with django_assert_num_queries(1):
            assert not ended([login])


def test_however_many_cost_one_query(alice, bob, django_assert_num_queries):
    logins = [open_sockets(user)[kind] for user in (alice, bob) for kind in ("token", "cookie")]
    with django_assert_num_queries(1):
        assert not ended(logins)


def test_suspending_a_user_ends_all_of_theirs(alice, bob):
    alices, bobs = open_sockets(alice), open_sockets(bob)
    suspend_user(actor=Actor(alice.id, "system"), now=timezone.now())
    assert ended([*alices.values()]) == {*alices.values()}
    assert not ended([*bobs.values()])


def test_a_password_change_ends_all_but_the_login_it_came_from(alice):
    others = open_sockets(alice)
    here = browser("alice@example.com")
    mine = authenticate_socket(session_key=here.cookies["sessionid"].value)
    assert post(here, "/api/v1/auth/password/change/", CHANGED).status_code == 204
    assert ended([*others.values()]) == {*others.values()}
    assert not ended([mine])
    assert authenticate_socket(session_key=here.cookies["sessionid"].value).login_id == mine.login_id


def test_logging_out_ends_that_one(alice):
    client = browser("alice@example.com")
    login = authenticate_socket(session_key=client.cookies["sessionid"].value)
    post(client, "/api/v1/auth/logout/")
    assert ended([login])


def test_a_password_changed_behind_our_back_ends_sessions(alice):
    sockets = open_sockets(alice)
    alice.set_password("by manage.py changepassword")
    alice.save()
    assert ended([sockets["admin"]])
    assert refusal(session_key=sockets["cookie"].session_key or "") == "not_authenticated"


def test_an_expired_session_ends(alice):
    login = open_sockets(alice)["admin"]
    Session.objects.filter(session_key=login.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )
    assert ended([login])


def test_a_session_that_now_belongs_to_somebody_else_ends(alice, bob):
    login = open_sockets(alice)["admin"]
    assert ended([SocketLogin(bob.id, None, login.session_key)])


def test_a_login_of_somebody_else_is_not_ones_own(alice, bob):
    login = open_sockets(alice)["token"]
    assert ended([SocketLogin(bob.id, login.login_id)])
    assert ended([SocketLogin(alice.id)])
