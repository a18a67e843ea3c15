"""A real browser on a real stack. Run by `make test-browser`, which installs both."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import environment
from tests.fakes.rules import at_pace
from tests.fakes.script import Answer, Script, said
from tests.journeys.gates import stack_with_model
from tests.journeys.people import new_person
from tests.journeys.stack import Stack
from tests.speech import conftest as speech

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Playwright

    from tests.browser.visitor import Visitor

# Without its own requirements this folder has no tests, and `make test` is no slower for it.
if importlib.util.find_spec("playwright") is None:
    collect_ignore_glob = ["test_*.py", "visitor.py"]

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
    *("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"),
]
PACE = 0.03
STUMBLE = "hurdle"
SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    folder = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(folder):
            item.add_marker(pytest.mark.browser)


# The folder of the recogniser's weights, which are fetched once for a checkout.
models = speech.models


@pytest.fixture(scope="session")
def stack(models: Path) -> Iterator[Stack]:
    folder = environment.FOLDER / "browser"
    folder.mkdir()
    (folder / "speech-models").symlink_to(models)
    with stack_with_model(folder, pace=PACE, script=stumbling(), SPEECH_ENGINES="whisper") as stack:
        yield stack


def stumbling() -> Script:
    """A model that refuses a sentence with `STUMBLE` in it once, and understands it when it is said again."""
    understand = at_pace(PACE)
    refused: set[str] = set()

    def script(body: dict[str, Any]) -> Answer:
        sentence = said(body)
        if STUMBLE in sentence and sentence not in refused:
            refused.add(sentence)
            return Answer(status=400, error_type="invalid_request_error")
        return understand(body)

    return script


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


def chromium(driver: Playwright, *flags: str) -> Browser:
    """Debian's own, or another that is on the path."""
    return driver.chromium.launch(executable_path=on_path(), args=[*FLAGS, *flags])


def on_path() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "no Chromium on this machine"
    return found


@dataclass(frozen=True)
class Profile:
    """A browser with a profile on disk; any other context is a private window, which may do less."""

    driver: Playwright
    folder: Path
    flags: tuple[str, ...] = ()

    def new_context(self, **options: Any) -> BrowserContext:
        return self.driver.chromium.launch_persistent_context(
            self.folder, executable_path=on_path(), args=[*FLAGS, *self.flags], **options
        )


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    browser = chromium(driver)
    yield browser
    browser.close()


@pytest.fixture
def visitors(stack: Stack, browser: Browser) -> Iterator[list[Visitor]]:
    """Everybody who has opened a page; at the end none may have had an error on their console."""
    everybody: list[Visitor] = []
    yield everybody
    faults = [fault for visitor in everybody for fault in visitor.faults]
    for visitor in everybody:
        visitor.context.close()
    assert faults == []


@pytest.fixture
def visitor(stack: Stack, browser: Browser, visitors: list[Visitor]) -> Visitor:
    """Somebody new, signed in."""
    from tests.browser.visitor import Visitor

    visitor = Visitor(browser, new_person(stack))
    visitors.append(visitor)
    visitor.sign_in()
    return visitor
