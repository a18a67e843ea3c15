"""Where the embedded stack keeps what it needs, and the URLs that lead to it.

Pure functions of the var folder (and of this user): the settings of any process, a shell
included, find the running servers without asking anyone.

    var/postgres/          the PostgreSQL data folder
    var/valkey/            the append-only file
    var/log/               output of servers started by `embedded_services`
    var/run/               locks, the process list, up.json, metrics
    <sockets>/pg, /kv      the Unix sockets, in folders that only their owner may enter
"""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

DATABASE_USER = "voice2task"
DATABASE_NAME = "voice2task"

# sun_path holds 108 bytes on Linux and 104 on macOS and the BSDs, the final NUL included.
SOCKET_PATH_LIMIT = 103
POSTGRES_SOCKET = "pg/.s.PGSQL.5432"
VALKEY_SOCKET = "kv/valkey.sock"


class StackError(Exception):
    """Something the operator can mend; its text is one clear line."""


def postgres_data(var_dir: Path) -> Path:
    return var_dir.resolve() / "postgres"


def valkey_data(var_dir: Path) -> Path:
    return var_dir.resolve() / "valkey"


def log_folder(var_dir: Path) -> Path:
    return var_dir.resolve() / "log"


def run_folder(var_dir: Path) -> Path:
    return var_dir.resolve() / "run"


def metrics_folder(var_dir: Path) -> Path:
    return run_folder(var_dir) / "metrics"


def up_file(var_dir: Path) -> Path:
    """Where the client command finds the address and the demo login of the stack that was started last."""
    return run_folder(var_dir) / "up.json"


def socket_base(var_dir: Path) -> Path:
    """The first folder whose socket paths fit the limit: under `var/`, else under the temp folder."""
    digest = hashlib.sha256(os.fsencode(var_dir.resolve())).hexdigest()[:12]
    private = f"voice2task-{os.getuid()}-{digest}"
    candidates = [run_folder(var_dir), Path(tempfile.gettempdir()) / private, Path("/tmp") / private]  # noqa: S108 - ownership and mode are checked before use
    for folder in candidates:
        if len(os.fsencode(folder / POSTGRES_SOCKET)) <= SOCKET_PATH_LIMIT:
            return folder
    raise StackError(f"No folder is short enough for a Unix socket ({SOCKET_PATH_LIMIT} bytes): {candidates}")


def postgres_socket(var_dir: Path) -> Path:
    return socket_base(var_dir) / POSTGRES_SOCKET


def valkey_socket(var_dir: Path) -> Path:
    return socket_base(var_dir) / VALKEY_SOCKET


def database_url(var_dir: Path) -> str:
    """Embedded PostgreSQL, in the form that libpq and dj-database-url both read."""
    host = quote(str(postgres_socket(var_dir).parent), safe="")
    return f"postgresql://{DATABASE_USER}@{host}/{DATABASE_NAME}"


def redis_url(var_dir: Path) -> str:
    """Embedded Valkey, in the form that redis-py and channels-redis read."""
    return f"unix://{quote(str(valkey_socket(var_dir)))}?db=0"


def celery_broker_url(url: str) -> str:
    """The same server in the words of Kombu: `redis+socket` behind a Unix socket, `virtual_host` for db."""
    if not url.startswith("unix://"):
        return url
    return url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)
