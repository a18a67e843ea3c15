"""Workflows and their runs as an operator sees them. Those without an owner are staff's to offer to all."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.widgets import UnfoldAdminPasswordWidget

from accounts.actors import Actor
from accounts.models import User
from integrations import services
from integrations.models import Workflow, WorkflowRun
from voice2task.kernel.admin import AnyForm, OperatedAdmin, ServiceAdmin


class WorkflowForm(AnyForm):
    """The token is written, and never shown again."""

    new_token = forms.CharField(
        required=False,
        strip=True,
        widget=UnfoldAdminPasswordWidget(),
        help_text="Sent as “Authorization: Bearer”. Empty: as it is.",
    )

    class Meta:
        model = Workflow
        fields: ClassVar = (
            "name",
            "description",
            "input_schema",
            "url",
            "new_token",
            "timeout_seconds",
            "active",
        )


@admin.register(Workflow)
class WorkflowAdmin(ServiceAdmin):
    """What is made here is everybody's; what users have made can be looked at and switched off."""

    form = WorkflowForm
    list_display = ("name", "owner", "url", "timeout_seconds", "active", "updated_at")
    list_filter = ("active",)
    list_select_related = ("owner",)
    search_fields = ("name", "owner__email")
    autocomplete_fields = ()
    actions = ("delete_workflows",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ()

    def save_form(self, request: HttpRequest, form: AnyForm, change: bool) -> Any:
        """The operator makes it, and finds it among their own activities."""
        fields = {name: form.cleaned_data[name] for name in form.changed_data if name != "new_token"}
        if token := form.cleaned_data["new_token"]:
            fields["token"] = token
        row, now = form.instance, timezone.now()
        if not change:
            return services.create_workflow(actor=_operator(request), shared=True, now=now, **fields)
        return services.update_workflow(
            actor=_acting_for(row, request),
            workflow_id=row.id,
            shared=row.owner_id is None,
            now=now,
            **fields,
        )

    @admin.action(description="Delete", permissions=["change"])
    def delete_workflows(self, request: HttpRequest, workflows: QuerySet[Workflow]) -> None:
        now = timezone.now()
        self.report(
            request,
            workflows,
            lambda row: services.delete_workflow(
                actor=_acting_for(row, request), workflow_id=row.id, shared=row.owner_id is None, now=now
            ),
        )


@admin.register(WorkflowRun)
class WorkflowRunAdmin(OperatedAdmin):
    list_display = ("created_at", "user", "name", "status", "error_code", "sent_at", "finished_at")
    list_filter = ("status", "name")
    list_select_related = ("user",)
    search_fields = ("user__email", "=turn_id")
    ordering = ("-id",)
    actions = ("cancel",)

    @admin.action(description="Wait no longer", permissions=["operate"])
    def cancel(self, request: HttpRequest, runs: QuerySet[WorkflowRun]) -> None:
        now = timezone.now()
        self.report(
            request,
            runs,
            lambda row: services.cancel_run(actor=Actor(row.user_id, "system"), run_id=row.id, now=now),
        )


def _operator(request: HttpRequest) -> Actor:
    operator = cast(User, request.user)
    return Actor(operator.id)


def _acting_for(workflow: Workflow, request: HttpRequest) -> Actor:
    return Actor(workflow.owner_id, "system") if workflow.owner_id else _operator(request)
