"""The user that PostgreSQL runs as: it refuses root, so root lends it an unprivileged one.

Nothing outside `var/` and the socket folder changes hands or mode for that. Where the borrowed user cannot
pass a folder above (a clone under `/root`), the server keeps one capability that lets it read and pass
folders, and no other right of root.
"""

import os
import pwd
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from voice2task.stack.paths import StackError

UNPRIVILEGED_USERS = ("postgres", "nobody", "daemon")
# include/uapi/linux/capability.h; the first is enough, the second is what containers commonly keep.
READ_CAPABILITIES = {"dac_read_search": 2, "dac_override": 1}


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    @classmethod
    def for_database(cls, data: Path) -> Self:
        """This user or, for root, the one that `data` belongs to already, else the first unprivileged one."""
        if os.geteuid() != 0:
            wanted: Sequence[int | str] = [os.geteuid()]
        elif data.exists() and data.stat().st_uid != 0:
            wanted = [data.stat().st_uid]
        else:
            wanted = UNPRIVILEGED_USERS
        users = pwd.getpwall()
        for user in wanted:
            for entry in users:
                if user in (entry.pw_name, entry.pw_uid):
                    return cls(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)
        raise StackError(f"PostgreSQL has to run as a user that has a name and is not root: no {wanted} here")

    @cached_property
    def borrowed(self) -> bool:
        return self.uid != os.geteuid()

    def own(self, path: Path) -> None:
        if self.borrowed:
            os.chown(path, self.uid, self.gid)

    def wrap(self, argv: list[str], *, reaches: list[Path]) -> list[str]:
        """The command that runs `argv` as this account, which must be able to reach those absolute paths.

        Raises StackError if a folder bars the way and no capability can open it.
        """
        if not self.borrowed:
            return argv
        setpriv = shutil.which("setpriv")
        barred = next(
            (folder for path in reaches for folder in path.parents if not self._passes(folder)), None
        )
        if setpriv is None or (barred is not None and _read_capability() is None):
            reason = (
                f"the user {self.name} may not pass {barred}" if setpriv else "the program setpriv is missing"
            )
            raise StackError(f"PostgreSQL refuses to run as root and {reason}: start as an ordinary user")
        drop = [setpriv, f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups", "--no-new-privs"]
        if barred is None:
            return [*drop, "--inh-caps=-all", "--ambient-caps=-all", *argv]
        grant = f"-all,+{_read_capability()}"
        # Without the secure bit, access(2) asks what the user could do without its capabilities.
        bits = "--securebits=+no_setuid_fixup"
        return [*drop, bits, f"--inh-caps={grant}", f"--ambient-caps={grant}", *argv]

    def _passes(self, folder: Path) -> bool:
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & 0o100)
        return bool(found.st_mode & (0o010 if found.st_gid == self.gid else 0o001))


def _read_capability() -> str | None:
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    held = next(line for line in status.read_text().splitlines() if line.startswith("CapPrm:"))
    mask = int(held.split()[1], 16)
    return next((name for name, bit in READ_CAPABILITIES.items() if mask >> bit & 1), None)
