"""The second factor of staff in the admin: added, asked for, used once, and removed."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP

from accounts.actors import Actor
from accounts.models import SecondFactor, User
from accounts.services import second_factor
from tests.conftest import PASSWORD
from voice2task.kernel.sealing import unseal

PAGE, ADMIN = "/admin/second-factor/", "/admin/accounts/user/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_redis")]


@pytest.fixture
def staff(alice: User) -> User:
    User.objects.filter(id=alice.id).update(is_staff=True, is_superuser=True)
    return User.objects.get(id=alice.id)


def code_of(user: User, steps: int = 0) -> str:
    """What the app shows, `steps` of half a minute from now."""
    factor = SecondFactor.objects.get(user=user)
    totp = TOTP(bytes.fromhex(unseal(factor.key)), drift=factor.drift)
    totp.time = time.time() + steps * totp.step
    return f"{totp.token():06d}"


def forget_wrong_codes(user: User) -> None:
    """As if their time had passed."""
    SecondFactor.objects.get(user=user).throttle_reset()


def logged_in(user: User) -> Client:
    client = Client()
    form = {"username": user.email, "password": PASSWORD}
    answer = client.post("/admin/login/?next=/admin/accounts/user/", form)
    assert (answer.status_code, answer["Location"]) == (302, ADMIN)
    return client


def add(client: Client, user: User) -> list[str]:
    """Add a second factor on its page; the recovery codes."""
    client.get(PAGE)
    answer = client.post(PAGE, {"code": code_of(user)})
    assert answer.status_code == 200
    return re.findall(r"<li>([a-z0-9]{8})</li>", answer.content.decode())


def test_without_one_the_password_is_enough(staff: User):
    assert logged_in(staff).get(ADMIN).status_code == 200


def test_it_is_added_by_picture_or_key_and_confirmed_by_a_code(staff: User, kinds):
    client = logged_in(staff)
    page = client.get(PAGE).content.decode()
    assert "data:image/png;base64," in page
    assert re.search(r"[A-Z2-7]{32}", page)
    assert client.post(PAGE, {"code": "000000"}).status_code == 400
    assert not second_factor.has_second_factor(staff.id)
    assert logged_in(staff).get(ADMIN).status_code == 200
    forget_wrong_codes(staff)
    codes = add(client, staff)
    assert len(set(codes)) == 10
    assert kinds(staff)[-1] == "user.second_factor_added"
    assert client.get(ADMIN).status_code == 200


def test_then_it_is_asked_for_after_the_password(staff: User):
    add(logged_in(staff), staff)
    client = logged_in(staff)
    refused = client.get(ADMIN, follow=True)
    assert refused.redirect_chain[-1][0] == f"{PAGE}?next=%2Fadmin%2Faccounts%2Fuser%2F"
    assert client.post(f"{PAGE}?next={ADMIN}", {"code": "000000"}).status_code == 400
    assert client.get(ADMIN).status_code == 302
    forget_wrong_codes(staff)
    used = code_of(staff)
    assert client.post(PAGE, {"code": used}).status_code == 400  # it has opened before
    forget_wrong_codes(staff)
    answer = client.post(f"{PAGE}?next={ADMIN}", {"code": code_of(staff, steps=1)})
    assert (answer.status_code, answer["Location"]) == (302, ADMIN)
    assert client.get(ADMIN).status_code == 200


def test_wrong_codes_slow_it_down(staff: User):
    add(logged_in(staff), staff)
    client = logged_in(staff)
    assert client.post(PAGE, {"code": "000000"}).status_code == 400
    right = code_of(staff, steps=1)
    assert client.post(PAGE, {"code": right}).status_code == 400


def test_a_recovery_code_opens_once(staff: User):
    codes = add(logged_in(staff), staff)
    for status in (302, 400):
        client = logged_in(staff)
        assert client.post(PAGE, {"code": codes[0].upper()}).status_code == status
        SecondFactor.objects.get(user=staff).throttle_reset()
    client = logged_in(staff)
    assert client.post(PAGE, {"code": f"{codes[1][:4]} {codes[1][4:]}"}).status_code == 302


def test_no_page_of_another_site_is_opened_afterwards(staff: User):
    codes = add(logged_in(staff), staff)
    answer = logged_in(staff).post(f"{PAGE}?next=https://evil.example/", {"code": codes[0]})
    assert answer["Location"] == "/admin/"


def test_it_is_removed_with_a_code(staff: User, kinds):
    client = logged_in(staff)
    codes = add(client, staff)
    assert client.post(PAGE, {"code": "wrong-code"}).status_code == 400
    forget_wrong_codes(staff)
    assert client.post(PAGE, {"code": codes[1]}).status_code == 302
    assert kinds(staff)[-1] == "user.second_factor_removed"
    assert logged_in(staff).get(ADMIN).status_code == 200


def test_staff_may_have_to_have_one(staff: User, settings):
    settings.STAFF_TOTP_REQUIRED = True
    client = logged_in(staff)
    assert client.get(ADMIN, follow=True).redirect_chain[-1][0].startswith(PAGE)
    add(client, staff)
    assert client.get(ADMIN).status_code == 200


def test_who_is_not_staff_has_no_business_here(alice: User, client: Client):
    client.force_login(alice)
    assert client.get(PAGE)["Location"].startswith("/admin/login/")
    assert client.get(ADMIN).status_code == 302


def test_who_has_lost_the_app_and_the_codes_is_helped_by_another(staff: User, bob: User, kinds):
    User.objects.filter(id=bob.id).update(is_staff=True)
    bob.refresh_from_db()
    add(logged_in(bob), bob)
    client = logged_in(staff)
    add(client, staff)
    rows = SecondFactor.objects.order_by("id")
    page, chosen = "/admin/accounts/secondfactor/", [row.pk for row in rows]
    shown = client.get(page).content.decode() + client.get(f"{page}{chosen[0]}/change/").content.decode()
    assert bob.email in shown
    assert not [row for row in rows if bytes(row.key).decode() in shown or unseal(row.key) in shown]
    answer = client.post(page, {"action": "remove", "_selected_action": chosen}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        f"second factor {rows[1].pk}: Nobody does this to themselves here.",
        "Done: 1",
    ]
    assert [row.user_id for row in rows.all()] == [staff.id]
    assert kinds(bob)[-1] == "user.second_factor_removed"
    assert not second_factor.has_second_factor(bob.id)


def test_who_reads_the_database_has_no_code(staff: User):
    client = logged_in(staff)
    page = client.get(PAGE).content.decode()
    [shown] = re.findall(r"[A-Z2-7]{32}", page)
    codes = add(client, staff)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_secondfactor")
        [row] = cursor.fetchall()
    kept = " ".join(str(bytes(value) if isinstance(value, memoryview) else value) for value in row).lower()
    secrets = [shown.lower(), base64.b32decode(shown).hex(), *codes]
    secrets += [hashlib.sha256(code.encode()).hexdigest()[:16] for code in codes]
    assert not [secret for secret in secrets if secret in kept]


def test_it_outlives_a_change_of_the_secret_key(staff: User, settings):
    codes = add(logged_in(staff), staff)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key, " * 5
    assert logged_in(staff).post(PAGE, {"code": codes[0]}).status_code == 302
    out = StringIO()
    call_command("reencrypt_secrets", stdout=out)
    # The codes were encrypted anew when one of them was used.
    assert out.getvalue() == "1 encrypted anew.\n"
    settings.SECRET_KEY_FALLBACKS = []
    assert logged_in(staff).post(PAGE, {"code": codes[1]}).status_code == 302
    assert logged_in(staff).post(PAGE, {"code": code_of(staff, steps=1)}).status_code == 302


def test_a_second_one_is_refused(staff: User):
    add(logged_in(staff), staff)
    with pytest.raises(second_factor.SecondFactorExists):
        second_factor.begin_second_factor(actor=Actor(staff.id))
    second_factor.remove_second_factor(actor=Actor(staff.id), now=timezone.now())
    assert second_factor.begin_second_factor(actor=Actor(staff.id)).confirmed is False
