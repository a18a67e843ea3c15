"""The files of the client: what a first load fetches, and what is kept for when there is no network."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "static"
# Parts that are fetched when they are first looked at: the languages but English, and whole views.
LATER = ("web/app/i18n/de.js", "web/app/i18n/fr.js", "web/app/i18n/es.js")
LATER_FOLDERS = ("web/app/later/",)
SERVED = {".js", ".css", ".svg", ".png", ".webmanifest"}


def _files() -> list[str]:
    """Everything that is served to a browser, by its path below the static files' address."""
    paths = (path for path in FOLDER.rglob("*") if path.suffix in SERVED)
    return sorted(path.relative_to(FOLDER).as_posix() for path in paths)


def is_later(file: str) -> bool:
    return file in LATER or file.startswith(LATER_FOLDERS)


# The modules of a first load, named in the page so that a browser asks for all at once.
STARTED_WITH = [file for file in _files() if file.endswith(".js") and not is_later(file)]


@cache
def offline_files() -> list[str]:
    return _files()


@cache
def shell_version() -> str:
    """A name for exactly these files and this page."""
    digest = hashlib.sha256()
    template = Path(__file__).resolve().parent / "templates" / "web" / "shell.html"
    for path in (template, *(FOLDER / file for file in offline_files())):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
