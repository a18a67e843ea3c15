"""Users of a stack, made and logged in by itself, without the doors that a newcomer goes through."""

from __future__ import annotations

import json
import subprocess
import sys

from bench.stack import PROJECT, Stack

# A thousand passwords, hashed as they should be, would take longer than what is measured.
MAKE = """
import json
from django.conf import settings
from django.utils import timezone
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from accounts.models import Login, User
from accounts.services import register_user
from accounts.tokens import sign_access
now = timezone.now()
tokens = []
for number in range({count}):
    user = register_user(email=f"{name}{{number}}@example.com", password="a plain bench phrase", now=now)
    login = Login.objects.create(user=user, created_at=now, last_used_at=now)
    tokens.append(sign_access(user_id=user.id, login_id=login.id, now=now))
print(json.dumps(tokens))
"""


def tokens_of(stack: Stack, name: str, count: int) -> list[str]:
    """Make so many users, called by that name; an access token of each, good for a quarter of an hour."""
    tokens: list[str] = json.loads(run_code(stack, MAKE.format(name=name, count=count)))
    return tokens


def run_code(stack: Stack, code: str) -> str:
    """Run Python in the stack's Django; the last line that it prints."""
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", code]
    env = {**stack.env, "LOG_LEVEL": "ERROR"}
    done = subprocess.run(command, cwd=PROJECT, env=env, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()[-1]
