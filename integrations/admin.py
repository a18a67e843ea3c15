"""Workflows and their runs as an operator sees them. Those without an owner are staff's to offer to all."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.widgets import UnfoldAdminPasswordWidget

from accounts.actors import Actor
from accounts.models import User
from activities.content_admin import RecordedAdmin
from integrations import services
from integrations.deliveries.classification import Action
from integrations.deliveries.payloads import PING
from integrations.models import Delivery, DeliveryAttempt, WebhookEndpoint, Workflow, WorkflowRun
from voice2task.kernel.admin import AnyForm, OperatedAdmin, ReadOnlyAdmin, ServiceAdmin, among


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
            "calls_back",
            "timeout_seconds",
            "effect",
            "capability",
            "compensation",
            "active",
        )


@admin.register(Workflow)
class WorkflowAdmin(ServiceAdmin):
    """What is made here is everybody's; what users have made can be looked at and switched off."""

    form = WorkflowForm
    list_display = ("name", "owner", "calls_back", "effect", "rests_until", "active", "updated_at")
    list_filter = ("active", "calls_back", "effect")
    list_select_related = ("owner",)
    owner = "owner"
    raw_id_fields = ("compensation",)
    content_fields = ("url",)
    actions = ("delete_workflows", "rotate_secrets")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ()

    def save_form(self, request: HttpRequest, form: AnyForm, change: bool) -> Any:
        """The operator makes it, and finds it among their own activities."""
        fields = {name: form.cleaned_data[name] for name in form.changed_data if name != "new_token"}
        if token := form.cleaned_data["new_token"]:
            fields["token"] = token
        if "compensation" in fields:
            fields["compensation_id"] = (compensation := fields.pop("compensation")) and compensation.id
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

    @admin.action(description="New signing secret, shown once", permissions=["change"])
    def rotate_secrets(self, request: HttpRequest, workflows: QuerySet[Workflow]) -> None:
        for row in workflows:
            secret = services.rotate_workflow_secret(
                actor=_acting_for(row, request),
                workflow_id=row.id,
                shared=row.owner_id is None,
                now=timezone.now(),
            )
            messages.warning(request, f"{row}: {secret}")


@admin.register(WorkflowRun)
class WorkflowRunAdmin(RecordedAdmin, OperatedAdmin):
    list_display = ("created_at", "user", "name", "status", "error_code", "sent_at", "finished_at")
    list_filter = ("status",)
    found_by = ("id", "turn_id")
    content_fields = ("input", "output", "late_output", "error_message")
    subject_type = "run"
    actions = ("cancel",)

    @admin.action(description="Wait no longer", permissions=["operate"])
    def cancel(self, request: HttpRequest, runs: QuerySet[WorkflowRun]) -> None:
        now = timezone.now()
        self.report(
            request,
            runs,
            lambda row: services.cancel_run(actor=Actor(row.user_id, "system"), run_id=row.id, now=now),
        )


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(RecordedAdmin, OperatedAdmin):
    """Addresses of users. Their secrets are shown to nobody."""

    list_display = ("created_at", "user", "host", "status", "failures_in_a_row", "rests_until")
    list_filter = ("status",)
    exclude = ("signing_secret", "former_secret")
    content_fields = ("url", "description")
    subject_type = "webhook"
    actions = ("pause", "resume", "redeliver_dead")

    @admin.display(description="host")
    def host(self, endpoint: WebhookEndpoint) -> str:
        """Of the address only this: its path may be a secret."""
        return services.host_of(endpoint.url)

    @admin.action(description="Pause", permissions=["operate"])
    def pause(self, request: HttpRequest, endpoints: QuerySet[WebhookEndpoint]) -> None:
        self._set_status(request, endpoints, "paused")

    @admin.action(description="Go on", permissions=["operate"])
    def resume(self, request: HttpRequest, endpoints: QuerySet[WebhookEndpoint]) -> None:
        self._set_status(request, endpoints, "active")

    @admin.action(description="Send what is dead again", permissions=["operate"])
    def redeliver_dead(self, request: HttpRequest, endpoints: QuerySet[WebhookEndpoint]) -> None:
        now = timezone.now()
        self.report(
            request,
            endpoints,
            lambda row: services.redeliver_dead(actor=_system(row), endpoint_id=row.id, now=now),
        )

    def _set_status(self, request: HttpRequest, rows: QuerySet[WebhookEndpoint], status: str) -> None:
        now = timezone.now()
        self.report(
            request,
            rows,
            lambda row: services.update_webhook(
                actor=_system(row), webhook_id=row.id, status=status, now=now
            ),
        )


@admin.register(Delivery)
class DeliveryAdmin(RecordedAdmin, OperatedAdmin):
    list_display = ("created_at", "user", "kind", "host", "status", "attempts_made", "error_code")
    list_filter = ("status", among("kind", lambda: [*settings.WEBHOOK_KINDS, PING, "run.queued"]))
    found_by = ("id", "endpoint_id", "run_id")
    content_fields = ("body",)
    subject_type = "delivery"
    actions = ("redeliver",)

    @admin.action(description="Send again", permissions=["operate"])
    def redeliver(self, request: HttpRequest, deliveries: QuerySet[Delivery]) -> None:
        now = timezone.now()
        self.report(
            request,
            deliveries,
            lambda row: services.redeliver(actor=_system(row), delivery_id=row.id, now=now),
        )


@admin.register(DeliveryAttempt)
class DeliveryAttemptAdmin(RecordedAdmin, ReadOnlyAdmin):
    list_display = ("started_at", "delivery_id", "number", "outcome", "status_code", "duration_ms")
    list_filter = (among("outcome", lambda: sorted(action.value for action in Action)),)
    list_select_related = ()
    owner = "delivery__user"
    found_by = ("id", "delivery_id")
    content_fields = (
        "url",
        "request_headers",
        "request_body",
        "response_headers",
        "response_body",
        "error_message",
    )
    subject_type = "delivery"

    def subject_of(self, row: DeliveryAttempt) -> Delivery:
        return row.delivery


def _system(row: WebhookEndpoint | Delivery) -> Actor:
    return Actor(row.user_id, "system")


def _operator(request: HttpRequest) -> Actor:
    operator = cast(User, request.user)
    return Actor(operator.id)


def _acting_for(workflow: Workflow, request: HttpRequest) -> Actor:
    return Actor(workflow.owner_id, "system") if workflow.owner_id else _operator(request)
