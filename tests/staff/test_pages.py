"""Every page of every model, for each role: it opens, counts nothing, and shows content to whom it may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from activities.models import Activity
from tests.staff.content import CONTENT, SECRETS
from tests.staff.rows import fill, mark, own_models

pytestmark = pytest.mark.django_db

# What a list may ask at most: session, user, rights, the rows, and who fits a search.
QUERIES = 10


def pages(model: type[Model]) -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


@pytest.fixture
def rows(alice: User) -> dict[type[Model], Model]:
    return fill(alice)


def marks(kinds: dict[str, set[str]]) -> list[str]:
    return [mark(model, field) for model in own_models() for field in sorted(kinds.get(model.__name__, ()))]


def test_every_model_has_its_page_and_nothing_else_has():
    assert set(admin.site._registry) == set(own_models())


def test_support_sees_no_content_anywhere(rows: dict[type[Model], Model], door: Callable[[str], Client]):
    client = door("support")
    hidden = [*marks(CONTENT), *marks(SECRETS)]
    for model, row in rows.items():
        for page in (pages(model), f"{pages(model)}{row.pk}/change/", f"{pages(model)}{row.pk}/history/"):
            answer = client.get(page)
            assert answer.status_code == 200, page
            text = answer.content.decode()
            assert [one for one in hidden if one in text] == [], page
    assert not Activity.objects.filter(kind="content.viewed").exists()


def test_who_may_see_content_sees_it_on_the_page_of_its_row_and_nowhere_else(
    rows: dict[type[Model], Model], door: Callable[[str], Client]
):
    client = door("operator")
    everything = [*marks(CONTENT), *marks(SECRETS)]
    for model, row in rows.items():
        listed = client.get(pages(model)).content.decode()
        assert [one for one in everything if one in listed] == [], model
        page = client.get(f"{pages(model)}{row.pk}/change/")
        assert page.status_code == 200, model
        shown = page.content.decode()
        missing = [name for name in CONTENT.get(model.__name__, ()) if mark(model, name) not in shown]
        assert missing == [], model
        assert [one for one in marks(SECRETS) if one in shown] == [], model


def test_who_looks_is_recorded_once_for_whose_it_is(
    rows: dict[type[Model], Model], door: Callable[[str], Client], alice: User
):
    client = door("operator")
    for _ in range(2):
        for model, row in rows.items():
            client.get(f"{pages(model)}{row.pk}/change/")
    seen = Activity.objects.of(alice.id).filter(kind="content.viewed")
    named = [(row.subject_type, row.after["by"]) for row in seen]
    assert len(named) == len(set(named))
    assert {by for _, by in named} == {"operator@staff.example"}
    expected = {
        *("activity", "notification", "conversation", "message", "turn", "approval", "memory", "capture"),
        *("list", "label", "task", "user", "import", "run", "webhook", "delivery"),
    }
    assert {kind for kind, _ in named} == expected


def test_nobody_records_their_own_reading(door: Callable[[str], Client]):
    client = door("operator")
    me = User.objects.get(email="operator@staff.example")
    rows = fill(me)
    for model, row in rows.items():
        assert client.get(f"{pages(model)}{row.pk}/change/").status_code == 200
    assert not Activity.objects.filter(kind="content.viewed").exists()


@pytest.mark.parametrize("search", ["", "alice@"])
def test_lists_count_nothing_and_ask_little(
    alice: User, bob: User, door: Callable[[str], Client], search: str
):
    fill(alice)
    fill(bob)
    client = door("admin")
    client.get(pages(User))
    for model in own_models():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.get(pages(model), {"q": search} if search else {})
        assert answer.status_code == 200, model
        sql = [query["sql"] for query in asked]
        assert [one for one in sql if "COUNT(" in one.upper()] == [], model
        assert len(sql) <= QUERIES, (model, sql)


def test_filters_ask_no_table_for_its_values(rows: dict[type[Model], Model], door: Callable[[str], Client]):
    client = door("admin")
    for model, page in admin.site._registry.items():
        with CaptureQueriesContext(connection) as asked:
            client.get(pages(model))
        assert [query["sql"] for query in asked if "DISTINCT" in query["sql"]] == [], (model, page)


def test_a_list_is_searched_by_owner_and_id(alice: User, bob: User, door: Callable[[str], Client]):
    of_alice, of_bob = fill(alice), fill(bob)
    client = door("operator")
    for model in own_models():
        options: Any = admin.site._registry[model]
        if not options.owner:
            continue
        row, other = of_alice[model], of_bob[model]
        found = client.get(pages(model), {"q": "alice@"}).content.decode()
        assert f"{pages(model)}{row.pk}/change/" in found, model
        assert f"{pages(model)}{other.pk}/change/" not in found, model
        if "id" in options.found_by:
            found = client.get(pages(model), {"q": str(row.pk)}).content.decode()
            assert f"{pages(model)}{row.pk}/change/" in found, model
            assert f"{pages(model)}{other.pk}/change/" not in found, model


@pytest.mark.parametrize("role", ["support", "operator", "admin"])
def test_nothing_can_be_deleted_as_a_row(
    rows: dict[type[Model], Model], door: Callable[[str], Client], role: str
):
    client = door(role)
    for model, row in rows.items():
        assert client.post(f"{pages(model)}{row.pk}/delete/", {"post": "yes"}).status_code == 403, model


def test_support_changes_nothing(rows: dict[type[Model], Model], door: Callable[[str], Client]):
    client = door("support")
    for model, row in rows.items():
        assert client.post(f"{pages(model)}{row.pk}/change/", {}).status_code == 403, model
        assert client.get(f"{pages(model)}add/").status_code == 403, model


def test_users_and_nobody_see_none_of_it(alice: User):
    client = Client()
    addresses = [
        *("/admin/", "/admin/staff/health/", "/admin/staff/prices/"),
        *(pages(model) for model in own_models()),
    ]
    for page in addresses:
        assert client.get(page).status_code == 302
    client.force_login(alice)
    for page in addresses:
        assert client.get(page).status_code == 302
