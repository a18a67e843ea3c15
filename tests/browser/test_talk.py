"""Talking: the reply as it comes, what it did, taking it back, being asked."""

from __future__ import annotations

import re
from uuid import uuid4

from playwright.sync_api import Browser, expect

from tests.browser.conftest import STUMBLE
from tests.browser.visitor import SIX, Visitor
from tests.journeys.gates import closed_gate
from tests.journeys.people import PASSWORD, everything, new_person, new_sentence
from tests.journeys.stack import Stack


def test_somebody_registers_signs_out_and_comes_back(stack: Stack, browser: Browser, visitors: list[Visitor]):
    person = new_person(stack)
    visitor = Visitor(browser, person)
    visitors.append(visitor)
    page = visitor.page
    page.goto(stack.url)
    page.get_by_role("button", name="Create an account").click()
    email = f"{uuid4().hex}@example.com"
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create an account").click()
    expect(visitor.composer()).to_be_visible()
    visitor.go("settings")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_one_press_signs_in_as_the_demo_user(stack: Stack, browser: Browser, visitors: list[Visitor]):
    visitor = Visitor(browser, new_person(stack))
    visitors.append(visitor)
    visitor.page.goto(stack.url)
    visitor.page.get_by_role("button", name="Try it as the demo user").click()
    expect(visitor.composer()).to_be_visible()
    visitor.go("settings")
    expect(visitor.page.get_by_text("demo@voice2task.local")).to_be_visible()


def test_a_sentence_becomes_tasks_that_can_be_taken_back(visitor: Visitor):
    sentence = new_sentence()
    visitor.say(sentence.text)
    reply = visitor.last_reply()
    expect(reply.locator(".receipt")).to_have_count(3)
    expect(reply.locator(".step.done")).to_have_count(2)
    expect(reply.locator(".markdown")).to_contain_text("Added")
    visitor.go("upcoming")
    expect(visitor.page.locator(".task")).to_have_count(1)
    visitor.page.go_back()
    reply.get_by_role("button", name=re.compile("^Undo Call")).click()
    expect(reply.locator(".receipt.off")).to_have_count(1)
    reply.get_by_role("button", name="Undo all of it").click()
    expect(reply.locator(".receipt.off")).to_have_count(3)
    assert everything(visitor.person, "/tasks/") == []


def test_a_reload_in_the_middle_of_a_reply_shows_it_whole(visitor: Visitor):
    visitor.say("buy milk tomorrow, call Anna on friday, water the plants every tuesday and pay the rent")
    markdown = visitor.last_reply().locator(".markdown")
    expect(markdown).to_contain_text("Added")
    assert visitor.last_reply().get_attribute("aria-busy") == "true"
    visitor.page.reload()
    reply = visitor.last_reply()
    expect(reply).to_have_attribute("data-status", "completed")
    stored = stored_reply(visitor)
    expect(reply.locator(".markdown")).to_have_text(stored)
    expect(reply.locator(".receipt")).to_have_count(4)


def test_a_reply_is_stopped(visitor: Visitor):
    visitor.say("buy milk tomorrow, call Anna on friday, water the plants every tuesday and pay the rent")
    visitor.last_reply().get_by_role("button", name="Stop").click()
    expect(visitor.last_reply()).to_have_attribute("data-status", re.compile("stopped|completed"))


def test_more_than_five_changes_are_asked_for(visitor: Visitor):
    visitor.say(SIX)
    ask = visitor.page.get_by_role("region", name="Approval")
    expect(ask).to_contain_text("6 things")
    visitor.page.reload()
    expect(ask).to_contain_text("6 things")
    ask.get_by_text("What it would be called with").click()
    field = ask.get_by_role("textbox")
    field.fill(field.input_value().replace("Buy milk", "Buy oat milk").replace("buy milk", "buy oat milk"))
    ask.get_by_role("button", name="Approve").click()
    expect(visitor.last_reply().locator(".receipt")).to_have_count(6)
    titles = {task["title"] for task in everything(visitor.person, "/tasks/")}
    assert len(titles) == 6
    assert "Buy oat milk" in titles


