"""The admin as staff see it: the dashboard and the page of a turn, with what really happened."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import recordings
from tests.browser.conftest import SCREENSHOTS
from tests.browser.visitor import SIX, Visitor
from tests.journeys.people import Person, new_person, new_sentence
from tests.journeys.stack import Stack
from tests.waiting import wait_for

WIDE = {"width": 1440, "height": 1000}
NOBODY_LISTENS = "http://127.0.0.1:9/hook"
OVER = ("completed", "failed", "stopped", "awaiting_approval")


@dataclass(frozen=True)
class Busy:
    """Somebody who has written and said things, too much at once and with a webhook that nobody answers."""

    person: Person
    spoken: str

    @property
    def page(self) -> str:
        return f"{self.person.url}/admin/conversations/turn/{self.spoken}/change/"


@pytest.fixture(scope="module")
def busy(stack: Stack) -> Busy:
    person = new_person(stack)
    person.post("/webhooks/", {"url": NOBODY_LISTENS, "kinds": ["task.created"]})
    for text in (new_sentence().text, new_sentence().text, SIX):
        until_over(person, person.post("/messages/", {"text": text})["turn_id"])
    file = ("call_bob.wav", recordings.spoken(), "audio/wav")
    with person.session() as session:
        kept = session.post("/captures/", data={"id": str(uuid4())}, files={"audio": file})
    assert kept.status_code == 202, kept.text
    spoken = kept.json()["turn_id"]
    capture = kept.json()["capture"]["id"]
    transcribed = "the recording to be understood"
    wait_for(
        lambda: person.get(f"/captures/{capture}/")["status"] == "transcribed", what=transcribed, seconds=90
    )
    until_over(person, spoken)
    return Busy(person, spoken)


def until_over(person: Person, turn_id: str) -> None:
    wait_for(lambda: person.get(f"/turns/{turn_id}/")["status"] in OVER, what="the turn to end", seconds=60)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dashboard_and_turn(
    stack: Stack, browser: Browser, visitors: list[Visitor], busy: Busy, scheme: str
) -> None:
    visitor = Visitor(browser, busy.person, viewport=WIDE, color_scheme=scheme)
    visitors.append(visitor)
    page = visitor.page
    page.goto(stack.url)
    page.get_by_role("button", name="Try it as the demo user").click()
    expect(visitor.composer()).to_be_visible()

    page.goto(f"{stack.url}/admin/")
    expect(page.locator(".v2t-tiles")).to_contain_text("active users")
    expect(page.locator("figure svg rect").first).to_be_visible()
    keep(page, f"staff-dashboard-{scheme}")
    page.get_by_role("link", name="30 days").click()
    expect(page.locator(".v2t-periods a[aria-current]")).to_have_text("30 days")

    page.goto(f"{stack.url}/admin/conversations/turn/?q={busy.person.email}")
    expect(page.locator("#result_list")).to_contain_text("openai")
    keep(page, f"staff-turns-{scheme}")
    page.goto(busy.page)
    expect(page.locator(".v2t-kind-tool").first).to_contain_text("receipts")
    expect(page.locator(".v2t-kind-log", has_text="turn_completed").first).to_be_visible()
    page.locator(".v2t-kind-tool summary").first.click()
    keep(page, f"staff-turn-{scheme}")
    # The sound is there to be played.
    length = page.locator("audio").evaluate(
        "one => new Promise(done => { one.onloadedmetadata = () => done(one.duration); one.load(); "
        "one.preload = 'metadata'; })"
    )
    assert length > 1
    page.goto(f"{stack.url}/admin/staff/health/")
    expect(page.locator(".v2t-tiles")).to_contain_text("ok")
    keep(page, f"staff-health-{scheme}")


def test_who_was_looked_at_can_see_it(busy: Busy) -> None:
    looks = busy.person.get("/activities/?after=0&page_size=200")["results"]
    (look,) = [
        row for row in looks if row["kind"] == "content.viewed" and row["subject"]["id"] == busy.spoken
    ]
    assert look["data"]["after"] == {"subject": "turn", "by": "demo@voice2task.local"}


def keep(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=str(SCREENSHOTS / f"{name}.png"), full_page=True, animations="disabled")
