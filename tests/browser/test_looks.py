"""Every view as it looks, what axe says of it, and what a first load costs."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import SCREENSHOTS, STUMBLE
from tests.browser.visitor import DESK, PHONE, SIX, Visitor
from tests.journeys.people import new_person
from tests.journeys.stack import Stack

AXE = (Path(__file__).parent / "axe.min.js").read_text()
VIEWS = ("talk", "today", "upcoming", "browse", "board", "search", "activity", "trash", "settings")
# A chip for each of its parts, and a second task with the view's own day.
SENTENCE = "pay the rent on the first of every month, high priority #home and buy milk"
# All of the settings at once.
WHOLE_HEIGHT = 4200
MAX_BYTES = 150 * 1024
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def furnished(stack: Stack):
    """Somebody with enough to look at."""
    person = new_person(stack)
    today = datetime.now(ZoneInfo("Europe/Berlin"))
    yesterday = (today - timedelta(days=1)).date().isoformat()
    rows = [
        {"title": "Call the dentist", "due_on": yesterday, "priority": "high", "labels": ["health"]},
        {"title": "Return the books", "due_on": yesterday},
        {"title": "Pay the rent", "due_on": today.date().isoformat(), "rrule": "FREQ=MONTHLY"},
        {"title": "Supper with Anna", "due_at": today.replace(hour=19, minute=30).isoformat()},
        {"title": "Water the plants", "due_on": "2030-01-01", "rrule": "FREQ=WEEKLY;BYDAY=TU"},
        {"title": "Write the report", "status": "in_progress", "priority": "medium", "labels": ["work"]},
        {"title": "Fix the bike", "status": "waiting"},
        {"title": "Learn to juggle", "status": "backlog"},
    ]
    for row in rows:
        person.post("/tasks/", row)
    person.post("/lists/", {"name": "Groceries", "colour": "#1f7a4d"})
    return person


def violations(visitor: Visitor) -> list[str]:
    # Through the debugger, which the page's own policy does not bind.
    visitor.page.evaluate(f"() => {{ {AXE} }}")
    found = visitor.page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    serious = [row for row in found if row["impact"] in ("serious", "critical")]
    return [
        f"{row['id']}: {row['help']} {node['target']} {node.get('failureSummary', '')}"
        for row in serious
        for node in row["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_view(stack: Stack, browser: Browser, visitors: list[Visitor], furnished, size, scheme):
    viewport = DESK if size == "desk" else PHONE
    visitor = Visitor(browser, furnished, viewport=viewport, color_scheme=scheme, has_touch=size == "phone")
    visitors.append(visitor)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    visitor.page.goto(stack.url)
    faults = look(visitor, f"welcome-{size}-{scheme}")
    visitor.sign_in()
    visitor.say("remind me to call Bob tomorrow at five pm and buy milk")
    expect(visitor.last_reply()).to_have_attribute("data-status", "completed")
    faults += look(visitor, f"conversation-{size}-{scheme}")
    for view in VIEWS:
        visitor.go(view)
        expect(visitor.page.locator("h1:visible").first).to_be_visible()
        expect(visitor.page.locator("[aria-busy=true]")).to_have_count(0)
        faults += look(visitor, f"{view}-{size}-{scheme}")
    visitor.go("today")
    visitor.page.get_by_role("button", name="Call the dentist").first.click()
    expect(visitor.page.get_by_role("dialog")).to_be_visible()
    faults += look(visitor, f"task-{size}-{scheme}")
    visitor.page.keyboard.press("Escape")
    visitor.page.get_by_role("textbox", name="Add a task for today").fill(SENTENCE)
    expect(visitor.page.locator(".understood .chip")).to_have_count(4)
    faults += look(visitor, f"understood-{size}-{scheme}")
    visitor.page.set_viewport_size({"width": viewport["width"], "height": WHOLE_HEIGHT})
    visitor.go("settings")
    expect(visitor.page.locator(".chart")).to_be_visible()
    faults += look(visitor, f"settings-whole-{size}-{scheme}")
    assert faults == []


@pytest.mark.parametrize(("size", "scheme"), [("desk", "light"), ("phone", "dark")])
def test_moments(stack: Stack, browser: Browser, visitors: list[Visitor], size: str, scheme: str):
    """What is there for a while only: nothing yet, somebody listening, a question, what went wrong."""
    viewport = DESK if size == "desk" else PHONE
    visitor = Visitor(browser, new_person(stack), viewport=viewport, color_scheme=scheme)
    visitors.append(visitor)
    page = visitor.page
    visitor.sign_in()
    expect(page.get_by_role("heading", name="What's on your mind?")).to_be_visible()
    faults = look(visitor, f"new-{size}-{scheme}")
    visitor.go("today")
    expect(page.get_by_text("Nothing is due today.")).to_be_visible()
    faults += look(visitor, f"today-empty-{size}-{scheme}")
    page.get_by_role("button", name="Speak").click()
    expect(page.get_by_role("button", name="Finish speaking")).to_be_visible()
    faults += look(visitor, f"listening-{size}-{scheme}")
    page.keyboard.press("Escape")
    visitor.say(SIX)
    expect(page.get_by_role("region", name="Approval")).to_be_visible()
    faults += look(visitor, f"approval-{size}-{scheme}")
    visitor.go("talk")
    visitor.say(f"buy a {size} {STUMBLE}")
    expect(visitor.last_reply()).to_have_attribute("data-status", "failed")
    faults += look(visitor, f"failed-{size}-{scheme}")
    assert faults == []


def look(visitor: Visitor, name: str) -> list[str]:
    visitor.page.screenshot(path=str(SCREENSHOTS / f"{name}.png"), animations="disabled")
    return [f"{name}: {fault}" for fault in violations(visitor)]


def test_a_first_load_is_light(stack: Stack, browser: Browser, visitors: list[Visitor]):
    visitor = Visitor(browser, new_person(stack), service_workers="block")
    visitors.append(visitor)
    loads: list[int] = []
    addresses: list[str] = []
    wire = visitor.context.new_cdp_session(visitor.page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: loads.append(int(event["encodedDataLength"])))
    wire.on("Network.requestWillBeSent", lambda event: addresses.append(event["request"]["url"]))
    visitor.page.goto(stack.url, wait_until="commit")
    visitor.page.get_by_role("button", name="Sign in").click(trial=True)
    ready = visitor.page.evaluate("() => performance.now()")
    visitor.page.wait_for_load_state("networkidle")
    painted = visitor.page.evaluate(
        "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
    )
    print(  # noqa: T201 - the budget, for the reader
        f"first load: {sum(loads) / 1024:.1f} KB in {len(addresses)} requests, "
        f"first paint after {painted:.0f} ms, can be used after {ready:.0f} ms"
    )
    assert sum(loads) <= MAX_BYTES
    assert all(address.startswith(stack.url) for address in addresses)
