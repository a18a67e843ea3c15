"""Users of a stack, made and logged in by itself, without the doors that a newcomer goes through."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from bench.stack import PROJECT, Stack

# Verifying two hundred passwords would take longer than what is measured.
MAKE = """
import json
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from accounts.models import Login, User
from accounts.services import register_user
from accounts.tokens import sign_access
now = timezone.now()
tokens = []
for number in range({count}):
    user = register_user(email=f"bench{{number}}@example.com", password="a plain bench phrase", now=now)
    login = Login.objects.create(user=user, created_at=now, last_used_at=now)
    tokens.append(sign_access(user_id=user.id, login_id=login.id, now=now))
print(json.dumps(tokens))
"""


def tokens_of(stack: Stack, count: int) -> list[str]:
    """Make so many users; an access token of each, good for a quarter of an hour."""
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", MAKE.format(count=count)]
    env = {**os.environ, "VAR_DIR": str(stack.var_dir), "LOG_LEVEL": "ERROR"}
    done = subprocess.run(command, cwd=PROJECT, env=env, check=True, capture_output=True, text=True)
    tokens: list[str] = json.loads(done.stdout.splitlines()[-1])
    return tokens
