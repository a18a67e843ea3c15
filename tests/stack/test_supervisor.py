"""The supervisor over programs that misbehave, each in its own way."""

import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from rich.console import Console

from tests.stack.conftest import wait_for
from voice2task.stack import supervisor
from voice2task.stack.child import Child
from voice2task.stack.ledger import Ledger
from voice2task.stack.log import StackLog
from voice2task.stack.paths import StackError
from voice2task.stack.programs import Program, end_processes_in
from voice2task.stack.supervisor import StopRequested, Supervisor

DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(987)
"""
ONE_WORD = "print('word', flush=True)"


class Reader(io.BytesIO):
    """Calls back when a line that contains `text` comes by."""

    def __init__(self, text: str = "", then: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self._text = text.encode()
        self._then = then

    def write(self, line: bytes, /) -> int:  # type: ignore[override]
        written = super().write(line)
        if self._text and self._text in line:
            self._then()
        return written

    @property
    def text(self) -> str:
        return self.getvalue().decode()


def stop_this() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def run(program: Program, reader: io.BytesIO, ledger: Path, *, console: Console | None = None) -> None:
    log = StackLog(reader, console or Console(file=io.StringIO()))
    with pytest.raises(StopRequested):
        _run(program, Supervisor(log, Ledger(ledger)))


def _run(program: Program, stack: Supervisor) -> None:
    with stack:
        stack.start_tier([program])
        stack.supervise()


def python(code: str, **more: object) -> Program:
    return Program(name="child", argv=(sys.executable, "-c", code), **more)  # type: ignore[arg-type]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "processes.json"


def test_a_child_that_does_not_stop_is_killed(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "STOP_SECONDS", 0.1)
    reader = Reader("deaf", stop_this)
    run(python(DEAF), reader, ledger)
    assert "up             │ child does not stop by itself: killed" in reader.text
    assert not any(DEAF in (p.info["cmdline"] or []) for p in psutil.process_iter(["cmdline"]))
    assert not ledger.exists()


def test_a_child_that_keeps_dying_is_restarted_ever_later(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "FIRST_DELAY_SECONDS", 0.01)
    delays: list[float] = []
    real_delay = Supervisor._delay

    def note(self: Supervisor, child: Child) -> float:
        delays.append(real_delay(self, child))
        if len(delays) == 4:
            stop_this()
        return delays[-1]

    monkeypatch.setattr(Supervisor, "_delay", note)
    # A start counts as good while the program sleeps; what follows is a child that cannot live.
    run(python("import time; time.sleep(0.1); raise SystemExit(3)"), reader := Reader(), ledger)
    assert delays == [0.01, 0.02, 0.04, 0.08]
    assert "child died (exit status 3), restarting" in reader.text


def test_a_child_that_lived_long_comes_back_at_once(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "STEADY_SECONDS", 0.0)
    monkeypatch.setattr(supervisor, "LONGEST_DELAY_SECONDS", 1e9)
    monkeypatch.setattr(supervisor, "FIRST_DELAY_SECONDS", 1e9)
    run(python("import time; time.sleep(0.1)"), Reader("restarted as process", stop_this), ledger)


def test_a_restart_that_fails_is_tried_again(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "LONGEST_DELAY_SECONDS", 0.05)
    faults = [OSError(28, "No space left on device"), StackError("the folder is gone")]
    starts: list[int] = []

    def prepare() -> None:
        starts.append(1)
        if len(starts) > 1 and faults:
            raise faults.pop(0)

    reader = Reader("restarted as process", stop_this)
    run(python("import time; time.sleep(0.1)", prepare=prepare), reader, ledger)
    assert "child cannot be restarted yet: [Errno 28] No space left on device" in reader.text
    assert "child cannot be restarted yet: the folder is gone" in reader.text


def test_a_child_that_is_never_ready_is_an_error(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "READY_SECONDS", 0.1)
    log = StackLog(Reader(), Console(file=io.StringIO()))
    program = python("import time; time.sleep(987)", is_ready=lambda: False)
    with (
        pytest.raises(StackError, match=r"child is not ready after 0 s"),
        Supervisor(log, Ledger(ledger)) as stack,
    ):
        stack.start_tier([program])
    assert not ledger.exists()


def test_it_stops_although_the_shell_had_sigint_ignored(ledger: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        run(
            python(DEAF.replace("SIGTERM", "SIGUSR1")),
            Reader("deaf", lambda: os.kill(os.getpid(), signal.SIGINT)),
            ledger,
        )
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_under_nohup_it_stays_when_the_terminal_goes(ledger: Path) -> None:
    def hang_up_and_stop() -> None:
        os.kill(os.getpid(), signal.SIGHUP)
        stop_this()

    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        run(python(DEAF.replace("SIGTERM", "SIGUSR1")), reader := Reader("deaf", hang_up_and_stop), ledger)
    finally:
        signal.signal(signal.SIGHUP, before)
    assert "SIGTERM received, stopping" in reader.text


def test_without_a_reader_of_the_log_it_ends(ledger: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb", buffering=0) as pipe:
        run(python("import time; print('anyone?', flush=True); time.sleep(987)"), pipe, ledger)  # type: ignore[arg-type]
    assert not ledger.exists()


def test_a_child_may_close_its_output_and_write_long_lines(ledger: Path) -> None:
    write = "import os, time; os.write(1, b'x' * 200_000 + b'\\nlast words')"
    code = f"{write}; os.closerange(1, 3); time.sleep(0.2)"
    reader = Reader("child died", stop_this)
    run(python(code), reader, ledger)
    assert reader.text.count("x") >= 200_000
    assert "child          │ last words" in reader.text


def test_a_terminal_gets_colours_and_a_file_does_not(ledger: Path) -> None:
    console = Console(file=io.StringIO(), force_terminal=True, color_system="standard", no_color=False)
    coloured, plain = Reader("word", stop_this), Reader("word", stop_this)
    run(python(ONE_WORD + "; import time; time.sleep(987)"), coloured, ledger, console=console)
    run(python(ONE_WORD + "; import time; time.sleep(987)"), plain, ledger)
    assert "\x1b[36mchild          │\x1b[0m word\n" in coloured.text
    assert "child          │ word\n" in plain.text


def test_what_works_in_a_folder_is_asked_and_then_killed(tmp_path: Path) -> None:
    with StackProcess(tmp_path) as process:
        end_processes_in(tmp_path, process.name(), ask=signal.SIGTERM, grace=0.2)
        wait_for(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE)


class StackProcess:
    """A deaf process that works in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._program = Program(name="deaf", argv=(sys.executable, "-c", DEAF), folder=folder)

    def __enter__(self) -> psutil.Process:
        reading, writing = os.pipe()
        self._process = self._program.spawn(output=writing)
        os.close(writing)
        with os.fdopen(reading) as output:
            assert output.readline() == "deaf\n"
        return psutil.Process(self._process.pid)

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
