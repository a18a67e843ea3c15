"""The doors by which data leaves and comes."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.authentication import actor_of, user_of
from voice2task.kernel.idempotency import IdempotentMixin
from voice2task.kernel.pagination import KeysetPagination
from voice2task.transfer import services
from voice2task.transfer.api.serializers import ImportInputSerializer, ImportSerializer
from voice2task.transfer.download import export_response
from voice2task.transfer.models import Import
from voice2task.transfer.representation import render_import

# What a multipart body has besides the file.
MULTIPART_SLACK = 64 * 1024


class ExportView(APIView):
    @extend_schema(responses={(200, "application/json"): OpenApiTypes.OBJECT})
    def get(self, request: Request) -> StreamingHttpResponse:
        """Everything that is yours, as one JSON file, which `POST /api/v1/import/` reads."""
        return export_response(request._request, actor=actor_of(request), now=timezone.now())


class ImportListView(IdempotentMixin, GenericAPIView[Import]):
    queryset = Import.objects.none()
    serializer_class = ImportSerializer
    pagination_class = KeysetPagination
    parser_classes = (MultiPartParser,)

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if request.method == "POST" and length > settings.IMPORT_MAX_BYTES + MULTIPART_SLACK:
            raise services.FileTooLarge(field="file", extra={"max_bytes": settings.IMPORT_MAX_BYTES})

    def identifying_body(self, request: Request) -> bytes:
        """Not the body itself: the boundary between the parts of a form is another each time."""
        form = cast("MultiValueDict[str, Any]", request.data)
        file = form.get("file")
        content = b""
        if isinstance(file, UploadedFile):
            content = file.read()
            file.seek(0)
        fields = sorted((name, value) for name, value in form.items() if name != "file")
        return repr(fields).encode() + content

    @extend_schema(responses=ImportSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Your imports, newest first."""
        own = Import.objects.filter(user_id=user_of(request).id).defer("content")
        page = self.paginate_queryset(own) or []
        return self.get_paginated_response([render_import(row) for row in page])

    @extend_schema(request={"multipart/form-data": ImportInputSerializer}, responses={202: ImportSerializer})
    def post(self, request: Request) -> Response:
        """Take a file. A job reads it; what becomes of it is told under its id and by events, `import.*`."""
        serializer = ImportInputSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        content = given.pop("file").read()
        row = services.start_import(actor=actor_of(request), content=content, **given, now=timezone.now())
        return Response(render_import(row), status=status.HTTP_202_ACCEPTED)


class ImportView(APIView):
    @extend_schema(responses=ImportSerializer)
    def get(self, request: Request, import_id: UUID) -> Response:
        row = Import.objects.filter(user_id=user_of(request).id, id=import_id).defer("content").first()
        if row is None:
            raise services.ImportNotFound
        return Response(render_import(row))
