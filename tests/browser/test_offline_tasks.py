"""Tasks without a network: seen as they were last, changed, and the changes sent once when it is back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visitor import Visitor
from tests.journeys.people import everything
from tests.waiting import wait_for

LATE = "2026-01-02"


@pytest.fixture
def offline(visitor: Visitor) -> Visitor:
    """Somebody who has seen three tasks, and then lost the network."""
    visitor.may_be_cut = True
    visitor.refused = (412,)
    for title in ("Sweep the yard", "Paint the fence", "Fix the bike"):
        visitor.person.post("/tasks/", {"title": title, "due_on": LATE})
    visitor.go("today")
    expect(visitor.page.locator(".task")).to_have_count(3)
    visitor.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    wait_for(lambda: visitor.page.evaluate(KEPT) == 3, what="the tasks to be kept")
    visitor.context.set_offline(True)
    expect(visitor.page.get_by_text("You are offline")).to_be_visible()
    return visitor


KEPT = """() => new Promise((resolve) => {
  const opened = indexedDB.open("voice2task");
  opened.onsuccess = () => {
    const asked = opened.result.transaction("rows").objectStore("rows").getAll();
    asked.onsuccess = () => {
      opened.result.close();
      resolve(asked.result.filter((one) => one.type === "task").length);
    };
  };
})"""


def row(visitor: Visitor, title: str) -> Locator:
    return visitor.page.locator(".task", has_text=title)


def by_title(visitor: Visitor) -> dict[str, dict[str, Any]]:
    return {task["title"]: task for task in everything(visitor.person, "/tasks/")}


def edit(visitor: Visitor, title: str, label: str, value: str) -> None:
    row(visitor, title).locator("button.what").click()
    dialog = visitor.page.get_by_role("dialog", name="Task")
    field = dialog.get_by_label(label)
    if label == "Priority":
        field.select_option(value)
    else:
        field.fill(value)
        field.press("Tab")
    visitor.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_changes_wait_across_a_reload_and_are_made_once(offline: Visitor):
    page = offline.page
    page.reload()
    expect(page.locator(".task")).to_have_count(3)
    row(offline, "Fix the bike").get_by_role("checkbox").click()
    edit(offline, "Paint the fence", "Priority", "high")
    add = page.get_by_role("textbox", name="Add a task for today")
    add.fill("Bought without a net")
    add.press("Enter")
    expect(row(offline, "Bought without a net")).to_be_visible()
    edit(offline, "Bought without a net", "Notes", "two of them")
    expect(page.get_by_text("4 wait.")).to_be_visible()
    page.reload()
    expect(row(offline, "Bought without a net")).to_be_visible()
    expect(page.locator(".task")).to_have_count(3)
    offline.context.set_offline(False)
    wait_for(lambda: by_title(offline).get("Bought without a net", {}).get("notes"), what="the changes")
    expect(page.get_by_text("You are offline")).to_be_hidden()
    tasks = by_title(offline)
    assert len(everything(offline.person, "/tasks/")) == 4
    assert tasks["Fix the bike"]["status"] == "done"
    assert tasks["Paint the fence"]["priority"] == "high"
    assert tasks["Bought without a net"]["notes"] == "two of them"
    expect(page.locator(".task")).to_have_count(3)


@pytest.mark.parametrize(("button", "kept"), [("Take mine", "high"), ("Leave it as it is", "low")])
def test_a_change_that_another_has_made_differently_is_asked_about(offline: Visitor, button: str, kept: str):
    page = offline.page
    edit(offline, "Paint the fence", "Priority", "high")
    task = by_title(offline)["Paint the fence"]
    change(offline, task["id"], {"priority": "low"})
    offline.context.set_offline(False)
    page.get_by_role("button", name="Look").click()
    dialog = page.get_by_role("dialog", name="Made offline")
    expect(dialog).to_contain_text("changed elsewhere")
    dialog.get_by_role("button", name=button).click()
    expect(dialog).to_be_hidden()
    wait_for(lambda: by_title(offline)["Paint the fence"]["priority"] == kept, what="the decision")
    word = {"high": "High", "low": "Low"}[kept]
    expect(row(offline, "Paint the fence")).to_contain_text(word)


def test_changes_of_different_fields_go_together(offline: Visitor):
    edit(offline, "Paint the fence", "Priority", "high")
    task = by_title(offline)["Paint the fence"]
    change(offline, task["id"], {"notes": "in green"})
    offline.context.set_offline(False)
    wait_for(lambda: by_title(offline)["Paint the fence"]["priority"] == "high", what="the change")
    assert by_title(offline)["Paint the fence"]["notes"] == "in green"
    expect(offline.page.get_by_role("button", name="Look")).to_have_count(0)


def test_nothing_stays_for_who_comes_next(offline: Visitor):
    offline.context.set_offline(False)
    offline.go("settings")
    offline.page.get_by_role("button", name="Sign out", exact=True).first.click()
    expect(offline.page.get_by_role("button", name="Sign in")).to_be_visible()
    assert offline.page.evaluate(KEPT) == 0


def change(visitor: Visitor, task_id: str, fields: dict[str, Any]) -> None:
    """As another client of theirs would."""
    with visitor.person.session() as session:
        assert session.patch(f"/tasks/{task_id}/", json=fields).status_code == 200
