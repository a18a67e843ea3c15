"""Speaking: a microphone that plays a recording into the page."""

from __future__ import annotations

import wave
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
    page = talker.page
    for throw_away in (
        lambda: page.keyboard.press("Escape"),
        page.get_by_role("button", name="Cancel").click,
    ):
        page.get_by_role("button", name="Speak").click()
        expect(page.get_by_role("button", name="Finish speaking")).to_be_visible()
        throw_away()
        expect(page.get_by_role("button", name="Speak")).to_be_visible()
    assert everything(talker.person, "/conversations/") == []


def test_a_press_that_is_over_before_the_microphone_is_there_is_a_tap(talker: Visitor):
    page = talker.page
    page.evaluate("""() => {
        const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        const allowed = new Promise((resolve) => (window.allow = resolve));
        navigator.mediaDevices.getUserMedia = async (wish) => { await allowed; return open(wish); };
    }""")
    page.get_by_role("button", name="Speak").hover()
    page.mouse.down()
    expect(page.get_by_text("May I use the microphone?")).to_be_visible()
    page.wait_for_timeout(600)  # longer than a tap
    page.mouse.up()
    page.evaluate("allow()")
    expect(page.locator(".elapsed")).to_have_text("0:01")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Speak")).to_be_visible()
    assert everything(talker.person, "/conversations/") == []


@pytest.mark.parametrize("hand", ["mouse", "space"])
def test_it_is_held_while_one_speaks_and_let_go(visitor: Visitor, hand: str):
    """The microphone of this browser beeps: whatever is made of it, it has been recorded and sent."""
    page = visitor.page
    page.get_by_role("button", name="Speak").hover()
    page.locator("#view").focus()
    page.mouse.down() if hand == "mouse" else page.keyboard.down(" ")
    expect(page.get_by_role("button", name="Finish speaking")).to_be_visible()
    wait_for(lambda: level(visitor) > 0, what="the meter to move")
    expect(page.locator(".elapsed")).to_have_text("0:01")
    page.mouse.up() if hand == "mouse" else page.keyboard.up(" ")
    expect(page.get_by_role("button", name="Speak")).to_be_visible()
    wait_for(lambda: everything(visitor.person, "/captures/"), what="the recording to arrive")


def test_silence_is_noticed(stack: Stack, driver: Playwright, visitors: list[Visitor], tmp_path: Path):
    sound = tmp_path / "silence.wav"
    with wave.open(str(sound), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(32_000))
    browser = chromium(driver, f"--use-file-for-fake-audio-capture={sound}")
    visitor = Visitor(browser, new_person(stack))
    visitors.append(visitor)
    visitor.sign_in()
    visitor.page.get_by_role("button", name="Speak").click()
    expect(visitor.page.get_by_text("I hear nothing. Is the microphone on?")).to_be_visible()
    visitor.page.get_by_role("button", name="Finish speaking").click()
    expect(visitor.page.get_by_text("Nothing was said.")).to_be_visible(timeout=UNDERSTOOD_MS)
    assert [row["status"] for row in everything(visitor.person, "/captures/")] == ["silent"]


def test_replies_are_read_aloud_to_who_wants_it(visitor: Visitor):
    page = visitor.page
    visitor.go("settings")
    page.get_by_label("Read replies aloud").check()
    page.evaluate(LISTEN)
    visitor.say("buy milk")
    expect(visitor.last_reply()).to_have_attribute("data-status", "completed")
    (spoken,) = wait_for(lambda: page.evaluate("() => window.spoken"), what="the reply to be spoken")
    assert spoken == [visitor.last_reply().locator(".markdown").inner_text(), "en"]


# What is given to the voices of the system, of which there may be none.
LISTEN = """() => {
  window.spoken = [];
  speechSynthesis.speak = ({ text, lang }) => window.spoken.push([text, lang]);
}"""


def level(visitor: Visitor) -> float:
    """What the meter shows, 0 to 1."""
    return float(visitor.page.locator(".meter i").evaluate("one => new DOMMatrix(one.style.transform).a"))


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
