"""The files of the client: what a first load fetches, and what is kept for when there is no network."""

from __future__ import annotations

import hashlib
import posixpath
import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "static"
ENTRY = "web/app/main.js"
SERVED = {".js", ".css", ".svg", ".png", ".webmanifest"}
# What a module needs before it runs; what it fetches later, by `import(…)`, is not meant.
IMPORT = re.compile(r"""^(?:import|export)\b[^;"]*["'](\.[^"']+)["'];|\bfrom ?"(\./[^"]+)";""", re.MULTILINE)


def _imported(file: str) -> list[str]:
    """The modules that `file` imports at once, by their paths below the static files' address."""
    source = (FOLDER / file).read_text(encoding="utf-8")
    targets = (first or second for first, second in IMPORT.findall(source))
    return [posixpath.normpath(posixpath.join(posixpath.dirname(file), target)) for target in targets]


def _started_with() -> list[str]:
    found: set[str] = set()
    waiting = [ENTRY]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += _imported(file)
    return sorted(found)


# The modules of a first load, named in the page so that a browser asks for all of them at once.
STARTED_WITH = _started_with()


@cache
def offline_files() -> list[str]:
    """Everything that is served to a browser, by its path below the static files' address."""
    paths = (path for path in FOLDER.rglob("*") if path.suffix in SERVED)
    return sorted(path.relative_to(FOLDER).as_posix() for path in paths)


@cache
def shell_version() -> str:
    """A name for exactly these files and this page."""
    digest = hashlib.sha256()
    template = Path(__file__).resolve().parent / "templates" / "web" / "shell.html"
    for path in (template, *(FOLDER / file for file in offline_files())):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
