"""Every page shows what the server has, whoever has changed it and whatever was lost on the way."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.visitor import Visitor
from tests.journeys.people import everything
from tests.journeys.stack import Stack
from tests.waiting import wait_for


def test_two_pages_stay_equal(browser: Browser, visitor: Visitor, visitors: list[Visitor]):
    other = Visitor(browser, visitor.person)
    visitors.append(other)
    other.sign_in()
    inbox = visitor.person.get("/lists/")["results"][0]["id"]
    for each in (visitor, other):
        each.go(f"list/{inbox}")
    add = visitor.page.get_by_role("textbox", name="Add a task")
    for title in ("One", "Two", "Three"):
        add.fill(title)
        add.press("Enter")
        expect(other.page.locator(".task .title", has_text=title)).to_be_visible()
    other.page.locator(".task", has_text="Two").get_by_role("checkbox").click()
    expect(visitor.page.locator(".task")).to_have_count(2)
    visitor.page.locator(".task", has_text="Three").locator("button.what").focus()
    visitor.page.keyboard.press("Alt+ArrowUp")
    wait_for(lambda: other.titles() == ["Three", "One"], what="the other page to show the new order")
    assert visitor.titles() == other.titles()


def test_what_is_said_without_a_network_is_sent_once_when_it_is_back(stack: Stack, visitor: Visitor):
    visitor.may_be_cut = True
    visitor.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    visitor.context.set_offline(True)
    visitor.say("buy milk")
    expect(visitor.page.get_by_text("Waits for the network")).to_be_visible()
    expect(visitor.page.get_by_text("You are offline")).to_be_visible()
    # Said before a reload, and still there after it: from the worker's shell and from IndexedDB.
    visitor.page.reload()
    expect(visitor.page.get_by_text("You are offline")).to_be_visible()
    visitor.person.post("/tasks/", {"title": "Made elsewhere", "due_on": "2026-01-02"})
    visitor.context.set_offline(False)
    wait_for(lambda: titles(visitor) == {"Buy milk", "Made elsewhere"}, what="the message to arrive")
    visitor.go("today")
    expect(visitor.page.locator(".task .title", has_text="Made elsewhere")).to_be_visible()
    assert len(everything(visitor.person, "/conversations/")) == 1


def test_a_web_server_that_dies_is_gone_back_to(stack: Stack, visitor: Visitor):
    visitor.may_be_cut = True
    visitor.go("today")
    pid = stack.kill("web")
    stack.wait_until_replaced("web", pid)
    visitor.person.post("/tasks/", {"title": "After the crash", "due_on": "2026-01-02"})
    expect(visitor.page.locator(".task .title", has_text="After the crash")).to_be_visible(timeout=30_000)


def titles(visitor: Visitor) -> set[str]:
    return {task["title"] for task in everything(visitor.person, "/tasks/")}
