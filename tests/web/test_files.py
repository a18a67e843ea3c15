"""The client's files agree with each other; nothing builds them, so nothing else would notice."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from voice2task import tables
from voice2task.web.shell import FOLDER

APP = FOLDER / "web" / "app"
VENDOR = FOLDER / "web" / "vendor"
MODULES = sorted(APP.rglob("*.js"))
MAX_LINES = 300
# Keys that are put together: `t(`status.${task.status}`)`. Their beginnings must exist.
BUILT = re.compile(r"\bt\(`([a-z.]+\.)\$\{")
DECLARED = r"export (?:(?:async )?function|const|let|class) {name}\b|export \{{[^}}]*\b{name}\b"
ASKED = re.compile(r'\bt\("([^"]+)"[,)]')


def texts(language: str) -> dict[str, str]:
    """The table of a language, which is one object of strings in double quotes."""
    source = (APP / "i18n" / f"{language}.js").read_text()
    body = source[source.index("{") : source.rindex("}") + 1]
    body = re.sub(r"^\s*//.*$", "", body, flags=re.MULTILINE)
    named = re.sub(r"([{,]\s*)(\w+):", r'\1"\2":', body)
    return json.loads(re.sub(r",\s*}", "}", named))


def test_vendored_files_are_those_that_were_recorded():
    rows = json.loads((VENDOR / "vendored.json").read_text())
    assert {row["file"] for row in rows} == {path.name for path in VENDOR.glob("*.js")}
    for row in rows:
        assert hashlib.sha256((VENDOR / row["file"]).read_bytes()).hexdigest() == row["sha256"], row["file"]
        assert (VENDOR / row["license_text"]).is_file()
        assert row["version"]
        assert row["license"]


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_each_language_says_everything_and_fills_the_same_gaps(language: str):
    english, other = texts("en"), texts(language)
    assert other.keys() == english.keys()
    for key, text in other.items():
        assert text.strip(), key
        assert set(re.findall(r"\{(\w+)\}", text)) <= set(re.findall(r"\{(\w+)\}", english[key])), key
        assert text.count("|") == english[key].count("|"), key


def test_every_text_that_is_asked_for_exists():
    english = texts("en")
    for path in MODULES:
        source = path.read_text()
        for key in ASKED.findall(source):
            assert key in english, f"{path.name}: {key}"
        for beginning in BUILT.findall(source):
            assert any(key.startswith(beginning) for key in english), f"{path.name}: {beginning}"


def test_every_kind_of_activity_and_every_tool_has_a_name():
    english = texts("en")
    assert {f"did.{kind}" for kind in tables.EVENT_KINDS} <= english.keys()
    assert {f"tool.{tool}" for tool in tables.AGENT_TOOLS} <= english.keys()


def test_what_the_client_offers_is_what_the_server_takes():
    data = (APP / "later" / "data.js").read_text()
    offered = re.search(r"FORMATS = \{(.*)\};", data)
    guessed = re.search(r"FORMAT_OF = \{(.*)\};", data)
    assert offered
    assert guessed
    assert re.findall(r'(\w+): "', offered[1]) == list(tables.IMPORT_FORMATS)
    assert set(re.findall(r': "(\w+)"', guessed[1])) <= set(tables.IMPORT_FORMATS)
    told = re.search(r"KINDS = (\[.*\]);", (APP / "later" / "workflows.js").read_text())
    assert told
    assert set(json.loads(told[1])) <= set(tables.WEBHOOK_KINDS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_what_is_there_and_fits_on_a_few_screens(path: Path):
    source = path.read_text()
    assert source.startswith("//"), "a module says first what it is"
    assert len(source.splitlines()) <= MAX_LINES
    for target in re.findall(r'(?:from|import\()\s*"(\.[^"]+)"', source):
        found = (path.parent / target).resolve()
        assert found.is_file(), target
    for names, target in re.findall(r'import \{([^}]+)\} from "(\.[^"]+)"', source):
        exported = (path.parent / target).resolve()
        if exported.parent == VENDOR:
            continue
        text, rest = exported.read_text(), source.replace(f"{{{names}}}", "")
        for name, _, alias in (part.strip().partition(" as ") for part in names.split(",")):
            assert re.search(DECLARED.format(name=name), text), f"{target} has no {name}"
            assert re.search(rf"\b{alias or name}\b", rest), f"{name} is imported and not used"


def test_nothing_runs_from_text_or_from_elsewhere():
    for path in MODULES:
        source = path.read_text()
        assert not re.search(r"\beval\(|new Function|innerHTML|[\"\'`]https?://\w", source), path.name
    shown = [path.name for path in MODULES if "dangerouslySetInnerHTML" in path.read_text()]
    assert shown == ["reply.js"], "HTML is shown in one place, and there it has been sanitised"
