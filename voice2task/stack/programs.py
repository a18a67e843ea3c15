"""What a child process of the stack is: its command, how it is asked to stop, when it is ready."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Self

import psutil

from voice2task.stack import forks
from voice2task.stack.forks import Fork


def _nothing() -> None:
    return


def _always() -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Program:
    """`files` are descriptors that it inherits; `sweep` ends what the process group does not hold; `prepare`
    runs before each start. One that is `preloaded` runs a module of Python as a fork of this process.
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    folder: Path = Path("/")
    files: tuple[int, ...] = ()
    niceness: int = 0
    preloaded: bool = False
    stop_signal: signal.Signals = signal.SIGTERM
    prepare: Callable[[], None] = _nothing
    sweep: Callable[[], None] = _nothing
    is_ready: Callable[[], bool] = _always

    @classmethod
    def of_module(cls, command: tuple[str, ...], **members: Any) -> Self:
        """A module of Python with its arguments, preloaded where this system can fork."""
        return cls(argv=(sys.executable, "-m", *command), preloaded=forks.POSSIBLE, **members)

    def start(self) -> "subprocess.Popen[bytes] | Fork":
        """Start it in a session of its own, with a pipe to read what it writes."""
        if not self.preloaded:
            return self.spawn(output=subprocess.PIPE)
        self.sweep()
        self.prepare()
        return forks.fork_module(
            self.argv[2:],
            name=self.name,
            environment=self.env,
            folder=self.folder,
            files=self.files,
            niceness=self.niceness,
        )

    @property
    def shown_argv(self) -> tuple[str, ...]:
        """The command that others see it run: a fork shows that of this process."""
        return tuple(psutil.Process().cmdline()) if self.preloaded else self.argv

    def spawn(self, *, output: int | IO[bytes]) -> "subprocess.Popen[bytes]":
        """Start it in a session of its own: the Ctrl-C of a terminal reaches only the supervisor."""
        self.sweep()
        self.prepare()
        nice = ("nice", "-n", str(self.niceness)) if self.niceness else ()
        return subprocess.Popen(  # noqa: S603 - the command is ours
            (*nice, *self.argv),
            env={**os.environ, **self.env},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=self.files,
        )


def end_group(leader: int) -> None:
    """Kill what is left of a process group. Call it before the leader is reaped: the id is ours till then."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return
    except PermissionError:  # macOS says so of a group of zombies
        return


def end_processes_in(folder: Path, name: str, *, ask: signal.Signals, grace: float) -> None:
    """End every process called `name` that works in `folder`, whoever started it.

    A server's working folder is its data folder, so that identifies it where a process id could not. Asks
    first, then kills.
    """
    found = [process for process in psutil.process_iter(["name", "cwd"]) if _works_in(process, folder, name)]
    if not found:
        return
    for process in found:
        _signal(process, ask)
    _, stubborn = psutil.wait_procs(found, timeout=grace)
    for process in stubborn:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=grace)


def _works_in(process: psutil.Process, folder: Path, name: str) -> bool:
    return bool(process.info["name"] == name and process.info["cwd"] == str(folder))


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return


def wait_until(condition: Callable[[], bool], *, seconds: float, interval: float = 0.02) -> bool:
    """Poll until `condition()` holds; False when it does not within the time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(interval)
    return True
