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

from accounts.models import SecondFactor, User
from activities.models import Activity
from tests.conftest import PASSWORD
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
    # The one made here is nobody's app: it would be asked for.
    SecondFactor.objects.filter(user=me).update(confirmed=False)
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


def test_the_menu_of_the_account_leads_to_its_pages(door: Callable[[str], Client]):
    client = door("support")
    page = client.get("/admin/").content.decode()
    for address in ("/admin/password_change/", "/admin/second-factor/"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model.__name__)
def test_a_list_answers_no_question_in_its_address_but_those_of_its_filters(
    model: type[Model], alice: User, door: Callable[[str], Client]
):
    """Django's own would tell whether a field, of content or secrets too, begins with given letters."""
    client, asked = door("support"), 0
    filters = str(admin.site._registry[model].list_filter)
    for field in model._meta.concrete_fields:
        for question in (f"{field.name}__startswith", f"{field.name}__isnull", field.name):
            if f"'{field.name}'" not in filters and "among" not in filters:
                asked += 1
                answer = client.get(pages(model), {question: "a"})
                assert answer.status_code == 400, question
    for question in ("user__password__startswith", "password__startswith", "turn__error_message__contains"):
        assert client.get(pages(model), {question: "a"}).status_code == 400, question
    assert asked or "among" in filters


@pytest.mark.usefixtures("empty_redis")
def test_what_users_write_is_text_on_every_page(
    alice: User, door: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
):
    hostile = "</script><img src=x onerror=alert(1)>\"'`{{7*7}}"
    monkeypatch.setattr("tests.staff.rows.mark", lambda model, field: hostile)
    User.objects.filter(id=alice.id).update(email='"<i>a</i>"@example.com')
    alice.refresh_from_db()
    client, seen = door("admin"), 0
    for model, row in fill(alice).items():
        for page in (pages(model), f"{pages(model)}{row.pk}/change/", f"{pages(model)}?q=<img src=x>"):
            text = client.get(page).content.decode()
            assert "<img src=x" not in text, page
            assert "<i>a</i>" not in text, page
            seen += text.count("&lt;img src=x onerror")
    assert seen > len(CONTENT)


@pytest.mark.usefixtures("empty_redis")
@pytest.mark.parametrize(
    "wanted", ["", "//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:1"]
)
def test_logging_in_leads_to_the_admin_and_to_no_other_site(alice: User, wanted: str):
    User.objects.filter(id=alice.id).update(is_staff=True, is_superuser=True)
    form = {"username": alice.email, "password": PASSWORD, "next": wanted}
    assert Client().post("/admin/login/", form)["Location"] == "/admin/"
