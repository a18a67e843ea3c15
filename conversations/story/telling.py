"""The story of a turn, told from every table that knows of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

import structlog
from redis.exceptions import RedisError

from activities.models import Activity
from conversations.models import Turn
from conversations.story import consequences, work
from conversations.story.moments import Moment, Story, place
from voice2task.kernel.turn_log import lines_of

logger = structlog.get_logger(__name__)


def tell_story(turn: Turn, *, with_content: bool, now: datetime) -> Story:
    """Everything that is known of a turn, in the order in which it happened.

    A dozen queries, however long the turn. Without Redis the log lines are missing, and the story says so.
    """
    activities = list(Activity.objects.filter(turn_id=turn.id).order_by("seq"))
    lines = _lines(turn)
    moments = list(
        chain(
            work.recordings(turn),
            work.messages(turn),
            work.requests(turn),
            work.steps(turn, activities),
            work.approvals(turn),
            consequences.runs(turn),
            consequences.deliveries(turn, activities),
            consequences.notifications(activities),
            consequences.records([one for one in activities if not work.is_receipt(one)]),
            consequences.log_lines(lines or [], turn.created_at),
        )
    )
    moments = [_shown(moment, with_content) for moment in sorted(moments, key=lambda one: one.at)]
    begin = min([turn.created_at, *(one.at for one in moments)])
    return Story(moments, place(moments, begin, turn.finished_at or now), log_is_known=lines is not None)


def _shown(moment: Moment, with_content: bool) -> Moment:
    """Without what is hidden, and without facts that say nothing."""
    facts = [(name, value) for name, value in moment.facts if value not in (None, "", 0, False)]
    if with_content:
        return replace(moment, facts=facts, content=[part for part in moment.content if part.text])
    return replace(moment, facts=facts, content=[], capture_id=None)


def _lines(turn: Turn) -> list[dict[str, Any]] | None:
    try:
        return lines_of(turn.id)
    except RedisError as error:
        logger.warning("turn_log_not_read", error=str(error))
        return None
