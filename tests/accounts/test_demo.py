from __future__ import annotations

import stat

import pytest

from accounts.models import User
from accounts.services import demo, ensure_demo_user
from tests.accounts.conftest import log_in
from tests.conftest import register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


def test_the_first_call_makes_a_user_who_can_log_in_and_see_the_admin(folder, settings, client, kinds):
    settings.REGISTRATION_OPEN = False
    email, password = ensure_demo_user()
    assert email == "demo@voice2task.local"
    assert password
    assert log_in(email, password)
    assert client.login(username=email, password=password)
    assert client.get("/admin/").status_code == 200
    assert kinds(User.objects.get())[0] == "user.registered"


def test_the_password_is_kept_for_later_and_for_its_owner_only(folder):
    first = ensure_demo_user()
    assert ensure_demo_user() == first
    assert User.objects.count() == 1
    path = folder / "demo_password"
    assert path.read_text() == first[1]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_fresh_database_takes_the_kept_password(folder):
    folder.mkdir()
    (folder / "demo_password").write_text("kept from before")
    email, password = ensure_demo_user()
    assert password == "kept from before"
    assert log_in(email, password)


def test_a_password_that_is_not_known_any_more_is_not_told(folder):
    email, _ = ensure_demo_user()
    user = User.objects.get()
    user.set_password("changed by its owner")
    user.save()
    assert ensure_demo_user() == (email, None)
    (folder / "demo_password").unlink()
    assert ensure_demo_user() == (email, None)


def test_two_processes_make_one_user(folder, monkeypatch):
    make = demo._register_demo_user

    def lose_the_race(password, now):
        register(demo.DEMO_EMAIL)
        return make(password, now)

    monkeypatch.setattr(demo, "_register_demo_user", lose_the_race)
    email, _ = ensure_demo_user()
    assert User.objects.filter(email=email).count() == 1
