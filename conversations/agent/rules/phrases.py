"""What tool results say, in words: only what they show, seen from when the sentence was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from conversations.agent.rules.recurrence import DAY_CODES

Result = Mapping[str, Any]
Task = Mapping[str, Any]
_WEEK = 7


class Phrases:
    """The sentences about results, in the words of `replies`, as seen from `moment` (aware, the user's)."""

    def __init__(self, replies: Mapping[str, str], moment: datetime) -> None:
        self._replies = replies
        self._moment = moment

    def say(self, reply: str, **words: Any) -> str:
        return self._replies[reply].format(**words)

    def result(self, tool: str, result: Result) -> Iterator[str]:
        """The sentences for the result of a call."""
        status = result.get("status")
        if status == "error":
            yield self.say("error", message=result.get("message", ""))
        elif status == "not_found":
            yield self.say("not_found", reference=result.get("reference", ""))
        elif status == "choices":
            yield from self._choices(result)
        elif status in ("nothing", "no_reminder"):
            yield self.say("nothing_to_undo" if status == "nothing" else "no_reminder")
        elif status == "which":
            yield self.say("choices", reference=result.get("reference", ""))
            for choice in result.get("memories", ()):
                yield self.say("choice", number=choice["number"], title=choice["memory"]["title"], details="")
        elif status in ("done", "accepted") and "workflow" in result:
            yield self.say(f"workflow_{status}", workflow=result["workflow"])
        elif status in ("rejected", "expired"):
            yield self.say(str(status), what=self._replies.get(f"tool_{tool}", tool))
        elif status == "done" and tool in self._tellers:
            yield from self._tellers[tool](self, result)
            yield from self._corrected(result)
        else:
            yield self.say("nothing_done")

    def _corrected(self, result: Result) -> Iterator[str]:
        """That the user's words were followed where the call said another day or time."""
        if "corrected" in result:
            task: Task = result.get("task") or result["tasks"][0]
            yield self.say("corrected", title=task["title"], due=result["corrected"]["said"])

    def _created(self, result: Result) -> Iterator[str]:
        for task in result.get("tasks", ()):
            yield self.say("created", title=task["title"], details=self.details(task))

    def _completed(self, result: Result) -> Iterator[str]:
        for task in result.get("tasks", ()):
            if task.get("status") == "done":
                yield self.say("completed", title=task["title"])
            else:
                yield self.say("completed_once", title=task["title"], details=self.details(task))

    def _trashed(self, result: Result) -> Iterator[str]:
        for task in result.get("tasks", ()):
            yield self.say("trashed", title=task["title"])

    def _reopened(self, result: Result) -> Iterator[str]:
        for task in result.get("tasks", ()):
            yield self.say("reopened", title=task["title"], details=self.details(task))

    def _found(self, result: Result) -> Iterator[str]:
        tasks = list(result.get("tasks", ()))
        if not tasks:
            yield self.say("found_none")
            return
        yield self.say("found_one") if len(tasks) == 1 else self.say("found_many", count=len(tasks))
        for task in tasks:
            yield self.say("found_item", title=task["title"], details=self.details(task))
        if result.get("more"):
            yield self.say("found_more")

    def _updated(self, result: Result) -> Iterator[str]:
        task: Task = result["task"]
        title = task["title"]
        changed = list(result.get("changed", ()))
        if not changed:
            yield self.say("unchanged", title=title)
        for field in changed:
            yield self._change(field, task)

    def _change(self, field: str, task: Task) -> str:
        title = task["title"]
        if field == "title":
            return self.say("renamed", title=title)
        if field == "due":
            due = self.due(task)
            return (
                self.say("moved", title=title, due=self.say("due_is", due=due))
                if due
                else self.say("undated", title=title)
            )
        if field == "priority":
            none = task["priority"] == "none"
            return (
                self.say("no_priority", title=title)
                if none
                else self.say("prioritised", title=title, priority=self._priority(task))
            )
        if field == "list" and task.get("list"):
            return self.say("listed", title=title, list=task["list"])
        if field == "rrule":
            rule = task.get("rrule")
            return (
                self.say("repeated", title=title, rule=self.rule(rule))
                if rule
                else self.say("repeats_no_more", title=title)
            )
        return self.say("updated", title=title)

    def _choices(self, result: Result) -> Iterator[str]:
        yield self.say("choices", reference=result.get("reference", ""))
        for choice in result.get("choices", ()):
            task = choice["task"]
            yield self.say("choice", number=choice["number"], title=task["title"], details=self.details(task))

    def _undone(self, result: Result) -> Iterator[str]:
        for entry in result.get("undone", ()):
            kind = str(entry.get("kind"))
            about = "undone_reminder" if kind.startswith("reminder.") else "undone"
            yield self.say(
                "undone_created" if kind == "task.created" else about, title=entry.get("title", "")
            )
        for conflict in result.get("conflicts", ()):
            yield self.say("conflict", title=conflict.get("title", ""))

    def _agenda(self, result: Result) -> Iterator[str]:
        overdue, days = list(result.get("overdue", ())), list(result.get("days", ()))
        tasks = [*overdue, *(task for day in days for task in day["tasks"])]
        yield from self._found({"tasks": tasks})

    def _listed(self, result: Result) -> Iterator[str]:
        for task in result.get("tasks", ()):
            yield self.say("listed", title=task["title"], list=task["list"])

    def _restored(self, result: Result) -> Iterator[str]:
        for task in result.get("tasks", ()):
            yield self.say("restored", title=task["title"], details=self.details(task))

    def _reminds(self, result: Result) -> Iterator[str]:
        title, moment = result["task"]["title"], result.get("reminds_at")
        if moment:
            yield self.say("reminds", title=title, due=self.due({"due_at": moment}))
        else:
            yield self.say("reminds_when_due", title=title)

    def _managed(self, result: Result) -> Iterator[str]:
        kind = "list" if "list" in result else "label"
        reply = f"{kind}_{result['action']}"
        yield self.say(reply, name=result[kind], new_name=result.get("new_name", ""))

    def _remembers(self, result: Result) -> Iterator[str]:
        yield self.say("remembers", text=result["memory"]["text"])

    def _forgot(self, result: Result) -> Iterator[str]:
        yield self.say("forgot", text=result["forgotten"])

    _tellers: Mapping[str, Callable[[Phrases, Result], Iterator[str]]] = {
        "create_tasks": _created,
        "find_tasks": _found,
        "update_task": _updated,
        "complete_tasks": _completed,
        "trash_tasks": _trashed,
        "reopen_tasks": _reopened,
        "undo": _undone,
        "get_agenda": _agenda,
        "move_tasks": _listed,
        "set_recurrence": _updated,
        "add_subtasks": _created,
        "set_reminder": _reminds,
        "snooze": _reminds,
        "restore_tasks": _restored,
        "manage_lists": _managed,
        "manage_labels": _managed,
        "remember": _remembers,
        "forget": _forgot,
    }

    def details(self, task: Task) -> str:
        """What distinguishes a task besides its title, each part with a leading comma."""
        parts = []
        if task.get("status") == "done":
            parts.append(self.say("is_done"))
        if due := self.due(task):
            parts.append(self.say("due", due=due))
        if task.get("rrule"):
            parts.append(self.say("repeating", rule=self.rule(task["rrule"])))
        if task.get("list"):
            parts.append(self.say("on_list", list=task["list"]))
        if task.get("priority") not in (None, "", "none"):
            parts.append(self.say("with_priority", priority=self._priority(task)))
        return "".join(parts)

    def _priority(self, task: Task) -> str:
        return self._replies[f"priority_{task['priority']}"]

    def due(self, task: Task) -> str:
        """When a task is due ("tomorrow at 17:00"), or "" if it is not."""
        if task.get("due_at"):
            moment = datetime.fromisoformat(task["due_at"]).astimezone(self._moment.tzinfo)
            return self.say("at_time", day=self._day(moment.date()), time=f"{moment:%H:%M}")
        return self._day(date.fromisoformat(task["due_on"])) if task.get("due_on") else ""

    def _day(self, day: date) -> str:
        today = self._moment.date()
        distance = (day - today).days
        if distance in (-1, 0, 1):
            return self.say(("today", "tomorrow", "yesterday")[distance])
        if 0 < distance < _WEEK:
            return self.say("on_weekday", weekday=self._replies["weekdays"].split()[day.weekday()])
        month = self._replies["months"].split()[day.month - 1]
        reply = "on_date" if day.year == today.year else "on_date_year"
        return self.say(reply, day=day.day, month=month, year=day.year)

    def rule(self, rrule: str) -> str:
        """A recurrence rule in words; a general phrase for what has no short ones."""
        parts = dict(part.split("=", 1) for part in rrule.removeprefix("RRULE:").split(";") if "=" in part)
        units = {entry.split(":")[0]: entry.split(":")[1:] for entry in self._replies["units"].split()}
        if parts.get("FREQ") not in units or set(parts) - {
            "FREQ",
            "INTERVAL",
            "BYDAY",
            "BYMONTHDAY",
            "WKST",
            "COUNT",
            "UNTIL",
        }:
            return self.say("rule_other")
        one, many = units[parts["FREQ"]]
        interval = int(parts.get("INTERVAL", 1))
        every = self.say("every", unit=one) if interval == 1 else self.say("every_n", n=interval, unit=many)
        if "BYMONTHDAY" in parts:
            if parts["BYMONTHDAY"] == "-1":
                return self.say("rule_month_end", every=every)
            return self.say(
                "rule_month_days", every=every, days=parts["BYMONTHDAY"].replace(",", self._replies["and"])
            )
        if "BYDAY" not in parts:
            return every
        codes = parts["BYDAY"].split(",")
        if not set(codes) <= set(DAY_CODES):
            return self.say("rule_other")
        names = self._replies["weekdays"].split()
        days = self._replies["and"].join(names[DAY_CODES.index(code)] for code in codes)
        plain = parts["FREQ"] == "WEEKLY" and interval == 1
        return (
            self.say("rule_weekdays", days=days)
            if plain
            else self.say("rule_on_days", every=every, days=days)
        )
