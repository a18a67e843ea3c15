"""A pytest plugin that points the settings at a stack of the tests' own, before Django reads them.

The first process makes the folder and (in `conftest.py`) runs PostgreSQL and Valkey in it; workers of
pytest-xdist inherit it and keep apart by database name and Redis database number.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

from voice2task.stack import paths

FOLDER_VARIABLE = "VOICE2TASK_TEST_FOLDER"
OWNER = FOLDER_VARIABLE not in os.environ

if OWNER:
    os.environ[FOLDER_VARIABLE] = tempfile.mkdtemp(prefix="v2t-tests-")
    atexit.register(shutil.rmtree, os.environ[FOLDER_VARIABLE], ignore_errors=True)

FOLDER = Path(os.environ[FOLDER_VARIABLE])
FOLDER.chmod(0o711)
WORKER = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or -1) + 1

HIDDEN = (
    *("DATABASE_URL", "ENVIRONMENT", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "HTTPS", "LOG_FORMAT"),
    *("LLM_PROVIDERS", "OPENAI_API_KEY", "OPENAI_BASE_URL", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"),
    *("LLM_MONTHLY_BUDGET", "SECRET_KEY_FALLBACKS", "OTEL_EXPORTER_OTLP_ENDPOINT", "SENTRY_DSN"),
)
for name in HIDDEN:
    # Empty, rather than absent, hides what a developer's own `.env` says.
    os.environ[name] = ""
os.environ |= {
    "VAR_DIR": str(FOLDER),
    "REDIS_URL": paths.redis_url(FOLDER).replace("db=0", f"db={WORKER}"),
    "EMAIL_URL": "memory://",
    # What a whole suite does from one address is more than anybody may.
    **{f"RATE_{name}": "1000000/m" for name in ("USER", "ADDRESS", "MESSAGES", "FRAMES", "LOGIN")},
    **dict.fromkeys(("LOGIN_FAILURES", "LOGIN_FAILURES_ADDRESS", "SOCKETS_PER_USER"), "1000000"),
    # The weights of the local engine are too large for tests that do not need them.
    "SPEECH_ENGINES": "openai",
}
