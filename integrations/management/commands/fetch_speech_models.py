"""`manage.py fetch_speech_models`: have the local recogniser's weights before anybody speaks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from integrations.speech.weights import WeightsUnavailable, fetch_weights


class Command(BaseCommand):
    help = "Fetch the weights of the local recogniser, unless they are there."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            fetch_weights()
        except WeightsUnavailable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(settings.SPEECH_MODELS_DIR))
