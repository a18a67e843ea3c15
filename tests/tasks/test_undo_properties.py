"""Whatever is done, undoing all of it gives the first state; undoing that gives the last."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actors import Actor
from activities.models import Activity
from tasks import services
from tests.conftest import register
from tests.tasks.operations import OPERATION, Performed, attempt
from tests.tasks.scenes import Clock, make, state
from voice2task.kernel.identifiers import uuid7


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(OPERATION, max_size=12))
def test_undo_of_everything_gives_the_first_state(operations: list[Performed]) -> None:
    user = register(f"{uuid7()}@example.com")
    clock = Clock()
    turn, undoing = Actor(user.id, "agent", uuid7()), Actor(user.id, "agent", uuid7())
    assert turn.turn_id
    assert undoing.turn_id
    make(Actor(user.id), "first", "second", labels=["a"], now=clock())
    before = state(user)
    for operation in operations:
        attempt(user, turn, clock, operation)
    after = state(user)
    undone = services.undo_turn(actor=undoing, turn_id=turn.turn_id, now=clock())
    assert (state(user), undone.conflicts) == (before, [])
    redone = services.undo_turn(actor=Actor(user.id), turn_id=undoing.turn_id, now=clock())
    assert (state(user), redone.conflicts) == (after, [])
    seqs = list(Activity.objects.of(user.id).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))
