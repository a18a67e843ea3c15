"""Settings: what is liked, what is known, who is told, what is taken along and what is thrown away."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.visitor import Visitor
from tests.journeys.people import PASSWORD, everything
from tests.journeys.stack import new_session
from tests.waiting import wait_for


def test_another_language_is_spoken_at_once(visitor: Visitor):
    visitor.go("settings")
    other = visitor.open()
    other.goto(visitor.person.url)
    visitor.page.get_by_label("Language").select_option("de")
    expect(visitor.page.get_by_role("heading", name="Einstellungen")).to_be_visible()
    expect(other.get_by_role("heading", name="Was steht an?")).to_be_visible()
    visitor.page.reload()
    expect(visitor.page.get_by_role("heading", name="Einstellungen")).to_be_visible()
    assert visitor.person.get("/auth/me/")["language"] == "de"


def test_facts_and_webhooks_come_and_go(visitor: Visitor):
    page = visitor.page
    visitor.go("settings")
    page.get_by_label("Add a fact").fill("Likes tea")
    page.get_by_label("Add a fact").press("Enter")
    page.get_by_role("button", name="Forget: Likes tea").click()
    expect(page.get_by_role("button", name="Forget: Likes tea")).to_be_hidden()
    hooks = page.locator("section", has=page.get_by_role("heading", name="Webhooks"))
    hooks.get_by_label("Address").fill("http://127.0.0.1:9/hook")
    hooks.get_by_label("Told of").select_option(["task.created"])
    hooks.get_by_role("button", name="Add a webhook").click()
    secret = page.get_by_role("dialog", name="Signing secret")
    expect(secret.get_by_role("textbox")).not_to_be_empty()
    page.keyboard.press("Escape")
    assert [row["url"] for row in everything(visitor.person, "/webhooks/")] == ["http://127.0.0.1:9/hook"]


def test_what_is_exported_is_imported_again(visitor: Visitor, tmp_path: Path):
    page = visitor.page
    visitor.person.post("/tasks/", {"title": "Kept for ever"})
    visitor.go("settings")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export everything").click()
    file = tmp_path / "mine.json"
    download.value.save_as(file)
    assert "Kept for ever" in json.dumps(json.loads(file.read_text()))
    page.get_by_label("Import a file").set_input_files(file)
    page.get_by_role("button", name="Import", exact=True).click()
    wait_for(lambda: statuses(visitor) == ["finished"], what="the import to finish")
    expect(page.get_by_text("done", exact=False).last).to_be_visible()


def test_a_file_tells_what_it_is_from_and_its_rows_what_is_wrong(visitor: Visitor, tmp_path: Path):
    page = visitor.page
    file = tmp_path / "Home.csv"
    file.write_text("TYPE,CONTENT,PRIORITY,INDENT,DATE\ntask,Water the hedge,4,1,\ntask,Rake,9,1,\n")
    visitor.go("settings")
    for skips, status in ((False, "failed"), (True, "finished")):
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_label("Format")).to_have_value("todoist")
        page.get_by_label("Import the rest").set_checked(skips)
        page.get_by_role("button", name="Import", exact=True).click()
        wait_for(lambda status=status: statuses(visitor)[:1] == [status], what=f"the import to be {status}")
        told = page.get_by_text("1 rows could not be read").first
        expect(page.get_by_text("1 rows could not be read")).to_have_count(1 + skips)
        told.click()
        expect(page.get_by_text("PRIORITY is 1, 2, 3 or 4.").first).to_be_visible()
    expect(page.get_by_text("1 added")).to_be_visible()
    assert [task["title"] for task in everything(visitor.person, "/tasks/")] == ["Water the hedge"]


def test_an_account_is_deleted(visitor: Visitor):
    page = visitor.page
    visitor.go("settings")
    page.get_by_role("button", name="Delete my account").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Current password").fill(PASSWORD)
    dialog.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_a_token_is_made_used_and_revoked(visitor: Visitor):
    page = visitor.page
    visitor.go("settings")
    tokens = page.locator("section", has=page.get_by_role("heading", name="Tokens for programs"))
    tokens.get_by_label("Name").fill("Watch")
    tokens.get_by_label("change").check()
    tokens.get_by_role("button", name="Make a token").click()
    secret = page.get_by_role("dialog", name="Token").get_by_role("textbox")
    expect(secret).not_to_be_empty()
    token = secret.input_value()
    page.keyboard.press("Escape")
    with new_session(f"{visitor.person.url}/api/v1", Authorization=f"Bearer {token}") as program:
        assert program.post("/tasks/", json={"title": "Made by a watch"}).status_code == 201
        expect(tokens).to_contain_text("read, change")
        tokens.get_by_role("button", name="Revoke Watch").click()
        expect(tokens.get_by_text("Watch")).to_be_hidden()
        assert program.get("/tasks/").status_code == 401
    assert token not in page.content()


def test_other_browsers_are_signed_out(browser: Browser, visitor: Visitor, visitors: list[Visitor]):
    other = Visitor(browser, visitor.person)
    visitors.append(other)
    other.refused = (401,)
    other.sign_in()
    visitor.go("settings")
    page = visitor.page
    sessions = page.locator("section", has=page.get_by_role("heading", name="Where you are signed in"))
    expect(sessions.get_by_text("here", exact=True)).to_be_visible()
    sessions.get_by_role("button", name="Sign out everywhere else").click()
    expect(sessions.locator("li")).to_have_count(1)
    other.page.reload()
    expect(other.page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(visitor.composer()).to_be_visible()


def test_what_models_have_cost_is_drawn(visitor: Visitor):
    visitor.say("buy milk")
    expect(visitor.last_reply()).to_have_attribute("data-status", "completed")
    visitor.go("settings")
    spent = visitor.page.locator("section", has=visitor.page.get_by_role("heading", name="Day by day"))
    expect(spent.locator(".day-bar i")).to_have_count(1)
    expect(spent.locator(".legend")).to_contain_text("request")
    spent.get_by_label("How far back").select_option("7")
    expect(spent.locator(".day-bar")).to_have_count(7)
    spent.get_by_text("As a table").click()
    expect(spent.get_by_role("rowheader", name="Today")).to_be_visible()


def statuses(visitor: Visitor) -> list[str]:
    return [row["status"] for row in everything(visitor.person, "/import/")]
