"""What every answer carries, what no log tells, and what is refused for its size."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
import structlog
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actors import Actor
from accounts.models import User
from accounts.services import create_api_token
from tests.accounts.conftest import error
from tests.project import audit
from tests.project.test_env import STRONG, faults
from voice2task.asgi import application
from voice2task.env import Env
from voice2task.logging import log_configuration
from voice2task.redaction import hide, without_secrets

ROOT = Path(__file__).resolve().parents[2]


# --- Headers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "loose"),
    [
        ("/", []),
        ("/api/v1/tasks/", []),
        ("/api/schema/", []),
        ("/health/live", []),
        ("/nowhere", []),
        ("/api/docs/", ["style-src"]),
        ("/admin/login/", ["script-src", "style-src"]),
    ],
)
def test_every_answer_is_strict(client: Client, db: None, path: str, loose: list[str]):
    answer = client.get(path)
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert [name for name, sources in policy.items() if "unsafe" in sources] == loose
    assert not [sources for sources in policy.values() if "*" in sources or "http" in sources]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Permissions-Policy"] == "microphone=(self), camera=(), geolocation=()"


def test_the_documentation_runs_no_script_of_its_own_page(client: Client):
    page = client.get("/api/docs/").content.decode()
    assert "<script>" not in page
    assert finders.find("drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js")
    script = client.get("/api/docs/?script=")
    assert script["Content-Type"].startswith("application/javascript")
    assert "SwaggerUI" in script.content.decode()


def test_pages_of_others_may_call_the_api_only_if_named(client: Client, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "idempotency-key"}
    allowed = client.options("/api/v1/tasks/", headers={"Origin": "https://app.example", **asked})
    assert allowed["Access-Control-Allow-Origin"] == "https://app.example"
    assert "idempotency-key" in allowed["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in allowed
    for path, origin in (
        ("/api/v1/tasks/", "https://evil.example"),
        ("/admin/login/", "https://app.example"),
    ):
        refused = client.options(path, headers={"Origin": origin, **asked})
        assert "Access-Control-Allow-Origin" not in refused


def test_origins_are_named():
    assert "CORS_ORIGINS" in faults(CORS_ORIGINS="https://*.example")
    assert "CORS_ORIGINS" in faults(CORS_ORIGINS="app.example")
    production = {"ENVIRONMENT": "production", "SECRET_KEY": STRONG, "ALLOWED_HOSTS": "x.example"}
    assert "CORS_ORIGINS" in faults(**production, CORS_ORIGINS="http://app.example")
    assert Env(_env_file=None, CORS_ORIGINS="http://localhost:3000").CORS_ORIGINS == ["http://localhost:3000"]
    assert "RATE_USER" in faults(RATE_USER="many")
    assert Env(_env_file=None, RATE_USER="off").rate_limits["user"] is None


# --- Sizes ----------------------------------------------------------------------------------------------


def test_a_body_is_no_larger_than_its_door_takes(as_alice: APIClient, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    refused = as_alice.post("/api/v1/tasks/", {"title": "x" * 1000})
    assert error(refused) == (413, "request_too_large", None)
    assert as_alice.post("/api/v1/tasks/", {"title": "x" * 100}).status_code == 201
    settings.BODY_LIMITS = {"/api/v1/tasks/": 50}
    assert as_alice.post("/api/v1/tasks/", {"title": "x" * 100}).status_code == 413
    assert as_alice.post("/api/v1/lists/", {"name": "x" * 100}).status_code == 201


async def answer_to(*pieces: bytes, declared: int | None = None) -> tuple[int, dict, int]:
    """What the ASGI application answers to a body in pieces, and how many of them it took."""
    headers = [(b"host", b"testserver"), (b"content-type", b"application/json")]
    if declared is not None:
        headers.append((b"content-length", str(declared).encode()))
    scope: dict = {"type": "http", "http_version": "1.1", "method": "POST", "path": "/api/v1/tasks/"}
    scope |= {"headers": headers, "query_string": b"", "client": ["127.0.0.1", 1], "scheme": "http"}
    waiting, sent, taken = list(pieces), [], 0

    async def receive() -> dict:
        nonlocal taken
        if not waiting:
            return {"type": "http.disconnect"}
        taken += 1
        return {"type": "http.request", "body": waiting.pop(0), "more_body": True}

    async def send(message: dict) -> None:
        sent.append(message)

    await application(scope, receive, send)
    return sent[0]["status"], json.loads(sent[1]["body"]), taken


@pytest.mark.parametrize(("declared", "taken"), [(10_000, 0), (None, 11), (50, 11)])
async def test_daphne_stores_no_more_than_that(settings, declared: int | None, taken: int):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    status, body, taken_really = await answer_to(*[b"x" * 100] * 100, declared=declared)
    assert (status, body["errors"][0]["code"], taken_really) == (413, "request_too_large", taken)


# --- Metrics --------------------------------------------------------------------------------------------


def test_metrics_are_for_staff_where_they_are_not_open(client: Client, alice: User, settings):
    settings.METRICS_OPEN = False

    def read(*scopes: str) -> tuple:
        actor = Actor(alice.id)
        _, text = create_api_token(actor=actor, name="prometheus", scopes=scopes, now=timezone.now())
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {text}"})
        return answer.status_code, answer["Content-Type"].split(";")[0]

    assert client.get("/metrics")["WWW-Authenticate"] == "Bearer"
    assert error(client.get("/metrics", headers={"Authorization": "Bearer x"})) == (
        401,
        "token_invalid",
        None,
    )
    client.force_login(alice)
    assert error(client.get("/metrics")) == (403, "permission_denied", None)
    User.objects.filter(id=alice.id).update(is_staff=True)
    assert client.get("/metrics").status_code == 200
    client.logout()
    assert read("read", "write", "agent") == (403, "application/json")
    assert read("admin") == (200, "text/plain")
    User.objects.filter(id=alice.id).update(is_staff=False)
    settings.METRICS_OPEN = True
    assert client.get("/metrics").status_code == 200


def test_metrics_are_not_open_in_production():
    production = {"ENVIRONMENT": "production", "SECRET_KEY": STRONG, "ALLOWED_HOSTS": "x.example"}
    assert not Env(_env_file=None, **production).metrics_open
    assert Env(_env_file=None, **production, METRICS_OPEN="true").metrics_open


# --- Logs -----------------------------------------------------------------------------------------------

SECRET = "S3cr3t-Value_0123456789"
JWT = f"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.{SECRET}"


@pytest.mark.parametrize(
    "text",
    [
        f"GET /feeds/{SECRET}.ics",
        f"Authorization: Bearer {SECRET}",
        f"authorization=bearer {JWT}",
        f"v2t_{SECRET}",
        f"key sk-{SECRET} was refused",
        f"whsec_{SECRET}",
        f"token {JWT} is bad",
        f"ticket.{SECRET}",
        f"postgresql://user:{SECRET}@db.example/x",
        f"redis://:{SECRET}@redis.example/0",
        f"https://x.example/?a=1&token={SECRET}&b=2",
        f"https://x.example/#uid=1&token={SECRET}",
        f"Cookie: theme=dark; sessionid={SECRET}",
        f'{{"email": "a@b.example", "password": "{SECRET}"}}',
        f"{{'new_password': '{SECRET}'}}",
    ],
)
def test_no_text_tells_a_secret(text: str):
    cleaned = hide(text)
    assert SECRET not in cleaned
    assert "…" in cleaned


@pytest.mark.parametrize(
    "text",
    ["buy milk tomorrow at 10:30", "https://x.example/tasks/?page=2", "user:role@example", "sk-ip the rest"],
)
def test_other_texts_stay_as_they_are(text: str):
    assert hide(text) == text


def test_values_are_hidden_by_their_names_at_any_depth():
    line = {
        "event": "request",
        "password": SECRET,
        "headers": {"Authorization": SECRET, "Accept": "text/html", "X-Api-Key": "x"},
        "items": [{"refresh_token": SECRET}, SECRET.encode()],
        "input_tokens": "12",
        "token_id": "01a2",
        "secret": "",
        "count": 3,
        "exc_info": (ValueError, None, None),
    }
    assert without_secrets(None, "", line) == {
        "event": "request",
        "password": "…",
        "headers": {"Authorization": "…", "Accept": "text/html", "X-Api-Key": "…"},
        "items": [{"refresh_token": "…"}, SECRET],
        "input_tokens": "12",
        "token_id": "01a2",
        "secret": "",
        "count": 3,
        "exc_info": (ValueError, None, None),
    }


@pytest.mark.parametrize("form", ["json", "console"])
def test_no_line_tells_a_secret_not_even_a_traceback(form: str):
    configuration = log_configuration(level="INFO", form=form)
    kept = structlog.get_config()
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    options = dict(configuration["formatters"]["line"])
    handler.setFormatter(options.pop("()")(**options))
    logger = logging.Logger("test")
    logger.addHandler(handler)
    try:
        raise ValueError(f"connecting to redis://:{SECRET}@redis.example failed")
    except ValueError:
        logger.exception("Broken: token=%s", f"Bearer {SECRET}")
    structlog.configure(**kept)
    written = stream.getvalue()
    assert "ValueError" in written
    assert "redis.example" in written
    assert SECRET not in written


# --- Deployment -----------------------------------------------------------------------------------------


def test_production_passes_djangos_own_check():
    env = {**os.environ, "ENVIRONMENT": "production", "SECRET_KEY": STRONG, "ALLOWED_HOSTS": "x.example"}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_audit_names_holes_and_goes_on_without_a_network(monkeypatch: pytest.MonkeyPatch, capsys):
    found = [
        {"name": "sound", "version": "1.0", "vulns": []},
        {"name": "holey", "version": "2.0", "vulns": [{"id": "CVE-1", "fix_versions": ["2.1"]}]},
        {"name": "skipped", "skip_reason": "not on the index"},
    ]
    assert audit.holes_in(found) == ["holey 2.0: CVE-1, mended in 2.1"]
    monkeypatch.setattr(audit, "audit", lambda: (audit.holes_in(found), ""))
    assert audit.main() == 1
    monkeypatch.setattr(audit, "audit", lambda: (None, "no route"))
    assert audit.main() == 0
    assert "not audited: no route" in capsys.readouterr().err


def test_a_network_that_is_not_there_is_no_hole(monkeypatch: pytest.MonkeyPatch):
    gone = subprocess.CompletedProcess([], 1, "", "gone\n")
    monkeypatch.setattr(audit.subprocess, "run", lambda *_, **__: gone)
    assert audit.audit() == (None, "gone")


def test_limits_are_wide_enough_for_a_socket_that_is_busy():
    limits = {name: field.default for name, field in Env.model_fields.items() if name.startswith("RATE_")}
    assert limits["RATE_MESSAGES"].count >= 300
    assert limits["RATE_FRAMES"].count >= 300
    assert limits.keys() == {f"RATE_{name.upper()}" for name in django_settings.RATE_LIMITS}
