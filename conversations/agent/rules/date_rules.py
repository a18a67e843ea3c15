"""The rules that templates of time expressions name: each reads a match and says what it means."""

from __future__ import annotations

import re
from collections.abc import Callable

from conversations.agent.rules import days, periods, recurrence, times
from conversations.agent.rules.atoms import Atom, Context

Rule = Callable[[re.Match[str], Context], Atom | None]
RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        days.named,
        days.weekday,
        days.weekday_after,
        days.weekday_week,
        days.weekday_and_number,
        days.month_day,
        days.iso,
        times.iso_moment,
        days.numeric,
        days.month_and_year,
        days.day_of_month,
        days.nth_weekday,
        days.month_end,
        days.month_middle,
        days.day_of_week,
        periods.week_end,
        periods.year_end,
        days.day_end,
        periods.week,
        periods.weekend,
        periods.period,
        days.holiday,
        times.clock,
        times.clock_range,
        times.hour_word,
        times.relative_clock,
        times.part,
        times.weak_part,
        times.today_part,
        times.tonight,
        times.now_word,
        times.part_after,
        times.from_now,
        times.length,
        times.shift,
        times.clock_shift,
        days.weekday_beside,
        days.last_days,
        recurrence.weekdays,
        recurrence.all_but,
        recurrence.units,
        recurrence.adverb,
        recurrence.parts,
        recurrence.month_days,
        recurrence.month_starts,
        recurrence.month_weekdays,
        recurrence.month_positions,
        recurrence.year_days,
        recurrence.yearly,
        recurrence.bound,
        recurrence.times,
        recurrence.until,
    )
}
