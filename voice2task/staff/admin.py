"""Users with what only the top of the house can do: take their data out, and say who is staff."""

from __future__ import annotations

from functools import partial
from typing import cast

from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django_celery_beat import models as beat

from accounts.actors import Actor
from accounts.admin import UserAdmin
from accounts.models import User
from activities.services import view_content
from voice2task.kernel.permissions import APPOINT
from voice2task.staff.services import appoint
from voice2task.transfer.download import export_response

# Roles and schedules are code: what somebody changed here would last until the next migration or start.
for model in (
    Group,
    beat.PeriodicTask,
    beat.ClockedSchedule,
    beat.CrontabSchedule,
    beat.SolarSchedule,
    beat.IntervalSchedule,
    User,
):
    admin.site.unregister(model)


@admin.register(User)
class StaffUserAdmin(UserAdmin):
    actions = (
        *UserAdmin.actions,
        "export",
        "make_support",
        "make_operator",
        "make_admin",
        "dismiss",
    )

    def has_appoint_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(APPOINT)

    @admin.action(description="Take out everything that is theirs, as a file", permissions=["take_out"])
    def export(self, request: HttpRequest, users: QuerySet[User]) -> HttpResponseBase | None:
        """Of one user; the file holds content, so that it was taken is recorded for them."""
        chosen = list(users[:2])
        if len(chosen) != 1:
            messages.error(request, "Choose one user: each has a file of their own.")
            return None
        user, now = chosen[0], timezone.now()
        viewer = cast(User, request.user)
        actor = Actor(user.id, "system")
        view_content(actor=actor, subject_type="user", subject_id=user.id, by=viewer.email, now=now)
        return export_response(request, actor=actor, now=now)

    @admin.action(description="Make them support: all but content", permissions=["appoint"])
    def make_support(self, request: HttpRequest, users: QuerySet[User]) -> None:
        self._appoint(request, users, "support")

    @admin.action(description="Make them operators: see content, and act", permissions=["appoint"])
    def make_operator(self, request: HttpRequest, users: QuerySet[User]) -> None:
        self._appoint(request, users, "operator")

    @admin.action(description="Make them admins: accounts, money, roles", permissions=["appoint"])
    def make_admin(self, request: HttpRequest, users: QuerySet[User]) -> None:
        self._appoint(request, users, "admin")

    @admin.action(description="Make them users like all others", permissions=["appoint"])
    def dismiss(self, request: HttpRequest, users: QuerySet[User]) -> None:
        self._appoint(request, users, None)

    def _appoint(self, request: HttpRequest, users: QuerySet[User], role: str | None) -> None:
        self.for_others(request, users, partial(appoint, role=role))


admin.site.index_template = "staff/dashboard.html"
