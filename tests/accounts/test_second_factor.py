"""The second factor of staff in the admin: added, asked for, used once, and removed."""

from __future__ import annotations

import re
import time

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.actors import Actor
from accounts.models import User
from accounts.services import second_factor
from tests.conftest import PASSWORD

PAGE, ADMIN = "/admin/second-factor/", "/admin/accounts/user/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_redis")]


@pytest.fixture
def staff(alice: User) -> User:
    User.objects.filter(id=alice.id).update(is_staff=True, is_superuser=True)
    return User.objects.get(id=alice.id)


def code_of(device: TOTPDevice, steps: int = 0) -> str:
    """What the app shows, `steps` of half a minute from now."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + steps * device.step
    return f"{totp.token():06d}"


def logged_in(user: User) -> Client:
    client = Client()
    form = {"username": user.email, "password": PASSWORD}
    answer = client.post("/admin/login/?next=/admin/accounts/user/", form)
    assert (answer.status_code, answer["Location"]) == (302, ADMIN)
    return client


def add(client: Client, user: User) -> list[str]:
    """Add a second factor on its page; the recovery codes."""
    client.get(PAGE)
    answer = client.post(PAGE, {"code": code_of(TOTPDevice.objects.get(user=user))})
    assert answer.status_code == 200
    return re.findall(r"<li>([a-z0-9]{8})</li>", answer.content.decode())


def test_without_one_the_password_is_enough(staff: User):
    assert logged_in(staff).get(ADMIN).status_code == 200


def test_it_is_added_by_picture_or_key_and_confirmed_by_a_code(staff: User, kinds):
    client = logged_in(staff)
    page = client.get(PAGE).content.decode()
    device = TOTPDevice.objects.get(user=staff)
    assert "data:image/png;base64," in page
    assert re.search(r"[A-Z2-7]{32}", page)
    assert client.post(PAGE, {"code": "000000"}).status_code == 400
    assert not second_factor.has_second_factor(staff.id)
    assert logged_in(staff).get(ADMIN).status_code == 200
    device.refresh_from_db()
    device.throttle_reset()
    codes = add(client, staff)
    assert len(set(codes)) == 10
    assert kinds(staff)[-1] == "user.second_factor_added"
    assert not StaticToken.objects.filter(token__in=codes).exists()
    assert client.get(ADMIN).status_code == 200


def test_then_it_is_asked_for_after_the_password(staff: User):
    add(logged_in(staff), staff)
    client = logged_in(staff)
    refused = client.get(ADMIN, follow=True)
    assert refused.redirect_chain[-1][0] == f"{PAGE}?next=%2Fadmin%2Faccounts%2Fuser%2F"
    assert client.post(f"{PAGE}?next={ADMIN}", {"code": "000000"}).status_code == 400
    assert client.get(ADMIN).status_code == 302
    device = TOTPDevice.objects.get(user=staff)
    device.throttle_reset()
    used = code_of(device)
    assert client.post(PAGE, {"code": used}).status_code == 400  # it has opened before
    device.refresh_from_db()
    device.throttle_reset()
    answer = client.post(f"{PAGE}?next={ADMIN}", {"code": code_of(device, steps=1)})
    assert (answer.status_code, answer["Location"]) == (302, ADMIN)
    assert client.get(ADMIN).status_code == 200


def test_wrong_codes_slow_it_down(staff: User):
    add(logged_in(staff), staff)
    client = logged_in(staff)
    assert client.post(PAGE, {"code": "000000"}).status_code == 400
    right = code_of(TOTPDevice.objects.get(user=staff), steps=1)
    assert client.post(PAGE, {"code": right}).status_code == 400


def test_a_recovery_code_opens_once(staff: User):
    codes = add(logged_in(staff), staff)
    for status in (302, 400):
        client = logged_in(staff)
        assert client.post(PAGE, {"code": codes[0].upper()}).status_code == status
    assert StaticToken.objects.count() == 9


def test_no_page_of_another_site_is_opened_afterwards(staff: User):
    codes = add(logged_in(staff), staff)
    answer = logged_in(staff).post(f"{PAGE}?next=https://evil.example/", {"code": codes[0]})
    assert answer["Location"] == "/admin/"


def test_it_is_removed_with_a_code(staff: User, kinds):
    client = logged_in(staff)
    codes = add(client, staff)
    assert client.post(PAGE, {"code": "wrong-code"}).status_code == 400
    TOTPDevice.objects.get(user=staff).throttle_reset()
    for device in second_factor.StaticDevice.objects.filter(user=staff):
        device.throttle_reset()
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


def test_the_secrets_have_no_page(staff: User):
    client = logged_in(staff)
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert client.get("/admin/otp_static/staticdevice/").status_code == 404


def test_a_second_one_is_refused(staff: User):
    add(logged_in(staff), staff)
    with pytest.raises(second_factor.SecondFactorExists):
        second_factor.begin_second_factor(actor=Actor(staff.id))
    second_factor.remove_second_factor(actor=Actor(staff.id), now=timezone.now())
    assert second_factor.begin_second_factor(actor=Actor(staff.id)).confirmed is False
