"""Which processes the stack has started: what lets the next start end those that a killed one left behind."""

import json
import os
import signal
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import psutil

GRACE_SECONDS = 5.0


@dataclass(frozen=True)
class Entry:
    """A process id means nothing by itself: it may be somebody else's by now."""

    name: str
    pid: int
    created: float
    argv: tuple[str, ...]
    stop_signal: int

    @classmethod
    def parse(cls, fields: dict[str, object]) -> Self:
        return cls(**{**fields, "argv": tuple(fields["argv"])})  # type: ignore[arg-type]

    def find(self) -> psutil.Process | None:
        """The living process, if it is the recorded one. A wrapper that became the server (setpriv) is in the
        recorded command and no longer in the running one, hence the comparison of the tail.
        """
        try:
            process = psutil.Process(self.pid)
            same = process.create_time() == self.created and process.status() != psutil.STATUS_ZOMBIE
            running = tuple(process.cmdline())
        except psutil.NoSuchProcess:
            return None
        return process if same and running and self.argv[-len(running) :] == running else None


class Ledger:
    """The list of children in `var/run/processes.json`. Only the holder of the stack's lock may use it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._entries: dict[int, Entry] = {}

    def add(self, name: str, argv: tuple[str, ...], stop_signal: signal.Signals, pid: int) -> None:
        with suppress(psutil.NoSuchProcess):  # it is gone already: nothing to leave behind
            created = psutil.Process(pid).create_time()
            self._entries[pid] = Entry(name, pid, created, argv, int(stop_signal))
            self._write()

    def remove(self, pid: int) -> None:
        if self._entries.pop(pid, None):
            self._write()

    def end_orphans(self) -> list[str]:
        """End what an earlier stack left running; answers the names of what was found."""
        orphans = [entry for entry in self._read() if entry.find() or _session(entry)]
        living = [(entry, process) for entry in orphans if (process := entry.find())]
        for entry, process in living:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(entry.stop_signal)
        psutil.wait_procs([process for _, process in living], timeout=GRACE_SECONDS)
        rest = [process for entry in orphans for process in _session(entry)]
        for process in rest:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(rest, timeout=GRACE_SECONDS)
        self._file.unlink(missing_ok=True)
        return [entry.name for entry in orphans]

    def _read(self) -> list[Entry]:
        try:
            return [Entry.parse(fields) for fields in json.loads(self._file.read_text())]
        except FileNotFoundError:
            return []
        except (ValueError, TypeError, KeyError):  # written halfway by a full disk: nothing to go by
            return []

    def _write(self) -> None:
        if not self._entries:
            self._file.unlink(missing_ok=True)
            return
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps([asdict(entry) for entry in self._entries.values()]))
        part.replace(self._file)


def _session(entry: Entry) -> list[psutil.Process]:
    """Everything in the session that the recorded process leads or has led.

    No process can get the id of a session that still has members. So either the leader is the recorded one,
    or it is dead; any other process with that id means that the number was given away, and nothing is ours.
    """
    if psutil.pid_exists(entry.pid) and entry.find() is None:
        return []
    members = []
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess, ProcessLookupError):
            if os.getsid(process.pid) == entry.pid and process.create_time() >= entry.created:
                members.append(process)
    return members
