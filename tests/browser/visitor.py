"""Somebody at a browser, and what their hands do there."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Profile
from tests.journeys.people import PASSWORD, Person

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
# What a browser says by itself when the network is cut.
CUT = ("ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "WebSocket connection")
PATIENCE_MS = 15_000
# More than anybody may change without being asked.
SIX = "call Anna and email Bob and buy milk and pay the rent and wash the car and fix the bike"

expect.set_options(timeout=PATIENCE_MS)


class Visitor:
    """One browser profile. `faults` collects what its console says that it should not.

    A browser reports every refusal of the server there; `refused` are the statuses that a test brings about,
    `warned` other words of the browser's own.
    """

    def __init__(
        self, browser: Browser | Profile, person: Person, *, may_be_cut: bool = False, **options: Any
    ) -> None:
        self.person = person
        self.browser = browser
        self.faults: list[str] = []
        self.may_be_cut = may_be_cut
        self.refused: tuple[int, ...] = ()
        self.warned: tuple[str, ...] = ()
        self.context = browser.new_context(**{"viewport": DESK, **options})
        self.context.set_default_timeout(PATIENCE_MS)
        self.page = self.open()

    def open(self) -> Page:
        """Another page of the same profile."""
        page = self.context.new_page()
        page.on("console", lambda said: self._hear(said.type, f"{said.text} {said.location.get('url', '')}"))
        page.on("pageerror", lambda error: self.faults.append(f"{error}"))
        return page

    def _hear(self, kind: str, text: str) -> None:
        refusals = (f"status of {status}" for status in self.refused)
        expected = (*(CUT if self.may_be_cut else ()), *refusals, *self.warned)
        if kind == "error" and not any(word in text for word in expected):
            self.faults.append(text)

    def sign_in(self) -> None:
        self.page.goto(self.person.url)
        self.page.get_by_label("E-mail").fill(self.person.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.composer()).to_be_visible()

    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name="Say something")

    def say(self, text: str) -> None:
        self.composer().fill(text)
        self.composer().press("Enter")

    def last_reply(self) -> Locator:
        return self.page.locator("article.reply").last

    def go(self, place: str) -> None:
        self.page.evaluate("place => { location.hash = `#/${place}`; }", place)

    def titles(self) -> list[str]:
        """The tasks that are shown, from top to bottom."""
        return self.page.locator(".task .title").all_inner_texts()
