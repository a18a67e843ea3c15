"""The processes of `docker-compose.yml` on this machine, by the command lines and variables that it names.

What differs: addresses are on loopback, PostgreSQL and Valkey those of the embedded stack, and folders the
test's own. Caddy is the real one, with the very `deploy/Caddyfile`, and speaks TLS with certificates of an
authority of its own, which people here trust for as long as it runs.
"""

from __future__ import annotations

import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.journeys.stack import TLS
from tests.operations.composition import GIVEN, ROOT, own_services
from tests.waiting import wait_for
from voice2task.stack.services import ServiceUrls, embedded_services

START_SECONDS = 90.0
HOST = "127.0.0.1"
# What browsers call it: certificates are for names.
NAME = "localhost"
# A second of each, as `--scale worker-turns=2` would make it.
SCALED = {"worker-turns-2": "worker-turns"}


@dataclass
class Running:
    name: str
    argv: list[str]
    environment: dict[str, str]
    health: str
    log: Path
    # The certificate of the authority that its own is signed by.
    authority: Path | None = None
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.argv, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def wait_until_healthy(self) -> None:
        """By the health check of the composition, as Docker would ask it."""
        wait_for(self._is_healthy, seconds=START_SECONDS, what=f"{self.name} to be healthy: {self.log}")

    def end(self, grace: float) -> int:
        """SIGTERM, as `docker stop` does; the exit status. Raises TimeoutExpired where Docker would kill."""
        self.process.terminate()
        return self.process.wait(grace)

    def _is_healthy(self) -> bool:
        assert self.process.poll() is None, f"{self.name} has ended: {self.log.read_text()[-3000:]}"
        try:
            verify = ssl.create_default_context(cafile=self.authority) if self.authority else True
            answer = httpx.get(self.health, timeout=5, trust_env=False, verify=verify)
        except (httpx.HTTPError, FileNotFoundError):
            return False
        return answer.status_code == httpx.codes.OK


class Deployment:
    """Every process by its name in the composition. `url` is the proxy's, `plain_url` the one without TLS."""

    def __init__(self, folder: Path, urls: ServiceUrls, **variables: str) -> None:
        self._folder = folder
        self._urls = urls
        self._variables = variables
        names = [name for name in own_services() if name != "migrate"]
        self.running = {name: self._running(name) for name in [*names, *SCALED]}
        self.url, self.plain_url = f"https://{NAME}:{free_port()}", f"http://{NAME}:{free_port()}"
        self.authority = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        self._proxy = Running(
            "proxy",
            ["caddy", "run", "--config", str(ROOT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"],
            {**os.environ, **self._proxy_environment()},
            f"{self.url}/",
            folder / "proxy.log",
            self.authority,
        )

    def start(self) -> None:
        self._migrate()
        for running in self.running.values():
            running.start()
        for running in self.running.values():
            running.wait_until_healthy()
        self._proxy.start()
        self._proxy.wait_until_healthy()

    def restart(self, name: str) -> None:
        """As `docker compose up -d --no-deps NAME` does: end it, start it, wait until it is healthy."""
        running = self.running[name]
        grace = float(own_services()[SCALED.get(name, name)]["stop_grace_period"].removesuffix("s"))
        assert running.end(grace) == 0, running.log.read_text()[-3000:]
        running.start()
        running.wait_until_healthy()

    def stop(self) -> None:
        for running in [self._proxy, *self.running.values()]:
            if hasattr(running, "process") and running.process.poll() is None:
                os.killpg(running.process.pid, signal.SIGTERM)
        for running in [self._proxy, *self.running.values()]:
            if hasattr(running, "process"):
                running.process.wait(60)

    def _migrate(self) -> None:
        [shell, flag, line] = own_services()["migrate"]["command"]
        environment = self._environment("migrate")
        environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
        subprocess.run([shell, flag, line], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)

    def _running(self, name: str) -> Running:
        service = own_services()[SCALED.get(name, name)]
        environment = self._environment(SCALED.get(name, name))
        port, metrics_port = str(free_port()), str(free_port())
        check = service["healthcheck"]["test"][-1]
        if "METRICS_PORT" in environment:
            check = check.replace(environment["METRICS_PORT"], metrics_port)
            environment["METRICS_PORT"] = metrics_port
        if "PROMETHEUS_MULTIPROC_DIR" in environment:
            metrics = self._folder / f"metrics-{name}"
            metrics.mkdir()
            environment["PROMETHEUS_MULTIPROC_DIR"] = str(metrics)
        program, *arguments = (
            part.replace("0.0.0.0", HOST).replace("8000", port)  # noqa: S104 - replaced
            for part in service["command"]
        )
        argv = [str(Path(sys.executable).parent / program), *arguments]
        return Running(name, argv, environment, check.replace("8000", port), self._folder / f"{name}.log")

    def _environment(self, service: str) -> dict[str, str]:
        mine = {
            "DATABASE_URL": self._urls.database,
            "REDIS_URL": self._urls.redis,
            "VAR_DIR": str(self._folder / "data"),
            "HOST": HOST,
            # As .env says on a machine of its own.
            "ALLOWED_HOSTS": NAME,
            **self._variables,
        }
        return {**os.environ, **GIVEN, **own_services()[service]["environment"], **mine}

    def _proxy_environment(self) -> dict[str, str]:
        def servers(kind: str) -> str:
            return " ".join(
                running.health.split("/")[2]
                for name, running in self.running.items()
                if name.startswith(kind)
            )

        return {
            "SITE_ADDRESS": self.url,
            "WEB_SERVERS": servers("web"),
            "SOCKET_SERVERS": servers("sockets"),
            "PROXY_OPTIONS": "\n\t".join(
                (
                    *("admin off", "local_certs", "skip_install_trust", f"default_bind {HOST}"),
                    f"http_port {self.plain_url.rpartition(':')[2]}",
                )
            ),
            "XDG_DATA_HOME": str(self._folder),
            "XDG_CONFIG_HOME": str(self._folder),
        }


@contextmanager
def deployed(folder: Path, **variables: str) -> Iterator[Deployment]:
    """Everything up and healthy; ended with the block."""
    folder.mkdir(parents=True)
    with embedded_services(folder / "servers") as urls:
        deployment = Deployment(folder, urls, **variables)
        try:
            deployment.start()
            with trusting(deployment.authority):
                yield deployment
        finally:
            deployment.stop()


@contextmanager
def trusting(authority: Path) -> Iterator[None]:
    """Let every client of this process trust an authority, and no other one that it does not trust anyway."""
    TLS.load_verify_locations(authority)
    before = os.environ.get("SSL_CERT_FILE")
    os.environ["SSL_CERT_FILE"] = str(authority)
    try:
        yield
    finally:
        del os.environ["SSL_CERT_FILE"]
        if before is not None:
            os.environ["SSL_CERT_FILE"] = before


def free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])
