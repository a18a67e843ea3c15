"""Keeps the children of the stack running until a signal, and ends them in order.

Built on psutil and subprocess, not on circus 0.19: that stops all watchers at once (PostgreSQL has to outlive
its clients), reaps with `waitpid(-1)` (which steals the exit status of every other child), leaves a dead
child's process group behind, drops a program for good when a start hook fails, opens control sockets without
a password, and more than doubles what this process weighs.
"""

import selectors
import signal
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import FrameType, TracebackType
from typing import Self

from voice2task.stack.child import CHUNK, Child
from voice2task.stack.ledger import Ledger
from voice2task.stack.log import OWN_NAME, StackLog
from voice2task.stack.paths import StackError
from voice2task.stack.programs import Program

READY_SECONDS = 60.0
# Two tiers, clients and servers: together they stay within 10 s.
STOP_SECONDS = 4.0
TICK_SECONDS = 0.05
IDLE_SECONDS = 1.0
# A child that lived this long failed by accident and comes back at once; the others wait longer each time.
STEADY_SECONDS = 5.0
FIRST_DELAY_SECONDS = 0.25
LONGEST_DELAY_SECONDS = 5.0


class StopRequested(Exception):
    """A signal asks the stack to end."""


class Supervisor:
    """A context manager for the main thread: leaving it ends every child, whatever happened."""

    def __init__(self, log: StackLog, ledger: Ledger) -> None:
        self._log = log
        self._ledger = ledger
        self._tiers: list[list[Child]] = []
        self._due: list[_Restart] = []
        self._delays: dict[str, float] = {}
        self._signal: signal.Signals | None = None
        self._stopping = False
        self._child_died = False
        self._waiting = True

    def __enter__(self) -> Self:
        self._selector = selectors.DefaultSelector()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_reader.setblocking(False)
        self._wake_writer.setblocking(False)
        self._selector.register(self._wake_reader, selectors.EVENT_READ)
        self._install_handlers()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping = True
        if self._signal:
            self._say(f"{self._signal.name} received, stopping")
        while self._tiers:
            self._stop_tier(self._tiers.pop())
        for number, handler in self._old_handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_wakeup)
        self._selector.close()
        self._wake_reader.close()
        self._wake_writer.close()

    def start_tier(self, programs: Sequence[Program]) -> None:
        """Start them together and return when all are ready. Raises StackError when one is not, StopRequested
        on a signal. The tier that starts last stops first.
        """
        tier: list[Child] = []
        self._tiers.append(tier)
        for program in programs:
            self._start(program, tier)
        for child in tier:
            self._wait(child, child.program.is_ready)

    def run_once(self, program: Program) -> None:
        """Run a program to its end. Raises StackError when it fails, StopRequested on a signal."""
        tier: list[Child] = []
        self._tiers.append(tier)
        child = self._start(program, tier)
        self._wait(child, child.is_dead, may_end=True)
        self._tiers.remove(tier)
        if status := self._bury(child):
            raise StackError(f"{program.name} failed ({_describe(status)}): {child.last_line}")

    def supervise(self) -> None:
        """Restart what dies, until a signal raises StopRequested."""
        self._waiting = False
        while True:
            self._restart_the_dead()
            self._pump()

    def _install_handlers(self) -> None:
        """A shell starts background jobs with SIGINT ignored; the stack ends by it all the same.

        A SIGHUP that is ignored stays so: that is what nohup asks for.
        """
        stops = [signal.SIGINT, signal.SIGTERM]
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            stops.append(signal.SIGHUP)
        self._old_wakeup = signal.set_wakeup_fd(self._wake_writer.fileno(), warn_on_full_buffer=False)
        self._old_handlers = {number: signal.signal(number, self._request_stop) for number in stops}
        self._old_handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, self._note_death)

    def _request_stop(self, number: int, _frame: FrameType | None) -> None:
        self._signal = signal.Signals(number)

    def _note_death(self, _number: int, _frame: FrameType | None) -> None:
        self._child_died = True

    def _start(self, program: Program, tier: list[Child]) -> Child:
        child = Child(program)
        tier.append(child)
        self._ledger.add(program.name, program.shown_argv, program.stop_signal, child.pid)
        self._selector.register(child, selectors.EVENT_READ, child)
        return child

    def _wait(self, child: Child, condition: Callable[[], bool], *, may_end: bool = False) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while True:
            self._pump()
            for other in [
                other for tier in self._tiers for other in tier if not (may_end and other is child)
            ]:
                if other.is_dead():
                    self._pass_on(other)
                    raise StackError(f"{other.program.name} did not start: {other.last_line}")
            if condition():
                return
            if not may_end and time.monotonic() > deadline:
                raise StackError(
                    f"{child.program.name} is not ready after {READY_SECONDS:.0f} s: {child.last_line}"
                )

    def _pump(self) -> None:
        """Pass on what the children wrote; sleep until there is something to do."""
        for key, _ in self._selector.select(TICK_SECONDS if self._impatient else IDLE_SECONDS):
            if isinstance(key.data, Child):
                self._pass_on(key.data)
            else:
                self._wake_reader.recv(CHUNK)
        if self._signal and not self._stopping:
            raise StopRequested

    @property
    def _impatient(self) -> bool:
        """While something starts, stops or is due, time matters; later only the children do."""
        return self._stopping or self._waiting or bool(self._due)

    def _pass_on(self, child: Child) -> None:
        for line in child.read_lines():
            self._write(child.program.name, line)
        if child.at_end and child in self._selector.get_map():
            self._selector.unregister(child)

    def _restart_the_dead(self) -> None:
        if self._child_died:
            self._child_died = False
            for tier in self._tiers:
                for child in [child for child in tier if child.is_dead()]:
                    tier.remove(child)
                    status = self._bury(child)
                    delay = self._delay(child)
                    self._say(f"{child.program.name} died ({_describe(status)}), restarting")
                    self._due.append(_Restart(time.monotonic() + delay, child.program, tier))
        for restart in [restart for restart in self._due if restart.at <= time.monotonic()]:
            self._due.remove(restart)
            self._restart(restart)

    def _restart(self, restart: "_Restart") -> None:
        """A start that fails (a full disk) is tried again: the rest of the stack goes on meanwhile."""
        try:
            child = self._start(restart.program, restart.tier)
            self._say(f"{restart.program.name} restarted as process {child.pid}")
        except (OSError, StackError) as error:
            self._say(f"{restart.program.name} cannot be restarted yet: {error}")
            self._due.append(replace(restart, at=time.monotonic() + LONGEST_DELAY_SECONDS))

    def _delay(self, child: Child) -> float:
        """How long the next start waits, in seconds."""
        name = child.program.name
        if time.monotonic() - child.started >= STEADY_SECONDS:
            self._delays[name] = 0.0
            return 0.0
        self._delays[name] = min(
            max(self._delays.get(name, 0.0) * 2, FIRST_DELAY_SECONDS), LONGEST_DELAY_SECONDS
        )
        return self._delays[name]

    def _stop_tier(self, tier: list[Child]) -> None:
        for child in tier:
            child.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        while tier and time.monotonic() < deadline:
            self._pump()
            for child in [child for child in tier if child.is_dead()]:
                tier.remove(child)
                self._bury(child)
        for child in tier:
            self._say(f"{child.program.name} does not stop by itself: killed")
            child.kill()
            self._bury(child)

    def _bury(self, child: Child) -> int:
        if child in self._selector.get_map():
            self._selector.unregister(child)
        for line in child.read_rest():
            self._write(child.program.name, line)
        status = child.bury()
        self._ledger.remove(child.pid)
        return status

    def _say(self, text: str) -> None:
        self._write(OWN_NAME, text.encode())

    def _write(self, name: str, line: bytes) -> None:
        """Without a reader (a closed terminal, a pipe into `head`) there is nobody to run for."""
        try:
            self._log.write(name, line)
        except OSError:
            self._signal = signal.SIGPIPE


@dataclass(frozen=True)
class _Restart:
    at: float
    program: Program
    tier: list[Child]


def _describe(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
