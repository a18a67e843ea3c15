"""`manage.py transcribe FILE…`: what recordings become, without a turn."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from integrations.speech.decoding import TooLong, Undecodable
from integrations.speech.recognising import Hints, NoEngine, Recognised, decoder, recognise


class Command(BaseCommand):
    help = "Print what is said in recordings, one JSON object a line."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a recording, of any common format")
        parser.add_argument("--language", default="", metavar="xx", help="its language (default: detected)")

    def handle(self, *args: Any, **options: Any) -> None:
        hints = Hints(language=options["language"])
        try:
            failed = [name for name in options["files"] if not self._transcribe(name, hints)]
        finally:
            decoder().close()
        if failed:
            raise CommandError(f"No text of {', '.join(failed)}.")

    def _transcribe(self, name: str, hints: Hints) -> bool:
        started = time.monotonic()
        try:
            recognised = recognise(Path(name).read_bytes(), hints)
        except OSError as error:
            line: dict[str, Any] = {"file": name, "error": error.strerror}
        except TooLong:
            line = {"file": name, "error": "It is too long."}
        except (Undecodable, NoEngine) as error:
            line = {"file": name, "error": str(error)}
        else:
            line = _line(name, recognised, time.monotonic() - started)
        self.stdout.write(json.dumps(line, ensure_ascii=False))
        self.stdout.flush()
        return "error" not in line


def _line(name: str, recognised: Recognised, seconds: float) -> dict[str, Any]:
    return {
        "file": name,
        "text": recognised.transcript.text,
        "language": recognised.transcript.language,
        "engine": recognised.engine,
        "audio_seconds": round(recognised.audio_seconds, 2),
        "seconds": round(seconds, 3),
    }
