"""What staff have looked at, told to whose it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.actors import Actor
from activities.models import Activity
from activities.services.recording import Entry, lock_stream, record

VIEWED = "content.viewed"
# Who looks again within this time is still looking.
ONE_LOOK = timedelta(hours=1)


@transaction.atomic
def view_content(*, actor: Actor, subject_type: str, subject_id: UUID, by: str, now: datetime) -> bool:
    """Record that staff see content of the actor's user. To be called before it is shown.

    `by` is the address of who looks. False if the same look has been recorded already.

    Raises:
        UserGone
    """
    lock_stream(actor.user_id)
    looks = Activity.objects.of(actor.user_id).filter(subject_id=subject_id, kind=VIEWED)
    if looks.filter(at__gt=now - ONE_LOOK, after__by=by).exists():
        return False
    after = {"subject": subject_type, "by": by}
    record(actor=actor, entry=Entry(VIEWED, subject_type, subject_id, after), at=now)
    return True
