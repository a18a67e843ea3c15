"""Workflows by the handful: `manage.py n8n`, with a manifest or with what an n8n says it has."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from integrations.models import Workflow
from integrations.n8n import api
from integrations.services.runs import check_input
from tests.conftest import register
from tests.integrations.receiver import Received, Reply, receiving

FOLDER = Path(api.__file__).parent
MANIFEST = FOLDER / "manifest.json"


@pytest.fixture
def operator(db: None) -> None:
    user = register("operator@example.com")
    user.is_staff = True
    user.save()


def command(*arguments: Any, **options: Any) -> str:
    printed = StringIO()
    call_command("n8n", *arguments, stdout=printed, **options)
    return printed.getvalue()


def test_the_shipped_manifest_registers_the_shipped_templates(operator: None) -> None:
    printed = command("import", str(MANIFEST), base_url="http://127.0.0.1:9", token="a token")
    rows = {row.name: row for row in Workflow.objects.all()}
    templates = {path.stem: json.loads(path.read_text()) for path in (FOLDER / "templates").glob("*.json")}
    assert set(rows) == set(templates) - {"error_workflow"}
    assert all(name in printed for name in rows)
    for name, row in rows.items():
        described = api.described({"id": "1", **templates[name]})
        assert described is not None
        assert (row.url, row.calls_back) == (
            f"http://127.0.0.1:9{described['path']}",
            described["calls_back"],
        )
        assert (row.owner, row.active, row.description) == (None, True, described["description"])
        assert row.input_schema == described["input_schema"]
    assert rows["create_calendar_event"].compensation == rows["delete_calendar_event"]
    undone = {"run_id": "x", "input": {"title": "Lunch"}, "output": None}
    check_input(rows["delete_calendar_event"], undone)


def test_what_n8n_offers_is_proposed_page_by_page(operator: None, settings: Any) -> None:
    def hooked(number: int, note: str = "", **more: Any) -> dict[str, Any]:
        hook = {"type": "n8n-nodes-base.webhook", "parameters": {"path": f"p{number}", **more}}
        said = {"type": "n8n-nodes-base.stickyNote", "parameters": {"content": note}}
        return {"id": str(number), "name": f"Mill No. {number}!", "nodes": [hook, said]}

    note = '## Mine\n```json\n{"name": "grind", "description": "Grinds.", "effect": "read"}\n```'
    pages: dict[str, Any] = {
        "": {"data": [hooked(1, note, responseMode="responseNode")], "nextCursor": "more"},
        "more": {"data": [hooked(2), {"id": "3", "name": "No hook", "nodes": []}], "nextCursor": None},
    }

    def answer(received: Received) -> Reply:
        assert received.path.startswith("/api/v1/workflows?tags=voice2task&")
        return Reply(pages[received.path.partition("cursor=")[2]])

    with receiving(answer) as n8n:
        settings.N8N_URL, settings.N8N_API_KEY = n8n.url().rstrip("/"), "a key"
        command("sync")
        grind, other = Workflow.objects.order_by("id")
        assert (grind.name, grind.effect, grind.calls_back, grind.active) == ("grind", "read", False, False)
        assert (other.name, other.calls_back, other.n8n_id) == ("mill_no_2", True, "2")
        assert other.url == n8n.url("/webhook/p2")
        pages[""]["data"] = [hooked(1, "```json\n{broken}\n```")]
        with pytest.raises(CommandError, match="is not JSON"):
            command("sync")


def test_what_cannot_be_done_is_told(operator: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="N8N_URL and N8N_API_KEY"):
        command("sync")
    broken = tmp_path / "manifest.json"
    for content in ("{", "[]", '{"workflows": 7}'):
        broken.write_text(content)
        with pytest.raises(CommandError, match="is no manifest"):
            command("import", str(broken))
    with pytest.raises(CommandError, match="no such member of staff"):
        command("import", str(MANIFEST), base_url="http://127.0.0.1:9", operator="nobody@example.com")
    with pytest.raises(CommandError, match="A path needs the address"):
        command("import", str(MANIFEST))
    assert not Workflow.objects.exists()
