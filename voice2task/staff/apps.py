from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StaffConfig(AppConfig):
    name = "voice2task.staff"
    label = "staff"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The last of all apps: the permissions of the others are there by then.
        post_migrate.connect(_keep_roles, sender=self)


def _keep_roles(**_: Any) -> None:
    from voice2task.staff.services import ensure_roles

    ensure_roles()
