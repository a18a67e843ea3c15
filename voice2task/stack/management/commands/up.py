"""Start everything on this machine: database, Redis protocol server, web server, workers."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand

from voice2task.env import load_env
from voice2task.stack.launch import PROJECT, Launch


class Command(BaseCommand):
    help = "Run Voice2Task, with PostgreSQL and Valkey of its own unless DATABASE_URL and REDIS_URL are set."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        env = load_env()
        launch = Launch(
            var_dir=str(env.VAR_DIR),
            host=env.HOST,
            port=env.PORT,
            turn_concurrency=env.TURN_CONCURRENCY,
            speech_concurrency=env.SPEECH_CONCURRENCY,
            embed_database=not env.DATABASE_URL,
            embed_redis=not env.REDIS_URL,
        )
        # The supervisor takes the place of this process: it needs none of what Django has loaded into it.
        os.chdir(PROJECT)
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "voice2task.stack", launch.serialize()])  # noqa: S606 - ours
