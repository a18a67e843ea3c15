"""Every process of `docker-compose.yml`, restarted one by one behind the real proxy, while people use it."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests import environment
from tests.fakes.openai import OPENAI
from tests.fakes.rules import at_pace
from tests.fakes.server import running
from tests.faults.crowd import Crowd
from tests.journeys.people import new_person
from tests.operations.composition import ROOT
from tests.operations.deployment import Deployment, deployed
from tests.operations.visitors import Visitor
from tests.waiting import wait_for

pytestmark = [pytest.mark.rolling, pytest.mark.timeout(900)]

VISITORS = 3
SPEAK_EVERY_SECONDS = 10.0
# In the order in which an upgrade would: those who serve, then those who work.
ORDER = (
    *("web-1", "web-2", "sockets-1", "sockets-2", "worker-turns", "worker-turns-2"),
    *("worker-speech", "worker-deliveries", "worker-default", "beat"),
)


@pytest.fixture(scope="module")
def deployment() -> Iterator[Deployment]:
    folder: Path = environment.FOLDER / "rolling"
    with (
        running(OPENAI, at_pace(0.04)) as model,
        deployed(
            folder,
            OPENAI_BASE_URL=model.base_url,
            LLM_PROVIDERS="openai",
            OUTBOUND_ALLOWED_NETWORKS="127.0.0.0/8",
        ) as deployment,
    ):
        yield deployment


def test_the_proxy_takes_its_file_as_it_is():
    adapt = ["caddy", "adapt", "--config", str(ROOT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]
    adapted = json.loads(subprocess.run(adapt, capture_output=True, check=True).stdout)
    [server] = adapted["apps"]["http"]["servers"].values()
    assert server["listen"] == [":443"]
    text = json.dumps(server)
    assert all(f'"dial": "{name}:8000"' in text for name in ("web-1", "web-2", "sockets-1", "sockets-2"))


def test_everything_works_together(deployment: Deployment):
    web = deployment.running["web-1"].health.removesuffix("/health/accepting")
    well = wait_for(
        lambda: (answer := httpx.get(f"{web}/health/ready").json())["status"] == "ok" and answer,
        what="a worker for every queue",
    )
    assert set(well["workers"].values()) == {"ok"}
    assert httpx.get(f"{deployment.url}/").status_code == 200
    assert httpx.get(f"{deployment.url}/static/web/app.webmanifest").status_code == 200
    for inside in ("/metrics", "/health/ready"):
        assert httpx.get(f"{deployment.url}{inside}").status_code == 404
    for name in ("worker-turns", "beat"):
        assert "voice2task_turns_total" in httpx.get(deployment.running[name].health).text


def test_tls_ends_at_the_proxy_and_everybody_behind_it_knows(deployment: Deployment):
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx.get(f"{deployment.url}/", trust_env=False)
    plain = httpx.get(f"{deployment.plain_url}/talk")
    assert (plain.status_code, plain.headers["location"]) == (308, f"{deployment.url}/talk")
    answer = httpx.get(f"{deployment.url}/admin/login/")
    assert answer.status_code == 200
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
    assert answer.headers.get_list("set-cookie")
    assert all("Secure" in cookie for cookie in answer.headers.get_list("set-cookie"))
    person = new_person(deployment)  # type: ignore[arg-type]
    with person.open() as socket:
        assert socket.socket.version() == "TLSv1.3"  # type: ignore[attr-defined]


def test_nobody_notices_that_everything_is_restarted(deployment: Deployment):
    with ExitStack() as people:
        crowd = people.enter_context(Crowd(deployment))  # type: ignore[arg-type]
        visitors = [
            people.enter_context(Visitor(new_person(deployment)))  # type: ignore[arg-type]
            for _ in range(VISITORS)
        ]
        with _speaking(crowd):
            crowd.wait_for_words(3)
            for name in ORDER:
                deployment.restart(name)
        for visitor in visitors:
            visitor.stop()
        crowd.assert_nothing_lost_or_doubled()
        devices = [device for device, _ in crowd._said]
        errors = [error for visitor in visitors for error in visitor.errors]
        missing = set().union(*(visitor.missing() for visitor in visitors))
        sockets = sum(device.connections for device in devices)
        deltas = sum(turn.deltas for device in devices for turn in device.turns.values())
        print(  # noqa: T201 - the report of this suite
            f"rolling restart of {len(ORDER)} processes: "
            f"{sum(visitor.requests for visitor in visitors)} requests, {len(errors)} errors, "
            f"{len(missing)} acknowledged writes missing; {len(crowd.turn_ids())} turns with "
            f"{deltas} deltas, none lost, none doubled, over {sockets} sockets of {len(devices)} devices"
        )
        assert errors == []
        assert missing == set()
        assert [visitor.doubled() for visitor in visitors] == [0] * VISITORS
        # Each of the two socket servers has sent its clients away.
        assert sockets > len(devices)


class _speaking:  # noqa: N801 - used as a statement
    """Let everybody say something new every few seconds, for the length of a block."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="speaking")

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()

    def _run(self) -> None:
        self._crowd.speak()
        while not self._ending.wait(SPEAK_EVERY_SECONDS):
            self._crowd.speak()
