"""The listening socket of the web server, held by the supervisor.

Whoever connects while the server restarts waits in its queue instead of being refused, and no other program
can take the port meanwhile.
"""

import errno
import socket

from voice2task.stack.paths import StackError

PORTS_TRIED = 50
LAST_PORT = 65535
BACKLOG = 512
WILDCARDS = {"0.0.0.0", "::"}  # noqa: S104 - recognised, not bound


def listen(host: str, port: int) -> socket.socket:
    """Listen on `port` or, if it is taken, on the next free one. Raises StackError when none is free."""
    last = min(port + PORTS_TRIED - 1, LAST_PORT)
    for candidate in range(port, last + 1):
        try:
            return _listen_on(host, candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise StackError(f"Cannot listen on {host}:{candidate}: {error.strerror}") from error
    raise StackError(f"All ports from {port} to {last} are in use on {host}: set PORT")


def address(listener: socket.socket) -> str:
    """The URL by which a browser on this machine gets there."""
    host, port = listener.getsockname()[:2]
    if host in WILDCARDS:
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _listen_on(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener
