"""What `docker-compose.yml` and its neighbours promise, checked without Docker."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose
from django.conf import settings
from prometheus_client import REGISTRY

import conversations.metrics  # noqa: F401 - declares what the dashboard asks for
from tests.operations.composition import FILE, GIVEN, ROOT, composition, own_services, services, variables
from voice2task.env import Env
from voice2task.stack import commands

OWN = {
    *("web-1", "web-2", "sockets-1", "sockets-2", "beat", "migrate"),
    *("worker-turns", "worker-speech", "worker-deliveries", "worker-default"),
}
RUN_ONCE = {"migrate"}


def test_it_is_a_compose_file():
    assert set(PyCompose.from_yaml(yaml.safe_dump(composition())).service_names()) == set(services())


def test_it_names_every_process_and_what_they_need():
    assert set(own_services()) == OWN
    assert set(services()) - OWN == {"proxy", "postgres", "valkey", "n8n", "prometheus", "grafana"}
    assert {name for name, service in services().items() if "profiles" in service} == {
        "prometheus",
        "grafana",
    }


def test_every_variable_is_a_setting_with_a_default_or_a_refusal():
    named = variables()
    assert named.keys() <= Env.model_fields.keys()
    assert "" not in set().union(*named.values())
    assert {name for name, kinds in named.items() if "?" in kinds} == GIVEN.keys()


def test_every_setting_that_it_makes_is_one():
    others = {"PROMETHEUS_MULTIPROC_DIR"}
    for service in own_services().values():
        assert service["environment"].keys() <= Env.model_fields.keys() | others


def test_its_environment_is_good_for_production():
    for service in own_services().values():
        values = {key: value for key, value in service["environment"].items() if key in Env.model_fields}
        env = Env(_env_file=None, ALLOWED_HOSTS="tasks.example.org", **values)
        assert env.production
        assert env.DATABASE_URL
        assert env.DATABASE_PASSWORD


def test_images_are_pinned():
    for service in services().values():
        _, _, tag = service["image"].rpartition(":")
        assert re.match(r"v?\d+\.\d+", tag), service["image"]
    for image in re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE):
        assert re.search(r":\d+\.\d+", image), image


def test_only_the_proxy_can_be_reached_from_elsewhere():
    open_to_all = {
        name
        for name, service in services().items()
        if any(not port.startswith("127.0.0.1:") for port in service.get("ports", ()))
    }
    assert open_to_all == {"proxy"}
    assert composition()["networks"]["inside"] == {"internal": True}
    for name in ("postgres", "valkey"):
        assert services()[name]["networks"] == ["inside"]


def test_everything_that_stays_has_a_health_check():
    for name, service in services().items():
        check = service.get("healthcheck", {})
        assert ("test" in check) is (name not in RUN_ONCE), name


def test_own_processes_have_no_more_rights_than_they_need():
    for service in own_services().values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
    dockerfile = (ROOT / "Dockerfile").read_text()
    final = dockerfile.rpartition("\nFROM ")[2]
    assert "\nUSER voice2task\n" in final
    assert "\nHEALTHCHECK " in final
    # Compilers, pip's caches and the embedded servers stay behind.
    assert "pip install" not in final


def test_the_image_holds_all_rooms_and_nothing_else():
    dockerfile, ignored = (ROOT / "Dockerfile").read_text(), (ROOT / ".dockerignore").read_text().splitlines()
    rooms = {app for app in settings.INSTALLED_APPS if (ROOT / app / "__init__.py").exists()}
    for room in rooms:
        assert f"COPY {room} ./{room}\n" in dockerfile
        assert f"!{room}" in ignored
    assert ignored[0] == "*"


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("web-1", commands.gunicorn("0.0.0.0:8000")),
        ("web-2", commands.gunicorn("0.0.0.0:8000")),
        ("sockets-1", ("python", "-m", *commands.daphne("-b", "0.0.0.0", "-p", "8000"))),  # noqa: S104
        ("sockets-2", ("python", "-m", *commands.daphne("-b", "0.0.0.0", "-p", "8000"))),  # noqa: S104
        ("worker-turns", commands.worker("turns", 64)),
        ("worker-speech", commands.worker("speech", 2, queues="speech,partials")),
        ("worker-deliveries", commands.worker("deliveries", commands.DELIVERY_CONCURRENCY)),
        ("worker-default", commands.worker("default", commands.DEFAULT_CONCURRENCY)),
        ("beat", commands.beat()),
    ],
)
def test_it_runs_what_the_embedded_stack_runs(name: str, command: tuple[str, ...]):
    assert tuple(services()[name]["command"]) == command


def test_every_queue_has_a_worker():
    lines = [service["command"] for name, service in services().items() if name.startswith("worker-")]
    queues = [queue for line in lines for queue in line[line.index("-Q") + 1].split(",")]
    assert sorted(queues) == sorted(settings.QUEUES)


def test_it_waits_for_those_who_drain():
    for name, service in services().items():
        if name.startswith(("web", "sockets")):
            drain = float(service["environment"]["DRAIN_SECONDS"])
            grace = int(service["stop_grace_period"].removesuffix("s"))
            from voice2task import draining, gunicorn_settings

            finish = gunicorn_settings.graceful_timeout if name.startswith("web") else draining.FINISH_SECONDS
            assert drain + finish < grace


def test_the_proxy_and_prometheus_know_the_servers():
    caddy = (ROOT / "deploy" / "Caddyfile").read_text()
    targets = yaml.safe_load((ROOT / "deploy" / "prometheus.yml").read_text())["scrape_configs"]
    by_job = {job["job_name"]: job for job in targets}
    for kind, variable in (("web", "WEB_SERVERS"), ("sockets", "SOCKET_SERVERS")):
        servers = [f"{name}:8000" for name in services() if re.fullmatch(rf"{kind}-\d", name)]
        assert f"{{${variable}:{' '.join(servers)}}}" in caddy
        assert by_job[kind]["static_configs"] == [{"targets": servers}]
    [workers] = by_job["workers"]["dns_sd_configs"]
    assert workers["names"] == [name for name in services() if name.startswith(("worker-", "beat"))]
    assert str(workers["port"]) == services()["beat"]["environment"]["METRICS_PORT"]


def test_the_proxy_notices_before_a_server_stops():
    caddy = (ROOT / "deploy" / "Caddyfile").read_text()
    [interval] = map(int, re.findall(r"health_interval (\d+)s", caddy))
    [patience] = map(int, re.findall(r"health_timeout (\d+)s", caddy))
    assert interval + patience < float(services()["web-1"]["environment"]["DRAIN_SECONDS"])


def queries(dashboard: dict[str, Any]) -> list[str]:
    return [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]


def test_the_dashboard_asks_for_metrics_that_there_are(client: Any, db: None, empty_redis: None):
    client.get("/api/schema/")
    known = {sample.name for family in REGISTRY.collect() for sample in family.samples}
    known |= {f"{family.name}_total" for family in REGISTRY.collect()}
    known |= {f"{family.name}_bucket" for family in REGISTRY.collect() if family.type == "histogram"}
    known |= {"up", "voice2task_queue_depth"}
    dashboard = json.loads((ROOT / "deploy" / "grafana" / "dashboards" / "voice2task.json").read_text())
    named = {
        name for query in queries(dashboard) for name in re.findall(r"\b(?:voice2task|django)_\w+", query)
    }
    assert named <= known
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])
    source = yaml.safe_load(
        (ROOT / "deploy" / "grafana" / "provisioning" / "datasources" / "prometheus.yml").read_text()
    )
    assert {panel["datasource"]["uid"] for panel in dashboard["panels"]} == {source["datasources"][0]["uid"]}


def test_files_that_it_mounts_are_there():
    for service in services().values():
        for volume in service.get("volumes", ()):
            if volume.startswith("./"):
                assert (FILE.parent / volume.split(":")[0]).exists()
