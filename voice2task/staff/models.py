from __future__ import annotations

from typing import ClassVar

from django.db import models


class DaySum(models.Model):
    """What the dashboard shows of a day (UTC) that is over: the rows of each of its statements, by name."""

    day = models.DateField(primary_key=True)
    figures = models.JSONField()
    summed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day}"


class Powers(models.Model):
    """No table: what there is to allow besides looking at rows and changing them.

    The names are those of `voice2task.kernel.permissions`.
    """

    class Meta:
        managed = False
        default_permissions = ()
        permissions: ClassVar = [
            ("see_content", "See what users say and write"),
            ("assist", "Send links for new passwords, end logins"),
            ("take_out", "Take a user's data out, delete a user"),
            ("appoint", "Say who is staff"),
        ]
