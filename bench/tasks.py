"""Fills 1,000 and then 1,000,000 tasks and says how long lists, filters, deep pages, searches and feed take.

    python -m bench.tasks [--tasks 1000000] [--repeat 60] [--json FILE]

Requests go through the REST door within this process: everything but HTTP itself. One user has 1,000 tasks
all the time, another a tenth of all, the others 1,000 each. PostgreSQL is started for the run. The ratio
compares the quickest answers: the fillings lie minutes apart, and the machine may be busier at one of them.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import statistics
import sys
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import orjson

from voice2task.stack.services import ServiceUrls, embedded_services

if TYPE_CHECKING:
    from rest_framework.test import APIClient

    from accounts.models import User

FEW = 1000
PAGE = 50
WARM_UP = 5
# The share of all tasks that one user has.
BIG = 0.1
DEEP = 0.5

# What is asked, in turn: many words, so that no answer is only a cached one.
LISTS = {
    "first page": [""],
    "one list": ["list=work"],
    "open ones": ["status=open"],
    "in order of due": ["ordering=due"],
    "one list, in its order": ["list=work&ordering=position"],
}
FILTERS = {
    "label": ["label=urgent", "label=later"],
    "list and label": ["list=work&label=urgent", "list=home&label=later"],
    "status, rare": ["status=dismissed"],
    "due in a week": ["due_after=2026-03-01&due_before=2026-03-08"],
    "due, by moment": ["due_after=2026-03-01T08:00&due_before=2026-03-02T08:00"],
    "text": ["text=passport", "text=call anna", "text=480"],
    "subtasks of one": ["parent=00000000-0000-7000-8000-000000000000"],
    "trash": ["trashed=true"],
}
SEARCHES = {
    "q: a rare word": ["q=480", "q=1234", "q=2999"],
    "q: a word": ["q=passport", "q=dentist", "q=hedge"],
    "q: a common word": ["q=call", "q=milk", "q=the"],
    "q: two words": ["q=call anna", "q=pay invoice", "q=email bob report"],
    "q: a phrase": ['q="the invoice"', 'q="before lunch"'],
    "q: misspelt": ["q=passprot", "q=dentits", "q=insurence"],
    "q: name of a list": ["q=work report", "q=garden"],
    "q: words and filters": ["q=invoice is:open priority:high", "q=call label:urgent due:>2026-01-01"],
    "q: due": ["q=due:2026-03-01", "q=due:2026-03-02..2026-03-08 is:open"],
    "q: overdue": ["q=is:overdue"],
    "q: filters": ["q=label:urgent list:home -is:done", "q=no:due no:label is:open", "q=is:recurring"],
}
FEED = {
    "feed: its beginning": [""],
    "feed: one kind": ["kind=task.completed", "kind=list.created"],
}
REFERENCES = ("the passport renewal", "invoice 4711", "call Anna", "the hedge", "dentits", "the unicorn")


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="v2t-bench-") as folder, _services(folder):
        import django

        django.setup()
        logging.disable(logging.WARNING)
        small, big, others = _people(options.tasks)
        _timed("1,000 tasks filled", lambda: _fill([(small, FEW)], 1))
        tables = [_measure("a user with 1,000", small, options.repeat)]
        share = int(options.tasks * BIG)
        counts = [(big, share), *((user, FEW) for user in others)]
        _timed(f"{options.tasks:,} tasks filled", lambda: _fill(counts, 2))
        tables.append(_measure("the same among all", small, options.repeat))
        tables.append(_measure(f"a user with {share:,}", big, options.repeat))
        _print(tables)
        if options.json:
            found = [{"name": name, "seconds": times} for name, times in tables]
            options.json.write_text(json.dumps(found))
        _print_references(big)
        _timed(f"an account with {share:,} tasks deleted", lambda: _erase(big))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure lists and searches over many tasks.")
    parser.add_argument("--tasks", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=60, help="requests of each kind")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def _services(folder: str) -> AbstractContextManager[ServiceUrls]:
    # As root, PostgreSQL runs as another user, who must be able to pass through.
    os.chmod(folder, 0o711)  # noqa: S103
    hidden = {"DATABASE_URL": "", "REDIS_URL": "", "LOG_LEVEL": "WARNING"}
    os.environ |= {**hidden, "VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "voice2task.settings"}
    return embedded_services(Path(folder))


def _people(tasks: int) -> tuple[User, User, list[User]]:
    from django.core.management import call_command
    from django.utils import timezone

    from accounts.models import User
    from accounts.services import register_user

    call_command("migrate", verbosity=0)
    now = timezone.now()
    small, big = (
        register_user(
            email=f"{name}@example.org", password=token_urlsafe(), timezone="Europe/Berlin", now=now
        )
        for name in ("small", "big")
    )
    count = (tasks - int(tasks * BIG) - FEW) // FEW
    others = User.objects.bulk_create(User(email=f"user{number}@example.org") for number in range(count))
    return small, big, others


def _fill(counts: Iterable[tuple[User, int]], seed: int) -> None:
    from bench.filling import fill

    fill(list(counts), seed=seed)


def _timed(what: str, act: Callable[[], None]) -> None:
    started = time.perf_counter()
    act()
    print(f"{what} in {time.perf_counter() - started:.0f} s", flush=True)


def _measure(name: str, user: User, repeat: int) -> tuple[str, dict[str, list[float]]]:
    from rest_framework.test import APIClient

    client = APIClient(SERVER_NAME="localhost")
    client.force_authenticate(user)
    kinds = {**LISTS, "deep page": [_deep_page(client, user)], **FILTERS, **SEARCHES}
    times = {kind: _times(client, "tasks", queries, repeat) for kind, queries in kinds.items()}
    feed = {**FEED, "feed: its middle": [f"after={_middle_of_feed(user)}"]}
    times |= {kind: _times(client, "activities", queries, repeat) for kind, queries in feed.items()}
    print(f"measured {name}", flush=True)
    return name, times


def _deep_page(client: APIClient, user: User) -> str:
    """The query of the page in the middle of all the user's tasks, found by its place."""
    from tasks.models import Task

    own = Task.objects.of(user.id).kept().order_by("-id")
    place = own.values_list("id", flat=True)[int(own.count() * DEEP)]
    return urlencode({"cursor": urlsafe_b64encode(orjson.dumps([str(place)]))})


