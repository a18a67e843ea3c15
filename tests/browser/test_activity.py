"""The feed of all that happened: live, filtered, taken back from; and what may act without asking."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visitor import SIX, Visitor
from tests.journeys.people import everything
from tests.waiting import wait_for


def test_what_happens_is_shown_filtered_and_taken_back(visitor: Visitor):
    page = visitor.page
    visitor.go("activity")
    expect(page.locator(".entry", has_text="Signed in").first).to_be_visible()
    visitor.person.post("/tasks/", {"title": "Sweep the yard"})
    added = page.locator(".entry", has_text="Sweep the yard")
    expect(added).to_have_count(1)
    page.get_by_label("Who", exact=True).select_option("agent")
    expect(page.get_by_text("Nothing found.")).to_be_visible()
    page.get_by_label("Who", exact=True).select_option("")
    page.get_by_label("What", exact=True).select_option("task")
    expect(page.locator(".entry")).to_have_count(1)
    added.get_by_role("button", name="Sweep the yard").click()
    expect(page.get_by_role("dialog", name="Task")).to_be_visible()
    page.keyboard.press("Escape")
    added.get_by_role("button", name="Undo").click()
    wait_for(lambda: everything(visitor.person, "/tasks/") == [], what="the task to be taken back")
    expect(page.locator(".entry")).to_have_count(2)


def test_what_may_always_act_does_until_it_is_to_ask_again(visitor: Visitor):
    page = visitor.page
    visitor.say(SIX)
    ask = page.get_by_role("region", name="Approval")
    ask.get_by_role("button", name="Always").click()
    expect(visitor.last_reply().locator(".receipt")).to_have_count(6)
    visitor.say(SIX)
    expect(page.locator(".receipt")).to_have_count(12)
    visitor.go("settings")
    rules = page.locator("section", has=page.get_by_role("heading", name="What acts without asking"))
    expect(rules.locator("li")).to_contain_text(["Create tasks"])
    rules.get_by_role("button", name="Ask again").click()
    expect(rules.get_by_text("Everything that matters asks first.")).to_be_visible()
