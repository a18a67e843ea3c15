"""What a workflow reports after its turn has gone on without it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from activities.models import Outbox
from conversations.models import TurnStep

JSON = dict[str, Any]

TELL_RUN = "conversations.tell_run"


@transaction.atomic
def tell_run(*, run_id: UUID, turn_id: UUID | None, result: JSON | None) -> int:
    """Put how a run ended in the place of the result that said it was at work: later turns read it there.

    Returns how many steps had said so.
    """
    Outbox.objects.settle(TELL_RUN, run_id)
    if turn_id is None or result is None:
        return 0
    said = TurnStep.objects.filter(
        turn_id=turn_id, kind=TurnStep.Kind.TOOL, result__run_id=str(run_id), result__status="accepted"
    )
    return said.update(result=result)
