"""Traces and errors as a collector and a Sentry get them, over real sockets; nothing where none is named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection

from tests import environment
from tests.fakes.openai import OPENAI
from tests.fakes.rules import at_pace
from tests.fakes.server import running
from tests.observing.collector import Collector, Span, collecting
from tests.observing.scene import PASSWORD
from voice2task.kernel.redis import push_client
from voice2task.stack import paths

PROJECT = Path(__file__).resolve().parents[2]
THING = "zzyzxium"
SENTENCE = f"Buy {THING} tomorrow at 5pm and call Xanthippe on friday. Mark buy {THING} as done."

LOADED = """
import sys, voice2task.asgi, voice2task.wsgi, voice2task.celery, conversations.jobs
from integrations.llm import openai, anthropic
print(*(name for name in sys.modules if name.startswith(PREFIXES)), sep="\\n")
"""


def run(*command: str, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=PROJECT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: Any) -> tuple[Collector, UUID]:
    """The scene, played once in a process of its own: what was collected, and the id of its first turn."""
    server, _, _ = paths.database_url(environment.FOLDER).rpartition("/")
    with collecting() as collector, running(OPENAI, at_pace(0)) as model, django_db_blocker.unblock():
        try:
            out = run(
                *("-m", "tests.observing.scene", SENTENCE),
                DATABASE_URL=f"{server}/{connection.settings_dict['NAME']}",
                OPENAI_BASE_URL=model.base_url,
                LLM_PROVIDERS="openai",
                OTEL_EXPORTER_OTLP_ENDPOINT=collector.url,
                SENTRY_DSN=collector.dsn,
            )
        finally:
            call_command("flush", verbosity=0, interactive=False)
            push_client().flushdb()
    return collector, UUID(out.strip())


@pytest.mark.django_db
def test_a_turn_is_one_trace_from_the_message_to_its_end(played: tuple[Collector, UUID]) -> None:
    collector, turn_id = played
    spans = collector.of(turn_id.hex)
    by_id = {span.id: span for span in spans}
    first = by_id[turn_id.hex[16:]]
    assert (first.name, first.parent) == ("turn.post", "")
    assert {span.parent for span in spans if span is not first} <= by_id.keys()
    work = one(spans, "turn.work")
    assert (work.parent, work.attributes["voice2task.epoch"]) == (first.id, 1)
    assert work.attributes["voice2task.turn_id"] == str(turn_id)
    tools = [span.attributes["gen_ai.tool.name"] for span in spans if span.name == "turn.tool"]
    assert tools == ["create_tasks", "complete_tasks"]
    answers = [span for span in spans if span.name == "turn.answer"]
    assert len(answers) >= 2
    for answer in answers:
        assert answer.parent == work.id
        assert answer.attributes["gen_ai.provider.name"] == "openai"
        assert answer.attributes["gen_ai.usage.output_tokens"] == 20
        assert [
            span for span in spans if span.parent == answer.id and span.attributes["http.status_code"] == 200
        ]
    assert {"postgresql", "redis"} <= {span.attributes.get("db.system") for span in spans}


def test_it_leads_to_the_request_and_the_job_it_came_from(played: tuple[Collector, UUID]) -> None:
    collector, turn_id = played
    by_id = {span.id: span for span in collector.spans}
    first, work = (one(collector.of(turn_id.hex), name) for name in ("turn.post", "turn.work"))
    (request,), (job,) = first.links, work.links
    assert (by_id[request].name, by_id[request].attributes["http.status_code"]) == (
        "POST api/v1/messages/",
        202,
    )
    assert by_id[job].name == "run/conversations.run_turn"


def test_what_is_asked_all_the_time_is_not_collected(played: tuple[Collector, UUID]) -> None:
    collector, _ = played
    first = {span.name for span in collector.spans if not span.parent}
    assert "POST api/v1/auth/register/" in first
    assert not [name for name in first if "health" in name or "sweep" in name or name in {"SELECT", "SET"}]


def test_errors_are_told_with_their_place_and_ids(played: tuple[Collector, UUID]) -> None:
    collector, _ = played
    told = {
        error["exception"]["values"][-1]["type"]: error for error in collector.errors if "exception" in error
    }
    assert told.keys() == {"ValueError", "RuntimeError"}
    assert told["RuntimeError"]["message"] == "turn_broke"
    assert UUID(told["RuntimeError"]["tags"]["turn_id"])
    assert UUID(told["ValueError"]["tags"]["request_id"])
    functions = [frame["function"] for frame in frames(told["ValueError"])]
    assert functions[-1] == "_execute_mock_call"


def test_neither_is_told_what_users_say_or_keep_secret(played: tuple[Collector, UUID]) -> None:
    collector, _ = played
    everything = b"\n".join(collector.raw)
    assert b"turn.answer" in everything
    for secret in (THING, "Xanthippe", PASSWORD, "observed@example.com", "Bearer", "eyJ"):
        assert secret.encode() not in everything


def test_without_an_address_nothing_of_it_is_loaded() -> None:
    prefixes = (
        # redis itself loads the part that is for metrics, wherever that is installed.
        *("opentelemetry.sdk.trace", "opentelemetry.instrumentation", "opentelemetry.exporter"),
        *("sentry_sdk", "voice2task.observing."),
    )
    assert run("-c", LOADED.replace("PREFIXES", repr(prefixes))).strip() == ""
    named = run("-c", LOADED.replace("PREFIXES", repr(prefixes)), SENTRY_DSN="http://public@127.0.0.1:9/1")
    assert "sentry_sdk" in named
    assert "opentelemetry" not in named


def one(spans: list[Span], name: str) -> Span:
    (found,) = [span for span in spans if span.name == name]
    return found


def frames(error: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = error["exception"]["values"][-1]["stacktrace"]["frames"]
    return found
