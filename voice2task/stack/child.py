"""A running child process of the supervisor and the lines it writes."""

import os
import time
from collections.abc import Iterator

import psutil

from voice2task.stack.programs import Program, end_group

CHUNK = 65536


class Child:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.last_line = "it printed nothing"
        self.started = time.monotonic()
        self._process = program.start()
        self._rest = b""
        self.at_end = False
        os.set_blocking(self.fileno(), False)

    @property
    def pid(self) -> int:
        return self._process.pid

    def fileno(self) -> int:
        assert self._process.stdout is not None  # noqa: S101 - spawned with a pipe
        return self._process.stdout.fileno()

    def is_dead(self) -> bool:
        """Without reaping it: as a zombie it still keeps the id of its process group for us."""
        return psutil.Process(self.pid).status() == psutil.STATUS_ZOMBIE

    def ask_to_stop(self) -> None:
        """Popen's own method would reap a dead child, and with it the id of its group."""
        os.kill(self.pid, self.program.stop_signal)

    def kill(self) -> None:
        end_group(self.pid)

    def bury(self) -> int:
        """End what is left of the dead child's group, free its id and its pipe; answers the exit status."""
        end_group(self.pid)
        status = self._process.wait()
        assert self._process.stdout is not None  # noqa: S101 - spawned with a pipe
        self._process.stdout.close()
        self.program.sweep()
        return status

    def read_lines(self) -> Iterator[bytes]:
        """The whole lines that are there now; what is longer than a pipe comes in pieces."""
        while chunk := self._read():
            *lines, self._rest = (self._rest + chunk).split(b"\n")
            if len(self._rest) > CHUNK:
                lines.append(self._rest)
                self._rest = b""
            for line in lines:
                self._note(line)
                yield line

    def read_rest(self) -> Iterator[bytes]:
        yield from self.read_lines()
        if self._rest:
            yield self._rest

    def _note(self, line: bytes) -> None:
        """Keep what may explain a failure: a line with words, not the caret below a statement."""
        text = line.decode(errors="replace").strip()
        if any(character.isalpha() for character in text):
            self.last_line = text

    def _read(self) -> bytes:
        try:
            chunk = os.read(self.fileno(), CHUNK)
        except BlockingIOError:
            return b""
        self.at_end = not chunk
        return chunk
