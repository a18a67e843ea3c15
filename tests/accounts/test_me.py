from __future__ import annotations

import pytest

from activities.models import Activity
from tests.accounts.conftest import error
from tests.conftest import client_of

ME = "/api/v1/auth/me/"

pytestmark = pytest.mark.django_db


def test_each_sees_themselves(alice, bob):
    assert client_of(alice).get(ME).json()["email"] == "alice@example.com"
    assert client_of(bob).get(ME).json()["timezone"] == "America/New_York"


def test_changing_preferences_records_what_changed(alice, bob, as_alice):
    response = as_alice.patch(ME, {"timezone": "Asia/Tokyo", "language": "EN"})
    assert response.status_code == 200
    assert (response.json()["timezone"], response.json()["language"]) == ("Asia/Tokyo", "en")
    assert as_alice.get(ME).json()["id"] == str(alice.id)
    activity = Activity.objects.of(alice.id).get(kind="user.updated")
    assert activity.before == {"timezone": "Europe/Berlin"}
    assert activity.after == {"id": str(alice.id), "timezone": "Asia/Tokyo"}
    bob.refresh_from_db()
    assert bob.timezone == "America/New_York"


@pytest.mark.parametrize("change", [{}, {"timezone": "Europe/Berlin"}])
def test_what_changes_nothing_records_nothing(alice, as_alice, kinds, change):
    assert as_alice.patch(ME, change).json()["email"] == "alice@example.com"
    assert "user.updated" not in kinds(alice)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"timezone": "Berlin"}, "timezone_unknown", "timezone"),
        ({"timezone": ""}, "blank", "timezone"),
        ({"timezone": None}, "null", "timezone"),
        ({"language": "x"}, "language_invalid", "language"),
        ({"email": "mallory@example.com"}, "unknown_field", "email"),
    ],
)
def test_what_cannot_be_used_is_refused(as_alice, change, code, field):
    assert error(as_alice.patch(ME, change)) == (400, code, field)
