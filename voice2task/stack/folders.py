"""The folders of the stack, made and checked, and the lock that keeps a second stack out."""

import fcntl
import os
import shutil
import stat
from pathlib import Path

from voice2task.stack import paths
from voice2task.stack.account import Account
from voice2task.stack.paths import StackError


def make_folders(var_dir: Path) -> None:
    """Make `var/`, `var/run` and the socket base. Raises StackError where something else is in the way."""
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
        paths.run_folder(var_dir).mkdir(mode=0o711, exist_ok=True)
        paths.socket_base(var_dir).mkdir(mode=0o711, exist_ok=True)
    except OSError as error:
        raise StackError(f"Cannot make the folder {error.filename}: {error.strerror}") from error
    # Passable, because PostgreSQL may run as another user below it; the folders with the sockets are 0700.
    claim_folder(paths.socket_base(var_dir), mode=0o711)


def claim_folder(folder: Path, *, mode: int, owner: Account | None = None) -> None:
    """Give our own folder its mode, and if need be the database's account. In a shared temp folder the name
    may be a trap: look before use.
    """
    found = folder.lstat()
    owners = {os.getuid(), owner.uid} if owner else {os.getuid()}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
        raise StackError(f"{folder} is not a folder of this user: remove it, or set TMPDIR to another place")
    folder.chmod(mode)
    if owner:
        owner.own(folder)


def remove_sockets(var_dir: Path) -> None:
    """Leave nothing in a shared temp folder."""
    shutil.rmtree(paths.postgres_socket(var_dir).parent, ignore_errors=True)
    shutil.rmtree(paths.valkey_socket(var_dir).parent, ignore_errors=True)
    base = paths.socket_base(var_dir)
    if base != paths.run_folder(var_dir):
        base.rmdir()


class StackLock:
    """An exclusive lock on a var folder. The kernel drops it with the process, so it is never stale."""

    def __init__(self, var_dir: Path) -> None:
        self._var_dir = var_dir
        self._file = os.open(paths.run_folder(var_dir) / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._file)
            raise StackError(f"Another Voice2Task stack already runs in {var_dir}") from error

    def release(self) -> None:
        os.close(self._file)
