"""What `/metrics` exposes and what `docs/metrics.md` says of it are the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from conversations import metrics as _turns  # noqa: F401 - what workers count is registered where it is counted
from voice2task.kernel.health import report_worker

DOCS = Path(__file__).resolve().parents[2] / "docs"
# Of the process that answers, and absent where several share a folder.
OF_THE_PROCESS = ("python_", "process_")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_redis")]


def exposed() -> dict[str, Metric]:
    """Family name as it is in the samples -> the family."""
    text = Client().get("/metrics").content.decode()
    return {
        f"{family.name}_total" if family.type == "counter" else family.name: family
        for family in text_string_to_metric_families(text)
        if not family.name.startswith(OF_THE_PROCESS) and not family.name.endswith("_created")
    }


def documented() -> dict[str, set[str]]:
    """Name -> labels, from the tables."""
    rows = re.findall(
        r"^\| `(\w+)(?:\{([\w, ]*)\})?` \|", (DOCS / "metrics.md").read_text(), flags=re.MULTILINE
    )
    names = {name: set(filter(None, labels.replace(" ", "").split(","))) for name, labels in rows}
    assert len(names) == len(rows), "a metric stands there twice"
    return names


def test_every_metric_is_documented_and_every_documented_one_exists() -> None:
    assert exposed().keys() == documented().keys()


def test_labels_are_those_that_are_documented() -> None:
    report_worker(["turns"])
    Client().get("/health/live")
    for name, family in exposed().items():
        labels = {label for sample in family.samples for label in sample.labels} - {"le"}
        assert labels in (set(), documented()[name]), name


def test_names_follow_the_convention_of_prometheus() -> None:
    for name, family in exposed().items():
        if name.startswith("voice2task_"):
            assert re.fullmatch(r"voice2task_[a-z]+(_[a-z]+)*", name)
            assert name.endswith("_total") == (family.type == "counter"), name
            assert name.endswith(("_seconds", "_bytes")) or family.type != "histogram", name
            assert family.documentation.endswith("."), name


def test_queues_and_their_workers_are_told() -> None:
    report_worker(["turns", "speech"])
    up = {sample.labels["queue"]: sample.value for sample in exposed()["voice2task_queue_worker_up"].samples}
    assert up == {"turns": 1, "speech": 1, "partials": 0, "deliveries": 0, "default": 0}
    assert {sample.value for sample in exposed()["voice2task_queue_depth"].samples} == {0}


def test_what_alerts_and_queries_name_exists() -> None:
    known = exposed().keys()
    for page in ("metrics.md", "runbook.md"):
        named = set(re.findall(r"\b((?:voice2task|django)_[a-z_]+)\b", (DOCS / page).read_text()))
        bare = {re.sub(r"_(bucket|sum|count)$", "", name) for name in named}
        assert bare - known - {"django_db", "django_http"} == set(), page
