"""Notifications of the system: a browser that cannot subscribe, a push that is shown and pressed, its end.

No push service can be reached from a test. So what Chromium itself answers is tried as it is, what follows a
subscription with an answer in the place of the service's, and pushes with the debugger to deliver them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.browser.conftest import Profile
from tests.browser.visitor import Visitor
from tests.fakes.push import Browser as Pushed
from tests.journeys.alarms import set_alarms
from tests.journeys.people import everything, new_person
from tests.journeys.stack import Stack
from tests.waiting import wait_for

# Nothing is ever sent there.
ENDPOINT = "https://93.184.216.34/push/a"
# A browser without its vendor's push service cannot subscribe; in its place stands what one would answer.
PUSH_SERVICE = """(answer) => {
  const key = "push-service";
  const held = () => localStorage.getItem(key) && {
    endpoint: answer.endpoint,
    toJSON: () => answer,
    unsubscribe: async () => (localStorage.removeItem(key), true),
  };
  PushManager.prototype.subscribe = async (options) => {
    const { userVisibleOnly, applicationServerKey } = options;
    if (!userVisibleOnly || applicationServerKey.byteLength !== 65) throw new Error("refused");
    if (localStorage.getItem(key) === "of another key") throw new DOMException("", "InvalidStateError");
    localStorage.setItem(key, "yes");
    return held();
  };
  PushManager.prototype.getSubscription = async () => held() || null;
}"""
HELD = "() => localStorage.getItem('push-service')"
SHOWN = """async () => {
  const worker = await navigator.serviceWorker.ready;
  const shown = await worker.getNotifications();
  return shown.map(({ title, body, tag }) => [title, body, tag]);
}"""
# A person's press, but for the right to come to the front that only theirs gives.
PRESS = """async () => {
  const [notification] = await registration.getNotifications();
  clients.openWindow = async (url) => { self.opened = url; };
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""
# What a push says of a notification.
PUSHED = ("id", "kind", "title", "body", "subject", "data", "created_at")
ASK = "Notify this browser"


@pytest.fixture
def allowed(visitor: Visitor) -> Visitor:
    """Somebody who lets this site notify them, at its settings."""
    visitor.context.grant_permissions(["notifications"], origin=visitor.person.url)
    visitor.context.add_init_script(f"({PUSH_SERVICE})({json.dumps(Pushed(ENDPOINT).subscription)})")
    visitor.page.reload()
    visitor.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    visitor.go("settings")
    expect(visitor.page.get_by_role("heading", name="Day by day")).to_be_visible()
    return visitor


@pytest.fixture
def notified(allowed: Visitor) -> Visitor:
    allowed.page.get_by_role("button", name=ASK).click()
    expect(allowed.page.get_by_text("Notifications reach this browser now.")).to_be_visible()
    return allowed


def subscriptions(visitor: Visitor) -> list[dict[str, Any]]:
    return everything(visitor.person, "/notifications/subscriptions/")


def refusal(visitor: Visitor) -> Locator:
    return visitor.page.locator(".push").get_by_role("alert")


def test_who_does_not_allow_it_is_told_how(visitor: Visitor):
    visitor.go("settings")
    visitor.page.get_by_role("button", name=ASK).click()
    expect(refusal(visitor)).to_contain_text("Notifications are not allowed for this site.")
    expect(refusal(visitor)).to_contain_text("The browser says: NotAllowedError")
    assert subscriptions(visitor) == []


def test_a_private_window_that_cannot_subscribe_says_so(visitor: Visitor):
    visitor.warned = ("does not support the Push API in incognito mode",)
    visitor.context.grant_permissions(["notifications"], origin=visitor.person.url)
    visitor.go("settings")
    visitor.page.get_by_role("button", name=ASK).click()
    expect(refusal(visitor)).to_contain_text("does not reach its push service")
    expect(refusal(visitor)).to_contain_text("The browser says: AbortError")
    expect(visitor.page.get_by_role("button", name=ASK)).to_be_enabled()
    assert subscriptions(visitor) == []


def test_a_push_service_that_never_answers_is_not_waited_for(
    stack: Stack, driver: Playwright, visitors: list[Visitor], tmp_path: Path
):
    profile = Profile(
        driver, tmp_path / "profile", ("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",)
    )
    visitor = Visitor(profile, new_person(stack))
    visitors.append(visitor)
    visitor.context.grant_permissions(["notifications"], origin=stack.url)
    visitor.page.clock.install()
    visitor.sign_in()
    visitor.go("settings")
    visitor.page.get_by_role("button", name=ASK).click()
    expect(visitor.page.get_by_text("push service …")).to_be_visible()

    def told_later() -> int:
        visitor.page.clock.fast_forward("00:20")
        return refusal(visitor).count()

    wait_for(told_later, what="the page to lose its patience")
    expect(refusal(visitor)).to_contain_text("The browser says: TimeoutError")


def test_this_browser_is_told_apart_and_can_stop(notified: Visitor):
    page = notified.page
    own = page.locator(".push li")
    expect(own).to_contain_text("This browser · 93.184.216.34")
    expect(page.get_by_role("button", name=ASK)).to_be_hidden()
    own.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name=ASK)).to_be_visible()
    expect(own).to_have_count(0)
    assert (page.evaluate(HELD), subscriptions(notified)) == (None, [])


