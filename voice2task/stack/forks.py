"""Python programs of the stack as forks of the supervisor, which imports beforehand what they have in common.

Six processes that import it each for themselves weigh 108 MB apiece; as forks they share those pages, and are
there at once after a death. A fork is as much a process of its own as one that was executed: session,
signals, standard files and environment are its own, and it holds no descriptor of the supervisor.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import runpy
import signal
import sys
import threading
import traceback
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

# Elsewhere, system libraries do not survive a fork.
POSSIBLE = sys.platform == "linux"

# What most of the programs import anyway. None of these may start a thread or open a connection, or choose an
# event loop: daphne's own modules do, and the recogniser brings threads.
SHARED_MODULES = (
    "voice2task.asgi",
    "voice2task.urls",
    "autobahn.twisted.websocket",
    "celery.apps.worker",
    "celery.bin.celery",
    "celery.concurrency.thread",
    "celery.worker.consumer",
    "conversations.runner",
    "django.core.management",
    "django_celery_beat.schedulers",
    "kombu.transport.redis",
    "twisted.web.http",
)
_HANDLED = (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)


def preload(environment: Mapping[str, str]) -> None:
    """Import what the programs share, under the environment that they will have."""
    os.environ.update(environment)
    # What is imported stays: looking through it again and again would only copy its pages into every fork.
    gc.disable()
    for module in SHARED_MODULES:
        importlib.import_module(module)
    from voice2task.celery import app

    app.loader.import_default_modules()
    app.finalize()
    gc.collect()
    gc.freeze()
    gc.enable()


@dataclass(frozen=True)
class Fork:
    """A child with as much of `subprocess.Popen` as the supervisor uses."""

    pid: int
    stdout: IO[bytes]

    def wait(self) -> int:
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)


def fork_module(
    argv: tuple[str, ...],
    *,
    name: str,
    environment: Mapping[str, str],
    folder: Path,
    files: Iterable[int],
    niceness: int,
) -> Fork:
    """Run `argv`, a module and its arguments, in a fork; returns once that leads a session of its own.

    Call it from a process that has no other thread: what another thread holds stays locked in the child.
    """
    output, its_output = os.pipe()
    ready, its_ready = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    # A signal in between would be taken by the supervisor's handlers, in the child.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    pid = os.fork()
    if pid == 0:
        _live(argv, name, mask, its_output, {**environment}, folder, frozenset(files), niceness)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    os.close(its_output)
    os.close(its_ready)
    os.read(ready, 1)
    os.close(ready)
    return Fork(pid, os.fdopen(output, "rb", buffering=0))


def _live(
    argv: tuple[str, ...],
    name: str,
    mask: Set[int | signal.Signals],
    output: int,
    environment: dict[str, str],
    folder: Path,
    files: frozenset[int],
    niceness: int,
) -> None:
    """The whole life of the child; does not return."""
    status = 1
    try:
        os.setsid()
        _take_files(output, files)
        _take_signals(mask)
        with suppress(OSError):
            # What `ps` and `top` show.
            Path("/proc/self/comm").write_text(name)
        os.chdir(folder)
        os.environ.update(environment)
        os.nice(niceness)
        _reseed()
        sys.argv = list(argv)
        runpy.run_module(argv[0], run_name="__main__", alter_sys=True)
        status = 0
    except SystemExit as end:
        status = _status(end.code)
    except BaseException:  # noqa: BLE001 - what Python does at the end of any program
        traceback.print_exc()
    finally:
        _end(status)


def _take_files(output: int, files: frozenset[int]) -> None:
    """Standard files of its own, and nothing else of the supervisor: neither its lock nor its pipes.

    Descriptors are replaced rather than closed: objects that believe to own one may still close its number.
    """
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    for number in {int(entry) for entry in os.listdir("/proc/self/fd")} - {0, 1, 2, null} - files:
        os.dup2(null, number, inheritable=False)


def _take_signals(mask: Set[int | signal.Signals]) -> None:
    signal.set_wakeup_fd(-1)
    for number in _HANDLED:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _reseed() -> None:
    """Keys are random beyond their first bits: a generator that was copied would give two forks the same."""
    from uuid_utils import reseed_rng

    reseed_rng()


def _status(code: object) -> int:
    if code is None or isinstance(code, int):
        return code or 0
    print(code, file=sys.stderr)  # noqa: T201 - as Python does
    return 1


def _end(status: int) -> None:
    """What Python does at its end, without going back through the supervisor's frames."""
    try:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)
