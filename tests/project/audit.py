"""`python -m tests.project.audit`: fails if a pinned dependency has a known hole, says if nobody knows."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 120


def audit() -> tuple[list[str] | None, str]:
    """The known holes, one a line, and what was said beside; None if the data base cannot be reached."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", "requirements.txt", "--no-deps"]
    command += ["--disable-pip", "--progress-spinner", "off", "--format", "json", "--timeout", "10"]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
        )
        found = json.loads(done.stdout)["dependencies"]
    except subprocess.TimeoutExpired:
        return None, "no answer in time"
    except json.JSONDecodeError:
        return None, (done.stderr.strip().splitlines() or ["no answer"])[-1]
    return holes_in(found), ""


def holes_in(dependencies: list[dict]) -> list[str]:
    return [
        f"{row['name']} {row['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'none'}"
        for row in dependencies
        for hole in row.get("vulns", [])
    ]


def main() -> int:
    holes, said = audit()
    if holes is None:
        print(f"Dependencies were not audited: {said}", file=sys.stderr)  # noqa: T201
        return 0
    print("\n".join(holes) or "No known hole in any dependency.")  # noqa: T201
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main())
