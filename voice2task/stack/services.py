"""PostgreSQL and Valkey by themselves, for as long as a `with` block: what the tests stand on."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from voice2task.stack import paths
from voice2task.stack.folders import StackLock, make_folders, remove_sockets
from voice2task.stack.paths import StackError
from voice2task.stack.postgres import EmbeddedPostgres
from voice2task.stack.programs import Program, end_group, wait_until
from voice2task.stack.valkey import EmbeddedValkey

START_SECONDS = 60.0
STOP_SECONDS = 8.0


@dataclass(frozen=True)
class ServiceUrls:
    database: str
    redis: str


@contextmanager
def embedded_services(var_dir: Path, *, durable: bool = True) -> Iterator[ServiceUrls]:
    """Run both servers on `var_dir` and end them with the block.

    Without `durable`, PostgreSQL skips fsync and Valkey its append-only file. Entered again on the same
    folder, PostgreSQL's data is there.

    Raises StackError if a server does not start or another stack uses the folder.
    """
    with ExitStack() as stack:
        make_folders(var_dir)
        lock = StackLock(var_dir)
        stack.callback(lock.release)
        stack.callback(remove_sockets, var_dir)
        running = []
        for server in (EmbeddedPostgres(var_dir, durable=durable), EmbeddedValkey(var_dir, durable=durable)):
            server.make_data_folder()
            running.append(stack.enter_context(_run_program(server.program(), paths.log_folder(var_dir))))
        for started in running:
            started.wait_ready()
        yield ServiceUrls(database=paths.database_url(var_dir), redis=paths.redis_url(var_dir))


@dataclass(frozen=True)
class _Running:
    program: Program
    process: "subprocess.Popen[bytes]"
    log: Path

    def wait_ready(self) -> None:
        settled = wait_until(
            lambda: self.process.poll() is not None or self.program.is_ready(), seconds=START_SECONDS
        )
        if not settled or self.process.poll() is not None:
            lines = self.log.read_text(errors="replace").splitlines() or ["it printed nothing"]
            raise StackError(f"{self.program.name} did not start: {lines[-1]} (more in {self.log})")


@contextmanager
def _run_program(program: Program, log_folder: Path) -> Iterator[_Running]:
    log_folder.mkdir(exist_ok=True)
    log = log_folder / f"{program.name}.log"
    with log.open("wb") as output, program.spawn(output=output) as process:
        try:
            yield _Running(program, process, log)
        finally:
            process.send_signal(program.stop_signal)
            try:
                process.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                end_group(process.pid)
            program.sweep()
