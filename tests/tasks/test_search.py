"""Finding tasks through the REST door: `?q=`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from tasks import services
from tasks.models import Task, Word
from tasks.search import MOST_RANKED, find
from tests.conftest import client_of
from tests.tasks.doors import LABELS, LISTS, TASKS, created, error_of, found
from tests.tasks.scenes import Clock, by, make

# Wednesday, 23:30 in Berlin, where Alice is, and still the 4th in New York, where Bob is.
NOW = datetime.fromisoformat("2026-03-04T23:30:00+01:00")


def hits(client: APIClient, q: str, **query: Any) -> list[str]:
    """The titles in the order in which they come."""
    response = client.get(TASKS, {"q": q, **query})
    assert response.status_code == 200, response.content
    return [task["title"] for task in response.json()["results"]]


@pytest.fixture
def at_night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def test_words_are_found_wherever_they_are(as_alice: APIClient) -> None:
    garden = created(as_alice, LISTS, name="Garten hinten")
    created(as_alice, title="Müll rausbringen", notes="die *gelbe* Tonne")
    created(as_alice, title="Buy oat-milk", labels=["Grocery run"])
    created(as_alice, title="Hedge", list_id=garden["id"])
    cases = {
        "müll": ["Müll rausbringen"],
        "MULL": ["Müll rausbringen"],
        "raus": ["Müll rausbringen"],
        "gelbe tonne": ["Müll rausbringen"],
        "bringen": [],
        "oat-milk": ["Buy oat-milk"],
        '"oat milk"': ["Buy oat-milk"],
        '"milk oat"': [],
        '"oat mil"': [],
        "milk oat": ["Buy oat-milk"],
        "groc": ["Buy oat-milk"],
        '"grocery run"': ["Buy oat-milk"],
        "milk run": ["Buy oat-milk"],
        "garten": ["Hedge"],
        "hedge hint": ["Hedge"],
        "hedge milk": [],
        "milk & oat": ["Buy oat-milk"],
        "?!": [],
        "-milk": ["Hedge", "Müll rausbringen"],
        '-garten -"gelbe tonne"': ["Buy oat-milk"],
    }
    for q, expected in cases.items():
        assert (q, hits(as_alice, q)) == (q, expected)


def test_what_is_misspelt_is_found_if_nothing_is_spelt_so(as_alice: APIClient) -> None:
    created(as_alice, LABELS, name="Pharmacy")
    created(as_alice, title="Renew the passport")
    created(as_alice, title="Form 1234")
    created(as_alice, title="From the list", labels=["pharmacy"])
    cases = {
        "pasport": ["Renew the passport"],
        "reenw passprot": ["Renew the passport"],
        "form": ["Form 1234"],
        "pharmcay": ["From the list"],
        # Quoted words, numbers and short words are meant as they stand.
        '"pasport"': [],
        "1243": [],
        "tha": [],
    }
    for q, expected in cases.items():
        assert (q, hits(as_alice, q)) == (q, expected)


def test_the_best_come_first(as_alice: APIClient) -> None:
    created(as_alice, title="Dentist's bill", status="done")
    created(as_alice, title="Call", notes="about the dentist")
    created(as_alice, title="Dentistry exam")
    created(as_alice, title="Dentist")
    first, *_ = order = hits(as_alice, "dentist")
    assert first == "Dentist"
    assert set(order[1:]) == {"Dentistry exam", "Dentist's bill", "Call"}
    assert order.index("Dentistry exam") < order.index("Call")
    assert hits(as_alice, "dentist", status="done") == ["Dentist's bill"]


@pytest.mark.usefixtures("at_night")
def test_filters(as_alice: APIClient) -> None:
    work = created(as_alice, LISTS, name="Deep work")
    created(as_alice, title="late", due_on="2026-03-03", priority="high")
    created(as_alice, title="this morning", due_at="2026-03-04T07:00", labels=["home"])
    created(as_alice, title="today", due_on="2026-03-04", list_id=work["id"])
    parent = created(as_alice, title="tomorrow", due_on="2026-03-05", rrule="FREQ=DAILY")
    created(as_alice, title="sunday", due_on="2026-03-08", notes="x", estimate_minutes=5)
    created(as_alice, title="monday", due_on="2026-03-09", start_on="2026-03-09")
    created(as_alice, title="done", status="done", due_on="2026-03-01", parent_id=parent["id"])
    created(as_alice, title="waits", status="waiting")
    gone = created(as_alice, title="gone", due_on="2026-03-04")
    assert as_alice.delete(f"{TASKS}{gone['id']}/").status_code == 204
    cases = {
        "due:today": ["this morning", "today"],
        "due:TOMORROW": ["tomorrow"],
        "due:yesterday": ["late"],
        "due:week": ["late", "sunday", "this morning", "today", "tomorrow"],
        "due:>week": ["monday"],
        "due:<today": ["done", "late"],
        "due:<=2026-03-03 -is:done": ["late"],
        "due:2026-03-05..2026-03-08": ["sunday", "tomorrow"],
        "due:month is:closed": ["done"],
        "due:none": ["waits"],
        "no:due": ["waits"],
        "-due:week due:>=2026-03-01": ["done", "monday"],
        "is:overdue": ["late", "this morning"],
        "is:overdue is:timed": ["this morning"],
        "is:waiting": ["waits"],
        "is:recurring": ["tomorrow"],
        "is:subtask": ["done"],
        "is:trashed": ["gone"],
        "is:open no:label no:start no:notes no:estimate no:parent no:priority due:week": [
            "today",
            "tomorrow",
        ],
        "priority:high": ["late"],
        "label:HOME": ["this morning"],
        "-label:home due:today": ["today"],
        'list:"deep WORK"': ["today"],
        "list:work": [],
        "list:inbox due:today": ["this morning"],
        "done:today": ["done"],
        "done:<2026-03-04": [],
        "created:yesterday..today is:done": ["done"],
        "created:>today": [],
        "created:<0001-01-02": [],
        "created:>9999-12-30": [],
        "due:today week": [],
        "due:today morn": ["this morning"],
    }
    for q, expected in cases.items():
        assert (q, sorted(hits(as_alice, q))) == (q, expected)
    assert found(as_alice, q="is:overdue", label="home") == ["this morning"]
    assert found(as_alice, q="gone", trashed="true") == ["gone"]
    assert as_alice.patch("/api/v1/auth/me/", {"week_start": "SU"}).status_code == 200
    assert sorted(hits(client_of(User.objects.get()), "due:week")) == [
        "done", "late", "this morning", "today", "tomorrow"]  # fmt: skip


@pytest.mark.usefixtures("at_night")
def test_a_day_is_the_users_own(as_bob: APIClient) -> None:
    created(as_bob, title="Here it is still afternoon", due_on="2026-03-04")
    assert hits(as_bob, "due:today") == ["Here it is still afternoon"]
    assert hits(as_bob, "due:today is:overdue") == []


def test_bad_queries_are_refused_with_their_place(as_alice: APIClient) -> None:
    response = as_alice.get(TASKS, {"q": "milk is:lost"})
    assert error_of(response) == (400, "query_value_invalid", "q")
    assert response.json()["extra"] == {"position": [8, 12]}
    assert error_of(as_alice.get(TASKS, {"q": "x:y"}))[:2] == (400, "query_filter_unknown")
    assert error_of(as_alice.get(TASKS, {"q": '"'}))[:2] == (400, "query_quote_unclosed")
    assert error_of(as_alice.get(TASKS, {"q": "x" * 501}))[:2] == (400, "query_too_long")
    assert error_of(as_alice.get(TASKS, {"q": "a\0b"}))[0] == 400


def test_the_pages_of_a_search_hold_each_task_once(
    as_alice: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        created(as_alice, title=f"Water plant {number}")
    url, seen = f"{TASKS}?q=plant&page_size=2", []
    while url:
        page = as_alice.get(url).json()
        assert set(page) == {"results", "next", "seq"}
        seen += [task["title"] for task in page["results"]]
        url = page["next"]
    assert seen == [f"Water plant {number}" for number in (4, 3, 2, 1, 0)]
    monkeypatch.setattr("tasks.api.pagination.MOST_RANKED", 3)
    last = as_alice.get(f"{TASKS}?q=plant&page_size=2").json()["next"]
    assert [task["title"] for task in as_alice.get(last).json()["results"]] == ["Water plant 2"]
    assert as_alice.get(last).json()["next"] is None
    assert as_alice.get(f"{TASKS}?q=plant&cursor=x").status_code == 404


def test_of_what_too_many_have_the_newest_are_put_in_order(
    as_alice: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "COMMON", 2)
    monkeypatch.setattr(find, "MOST_RANKED", 2)
    for title in ("Plant", "Plants", "Plant trees"):
        created(as_alice, title=title)
    assert hits(as_alice, "plant") == ["Plant trees", "Plants"]
    assert hits(as_alice, "plant trees") == ["Plant trees"]
    assert MOST_RANKED > 2


def test_strangers_find_nothing(as_alice: APIClient, as_bob: APIClient, as_nobody: APIClient) -> None:
    created(as_alice, title="Secret plan", labels=["private"])
    created(as_bob, title="My own plan")
    for q in ("secret", "sceret", "private", "label:private", "list:inbox secret", "-own"):
        assert (q, hits(as_bob, q)) == (q, [])
    assert hits(as_bob, "plan") == ["My own plan"]
    assert as_nobody.get(TASKS, {"q": "plan"}).status_code == 401


def words_of(user: User) -> dict[str, int]:
    return dict(Word.objects.of(user.id).values_list("word", "tasks"))


def assert_index_is_what_the_tasks_say(user: User) -> None:
    """The lexemes of each task, and the counts, are those that would be made anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM tasks_task AS task WHERE words IS DISTINCT FROM tasks_vector("
            " right(user_id::text, 8), title, notes, list_id,"
            " ARRAY(SELECT label_id FROM tasks_task_labels WHERE task_id = task.id))"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT substr(lexeme, 9), count(*) FROM tasks_task, unnest(tsvector_to_array(words)) AS lexeme"
            " WHERE user_id = %s GROUP BY 1",
            [user.id],
        )
        assert words_of(user) == dict(cursor.fetchall())


