"""When a login or a token was last used, to the minute."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from django.db.models import Q

from accounts.models import ApiToken, Login

NOTED_EVERY = timedelta(minutes=1)
REMEMBERED = 10_000

_noted: OrderedDict[UUID, datetime] = OrderedDict()
_lock = Lock()


def note_use(kind: type[Login | ApiToken], id: UUID, *, now: datetime) -> None:
    """Keep that it is in use: at most one statement a minute from each process.

    No activity and no lock: nothing that anybody decided has changed.
    """
    with _lock:
        last = _noted.get(id)
        if last is not None and timedelta(0) <= now - last < NOTED_EVERY:
            return
        _noted[id] = now
        _noted.move_to_end(id)
        if len(_noted) > REMEMBERED:
            _noted.popitem(last=False)
    stale = Q(seen_at__isnull=True) | Q(seen_at__lte=now - NOTED_EVERY)
    kind.objects.filter(stale, id=id).update(seen_at=now)
