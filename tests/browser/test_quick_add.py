"""Adding tasks by a sentence: what was understood is shown, can be plain text instead, and is added."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visitor import Visitor
from tests.journeys.people import everything
from tests.waiting import wait_for


@pytest.fixture
def field(visitor: Visitor) -> Locator:
    inbox = visitor.person.get("/lists/")["results"][0]["id"]
    visitor.go(f"list/{inbox}")
    return visitor.page.get_by_role("textbox", name="Add a task")


def chips(visitor: Visitor) -> Locator:
    return visitor.page.locator(".understood .chip")


def only_task(visitor: Visitor) -> dict[str, Any]:
    (task,) = wait_for(lambda: everything(visitor.person, "/tasks/"), what="the task")
    return task


def test_what_is_understood_is_shown_and_added(visitor: Visitor, field: Locator):
    sentence = "Pay the rent every month on the first at 9:00, high priority #home"
    field.fill(sentence)
    expect(chips(visitor)).to_have_text(["every month, on day 1, 09:00", "High", "home"])
    expect(visitor.page.locator(".understood b")).to_have_text("Pay the rent")
    field.press("Enter")
    task = only_task(visitor)
    assert (task["title"], task["rrule"]) == ("Pay the rent", "FREQ=MONTHLY;BYMONTHDAY=1")
    assert (task["priority"], task["labels"]) == ("high", ["home"])
    assert task["source_span"]["priority"]["text"] == "high priority"
    assert sentence[task["source_span"]["due"]["start"] :].startswith("every month")
    expect(field).to_have_value("")
    expect(chips(visitor)).to_have_count(0)


def test_a_tapped_chip_is_plain_text_and_stays_it(visitor: Visitor, field: Locator):
    field.fill("🎬 Watch Friday the 13th tomorrow")
    friday = visitor.page.get_by_role("button", name="Keep “Friday")
    friday.click()
    expect(visitor.page.locator(".understood b")).to_contain_text("Friday the 13th")
    expect(visitor.page.locator(".chip.due")).to_have_text("Tomorrow")
    # An edit before it moves it along; it is still plain.
    field.press("Home")
    field.type("At home: ")
    expect(visitor.page.locator(".understood b")).to_contain_text("Friday the 13th")
    expect(visitor.page.locator(".chip.plain-words")).to_have_count(1)
    field.press("Enter")
    assert "Friday the 13th" in only_task(visitor)["title"]


def test_plain_text_is_understood_again_and_the_focus_stays(visitor: Visitor, field: Locator):
    field.fill("Call Bob tomorrow")
    expect(chips(visitor)).to_have_text(["Tomorrow"])
    field.press("Tab")
    visitor.page.keyboard.press("Tab")
    due = visitor.page.locator(".chip.due")
    expect(due).to_be_focused()
    visitor.page.keyboard.press("Enter")
    plain = visitor.page.locator(".chip.plain-words")
    expect(plain).to_have_text("“tomorrow”")
    expect(visitor.page.locator(".understood b")).to_have_text("Call Bob tomorrow")
    expect(plain).to_be_focused()
    visitor.page.keyboard.press("Space")
    expect(due).to_have_text("Tomorrow")
    expect(visitor.page.locator(".understood b")).to_have_text("Call Bob")


def test_two_tasks_and_a_new_list_come_of_one_sentence(visitor: Visitor, field: Locator):
    field.fill("put batteries on the camping list and email Anna the report by tomorrow")
    expect(visitor.page.locator(".understood b")).to_have_text(["Batteries", "Email Anna the report"])
    expect(chips(visitor).first).to_have_text("camping (new)")
    field.press("Enter")
    tasks = wait_for(lambda: _if_two(everything(visitor.person, "/tasks/")), what="both tasks")
    assert {(task["title"], task["list"]) for task in tasks} == {
        ("Batteries", "camping"),
        ("Email Anna the report", "Inbox"),
    }


def test_who_is_faster_than_the_chips_gets_the_same(visitor: Visitor, field: Locator):
    visitor.go("today")
    today = visitor.page.get_by_role("textbox", name="Add a task for today")
    today.fill("Call Bob tomorrow at 17:00")
    today.press("Enter")
    task = only_task(visitor)
    assert task["title"] == "Call Bob"
    assert task["due_at"] is not None
    today.fill("Buy milk")
    expect(visitor.page.locator(".chip.given")).to_have_text("Today")
    today.press("Enter")
    expect(visitor.page.locator(".task .title", has_text="Buy milk")).to_be_visible()


def test_the_chips_come_while_one_types(visitor: Visitor, field: Locator):
    """The time from the last key to the chips, for the reader."""
    visitor.page.evaluate(WATCH)
    field.fill("Call Bob tomorro")
    field.press("w")
    expect(visitor.page.locator(".chip.due")).to_be_visible()
    waited = visitor.page.evaluate("() => window.chipsAfter")
    print(f"chips {waited:.0f} ms after the key")  # noqa: T201


WATCH = """() => {
  let pressed = 0;
  addEventListener("input", () => (pressed = performance.now()), true);
  new MutationObserver(() => {
    if (document.querySelector(".chip.due")) window.chipsAfter ??= performance.now() - pressed;
  }).observe(document.body, { subtree: true, childList: true });
}"""


def _if_two(tasks: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    return tasks if len(tasks) == 2 else None
