"""What an answer means for a delivery: one table, and what it rests on is what servers really answer.

n8n says 200 with text while it starts and 404 until a workflow is registered, 500 when a node throws, 403 for
a wrong token, 200 with nothing when the node that should answer was never reached. The schedule is that of
Standard Webhooks.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Action(StrEnum):
    DELIVERED = "delivered"
    RETRY = "retry"
    GIVE_UP = "give_up"
    DISABLE = "disable"


@dataclass(frozen=True, slots=True)
class Rule:
    """What to do, under which code it is kept, and what a run that ends of it is told.

    `within` and `times` bound the repetitions besides the schedule. `ailing` counts against the target's
    health (`breaker`): whoever refuses a single message is well.
    """

    action: Action
    code: str = ""
    run_code: str = ""
    within: timedelta | None = None
    times: int | None = None
    ailing: bool = False


_R, _G = Action.RETRY, Action.GIVE_UP

RULES: Mapping[str, Rule] = {
    # 2xx: to a workflow only with JSON of the agreed form, to an endpoint with anything.
    "agreed": Rule(Action.DELIVERED),
    "not_agreed": Rule(_R, "answer_not_agreed", "workflow_output_invalid", ailing=True),
    # No answer at all.
    "unreachable": Rule(_R, "unreachable", "workflow_unavailable", ailing=True),
    "no_answer": Rule(_R, "no_answer", "workflow_timeout", ailing=True),
    "too_large": Rule(_G, "answer_too_large", "workflow_output_too_large"),
    # Never sent.
    "forbidden": Rule(_G, "address_forbidden", "address_forbidden"),
    "unreadable": Rule(_G, "secret_unreadable", "secret_unreadable"),
    "gone": Rule(_G, "target_gone", "workflow_deleted"),
    # By status; one that is not named falls to its class.
    "404": Rule(_R, "not_found", "workflow_refused", within=timedelta(minutes=2)),
    "408": Rule(_R, "busy", "workflow_unavailable", ailing=True),
    "410": Rule(Action.DISABLE, "gone", "workflow_refused"),
    "425": Rule(_R, "busy", "workflow_unavailable"),
    "429": Rule(_R, "busy", "workflow_unavailable", ailing=True),
    "500": Rule(_R, "server_error", "workflow_failed", times=2),
    "502": Rule(_R, "unavailable", "workflow_unavailable", ailing=True),
    "503": Rule(_R, "unavailable", "workflow_unavailable", ailing=True),
    "504": Rule(_R, "unavailable", "workflow_unavailable", ailing=True),
    "1xx": Rule(_G, "refused", "workflow_refused"),
    "3xx": Rule(_G, "redirected", "workflow_refused"),
    "4xx": Rule(_G, "refused", "workflow_refused"),
    "5xx": Rule(_R, "server_error", "workflow_unavailable", ailing=True),
}

# Standard Webhooks: at once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h.
ENDPOINT_DELAYS = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
)
# Somebody waits for a run: it is repeated sooner, and until its deadline.
RUN_DELAYS = tuple(timedelta(seconds=seconds) for seconds in (1, 2, 4, 8, 15, 30))
JITTER = 0.2
LONGEST_RETRY_AFTER = timedelta(hours=24)


def rule_for(answer: str) -> Rule:
    """The rule for an answer: a name of `RULES`, or a status as text."""
    return RULES.get(answer) or RULES[f"{answer[0]}xx"]


def delay_after(
    tries: int, *, for_run: bool, retry_after: timedelta | None, spread: float
) -> timedelta | None:
    """How long after try number `tries` (from 1) the next one comes; None after the last.

    `spread` from 0 to 1 is where in the jitter it falls. A target that names a time is not asked before it.
    """
    delays = RUN_DELAYS if for_run else ENDPOINT_DELAYS
    if tries > len(delays) and not for_run:
        return None
    delay = delays[min(tries, len(delays)) - 1] * (1 + JITTER * spread)
    return max(delay, min(retry_after, LONGEST_RETRY_AFTER)) if retry_after else delay


def next_try(
    rule: Rule,
    *,
    tries: int,
    first_tried_at: datetime,
    for_run: bool,
    retry_after: timedelta | None,
    now: datetime,
) -> datetime | None:
    """When to try again after a try that ended by `rule`; None if not at all."""
    if rule.action is not Action.RETRY or (rule.times is not None and tries > rule.times):
        return None
    # Not a secret: it only keeps many from coming at once.
    spread = random.random()  # noqa: S311
    if rule.within is not None:
        # Registered any moment: asked every few seconds, and then no more.
        after = now + RUN_DELAYS[min(tries, len(RUN_DELAYS)) - 1] * (1 + JITTER * spread)
        return after if after <= first_tried_at + rule.within else None
    delay = delay_after(tries, for_run=for_run, retry_after=retry_after, spread=spread)
    return None if delay is None else now + delay
