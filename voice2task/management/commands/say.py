"""`manage.py say "…"`: talk to a running server from the command line."""

from __future__ import annotations

import json
import sys
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.markup import escape
from rich.prompt import Confirm
from rich.table import Column, Table

from voice2task.client import Client, ClientError, Frame
from voice2task.client_speech import NoMicrophone, Recording, microphone, recording_of


class Command(BaseCommand):
    help = "Say something to a running server; shows the reply as it streams, then what was done."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="*", help="what to say; several are said one after another")
        parser.add_argument("--audio", metavar="FILE", help="a recording, of any common format")
        parser.add_argument("--microphone", action="store_true", help="speak, until you press Enter")
        parser.add_argument("--url", help="the server's address (default: the one that `up` runs)")
        parser.add_argument("--email", help="whom to log in as (default: the demo user)")
        parser.add_argument("--password", help="that user's password")

    def handle(self, *args: Any, **options: Any) -> None:
        known = _running_stack()
        login = {name: options[name] or known.get(name, "") for name in ("url", "email", "password")}
        if missing := [f"--{name}" for name, value in login.items() if not value]:
            raise CommandError(
                f"No server of this folder is running: start one, or give {', '.join(missing)}."
            )
        if not (options["text"] or options["audio"] or options["microphone"]):
            raise CommandError("Say something: a text, --audio or --microphone.")
        client = Client(login["url"], email=login["email"], password=login["password"])
        console = Console()
        try:
            client.log_in()
            zone = ZoneInfo(client.get("/auth/me/")["timezone"])
            ends = [_say(client, text, console, zone) for text in options["text"]]
            if options["audio"]:
                ends.append(_speak(client, recording_of(Path(options["audio"])), console, zone))
            if options["microphone"]:
                ends.append(_listen(client, console, zone))
        except (ClientError, NoMicrophone) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        if any(end["type"] not in {"turn.completed", "turn.approval"} for end in ends):
            raise CommandError("The turn failed.")


def _running_stack() -> dict[str, str]:
    """The address and the demo login that `up` leaves for this command."""
    try:
        known: dict[str, str] = json.loads((settings.VAR_DIR / "run" / "up.json").read_text())
    except FileNotFoundError:
        return {}
    return known


def _say(client: Client, text: str, console: Console, zone: ZoneInfo) -> Frame:
    """Say one sentence and show what comes. Returns the turn's last frame, or what it waits at."""
    console.print(f"[bold]> {text}[/bold]", highlight=False)
    return _follow(client, client.say(text), console, zone)


def _listen(client: Client, console: Console, zone: ZoneInfo) -> Frame:
    """Let somebody speak until they press Enter."""
    with microphone() as recording:
        console.print("[dim]· speak, then press Enter[/dim]")
        threading.Thread(target=_end_at_enter, args=(recording,), daemon=True).start()
        return _speak(client, recording, console, zone)


def _end_at_enter(recording: Recording) -> None:
    sys.stdin.readline()
    recording.ended.set()


def _speak(client: Client, recording: Recording, console: Console, zone: ZoneInfo) -> Frame:
    return _follow(client, client.speak(recording), console, zone)


def _follow(client: Client, frames: Iterator[Frame], console: Console, zone: ZoneInfo) -> Frame:
    frame: Frame = {"type": "turn.failed"}
    for frame in frames:
        if frame["type"] == "turn.approval" and not _answer(client, frame["approval"], console):
            break
        _show(frame, console)
    console.print()
    if frame.get("receipts"):
        console.print(_table(frame["receipts"], zone))
    if frame.get("engine"):
        console.print(f"[dim]· answered by {_engines(frame)}[/dim]", highlight=False)
    return frame


def _show(frame: Frame, console: Console) -> None:
    match frame["type"]:
        case "transcript.partial":
            console.print(f"[dim]… {escape(frame['text'])}[/dim]", highlight=False)
        case "transcript.final":
            language = f" [dim]({frame['language']})[/dim]" if frame["language"] else ""
            console.print(f"[bold]> {escape(frame['text'])}[/bold]{language}", highlight=False)
        case "event":
            error = frame["data"]["after"]["error"] or {"message": frame["kind"], "code": frame["kind"]}
            console.print(f"[red]{error['message']} ({error['code']})[/red]")
        case "turn.delta":
            console.print(frame["text"], end="", highlight=False, markup=False, soft_wrap=True)
        case "turn.tool" if frame["status"] == "started":
            console.print(f"[dim]· {frame['name']}[/dim]", highlight=False)
        case "turn.reset":
            console.print("\n[dim]· starting again[/dim]")
        case "turn.stopped":
            console.print("\n[dim]· stopped[/dim]")
        case "turn.failed":
            console.print(f"[red]{frame['message']} ({frame['code']})[/red]")


def _answer(client: Client, approval: Frame, console: Console) -> bool:
    """Show what a turn asks, and answer it if somebody is there to say yes or no. False if nobody is."""
    console.print(
        f"\n[yellow]· may it run {approval['tool']}? ({approval['reason']})[/yellow]", highlight=False
    )
    for change in approval["preview"]:
        console.print(f"  {change['kind']} {change['name']}", highlight=False, markup=False)
    if not sys.stdin.isatty():
        console.print("[dim]· it waits for yes or no[/dim]")
        return False
    decision = "approve" if Confirm.ask("Go on?", console=console) else "reject"
    client.post(f"/approvals/{approval['id']}/answer/", {"decision": decision, "digest": approval["digest"]})
    return True


def _engines(end: Frame) -> str:
    """Who answered, and who was asked before."""
    tried = [f"{fallback['engine']}: {fallback['code']}" for fallback in end.get("fallbacks", ())]
    return f"{end['engine']} ({', '.join(tried)})" if tried else str(end["engine"])


def _table(receipts: list[Frame], zone: ZoneInfo) -> Table:
    headings = ("what", "title", "due", "repeats", "priority", "list")
    table = Table(*(Column(heading, overflow="fold") for heading in headings))
    for receipt in receipts:
        task = receipt["task"] or {}
        table.add_row(
            receipt["kind"],
            receipt["title"],
            _due(task, zone),
            task.get("rrule", ""),
            task.get("priority", ""),
            task.get("list", ""),
        )
    return table


def _due(task: Frame, zone: ZoneInfo) -> str:
    """The due moment on the user's clock, or the day of a task due all day."""
    if task.get("due_at"):
        return f"{datetime.fromisoformat(task['due_at']).astimezone(zone):%a %d %b %Y %H:%M}"
    return f"{date.fromisoformat(task['due_on']):%a %d %b %Y}" if task.get("due_on") else ""
