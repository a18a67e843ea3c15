"""Who may do what: every action of the admin once, and none by whom it is not for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Login, User
from activities.models import Activity
from tests.accounts.conftest import log_in
from tests.conftest import register
from tests.staff.rows import fill, own_models
from voice2task.staff.roles import ROLES
from voice2task.staff.services import RoleUnknown, SuperuserStays, appoint, ensure_roles, role_of

pytestmark = pytest.mark.django_db

USERS = "/admin/accounts/user/"
# What tells the reader something else than how many were done.
SPEAKS_OTHERWISE = {"export", "rotate_secrets"}


def act(client: Client, model: type[Model], action: str, *rows: Model) -> Any:
    page = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    chosen = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
    return client.post(page, chosen, follow=True)


def actions() -> list[tuple[type[Model], str]]:
    return [(model, name) for model in own_models() for name in admin.site._registry[model].actions or ()]


@pytest.mark.parametrize(("model", "name"), actions(), ids=lambda one: getattr(one, "__name__", one))
def test_every_action_answers(model: type[Model], name: str, alice: User, door: Callable[[str], Client]):
    row = fill(alice)[model]
    answer = act(door("admin"), model, name, row)
    assert answer.status_code == 200
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    if name not in SPEAKS_OTHERWISE:
        told = [str(message) for message in answer.context["messages"]]
        assert told
        assert all(not one.startswith("No action") for one in told), told


def test_support_helps_and_does_nothing_else(alice: User, door: Callable[[str], Client]):
    client = door("support")
    rows = fill(alice)
    log_in("alice@example.com")
    before = Activity.objects.of(alice.id).count()
    for model, name in actions():
        if name not in {"end_logins", "send_password_link", "revoke"}:
            act(client, model, name, rows[model])
    assert Activity.objects.of(alice.id).count() == before
    act(client, User, "end_logins", alice)
    assert not Login.objects.filter(user=alice, revoked_at=None).exists()


def test_money_accounts_and_roles_are_the_admins(alice: User, door: Callable[[str], Client]):
    operator, top = door("operator"), door("admin")
    for page in (f"{USERS}add/", "/admin/accounts/budget/add/"):
        assert operator.get(page).status_code == 403
        assert top.get(page).status_code == 200
    for name in ("export", "erase", "make_admin"):
        act(operator, User, name, alice)
    alice.refresh_from_db()
    assert not alice.is_staff
    act(top, User, "make_operator", alice)
    alice.refresh_from_db()
    assert (alice.is_staff, role_of(alice)) == (True, "operator")
    recorded = Activity.objects.of(alice.id).order_by("-seq")[0]
    assert (recorded.kind, recorded.before, recorded.after["role"]) == (
        "user.updated",
        {"role": None},
        "operator",
    )
    act(top, User, "dismiss", alice)
    alice.refresh_from_db()
    assert (alice.is_staff, role_of(alice)) == (False, None)


def test_operators_leave_staff_alone_and_nobody_acts_on_themselves(staff: Any, door: Callable[[str], Client]):
    operator = door("operator")
    boss, me = staff("admin"), User.objects.get(email="operator@staff.example")
    told = act(operator, User, "suspend", boss, me).content.decode()
    assert "those who appoint staff" in told
    assert "Nobody does this to themselves" in told
    assert User.objects.filter(pk__in=[boss.pk, me.pk], is_active=True).count() == 2


def test_everything_of_a_user_is_taken_out_and_that_is_told(
    alice: User, bob: User, door: Callable[[str], Client]
):
    client = door("admin")
    answer = act(client, User, "export", alice)
    document = json.loads(b"".join(answer.streaming_content))
    assert document["account"]["email"] == "alice@example.com"
    seen = Activity.objects.of(alice.id).get(kind="content.viewed")
    assert (seen.subject_type, seen.after["by"]) == ("user", "admin@staff.example")
    assert "Choose one user" in act(client, User, "export", alice, bob).content.decode()


def test_roles_are_put_right_again():
    group = Group.objects.get(name="support")
    group.permissions.set(Permission.objects.all())
    ensure_roles()
    names = set(Group.objects.get(name="support").permissions.values_list("codename", flat=True))
    assert "see_content" not in names
    assert {name for name in names if not name.startswith("view_")} == {"assist"}


def test_no_role_may_delete_rows():
    ensure_roles()
    for role in ROLES:
        held = Group.objects.get(name=role).permissions.values_list("codename", flat=True)
        assert [name for name in held if name.startswith("delete_")] == []


def test_what_cannot_be_appointed(alice: User):
    actor, now = Actor(alice.id, "system"), timezone.now()
    with pytest.raises(RoleUnknown):
        appoint(actor=actor, role="king", now=now)
    root = register("root@example.com")
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    with pytest.raises(SuperuserStays):
        appoint(actor=Actor(root.id, "system"), role="support", now=now)
    for _ in range(2):
        appoint(actor=actor, role="support", now=now)
    assert Activity.objects.of(alice.id).filter(kind="user.updated").count() == 1


def test_the_sidebar_shows_what_may_be_seen(door: Callable[[str], Client], alice: User):
    shown = door("support").get("/admin/").content.decode()
    for page in ("/admin/conversations/turn/", "/admin/staff/health/", "/admin/integrations/delivery/"):
        assert f'href="{page}"' in shown