def test_a_subscription_for_another_key_makes_way(allowed: Visitor):
    allowed.page.evaluate("() => localStorage.setItem('push-service', 'of another key')")
    allowed.page.get_by_role("button", name=ASK).click()
    expect(allowed.page.get_by_text("Notifications reach this browser now.")).to_be_visible()
    assert len(subscriptions(allowed)) == 1


def test_a_browser_that_has_lost_its_subscription_gets_it_again(notified: Visitor):
    notified.page.evaluate("() => localStorage.removeItem('push-service')")
    notified.page.reload()
    wait_for(lambda: notified.page.evaluate(HELD) == "yes", what="the browser to be subscribed again")
    assert len(subscriptions(notified)) == 1


def test_a_subscription_that_was_ended_elsewhere_ends_here(notified: Visitor):
    (row,) = subscriptions(notified)
    with notified.person.session() as session:
        assert session.delete(f"/notifications/subscriptions/{row['id']}/").status_code == 204
    notified.page.reload()
    wait_for(lambda: notified.page.evaluate(HELD) is None, what="the browser to be unsubscribed")
    expect(notified.page.get_by_role("button", name=ASK)).to_be_visible()


def test_who_signs_out_gets_no_more_pushes_here(notified: Visitor):
    page = notified.page
    assert [row["host"] for row in subscriptions(notified)] == ["93.184.216.34"]
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert subscriptions(notified) == []
    assert page.evaluate(HELD) is None


def test_a_login_that_was_ended_elsewhere_leaves_no_push_behind(notified: Visitor):
    notified.refused = (401,)
    notified.context.clear_cookies()
    notified.page.reload()
    expect(notified.page.get_by_role("button", name="Sign in")).to_be_visible()
    wait_for(
        lambda: notified.page.evaluate(HELD) is None,
        what="the browser to be unsubscribed",
    )


def test_a_push_is_shown_and_a_press_opens_its_task(notified: Visitor):
    page = notified.page
    told = deliver(notified)
    assert wait_for(lambda: page.evaluate(SHOWN), what="the notification") == [
        ["Call Bob", "Reminder", told["id"]]
    ]
    notified.context.service_workers[0].evaluate(PRESS)
    dialog = page.get_by_role("dialog", name="Task")
    expect(dialog.get_by_role("textbox", name="Title")).to_have_value("Call Bob")
    assert page.evaluate(SHOWN) == []
    wait_for(lambda: only_notification(notified)["read_at"], what="the notification to be read")


def test_a_press_opens_a_page_where_there_is_none(notified: Visitor):
    told = deliver(notified)
    wait_for(lambda: notified.page.evaluate(SHOWN), what="the notification")
    worker = notified.context.service_workers[0]
    elsewhere = notified.open()
    notified.page.close()
    worker.evaluate(PRESS)
    opened = wait_for(lambda: worker.evaluate("() => self.opened"), what="a window to be asked for")
    assert opened == f"/#/notice/{told['id']}"
    elsewhere.goto(f"{notified.person.url}{opened}")
    title = elsewhere.get_by_role("dialog", name="Task").get_by_role("textbox", name="Title")
    expect(title).to_have_value("Call Bob")


def only_notification(visitor: Visitor) -> dict[str, Any]:
    (row,) = wait_for(lambda: everything(visitor.person, "/notifications/"), what="the notification")
    return row


def deliver(visitor: Visitor) -> dict[str, Any]:
    """Let a reminder come due, and its notification arrive as a push. Answers what it says."""
    set_alarms(visitor.person, 0.5)
    told = {name: only_notification(visitor)[name] for name in PUSHED}
    wire = visitor.context.new_cdp_session(visitor.page)
    registrations: list[dict[str, Any]] = []
    wire.on(
        "ServiceWorker.workerRegistrationUpdated", lambda event: registrations.extend(event["registrations"])
    )
    wire.send("ServiceWorker.enable")
    wait_for(lambda: heard(visitor.page, registrations), what="the worker's registration")
    push = {
        "origin": visitor.person.url,
        "registrationId": registrations[-1]["registrationId"],
        "data": json.dumps(told),
    }
    wire.send("ServiceWorker.deliverPushMessage", push)
    return told


def heard(page: Page, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Events of the wire come while something is asked of the page."""
    page.evaluate("() => 0")
    return events
