"""daphne on uvloop. `python -m voice2task.socket_server` takes daphne's own arguments.

For every frame Twisted begins and ends to wait for its socket; asyncio's own loop does in Python what uvloop
does in C. daphne takes the reactor that it finds, and what it lacks is added here: it drains before it ends.
"""

from __future__ import annotations

from typing import Any

import uvloop
from twisted.internet import asyncioreactor


def main() -> None:
    """Serve until told to end."""
    install: Any = asyncioreactor.install
    install(uvloop.new_event_loop())
    # Each of these would choose a reactor as soon as it is imported, or needs the one that is there now.
    from daphne.cli import CommandLineInterface
    from twisted.internet import reactor

    from voice2task.asgi import requests
    from voice2task.draining import drain_on_sigterm
    from voice2task.eager_writes import write_eagerly
    from voice2task.kernel.garbage import collect_seldom
    from voice2task.websocket_frames import put_right

    drain_on_sigterm(reactor, requests)
    put_right()
    write_eagerly()
    collect_seldom()
    CommandLineInterface.entrypoint()


if __name__ == "__main__":
    main()
