"""`manage.py reencrypt_secrets`: the last step of a change of `SECRET_KEY`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from voice2task.kernel.sealing import reseal


class Command(BaseCommand):
    help = "Encrypt stored secrets with SECRET_KEY that still need one of SECRET_KEY_FALLBACKS."

    def handle(self, *args: Any, **options: Any) -> None:
        done = reseal(settings.SEALED_FIELDS)
        self.stdout.write(f"{done.changed} encrypted anew.")
        if done.unreadable:
            named = ", ".join(done.unreadable)
            raise CommandError(f"No key reads the secrets of {named}: enter them anew, or rotate them.")
