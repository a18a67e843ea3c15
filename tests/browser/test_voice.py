"""Speaking: a microphone that plays a recording into the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests import recordings
from tests.browser.conftest import chromium
from tests.browser.visitor import Visitor
from tests.journeys.people import everything, new_person
from tests.journeys.stack import Stack
from tests.waiting import wait_for

# As long as the recording lasts, and a little longer.
SPOKEN_MS = 5_000
UNDERSTOOD_MS = 60_000


@pytest.fixture(scope="module")
def speaker(driver: Playwright, tmp_path_factory: pytest.TempPathFactory):
    """A browser whose microphone says one sentence from the moment at which it is opened."""
    sound = tmp_path_factory.mktemp("microphone") / "said.wav"
    Path(sound).write_bytes(recordings.spoken())
    browser = chromium(driver, f"--use-file-for-fake-audio-capture={sound}%noloop")
    yield browser
    browser.close()


@pytest.fixture
def talker(stack: Stack, speaker: Browser, visitors: list[Visitor]) -> Visitor:
    visitor = Visitor(speaker, new_person(stack))
    visitors.append(visitor)
    visitor.sign_in()
    return visitor


def test_what_is_spoken_becomes_tasks(talker: Visitor):
    button = talker.page.get_by_role("button", name="Speak")
    button.click()
    finish = talker.page.get_by_role("button", name="Finish speaking")
    expect(finish).to_be_visible()
    talker.page.wait_for_timeout(SPOKEN_MS)  # one speaks for as long as one speaks
    finish.click()
    assert_understood(talker)


def test_what_is_spoken_without_a_network_is_understood_later(talker: Visitor):
    talker.may_be_cut = True
    talker.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    talker.context.set_offline(True)
    expect(talker.page.get_by_text("You are offline")).to_be_visible()
    talker.page.locator("#view").focus()
    talker.page.keyboard.press("Space")
    expect(talker.page.get_by_role("button", name="Finish speaking")).to_be_visible()
    talker.page.wait_for_timeout(SPOKEN_MS)
    talker.page.keyboard.press("Space")
    expect(talker.page.get_by_text("Waits for the network")).to_be_visible()
    talker.page.reload()
    talker.context.set_offline(False)
    wait_for(lambda: everything(talker.person, "/tasks/"), seconds=90, what="the tasks")
    assert len(everything(talker.person, "/captures/")) == 1


def test_a_recording_is_thrown_away(talker: Visitor):
    talker.page.get_by_role("button", name="Speak").click()
    expect(talker.page.get_by_role("button", name="Finish speaking")).to_be_visible()
    talker.page.keyboard.press("Escape")
    expect(talker.page.get_by_role("button", name="Speak")).to_be_visible()
    assert everything(talker.person, "/conversations/") == []


def test_a_microphone_that_is_refused_is_explained(visitor: Visitor):
    visitor.page.evaluate(REFUSE)
    visitor.page.get_by_role("button", name="Speak").click()
    expect(visitor.page.get_by_role("alert")).to_contain_text("The microphone is not allowed")
    visitor.say("buy milk")
    expect(visitor.last_reply().locator(".receipt")).to_have_count(1)


# What a browser answers once its user has said no; the flags of these tests always say yes.
REFUSE = """() => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
}"""


def assert_understood(visitor: Visitor) -> None:
    """How well the recogniser hears is measured elsewhere: here it counts that words become tasks."""
    mine = visitor.page.locator("article.mine").last
    expect(mine).to_contain_text("to call", ignore_case=True, timeout=UNDERSTOOD_MS)
    receipts = visitor.last_reply().locator(".receipt")
    expect(receipts.first).to_contain_text("Call", timeout=UNDERSTOOD_MS)
