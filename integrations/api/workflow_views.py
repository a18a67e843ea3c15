"""The doors to workflows and their runs, and the one through which workflows report back."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from accounts.api.authentication import actor_of, user_of
from activities.api.pagination import SequencedPagination
from integrations import services
from integrations.api.serializers import (
    ManifestSerializer,
    NewWorkflowSerializer,
    RunSerializer,
    SecretSerializer,
    TakenSerializer,
    WorkflowInputSerializer,
    WorkflowSerializer,
)
from integrations.api.validation import validated
from integrations.models import Workflow, WorkflowRun
from integrations.representation import JSON, render_run, render_workflow
from integrations.services import RunNotFound, WorkflowNotFound
from integrations.services.callbacks import MAX_BYTES, CallbackInvalid
from voice2task.kernel.error_schemas import RefusedSerializer
from voice2task.kernel.idempotency import IdempotentMixin
from voice2task.kernel.sealing import unseal

NO_CONTENT: dict[int, None] = {204: None}
REPORTED = {200: TakenSerializer, 401: RefusedSerializer}


class WorkflowViewSet(GenericViewSet[Workflow]):
    """The user's workflows and those that staff offers everybody, newest first. Those only to look at."""

    queryset = Workflow.objects.none()
    serializer_class = WorkflowSerializer
    pagination_class = SequencedPagination
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    @extend_schema(responses=WorkflowSerializer(many=True))
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(Workflow.objects.usable_by(user_of(request).id)) or []
        return self.get_paginated_response([render_workflow(row) for row in page])

    @extend_schema(request=WorkflowInputSerializer, responses={201: NewWorkflowSerializer})
    def create(self, request: Request) -> Response:
        """Register a workflow. Its signing secret is in this answer, and in no other."""
        data = validated(WorkflowInputSerializer(data=request.data))
        workflow = services.create_workflow(actor=actor_of(request), now=timezone.now(), **data)
        shown = render_workflow(workflow) | {"signing_secret": unseal(workflow.signing_secret)}
        return Response(shown, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, id: UUID) -> Response:
        workflow = Workflow.objects.usable_by(user_of(request).id).filter(id=id).first()
        if workflow is None:
            raise WorkflowNotFound
        return Response(render_workflow(workflow))

    @extend_schema(request=WorkflowInputSerializer(partial=True))
    def partial_update(self, request: Request, id: UUID) -> Response:
        data = validated(WorkflowInputSerializer(data=request.data, partial=True))
        actor = actor_of(request)
        workflow = services.update_workflow(actor=actor, workflow_id=id, now=timezone.now(), **data)
        return Response(render_workflow(workflow))

    @extend_schema(responses=NO_CONTENT)
    def destroy(self, request: Request, id: UUID) -> Response:
        services.delete_workflow(actor=actor_of(request), workflow_id=id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=SecretSerializer)
    @action(detail=True, methods=["post"], url_path="rotate-secret")
    def rotate_secret(self, request: Request, id: UUID) -> Response:
        """A new signing secret; the one before is good for a day."""
        actor = actor_of(request)
        return Response(
            {"secret": services.rotate_workflow_secret(actor=actor, workflow_id=id, now=timezone.now())}
        )

    @extend_schema(request=ManifestSerializer, responses={201: WorkflowSerializer(many=True)})
    @action(detail=False, methods=["post"], url_path="import", pagination_class=None)
    def import_manifest(self, request: Request) -> Response:
        """Register all workflows of a manifest, or none. One of the same name is changed."""
        data = validated(ManifestSerializer(data=request.data))
        imported = services.import_workflows(
            actor=actor_of(request),
            rows=data["workflows"],
            base_url=data.get("base_url", ""),
            secrets={name: data[name] for name in ("token", "signing_secret") if name in data},
            now=timezone.now(),
        )
        shown = [render_workflow(each.workflow) for each in imported]
        return Response(shown, status=status.HTTP_201_CREATED)


class WorkflowRunViewSet(IdempotentMixin, GenericViewSet[WorkflowRun]):
    """The user's runs, newest first."""

    queryset = WorkflowRun.objects.none()
    serializer_class = RunSerializer
    pagination_class = SequencedPagination
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    @extend_schema(responses=RunSerializer(many=True))
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(WorkflowRun.objects.of(user_of(request).id)) or []
        return self.get_paginated_response([render_run(row) for row in page])

    def retrieve(self, request: Request, id: UUID) -> Response:
        run = WorkflowRun.objects.of(user_of(request).id).filter(id=id).first()
        if run is None:
            raise RunNotFound
        return Response(render_run(run))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, id: UUID) -> Response:
        """Wait for a run no longer. What it has begun outside, it may go on with."""
        run = services.cancel_run(actor=actor_of(request), run_id=id, now=timezone.now())
        return Response(render_run(run))


class _SignedView(APIView):
    """Whoever comes here has no login: the signature over the raw body says who it is."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def signed(self, request: Request) -> JSON:
        """Headers and raw body, as they came."""
        body = request._request.body
        if len(body) > MAX_BYTES:
            raise CallbackInvalid(f"A report has at most {MAX_BYTES} bytes.")
        headers: Mapping[str, str] = dict(request._request.headers)
        return {"headers": headers, "body": body, "now": timezone.now()}


class CallbackView(_SignedView):
    @extend_schema(request=OpenApiTypes.OBJECT, responses=REPORTED, auth=[])
    def post(self, request: Request, run_id: UUID) -> Response:
        """Report how a run ended: signed by Standard Webhooks, with the token the run was sent with."""
        return Response({"status": services.receive_callback(run_id=run_id, **self.signed(request))})


class FailureView(_SignedView):
    @extend_schema(request=OpenApiTypes.OBJECT, responses=REPORTED, auth=[])
    def post(self, request: Request, execution_id: str) -> Response:
        """Report that an execution failed, as n8n's error workflow does: signed by Standard Webhooks."""
        taken = services.receive_failure(execution_id=execution_id, **self.signed(request))
        return Response({"status": taken})
