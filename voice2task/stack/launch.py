"""The whole stack from nothing: what `manage.py up` becomes once Django has told it the settings.

This process runs nothing of Django or of the project's rooms. Where the system can fork it imports them, once
for all of its children (`voice2task.stack.forks`); migrations and the demo user are the work of a short-lived
child.
"""

import json
import shutil
import socket
import sys
import urllib.error
import urllib.request
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from rich.console import Console
from rich.panel import Panel

from voice2task.stack import commands, forks, paths
from voice2task.stack.folders import StackLock, make_folders, remove_sockets
from voice2task.stack.ledger import Ledger
from voice2task.stack.log import StackLog
from voice2task.stack.paths import StackError
from voice2task.stack.postgres import EmbeddedPostgres
from voice2task.stack.programs import Program
from voice2task.stack.supervisor import StopRequested, Supervisor
from voice2task.stack.valkey import EmbeddedValkey
from voice2task.stack.web_port import address, listen

PROJECT = Path(__file__).resolve().parents[2]
DELIVERY_NICENESS = 10
ANSWER_SECONDS = 3.0


@dataclass(frozen=True, kw_only=True)
class Launch:
    """What the settings say about the stack. `embed_*`: nobody named a server of their own."""

    var_dir: str
    host: str
    port: int
    turn_concurrency: int
    speech_concurrency: int
    embed_database: bool
    embed_redis: bool

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(**json.loads(text))

    def serialize(self) -> str:
        return json.dumps(asdict(self))


def run_stack(launch: Launch) -> int:
    """Run until a signal (exit status 0) or an error (exit status 1, one line on stderr)."""
    console = Console()
    try:
        with ExitStack() as stack:
            _run(launch, console, stack)
    except StopRequested:
        return 0
    except StackError as error:
        Console(stderr=True).print(f"[red]Error:[/] {error}", soft_wrap=True, highlight=False)
        return 1
    except OSError as error:
        Console(stderr=True).print(f"[red]Error:[/] {error.strerror}: {error.filename}", soft_wrap=True)
        return 1
    return 0


def _run(launch: Launch, console: Console, stack: ExitStack) -> None:
    var_dir = Path(launch.var_dir)
    make_folders(var_dir)
    stack.callback(StackLock(var_dir).release)
    stack.callback(remove_sockets, var_dir)
    log = StackLog(sys.stdout.buffer, console)
    ledger = Ledger(paths.run_folder(var_dir) / "processes.json")
    supervisor = stack.enter_context(Supervisor(log, ledger))
    for name in ledger.end_orphans():
        log.say(f"ended {name}, left behind by an earlier start")
    listener = stack.enter_context(listen(launch.host, launch.port))
    _empty(paths.metrics_folder(var_dir))
    environment = _environment(launch, var_dir, listener)
    supervisor.start_tier(_servers(launch, var_dir))
    _preload(environment)
    supervisor.run_once(_preparation(var_dir, address(listener)))
    supervisor.start_tier([_web(launch, var_dir, listener), *_workers(launch, environment)])
    _greet(console, var_dir)
    supervisor.supervise()


def _servers(launch: Launch, var_dir: Path) -> list[Program]:
    servers: list[EmbeddedPostgres | EmbeddedValkey] = []
    if launch.embed_database:
        servers.append(EmbeddedPostgres(var_dir))
    if launch.embed_redis:
        servers.append(EmbeddedValkey(var_dir))
    for server in servers:
        server.make_data_folder()
    return [server.program() for server in servers]


def _preparation(var_dir: Path, url: str) -> Program:
    command = ("voice2task.stack.prepare", url)
    return Program.of_module(command, name="prepare", env={"VAR_DIR": str(var_dir)}, folder=PROJECT)


def _web(launch: Launch, var_dir: Path, listener: socket.socket) -> Program:
    file = listener.fileno()
    return Program.of_module(
        commands.daphne("--fd", str(file)),
        name="web",
        env=_environment(launch, var_dir, listener),
        folder=PROJECT,
        files=(file,),
        is_ready=lambda: _answers(address(listener)),
    )


def _workers(launch: Launch, environment: dict[str, str]) -> list[Program]:
    """Beat stands alone: inside a worker (`-B`) nobody restarts it, and it closes the metrics' files."""
    # As many again for text while somebody speaks: whoever has finished waits for none of that.
    speech = commands.worker("speech", 2 * launch.speech_concurrency, queues="speech,partials")
    deliveries = commands.worker("deliveries", commands.DELIVERY_CONCURRENCY)
    return [
        _program("worker-turns", commands.worker("turns", launch.turn_concurrency), environment),
        _program("worker-speech", speech, environment),
        # Whoever speaks does not wait for ten thousand messages to others.
        _program("worker-deliveries", deliveries, environment, niceness=DELIVERY_NICENESS),
        _program("worker-default", commands.worker("default", commands.DEFAULT_CONCURRENCY), environment),
        _program("beat", commands.beat(), environment),
    ]


def _program(name: str, command: commands.Command, environment: dict[str, str], **more: int) -> Program:
    return Program.of_module(command, name=name, env=environment, folder=PROJECT, **more)


def _preload(environment: dict[str, str]) -> None:
    if forks.POSSIBLE:
        forks.preload(environment)


def _environment(launch: Launch, var_dir: Path, listener: socket.socket) -> dict[str, str]:
    """What every process is told: above all where the web server really listens."""
    return {
        **{"VAR_DIR": str(var_dir), "PROMETHEUS_MULTIPROC_DIR": str(paths.metrics_folder(var_dir))},
        **{"HOST": launch.host, "PORT": str(listener.getsockname()[1])},
        "DJANGO_SETTINGS_MODULE": "voice2task.settings",
    }


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


def _answers(url: str) -> bool:
    """Any HTTP status will do; whether the answer is a good one is for the health checks."""
    try:
        with urllib.request.urlopen(f"{url}/health/live", timeout=ANSWER_SECONDS):  # noqa: S310 - our own http address
            return True
    except urllib.error.HTTPError as answer:
        answer.close()
        return True
    except OSError:
        return False


def _greet(console: Console, var_dir: Path) -> None:
    entry = json.loads(paths.up_file(var_dir).read_text())
    lines = [f"[bold]{entry['url']}[/]", f"Login     {entry['email']}"]
    if entry["password"]:
        lines.append(f"Password  {entry['password']}")
    console.print(Panel("\n".join(lines), title="Voice2Task", expand=False), highlight=False)
