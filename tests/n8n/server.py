"""A real n8n on loopback: started, provisioned, killed and started again by tests."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
import requests
from django.conf import settings

from tests.n8n.install import n8n, node
from tests.waiting import wait_for

JSON = dict[str, Any]

DATABASE = "n8n"
EMAIL, PASSWORD = "owner@example.com", "Passw0rd!x"
# bcrypt of the password above.
PASSWORD_HASH = "$2a$10$TRKewGzbq396xwxt.PHE3eowNS2m4RAYH343vxTs107bY3exc.4U2"
STARTS_WITHIN_SECONDS = 120.0
REGISTERED_WITHIN_SECONDS = 30.0
WITHOUT = (
    "insights,external-secrets,oauth-server,mcp,provisioning,breaking-changes,source-control,"
    "dynamic-credentials,chat-hub,sso-oidc,sso-saml,log-streaming,ldap,quick-connect,workflow-builder,"
    "favorites,otel,token-exchange,mcp-registry,workflow-reviews,instance-ai,agents"
)


class N8nServer:
    """One n8n with a database of its own in the PostgreSQL of the tests."""

    def __init__(self, folder: Path, port: int, broker_port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.key = ""
        self.ids: dict[str, str] = {}
        self._folder = folder
        self._log = folder / "n8n.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._session = requests.Session()
        self._session.trust_env = False
        self._environment = {
            "PATH": f"{node() / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "N8N_USER_FOLDER": str(folder),
            "N8N_HOST": "127.0.0.1",
            "N8N_LISTEN_ADDRESS": "127.0.0.1",
            "N8N_PORT": str(port),
            "N8N_WEBHOOK_URL": f"{self.url}/",
            "N8N_ENCRYPTION_KEY": "a key of these tests and of nothing else",
            "N8N_INSTANCE_OWNER_MANAGED_BY_ENV": "true",
            "N8N_INSTANCE_OWNER_EMAIL": EMAIL,
            "N8N_INSTANCE_OWNER_FIRST_NAME": "Test",
            "N8N_INSTANCE_OWNER_LAST_NAME": "Owner",
            "N8N_INSTANCE_OWNER_PASSWORD_HASH": PASSWORD_HASH,
            "N8N_RUNNERS_BROKER_PORT": str(broker_port),
            "N8N_DIAGNOSTICS_ENABLED": "false",
            "N8N_VERSION_NOTIFICATIONS_ENABLED": "false",
            "N8N_TEMPLATES_ENABLED": "false",
            "N8N_PERSONALIZATION_ENABLED": "false",
            "N8N_HIRING_BANNER_ENABLED": "false",
            "N8N_SECURE_COOKIE": "false",
            "N8N_PYTHON_ENABLED": "false",
            "N8N_DISABLED_MODULES": WITHOUT,
            "NODE_COMPILE_CACHE": str(n8n().parents[3] / "compiled"),
            "NO_COLOR": "1",
            **_database(),
        }

    def start(self) -> None:
        """Start it and wait until its webhooks are registered."""
        with self._log.open("ab") as log:
            log.truncate(0)
            self._process = subprocess.Popen(
                [str(node() / "bin" / "node"), str(n8n()), "start"],
                env=self._environment,
                cwd=self._folder,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        wait_for(self._is_up, seconds=STARTS_WITHIN_SECONDS, what="n8n to start")

    def kill(self) -> None:
        """With -9, its task runner too."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(20)

    def provision(self, workflows: Mapping[str, JSON], credentials: list[JSON]) -> None:
        """An API key, the credentials, the workflows with their tags, all published and answering."""
        login = {"emailOrLdapLoginId": EMAIL, "password": PASSWORD}
        self._ask("POST", "/rest/login", login)
        scopes = self._ask("GET", "/rest/api-keys/scopes")["data"]
        wanted = [
            scope for scope in scopes if scope.split(":")[0] in ("workflow", "credential", "execution", "tag")
        ]
        wanted += [scope for scope in scopes if scope.startswith("workflowTags")]
        made = self._ask(
            "POST",
            "/rest/api-keys",
            {"label": f"t{time.time_ns()}", "expiresAt": None, "scopes": sorted(set(wanted))},
        )
        self.key = made["data"]["rawApiKey"]
        ids = {each["id"]: self._make_credential(each) for each in credentials}
        tag = self._ask("POST", "/api/v1/tags", {"name": "voice2task"})["id"]
        for name, workflow in workflows.items():
            self.ids[name] = self._make_workflow(workflow, ids, tag)
        for workflow in workflows.values():
            self._wait_until_registered(workflow)

    def publish(self, name: str) -> None:
        self._ask("POST", f"/api/v1/workflows/{self.ids[name]}/publish", {})

    def executions(self, name: str) -> list[JSON]:
        found: list[JSON] = self._ask("GET", f"/api/v1/executions?workflowId={self.ids[name]}")["data"]
        return found

    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def _make_credential(self, credential: JSON) -> str:
        body = {name: credential[name] for name in ("name", "type", "data")}
        return str(self._ask("POST", "/api/v1/credentials", body)["id"])

    def _make_workflow(self, workflow: JSON, credentials: Mapping[str, str], tag: str) -> str:
        for each in workflow["nodes"]:
            for credential in each.get("credentials", {}).values():
                credential["id"] = credentials[credential["id"]]
        given = dict(workflow["settings"])
        if "errorWorkflow" in given:
            given["errorWorkflow"] = self.ids[given["errorWorkflow"]]
        body = {name: workflow[name] for name in ("name", "nodes", "connections")}
        made = str(self._ask("POST", "/api/v1/workflows", body | {"settings": given})["id"])
        if workflow.get("tags"):
            self._ask("PUT", f"/api/v1/workflows/{made}/tags", [{"id": tag}])
        if workflow.get("published", True):
            self._ask("POST", f"/api/v1/workflows/{made}/publish", {})
        return made

    def _wait_until_registered(self, workflow: JSON) -> None:
        """Publishing returns before it is done. A GET on a path that takes POST tells, and runs nothing."""
        if not workflow.get("published", True):
            return
        for each in workflow["nodes"]:
            if each["type"].endswith(".webhook"):
                self.wait_until_registered(each["parameters"]["path"])

    def wait_until_registered(self, path: str) -> None:
        wait_for(
            lambda: (
                "not registered for GET" in self._session.get(f"{self.url}/webhook/{path}", timeout=10).text
            ),
            seconds=REGISTERED_WITHIN_SECONDS,
            what=f"n8n to register {path}",
        )

    def _is_up(self) -> bool:
        process = self._process
        assert process is not None
        assert process.poll() is None, self.log()[-2000:]
        if "Editor is now accessible" not in self.log():
            return False
        ready = self._session.get(f"{self.url}/healthz/readiness", timeout=10)
        return ready.status_code == requests.codes.ok

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"X-N8N-API-KEY": self.key} if self.key else {}
        answer = self._session.request(method, f"{self.url}{path}", json=body, headers=headers, timeout=30)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        return answer.json() if answer.content else None


def _database() -> dict[str, str]:
    """A database of n8n's own beside that of the tests."""
    given = settings.DATABASES["default"]
    with psycopg.connect(
        host=given["HOST"], user=given["USER"], dbname="postgres", port=given["PORT"] or 5432, autocommit=True
    ) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")  # type: ignore[arg-type]
        connection.execute(f"CREATE DATABASE {DATABASE}")  # type: ignore[arg-type]
    return {
        "DB_TYPE": "postgresdb",
        "DB_POSTGRESDB_HOST": given["HOST"],
        "DB_POSTGRESDB_PORT": str(given["PORT"] or 5432),
        "DB_POSTGRESDB_DATABASE": DATABASE,
        "DB_POSTGRESDB_USER": given["USER"],
        "DB_POSTGRESDB_PASSWORD": given["PASSWORD"] or "",
    }