def test_one_of_several_is_chosen_by_a_tap(visitor: Visitor):
    for title in ("Report for Anna", "Report for Bob"):
        visitor.person.post("/tasks/", {"title": title})
    visitor.say("mark the report as done")
    visitor.page.locator(".choices button").nth(1).click()
    expect(visitor.last_reply().locator(".receipt")).to_have_count(1)


def test_a_turn_that_failed_is_tried_again(visitor: Visitor):
    visitor.say(f"buy a {STUMBLE} for the garden")
    failed = visitor.last_reply()
    expect(failed).to_have_attribute("data-status", "failed")
    expect(failed.get_by_role("alert")).to_contain_text("Nobody answered")
    visitor.page.reload()
    visitor.page.get_by_role("alert").get_by_role("button", name="Try again").click()
    expect(visitor.last_reply().locator(".receipt")).to_have_count(1)
    titles = [task["title"] for task in everything(visitor.person, "/tasks/")]
    assert titles == [f"Buy a {STUMBLE} for the garden"]


def test_a_turn_that_staff_let_try_again_says_so(
    stack: Stack, browser: Browser, visitor: Visitor, visitors: list[Visitor]
):
    visitor.say(f"buy another {STUMBLE}")
    reply = visitor.last_reply()
    expect(reply).to_have_attribute("data-status", "failed")
    turn = visitor.person.get("/activities/?kind=turn.failed")["results"][0]["subject"]["id"]
    staff = Visitor(browser, visitor.person)
    visitors.append(staff)
    staff.page.goto(stack.url)
    staff.page.get_by_role("button", name="Try it as the demo user").click()
    expect(staff.composer()).to_be_visible()
    staff.page.goto(f"{stack.url}/admin/conversations/turn/{turn}/change/")
    with closed_gate(stack, "claim"):
        staff.page.get_by_role("button", name="Retry").click()
        for _ in range(2):  # as it happens, and to a page that was not there
            expect(reply.get_by_text("This failed and is being tried again.")).to_be_visible()
            expect(reply).to_have_attribute("data-status", "queued")
            expect(reply.get_by_role("alert")).to_be_hidden()
            visitor.page.reload()
    for _ in range(2):
        expect(reply.locator(".receipt")).to_have_count(1)
        expect(reply.get_by_text("This failed at first and was tried again.")).to_be_visible()
        visitor.page.reload()
    assert [task["title"] for task in everything(visitor.person, "/tasks/")] == [f"Buy another {STUMBLE}"]


def test_what_another_app_shares_waits_to_be_sent(visitor: Visitor):
    page = visitor.page
    page.goto(f"{visitor.person.url}/?title=Recipe&text=bake%20bread%20tomorrow")
    expect(visitor.composer()).to_have_value("Recipe bake bread tomorrow")
    assert page.evaluate("() => location.search") == ""
    visitor.composer().fill("bake bread tomorrow")
    visitor.composer().press("Enter")
    expect(visitor.last_reply().locator(".receipt")).to_have_count(1)
    page.reload()
    expect(visitor.composer()).to_have_value("")


def test_a_conversation_is_the_same_on_two_pages(browser: Browser, visitor: Visitor, visitors: list[Visitor]):
    other = Visitor(browser, visitor.person)
    visitors.append(other)
    other.sign_in()
    visitor.say("buy milk tomorrow and call Anna on friday")
    expect(visitor.last_reply()).to_have_attribute("data-status", "completed")
    other.page.locator(".conversations li a").first.click()
    expect(other.last_reply().locator(".receipt")).to_have_count(2)
    other.last_reply().get_by_role("button", name="Undo all of it").click()
    for each in (visitor, other):
        expect(each.last_reply().locator(".receipt.off")).to_have_count(2)
    assert visitor.last_reply().inner_text() == other.last_reply().inner_text()


def stored_reply(visitor: Visitor) -> str:
    conversation = visitor.person.get("/conversations/")["results"][0]["id"]
    messages = visitor.person.get(f"/conversations/{conversation}/messages/")["results"]
    return str(next(row["text"] for row in messages if row["role"] == "assistant"))
