"""A fake vendor for a person to try: `python -m tests.fakes openai --port 4010`."""

from __future__ import annotations

import argparse
import sys

from tests.fakes.anthropic import ANTHROPIC
from tests.fakes.openai import OPENAI
from tests.fakes.script import Answer, demo
from tests.fakes.server import Fake
from tests.fakes.transcription import TRANSCRIPTION

VENDORS = {vendor.name: vendor for vendor in (OPENAI, ANTHROPIC, TRANSCRIPTION)}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes", description=__doc__)
    parser.add_argument("vendor", choices=sorted(VENDORS))
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--error", type=int, metavar="STATUS", help="answer every request with this status")
    options = parser.parse_args()
    script = (lambda _body: Answer(status=options.error)) if options.error else demo
    fake = Fake(VENDORS[options.vendor], script, port=options.port)
    fake.start()
    sys.stdout.write(f"{options.vendor} at {fake.base_url}\n")
    sys.stdout.flush()
    try:
        fake.wait()
    except KeyboardInterrupt:
        fake.stop()


if __name__ == "__main__":
    main()
