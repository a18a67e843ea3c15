"""The client's pages: what a browser is told, and what it is not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from accounts.services import demo
from voice2task.env import Env
from voice2task.web.compression import StaticGZipMiddleware
from voice2task.web.shell import FOLDER, STARTED_WITH, offline_files

PAGES = ("/", "/reset-password", "/verify-email")


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_only_what_lies_in_files_of_this_host(client: Client, path: str):
    answer = client.get(path)
    assert answer.status_code == 200
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "connect-src")} == {"'self'"}
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Permissions-Policy"].startswith("microphone=(self)")
    page = answer.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bon\w+=|\bstyle=|javascript:", page)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    assert "csrftoken" in answer.cookies
    assert client.head(path).status_code == 200


@pytest.mark.django_db
def test_the_page_names_every_module_of_a_first_load_and_no_other(client: Client):
    page = client.get("/").content.decode()
    assert re.findall(r'modulepreload" href="/static/([^"]+)"', page) == STARTED_WITH
    assert "web/vendor/preact.js" in STARTED_WITH
    assert not any("/later/" in file or file.endswith(("/de.js", "/board.js")) for file in STARTED_WITH)
    for path in re.findall(r'(?:href|src)="/static/([^"]+)"', page):
        assert (FOLDER / path).is_file(), path


def test_the_worker_keeps_the_whole_shell_and_nothing_of_the_api(client: Client):
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    worker = answer.content.decode()
    assert re.findall(r'^  "/static/([^"]+)",$', worker, flags=re.MULTILINE) == offline_files()
    assert "/api/" not in worker
    assert re.search(r'CACHE = "shell-[0-9a-f]{16}"', worker)


def test_it_can_be_installed():
    manifest = json.loads((FOLDER / "web" / "app.webmanifest").read_text())
    assert manifest["start_url"] == manifest["scope"] == manifest["share_target"]["action"] == "/"
    for icon in manifest["icons"]:
        assert (FOLDER / icon["src"].removeprefix("/static/")).is_file()


@pytest.mark.parametrize(
    ("path", "is_compressed"), [("/static/web/app/main.js", True), ("/api/v1/tasks/", False)]
)
def test_only_static_files_travel_compressed(rf, path: str, is_compressed: bool):
    serve = StaticGZipMiddleware(lambda _request: HttpResponse(b"text " * 200))
    answer = serve(rf.get(path, headers={"Accept-Encoding": "gzip"}))
    assert answer.has_header("Content-Encoding") is is_compressed


# --- One press --------------------------------------------------------------------------------------------


@pytest.fixture
def client() -> Client:
    return Client(headers={"Host": "127.0.0.1"})


@pytest.fixture
def installation(settings, tmp_path: Path, db: None) -> None:
    settings.VAR_DIR = tmp_path / "var"
    settings.DEMO_SIGN_IN = True
    demo.ensure_demo_user()


@pytest.mark.usefixtures("installation")
def test_one_press_is_offered_and_signs_in(client: Client):
    assert b"data-demo" in client.get("/").content
    answer = client.post("/demo/sign-in/")
    assert answer.status_code == 200
    assert client.get("/api/v1/auth/me/").json()["email"] == demo.DEMO_EMAIL


@pytest.mark.usefixtures("installation")
@pytest.mark.parametrize(
    "from_elsewhere",
    [
        {"REMOTE_ADDR": "192.168.1.7"},
        {"REMOTE_ADDR": "2001:db8::7"},
        {"REMOTE_ADDR": ""},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"headers": {"Host": "tasks.example.org"}},
    ],
)
def test_who_does_not_sit_at_this_machine_is_refused(client: Client, settings, from_elsewhere):
    settings.ALLOWED_HOSTS = ["*"]
    assert b"data-demo" not in client.get("/", **from_elsewhere).content
    assert client.post("/demo/sign-in/", **from_elsewhere).status_code == 404
    assert client.get("/api/v1/auth/me/").status_code == 401


@pytest.mark.usefixtures("installation")
def test_it_is_refused_where_the_settings_say_so(client: Client, settings):
    settings.DEMO_SIGN_IN = False
    assert b"data-demo" not in client.get("/").content
    assert client.post("/demo/sign-in/").status_code == 404


@pytest.mark.usefixtures("installation")
def test_another_site_cannot_press_it():
    client = Client(enforce_csrf_checks=True, headers={"Host": "127.0.0.1"})
    assert client.post("/demo/sign-in/").status_code == 403
    token = client.get("/").cookies["csrftoken"].value
    foreign = {"X-CSRFToken": token, "Origin": "https://evil.example"}
    assert client.post("/demo/sign-in/", headers=foreign).status_code == 403
    assert client.post("/demo/sign-in/", headers={"X-CSRFToken": token}).status_code == 200


@pytest.mark.usefixtures("installation")
def test_a_demo_user_with_a_password_of_their_own_signs_in_with_it(client: Client):
    user = User.objects.get(email=demo.DEMO_EMAIL)
    user.set_password("chosen by its owner")
    user.save()
    assert client.post("/demo/sign-in/").status_code == 404


@pytest.mark.parametrize(
    ("variables", "offered"),
    [
        ({}, True),
        ({"HOST": "::1"}, True),
        ({"HOST": "0.0.0.0"}, False),  # noqa: S104 - which is what must not be offered
        ({"DATABASE_URL": "postgresql://db.example/v2t"}, False),
        (
            {
                "ENVIRONMENT": "production",
                "SECRET_KEY": "".join(map(str, range(100))),
                "ALLOWED_HOSTS": "tasks.example.org",
            },
            False,
        ),
    ],
)
def test_it_is_for_a_stack_of_its_own_in_development(variables: dict[str, str], offered: bool):
    assert Env(_env_file=None, **variables).demo_sign_in is offered
