"""Every setting that comes from outside, typed, one module for each subject.

Read from the process environment and from `.env` beside `manage.py`. All faults are reported at once, each
with the name of its variable. `.env.example` documents the same names in the same order.
"""

from __future__ import annotations

import sys

from pydantic import ValidationError
from pydantic_settings import SettingsConfigDict

from voice2task.env.fields import BASE_DIR
from voice2task.env.keeping import Keeping
from voice2task.env.limits import Limits
from voice2task.env.llm import Models
from voice2task.env.logs import Logs
from voice2task.env.observing import Observing
from voice2task.env.outside import Outside
from voice2task.env.people import People
from voice2task.env.place import Place
from voice2task.env.security import Security
from voice2task.env.speech import Speech
from voice2task.env.turns import Turns
from voice2task.secret_values import kept_secret

__all__ = ["BASE_DIR", "Env", "describe_faults", "load_env"]


# The last comes first: so does pydantic order the fields of several bases.
class Env(Observing, Logs, People, Speech, Keeping, Outside, Models, Turns, Limits, Security, Place):
    """The environment of one process. Durations are in seconds unless a name says otherwise."""

    model_config = SettingsConfigDict(
        env_file=BASE_DIR / ".env",
        env_file_encoding="utf-8",
        extra="ignore",
        env_ignore_empty=True,
        validate_default=True,
    )


def describe_faults(error: ValidationError) -> str:
    """One line for each fault, each beginning with the name of its variable."""
    lines = [
        f"  {'.'.join(str(part) for part in fault['loc'])}: {fault['msg'].removeprefix('Value error, ')}"
        for fault in error.errors()
    ]
    return "The environment is not usable:\n" + "\n".join(lines)


def load_env() -> Env:
    """The environment of this process, or an exit with every fault named."""
    try:
        env = Env()
    except ValidationError as error:
        sys.exit(describe_faults(error))
    if not env.SECRET_KEY:
        env.SECRET_KEY = kept_secret(env.VAR_DIR / "secret_key")
    return env
