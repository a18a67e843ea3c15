"""One log for all children: each line behind the short, coloured name of who wrote it."""

from typing import IO

from rich.console import Console
from rich.style import Style

OWN_NAME = "up"
NAME_WIDTH = 14
COLOURS = ("cyan", "magenta", "green", "blue", "yellow", "bright_cyan", "bright_magenta")


class StackLog:
    """Raw bytes pass through unchanged; only the prefix is ours, plain where the output is no terminal."""

    def __init__(self, stream: IO[bytes], console: Console) -> None:
        self._stream = stream
        self._console = console
        self._prefixes: dict[str, bytes] = {}
        self._reader_gone = False

    def write(self, name: str, line: bytes) -> None:
        """Raises OSError once when the reader is gone; after that everything is dropped."""
        if self._reader_gone:
            return
        try:
            self._stream.write(self._prefix(name) + line + b"\n")
            self._stream.flush()
        except OSError:
            self._reader_gone = True
            raise

    def say(self, text: str) -> None:
        self.write(OWN_NAME, text.encode())

    def _prefix(self, name: str) -> bytes:
        if name not in self._prefixes:
            text = f"{name:<{NAME_WIDTH}} │"
            style = Style(color=COLOURS[len(self._prefixes) % len(COLOURS)], bold=name == OWN_NAME)
            coloured = style.render(text, color_system=self._console._color_system)
            self._prefixes[name] = f"{coloured} ".encode()
        return self._prefixes[name]