def test_the_index_follows_every_change(alice: User, as_alice: APIClient) -> None:
    actor, clock = by(alice), Clock()
    work = services.create_list(actor=actor, name="Work", now=clock())
    one, two = make(actor, "Buy milk", "Milk the cow", labels=["farm"])
    assert words_of(alice)["milk"] == 2
    services.update_task(
        actor=actor, task_id=one.id, changes={"title": "Buy bread", "notes": "rye"}, now=clock()
    )
    assert words_of(alice).keys() >= {"bread", "rye"}
    services.update_task(actor=actor, task_id=two.id, changes={"labels": ["cow", "food"]}, now=clock())
    services.move_tasks(actor=actor, task_ids=[one.id, two.id], list_id=work.id, now=clock())
    assert_index_is_what_the_tasks_say(alice)
    rows = Task.objects.order_by("id").values_list("version", "words")
    before = list(rows.all())
    services.update_list(actor=actor, list_id=work.id, changes={"name": "Büro"}, now=clock())
    assert list(rows.all()) == before
    assert sorted(hits(as_alice, "buro")) == ["Buy bread", "Milk the cow"]
    services.delete_list(actor=actor, list_id=work.id, now=clock())
    services.undo_last(actor=actor, now=clock())
    services.complete_tasks(actor=actor, task_ids=[one.id], now=clock())
    services.trash_tasks(actor=actor, task_ids=[two.id], now=clock())
    assert_index_is_what_the_tasks_say(alice)
    assert hits(as_alice, "buro") == ["Buy bread"]
    Task.objects.filter(pk=two.pk).delete()
    assert_index_is_what_the_tasks_say(alice)
    assert "cow" not in words_of(alice)
    Task.objects.all().delete()
    assert words_of(alice) == {}


def test_text_of_every_length_and_script_can_be_kept_and_found(alice: User, as_alice: APIClient) -> None:
    make(
        by(alice),
        "x" * 500,
        "日本語 テスト",
        "हिन्दी में",
        "Ελλάς ΟΔΟΣ",
        "straße",
        "İstanbul",
        "it's a \\ 'quote' :*&|!<->",
    )
    Task.objects.filter(title="straße").update(notes="wort" + "a b" * 30_000)
    for q, title in {
        "x" * 80: "x" * 500,
        "テスト": "日本語 テスト",
        "हिन्दी": "हिन्दी में",
        "οδος": "Ελλάς ΟΔΟΣ",
        "STRASSE": "straße",
        "istanbul": "İstanbul",
        "'quote'": "it's a \\ 'quote' :*&|!<->",
        "\\ it's": "it's a \\ 'quote' :*&|!<->",
    }.items():
        assert (q, hits(as_alice, q)) == (q, [title])
    assert_index_is_what_the_tasks_say(alice)
