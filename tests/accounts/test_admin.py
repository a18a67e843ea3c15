"""The admin: an operator reads, and acts through the services."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import Login, User
from activities.models import Activity
from tests.accounts.conftest import bearer, error, log_in, refresh
from tests.conftest import PASSWORD, register

USERS, LOGINS = "/admin/accounts/user/", "/admin/accounts/login/"
ME = "/api/v1/auth/me/"

pytestmark = pytest.mark.django_db


def staff(email: str, **flags: bool) -> User:
    user = register(email)
    user.is_staff = True
    for name, value in flags.items():
        setattr(user, name, value)
    user.save()
    return user


@pytest.fixture
def operator(db) -> Client:
    client = Client()
    client.force_login(staff("operator@example.com", is_superuser=True))
    return client


def act(client: Client, url: str, action: str, *rows):
    return client.post(
        url, {"action": action, "_selected_action": [str(row.pk) for row in rows]}, follow=True
    )


def test_users_and_logins_are_there_to_read(operator, alice):
    log_in("alice@example.com")
    for url, row in ((USERS, alice), (LOGINS, Login.objects.get())):
        assert b"alice@example.com" in operator.get(url).content
        page = operator.get(f"{url}{row.pk}/change/")
        assert page.status_code == 200
        assert b"alice@example.com" in page.content
        assert alice.password.encode() not in page.content
    assert operator.get(USERS, {"q": "alice"}).status_code == 200
    assert operator.get(LOGINS, {"q": "alice", "revoked_at__isempty": "1"}).status_code == 200


def test_nothing_is_edited_or_deleted(operator, alice):
    log_in("alice@example.com")
    for url, row in ((USERS, alice), (LOGINS, Login.objects.get())):
        assert operator.post(f"{url}{row.pk}/change/", {"email": "mallory@example.com"}).status_code == 403
        assert operator.post(f"{url}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert operator.get(f"{LOGINS}add/").status_code == 403
    assert User.objects.get(id=alice.id).email == "alice@example.com"


def test_a_user_is_added_by_the_register_service(operator, settings, kinds):
    settings.REGISTRATION_OPEN = False
    form = {"email": "New@example.com", "password": PASSWORD, "timezone": "Asia/Tokyo", "language": "de"}
    assert operator.get(f"{USERS}add/").status_code == 200
    page = operator.post(f"{USERS}add/", form, follow=True)
    user = User.objects.get(email="new@example.com")
    assert page.status_code == 200
    assert (user.timezone, user.language, user.is_staff) == ("Asia/Tokyo", "de", False)
    assert Activity.objects.of(user.id).order_by("seq")[0].actor == "system"
    assert log_in("new@example.com")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"password": "12345678"}, b"too common"),
        ({"email": "alice@example.com"}, b"taken"),
        ({"email": "ALICE@example.com"}, b"taken"),
        ({"timezone": "Mars"}, b"IANA"),
    ],
)
def test_what_the_service_refuses_is_told(operator, alice, change, message):
    form = {"email": "new@example.com", "password": PASSWORD, "timezone": "UTC", "language": "en"} | change
    page = operator.post(f"{USERS}add/", form, follow=True)
    assert message in page.content
    assert not User.objects.filter(email="new@example.com").exists()


def test_suspending_and_readmitting(operator, alice, bob):
    pair, stranger = log_in("alice@example.com"), log_in("bob@example.com")

    for _ in range(2):
        act(operator, USERS, "suspend", alice)

    assert error(bearer(pair["access"]).get(ME)) == (401, "login_revoked", None)
    assert bearer(stranger["access"]).get(ME).status_code == 200
    recorded = Activity.objects.of(alice.id).get(kind="user.updated")
    assert (recorded.actor, recorded.before) == ("system", {"is_active": True})
    assert recorded.after == {"id": str(alice.id), "is_active": False}

    act(operator, USERS, "readmit", alice)
    assert log_in("alice@example.com")
    assert error(refresh(pair["refresh"])) == (401, "login_revoked", None)


def test_ending_logins(operator, alice, bob):
    phone, laptop = log_in("alice@example.com"), log_in("alice@example.com")
    stranger = log_in("bob@example.com")
    act(operator, LOGINS, "revoke", Login.objects.filter(user=alice).order_by("id")[0])
    assert bearer(phone["access"]).get(ME).status_code == 401
    assert bearer(laptop["access"]).get(ME).status_code == 200
    act(operator, USERS, "end_logins", alice)
    assert bearer(laptop["access"]).get(ME).status_code == 401
    assert bearer(stranger["access"]).get(ME).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_sending_a_link_for_a_new_password(operator, alice, letters):
    sent = len(letters())
    act(operator, USERS, "send_password_link", alice)
    assert letters()[sent].to == ["alice@example.com"]


def test_staff_without_the_permission_only_read(alice):
    reader = staff("reader@example.com")
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "view_login"]))
    client = Client()
    client.force_login(reader)
    pair = log_in("alice@example.com")
    assert client.get(USERS).status_code == 200
    for url, action, row in ((USERS, "suspend", alice), (LOGINS, "revoke", Login.objects.get())):
        act(client, url, action, row)
    assert client.get(f"{USERS}add/").status_code == 403
    assert bearer(pair["access"]).get(ME).status_code == 200


def test_an_operator_changes_their_own_password_by_the_service(kinds):
    user = staff("operator@example.com", is_superuser=True)
    client = Client()
    client.force_login(user)
    pair = log_in("operator@example.com")
    url = reverse("admin:password_change")
    new = "a fresh and good one"
    assert client.get(url).status_code == 200

    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post(url, form).status_code == 302

    assert client.get(USERS).status_code == 200
    assert bearer(pair["access"]).get(ME).status_code == 401
    assert "user.password_changed" in kinds(user)
    assert log_in("operator@example.com", new)


def test_a_wrong_old_password_changes_nothing(operator, kinds):
    form = {"old_password": "wrong", "new_password1": "a fresh one!", "new_password2": "a fresh one!"}
    assert operator.post(reverse("admin:password_change"), form).status_code == 200
    assert "user.password_changed" not in kinds(User.objects.get(email="operator@example.com"))
