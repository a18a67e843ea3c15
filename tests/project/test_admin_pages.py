"""Every model has its page in the admin, and every page opens."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from conversations import services

OURS = [model for model in apps.get_models() if model.__module__.split(".")[0] in {
    "accounts", "activities", "tasks", "conversations", "integrations", "voice2task",
}]  # fmt: skip


@pytest.fixture
def staff(alice: User) -> Client:
    User.objects.filter(id=alice.id).update(is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(User.objects.get(id=alice.id))
    services.post_message(actor=Actor(alice.id), text="buy milk", now=timezone.now())
    return client


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_each_model_can_be_listed_searched_and_opened(staff: Client, model: type):
    options = model._meta
    assert model in admin.site._registry
    path = f"/admin/{options.app_label}/{options.model_name}/"
    assert staff.get(path).status_code == 200
    assert staff.get(path, {"q": "x"}).status_code in {200, 302}
    row = model._default_manager.first()
    if row is not None:
        assert staff.get(f"{path}{row.pk}/change/").status_code == 200


def test_a_user_who_is_not_staff_sees_no_admin(alice: User):
    client = Client()
    client.force_login(alice)
    assert client.get("/admin/").status_code == 302
