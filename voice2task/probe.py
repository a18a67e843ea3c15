"""Asks one address and says by its exit status whether the answer was good: the health check of a container.

python -m voice2task.probe http://127.0.0.1:8000/health/live
"""

from __future__ import annotations

import sys
import urllib.error
import urllib.request

PATIENCE_SECONDS = 4.0


def main(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS):  # noqa: S310 - from the command line
            return 0
    except (urllib.error.URLError, OSError) as error:
        print(f"{url}: {error}", file=sys.stderr)  # noqa: T201 - for whoever reads the container's health
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
