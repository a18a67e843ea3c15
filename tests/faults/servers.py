"""The embedded servers without the rest, restarted when they die: `python -m tests.faults.servers FOLDER`.

What `up` runs beside them reaches them only by the way that it is given, which a proxy may be.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack, suppress
from pathlib import Path

from rich.console import Console

from voice2task.stack import paths
from voice2task.stack.folders import StackLock, make_folders, remove_sockets
from voice2task.stack.ledger import Ledger
from voice2task.stack.log import StackLog
from voice2task.stack.postgres import EmbeddedPostgres
from voice2task.stack.supervisor import StopRequested, Supervisor
from voice2task.stack.valkey import EmbeddedValkey


def run(folder: Path) -> None:
    """Until a signal asks to stop."""
    with ExitStack() as stack:
        make_folders(folder)
        stack.callback(StackLock(folder).release)
        stack.callback(remove_sockets, folder)
        log = StackLog(sys.stdout.buffer, Console())
        supervisor = stack.enter_context(Supervisor(log, Ledger(paths.run_folder(folder) / "processes.json")))
        servers = (EmbeddedPostgres(folder), EmbeddedValkey(folder))
        for server in servers:
            server.make_data_folder()
        supervisor.start_tier([server.program() for server in servers])
        with suppress(StopRequested):
            supervisor.supervise()


if __name__ == "__main__":
    run(Path(sys.argv[1]))
