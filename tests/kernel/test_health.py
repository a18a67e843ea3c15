"""Seen from outside: live, ready, metrics, documentation, errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client
from redis import Redis

from voice2task.kernel import health, metrics

QUEUES = ("turns", "speech", "partials", "deliveries", "default")


@pytest.fixture
def redis_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    away = Redis.from_url(f"unix://{tmp_path}/nobody.sock")
    monkeypatch.setattr(health, "push_client", lambda: away)
    monkeypatch.setattr(metrics, "push_client", lambda: away)


def test_live(client: Client):
    assert client.get("/health/live").json() == {"status": "ok"}


def test_ready_reports_missing_workers(client: Client, db: None, empty_redis: None):
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "degraded",
        "checks": {"database": "ok", "redis": "ok"},
        "workers": dict.fromkeys(QUEUES, "missing"),
    }
    health.report_worker(QUEUES)
    assert client.get("/health/ready").json()["status"] == "ok"


def test_ready_names_redis_when_it_is_down(client: Client, db: None, redis_away: None):
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": "ok", "redis": "down: ConnectionError"}
    health.report_worker(["turns"])


def test_ready_names_the_database_when_it_is_down(client: Client, db: None, monkeypatch: pytest.MonkeyPatch):
    class Away:
        def cursor(self):
            raise OperationalError("host=secret.example")

    monkeypatch.setattr(health, "connection", Away())
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "down: OperationalError"
    assert b"secret" not in answer.content


def test_metrics_count_turns_and_queues(client: Client, db: None, empty_redis: None):
    from conversations.metrics import TURNS

    TURNS.labels(outcome="completed", engine="rules").inc()
    text = client.get("/metrics").content.decode()
    assert 'voice2task_turns_total{engine="rules",outcome="completed"}' in text
    assert 'voice2task_queue_depth{queue="turns"} 0.0' in text
    assert "voice2task_turn_first_delta_seconds_bucket" in text
    assert "django_http_requests_total_by_method_total" in text


def test_metrics_of_all_processes_are_read_from_their_folder(
    client: Client, db: None, tmp_path: Path, monkeypatch
):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    assert "voice2task_queue_depth" in client.get("/metrics").content.decode()


def test_a_depth_that_is_not_known_is_not_invented(client: Client, db: None, redis_away: None):
    assert "voice2task_queue_depth" not in client.get("/metrics").content.decode()


@pytest.mark.parametrize("path", ["/", "/api/schema/", "/api/docs/", "/admin/login/"])
def test_pages_open(client: Client, db: None, path: str):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/nowhere/", "/api/v1/turns/x/"])
def test_an_unknown_address_has_the_one_error_shape(client: Client, db: None, path: str):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json() == {
        "type": "client_error",
        "errors": [{"code": "not_found", "detail": "Not found.", "attr": None}],
    }


def test_faults_outside_the_api_have_it_too(rf, settings):
    from voice2task.kernel import error_responses

    for answer, status in (
        (error_responses.bad_request(rf.get("/"), Exception()), 400),
        (error_responses.csrf_failure(rf.get("/"), "no cookie"), 403),
        (error_responses.server_error(rf.get("/")), 500),
    ):
        assert answer.status_code == status
        assert b'"errors"' in answer.content


def test_a_host_that_is_not_ours_is_refused(client: Client, db: None):
    answer = client.get("/api/v1/activities/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert b'"errors"' in answer.content


def test_a_fault_inside_has_the_one_error_shape(as_alice, monkeypatch: pytest.MonkeyPatch):
    from conversations import services

    def broken(**kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(services, "post_message", broken)
    as_alice.raise_request_exception = False
    answer = as_alice.post("/api/v1/messages/", {"text": "x"})
    assert answer.status_code == 500
    assert answer.json()["type"] == "server_error"


def test_a_database_that_is_away_is_said_so(as_alice, monkeypatch: pytest.MonkeyPatch):
    from conversations import services

    def away(**kwargs):
        raise OperationalError("away")

    monkeypatch.setattr(services, "post_message", away)
    as_alice.raise_request_exception = False
    answer = as_alice.post("/api/v1/messages/", {"text": "x"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (503, "unavailable")
