"""How an import looks outside: REST and activities alike."""

from __future__ import annotations

from conversations.representation import moment
from voice2task.kernel.transfer import JSON
from voice2task.transfer.models import Import


def render_import(row: Import) -> JSON:
    return {
        "id": str(row.id),
        "format": row.format,
        "on_error": row.on_error,
        "list_name": row.list_name,
        "status": row.status,
        "report": row.report,
        "error": {"code": row.error_code, "message": row.error_message} if row.error_code else None,
        "created_at": moment(row.created_at),
        "started_at": moment(row.started_at),
        "finished_at": moment(row.finished_at),
    }
