"""The admin as staff see it: the dashboard and the page of a turn, with what really happened."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SCREENSHOTS
from tests.browser.visitor import Visitor
from tests.journeys.people import Person, new_person, new_sentence
from tests.journeys.stack import Stack
from tests.waiting import wait_for

WIDE = {"width": 1440, "height": 1000}


@pytest.fixture(scope="module")
def busy(stack: Stack) -> Person:
    """Somebody who has said, written and recorded things, one of them too much at once."""
    person = new_person(stack)
    for _ in range(3):
        wait_for_turn(person, person.post("/messages/", {"text": new_sentence().text})["turn_id"])
    asked = person.post(
        "/messages/", {"text": "buy a, and buy b, and buy c, and buy d, and buy e, and buy f"}
    )
    wait_for_turn(person, asked["turn_id"])
    return person


def wait_for_turn(person: Person, turn_id: str) -> None:
    over = ("completed", "failed", "stopped", "awaiting_approval")
    wait_for(lambda: person.get(f"/turns/{turn_id}/")["status"] in over, what="the turn to end", seconds=60)


def staff_page(stack: Stack, visitor: Visitor) -> Page:
    """The demo user is staff, and signs in by one press."""
    page = visitor.page
    page.goto(stack.url)
    page.get_by_role("button", name="Try it as the demo user").click()
    expect(visitor.composer()).to_be_visible()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dashboard_and_turn(
    stack: Stack, browser: Browser, visitors: list[Visitor], busy: Person, scheme: str
):
    visitor = Visitor(browser, busy, viewport=WIDE, color_scheme=scheme)
    visitors.append(visitor)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page = staff_page(stack, visitor)
    page.goto(f"{stack.url}/admin/")
    expect(page.locator(".v2t-tiles")).to_contain_text("active users")
    expect(page.locator("figure svg rect").first).to_be_visible()
    page.screenshot(
        path=str(SCREENSHOTS / f"staff-dashboard-{scheme}.png"), full_page=True, animations="disabled"
    )
    page.get_by_role("link", name="30 days").click()
    expect(page.locator(".v2t-periods a[aria-current]")).to_have_text("30 days")
    page.goto(f"{stack.url}/admin/conversations/turn/?q={busy.email}")
    page.screenshot(path=str(SCREENSHOTS / f"staff-turns-{scheme}.png"), animations="disabled")
    page.locator("#result_list tbody tr").last.locator("a").first.click()
    expect(page.locator(".v2t-kind-tool").first).to_contain_text("receipts")
    expect(page.locator(".v2t-kind-log").first).to_contain_text("turn_completed")
    page.get_by_text("exact request").first.click()
    page.screenshot(path=str(SCREENSHOTS / f"staff-turn-{scheme}.png"), full_page=True, animations="disabled")
    page.goto(f"{stack.url}/admin/staff/health/")
    expect(page.locator(".v2t-tiles")).to_contain_text("ok")
    page.screenshot(path=str(SCREENSHOTS / f"staff-health-{scheme}.png"), animations="disabled")
    looks = [
        row
        for row in busy.get("/activities/?after=0&page_size=200")["results"]
        if row["kind"] == "content.viewed"
    ]
    assert looks[0]["subject"]["type"] == "turn"
