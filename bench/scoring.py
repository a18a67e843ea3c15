"""How answers are scored against labelled rows: action, title, due moment, recurrence, what is made up."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

Row = Mapping[str, Any]
Scores = dict[str, list[float]]

_ARTICLES = {"the", "a", "an", "my"}
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\u1780-\u17ff\u1000-\u109f]")
_CHANGES = ("create", "update", "delete", "complete")
_EVERY_DAY = "FR,MO,SA,SU,TH,TU,WE"
_SORTED = ("BYDAY", "BYMONTHDAY", "BYMONTH", "BYHOUR", "BYMINUTE", "BYSETPOS")
_DAY, _MINUTE = 10, 16


def tokens(text: str | None) -> list[str]:
    """Words without articles; single characters where words are not spaced apart."""
    plain = unicodedata.normalize("NFKC", text or "").lower().replace("'", "").replace("\u2019", "")
    if _UNSPACED.search(plain):
        return list(re.sub(r"[\W_]+", "", plain))
    return [word for word in re.findall(r"[^\W_]+", plain) if word not in _ARTICLES]


def overlap(said: str | None, meant: str | None) -> float:
    """F1 of the words of two titles, 0 to 1."""
    one, other = Counter(tokens(said)), Counter(tokens(meant))
    if not one or not other:
        return float(one == other)
    return 2 * sum((one & other).values()) / (sum(one.values()) + sum(other.values()))


def rule_parts(rule: str | None) -> dict[str, str]:
    """A recurrence rule's parts in one spelling."""
    text = re.sub(r"^RRULE:", "", (rule or "").upper().strip())
    parts = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
    if parts.get("INTERVAL") == "1":
        del parts["INTERVAL"]
    parts.pop("WKST", None)
    for name in _SORTED:
        if name in parts:
            parts[name] = ",".join(sorted(re.sub(r"^\+", "", value) for value in parts[name].split(",")))
    if "UNTIL" in parts:
        parts["UNTIL"] = parts["UNTIL"][:8]
    if parts.get("FREQ") == "WEEKLY" and parts.get("BYDAY") == _EVERY_DAY:
        del parts["BYDAY"]
        parts["FREQ"] = "DAILY"
    return parts


def due_is_right(due: str | None, row: Row) -> bool:
    if due is None:
        return False
    length = _DAY if row["granularity"] == "day" else _MINUTE
    return any(due.replace(" ", "T")[:length] == (a[:_DAY] if length == _DAY else a) for a in row["accept"])


def score(row: Row, answer: Row) -> Iterator[tuple[str, float]]:
    """(measure, 0 to 1) for every measure that the row is labelled for."""
    if "action" in row:
        yield "action_acc", answer.get("action") == row["action"]
    if row.get("off_domain"):
        yield "false_create_rate", bool(answer.get("created") or answer.get("action") in _CHANGES)
    elif row.get("negative") or row.get("no_due"):
        yield "spurious_due_rate", answer.get("due") is not None
    if row.get("title") and row.get("title_exact") is not False and row.get("action", "create") in _CHANGES:
        yield "title_f1", overlap(answer.get("title"), row["title"])
        yield "title_exact", tokens(answer.get("title")) == tokens(row["title"])
    yield from _due(row, answer)
    yield from _recurrence(row, answer)


def _due(row: Row, answer: Row) -> Iterator[tuple[str, float]]:
    if not row.get("accept") or row.get("past"):
        return
    right = due_is_right(answer.get("due"), row)
    yield "due_all", right
    if row.get("core"):
        yield "due_core", right
        yield f"due_core_{row['granularity']}", right
    if row.get("holiday"):
        yield "due_holiday", right
    for kind in row.get("ambiguous") or ():
        yield f"due_ambiguous_{kind}", right


def _recurrence(row: Row, answer: Row) -> Iterator[tuple[str, float]]:
    if row.get("rrule") and not row.get("has_exclusions"):
        said, meant = rule_parts(answer.get("rrule")), rule_parts(row["rrule"])
        yield "rrule_exact", said == meant
        yield "freq_interval", all(said.get(part) == meant.get(part) for part in ("FREQ", "INTERVAL"))
    if row.get("recurrence") is not None and "intent" in row and row.get("action") == "create":
        yield "recurs_detected", bool(answer.get("rrule")) == bool(row["recurrence"])


def score_all(rows: list[Row], answers: Mapping[Any, Row]) -> Scores:
    """Every measure with its single results."""
    scores: Scores = defaultdict(list)
    for row in rows:
        for name, value in score(row, answers.get(row["id"], {})):
            scores[name].append(float(value))
    return scores
