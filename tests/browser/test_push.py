"""Notifications of the system: a push is shown, and a browser that is left gets none any more."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor
from tests.fakes.push import Browser as Pushed
from tests.journeys.people import everything
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
    localStorage.setItem(key, "yes");
    return held();
  };
  PushManager.prototype.getSubscription = async () => held() || null;
}"""


@pytest.fixture
def notified(visitor: Visitor) -> Visitor:
    visitor.context.grant_permissions(["notifications"], origin=visitor.person.url)
    answer = json.dumps(Pushed(ENDPOINT).subscription)
    visitor.context.add_init_script(f"({PUSH_SERVICE})({answer})")
    visitor.page.reload()
    visitor.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    visitor.go("settings")
    expect(visitor.page.get_by_role("heading", name="Day by day")).to_be_visible()
    visitor.page.get_by_role("button", name="Notify this browser").click()
    expect(visitor.page.get_by_text("Notifications reach this browser now.")).to_be_visible()
    return visitor


def subscriptions(visitor: Visitor) -> list[dict[str, Any]]:
    return everything(visitor.person, "/notifications/subscriptions/")


def test_who_signs_out_gets_no_more_pushes_here(notified: Visitor):
    page = notified.page
    assert [row["host"] for row in subscriptions(notified)] == ["93.184.216.34"]
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert subscriptions(notified) == []
    assert page.evaluate("() => localStorage.getItem('push-service')") is None


def test_a_login_that_was_ended_elsewhere_leaves_no_push_behind(notified: Visitor):
    notified.refused = (401,)
    notified.context.clear_cookies()
    notified.page.reload()
    expect(notified.page.get_by_role("button", name="Sign in")).to_be_visible()
    wait_for(
        lambda: notified.page.evaluate("() => localStorage.getItem('push-service')") is None,
        what="the browser to be unsubscribed",
    )


def test_a_push_is_shown_and_opens_the_page(notified: Visitor):
    page = notified.page
    wire = notified.context.new_cdp_session(page)
    registrations: list[dict[str, Any]] = []
    wire.on(
        "ServiceWorker.workerRegistrationUpdated", lambda event: registrations.extend(event["registrations"])
    )
    wire.send("ServiceWorker.enable")
    wait_for(lambda: heard(page, registrations), what="the worker's registration")
    told = {"id": "n1", "title": "Call Bob", "body": "It is due.", "tag": "n1"}
    wire.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": notified.person.url,
            "registrationId": registrations[-1]["registrationId"],
            "data": json.dumps(told),
        },
    )
    shown = wait_for(lambda: page.evaluate(SHOWN), what="the notification")
    assert shown == [["Call Bob", "It is due.", "n1"]]


def heard(page: Page, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Events of the wire come while something is asked of the page."""
    page.evaluate("() => 0")
    return events


SHOWN = """async () => {
  const worker = await navigator.serviceWorker.ready;
  const shown = await worker.getNotifications();
  return shown.map(({ title, body, tag }) => [title, body, tag]);
}"""