def _middle_of_feed(user: User) -> int:
    from activities.models import UserStream

    return int(UserStream.objects.seq_of(user.id) * DEEP)


def _times(client: APIClient, rows: str, queries: list[str], repeat: int) -> list[float]:
    """Seconds of each request."""
    times = []
    for number in range(WARM_UP + repeat):
        url = f"/api/v1/{rows}/?page_size={PAGE}&{queries[number % len(queries)]}"
        started = time.perf_counter()
        response = client.get(url)
        times.append(time.perf_counter() - started)
        if response.status_code != 200:
            raise SystemExit(f"{url}: {response.content!r}")
    return times[WARM_UP:]


def _erase(user: User) -> None:
    from django.utils import timezone

    from accounts.actors import Actor
    from accounts.services import erase_user

    erase_user(actor=Actor(user.id, "system"), now=timezone.now())


def _print(tables: list[tuple[str, dict[str, list[float]]]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("ms: median, p95, least", *(name for name, _ in tables), "ratio of the least")
    for kind in tables[0][1]:
        least = [min(times[kind]) for _, times in tables]
        cells = [_cell(times[kind]) for _, times in tables]
        table.add_row(kind, *cells, " · ".join(f"{each / least[0]:.2f}" for each in least[1:]))
    Console(width=120).print(table)


def _cell(times: list[float]) -> str:
    shown = (statistics.median(times), statistics.quantiles(times, n=20)[-1], min(times))
    return " ".join(f"{each * 1000:6.1f}" for each in shown)


def _print_references(user: User) -> None:
    from tasks.models import Task
    from tasks.search import resolve_among

    for reference in REFERENCES:
        started = time.perf_counter()
        found = resolve_among(reference, Task.objects.of(user.id).kept(), user_id=user.id)
        spent = (time.perf_counter() - started) * 1000
        print(f"reference “{reference}”: {type(found).__name__} in {spent:.0f} ms")


if __name__ == "__main__":
    sys.exit(main())
