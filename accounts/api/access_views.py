"""The doors to a user's API tokens and logins."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import services
from accounts.api import serializers
from accounts.api.authentication import actor_of, login_of, user_of
from accounts.api.permissions import LOGIN_ONLY
from accounts.api.views import NO_CONTENT, NO_STORE
from accounts.models import ApiToken, Login
from voice2task.kernel.serializers import validated


class ApiTokenListView(GenericAPIView[ApiToken]):
    """The user's tokens that still open something, newest first."""

    queryset = ApiToken.objects.none()
    serializer_class = serializers.ApiTokenSerializer
    token_scopes = LOGIN_ONLY

    @extend_schema(responses=serializers.ApiTokenSerializer(many=True))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(ApiToken.objects.of(user_of(request).id).live(timezone.now()))
        return self.get_paginated_response(serializers.ApiTokenSerializer(page, many=True).data)

    @extend_schema(
        request=serializers.ApiTokenInputSerializer, responses={201: serializers.NewApiTokenSerializer}
    )
    def post(self, request: Request) -> Response:
        """Make a token. It is in this answer, and in no other."""
        data = validated(serializers.ApiTokenInputSerializer(data=request.data))
        row, text = services.create_api_token(actor=actor_of(request), **data, now=timezone.now())
        answer = serializers.ApiTokenSerializer(row).data | {"token": text}
        return Response(answer, status=status.HTTP_201_CREATED, headers=NO_STORE)


class ApiTokenView(APIView):
    token_scopes = LOGIN_ONLY

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: Request, token_id: UUID) -> Response:
        """Revoke a token; sockets that it opened close within 5 s."""
        services.revoke_api_token(actor=actor_of(request), token_id=token_id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class SessionListView(GenericAPIView[Login]):
    """The user's logins that have not ended, newest first."""

    queryset = Login.objects.none()
    serializer_class = serializers.SessionSerializer
    token_scopes = LOGIN_ONLY

    @extend_schema(responses=serializers.SessionSerializer(many=True))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(Login.objects.of(user_of(request).id).usable(timezone.now()))
        context = {"current": login_of(request).login_id}
        return self.get_paginated_response(
            serializers.SessionSerializer(page, many=True, context=context).data
        )

    @extend_schema(operation_id="auth_sessions_destroy_others", responses=NO_CONTENT)
    def delete(self, request: Request) -> Response:
        """End every login but the one by which the request is made."""
        keep = login_of(request).login_id
        services.revoke_all_logins(actor=actor_of(request), keep=keep, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class SessionView(APIView):
    token_scopes = LOGIN_ONLY

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: Request, login_id: UUID) -> Response:
        """End one login; its sockets close within 5 s."""
        services.revoke_login(actor=actor_of(request), login_id=login_id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
