"""The command lines of the product's processes, for the embedded stack; `docker-compose.yml` names the same.

Each is a Python module with its arguments, as `python -m` takes them.
"""

BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
DEFAULT_CONCURRENCY = 4
DELIVERY_CONCURRENCY = 32
# Far above what a frame may hold, so that one that is too large gets its error and not a cut connection.
MAX_SOCKET_BYTES = 4 * 2**20

Command = tuple[str, ...]


def gunicorn(address: str) -> Command:
    """REST, the client and the admin; how is in `voice2task.gunicorn_settings`."""
    return (
        "gunicorn",
        "--config",
        "python:voice2task.gunicorn_settings",
        "--bind",
        address,
        "voice2task.wsgi:application",
    )


def daphne(*place: str) -> Command:
    """Sockets, and REST as well where nobody else serves it. `place`: where it listens, in its own words."""
    limits = (
        *("--websocket-max-message-size", str(MAX_SOCKET_BYTES)),
        *("--websocket-max-frame-size", str(MAX_SOCKET_BYTES)),
    )
    return ("voice2task.socket_server", "-v", "0", *place, *limits, "voice2task.asgi:application")


def worker(queue: str, concurrency: int, *, queues: str = "") -> Command:
    """A worker called `queue` of that queue, or of several, the first of which goes before the others."""
    threads = ("-Q", queues or queue, "-P", "threads", "-c", str(concurrency), "-n", f"{queue}@%h")
    # Its heartbeat stays: with each, the worker says what `/health/ready` and the metrics tell of it.
    return celery("worker", *threads, "--without-gossip", "--without-mingle")


def beat() -> Command:
    return celery("beat", "--scheduler", BEAT_SCHEDULER)


def celery(*arguments: str) -> Command:
    return ("celery", "-A", "voice2task", *arguments)
