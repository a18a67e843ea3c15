"""A program for a fork: says what kind of process it is, and ends as it is told."""

# ruff: noqa: T201 - what it prints is what the test reads
import atexit
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

from voice2task.kernel.identifiers import uuid7

NEVER_REACHED = 987


def describe() -> dict[str, object]:
    return {
        "leads": os.getsid(0) == os.getpid() == os.getpgid(0),
        "argv": sys.argv[1:],
        "name": Path("/proc/self/comm").read_text().strip(),
        "folder": os.getcwd(),
        "niceness": os.nice(0),
        "variable": os.environ["VARIABLE"],
        "files": {entry: os.path.realpath(f"/proc/self/fd/{entry}") for entry in os.listdir("/proc/self/fd")},
        "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
        "handlers": [signal.getsignal(number) == signal.SIG_DFL for number in (15, 1, 17)],
        "interrupted": signal.getsignal(signal.SIGINT) is signal.default_int_handler,
        # The last of its bits, which are random.
        "random": uuid7().hex[20:],
    }


def end(way: str) -> None:
    if way == "raise":
        raise RuntimeError("it broke")
    if way == "wait":
        time.sleep(NEVER_REACHED)
    if way == "thread":
        # A program is at its end when its threads are.
        threading.Timer(0.2, print, ["the thread is done"]).start()
    if way.startswith("exit"):
        sys.exit(int(way[4:]) if way[4:].isdigit() else way[4:] or None)


if __name__ == "__main__":
    atexit.register(lambda: print("at the end"))
    print(json.dumps(describe()), flush=True)
    end(sys.argv[1])
