"""The doors to accounts: check who asks, parse, call one service, render."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from django.contrib.auth import logout
from django.middleware.csrf import get_token
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import services, sessions, tickets
from accounts.api import serializers
from accounts.api.authentication import CHALLENGE, CrossSiteCheck, actor_of, device_of, login_of, user_of
from accounts.api.permissions import LOGIN_ONLY, TokenScopes
from accounts.scopes import Scope
from voice2task.kernel.error_schemas import RefusedSerializer
from voice2task.kernel.serializers import validated

NO_CONTENT: dict[int, None] = {204: None}
ACCEPTED: dict[int, None] = {202: None}
# RFC 6749, section 5.1: answers that carry a token are kept nowhere on their way.
NO_STORE = {"Cache-Control": "no-store"}


class OpenView(APIView):
    """For callers who are not logged in; whatever credentials they send are not looked at."""

    authentication_classes: tuple[type[BaseAuthentication], ...] = ()
    rate_limit = "login"
    permission_classes = (AllowAny,)

    def handle_exception(self, exc: Exception) -> Response:
        response = super().handle_exception(exc)
        if response.status_code == status.HTTP_401_UNAUTHORIZED:
            response["WWW-Authenticate"] = CHALLENGE
        return response


class RegisterView(OpenView):
    @extend_schema(
        request=serializers.RegistrationSerializer, responses={201: serializers.UserSerializer}, auth=[]
    )
    def post(self, request: Request) -> Response:
        """Become a user. A link to verify the address is sent by e-mail."""
        data = validated(serializers.RegistrationSerializer(data=request.data))
        user = services.register_user(**data, site=site_of(request), now=timezone.now())
        return Response(serializers.UserSerializer(user).data, status=status.HTTP_201_CREATED)


class TokenView(OpenView):
    @extend_schema(
        request=serializers.CredentialsSerializer,
        responses={200: serializers.TokenPairSerializer, 401: RefusedSerializer},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Log in with tokens."""
        data = validated(serializers.CredentialsSerializer(data=request.data))
        pair = services.start_login(**data, device=device_of(request), now=timezone.now())
        return Response(serializers.TokenPairSerializer(pair).data, headers=NO_STORE)


class TokenRefreshView(OpenView):
    @extend_schema(
        request=serializers.RefreshSerializer,
        responses={200: serializers.TokenPairSerializer, 401: RefusedSerializer},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Exchange a refresh token for its successor. One used again after 10 s ends the login."""
        data = validated(serializers.RefreshSerializer(data=request.data))
        pair = services.rotate_login(**data, now=timezone.now())
        return Response(serializers.TokenPairSerializer(pair).data, headers=NO_STORE)


class TokenRevokeView(OpenView):
    @extend_schema(request=serializers.RefreshSerializer, responses=NO_CONTENT, auth=[])
    def post(self, request: Request) -> Response:
        """End the login of a refresh token. One that is of no use any more is accepted too (RFC 7009)."""
        data = validated(serializers.RefreshSerializer(data=request.data))
        services.revoke_login_of_token(**data, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class CsrfView(OpenView):
    @extend_schema(responses=NO_CONTENT, auth=[])
    def get(self, request: Request) -> Response:
        """Set the CSRF cookie, whose value a browser sends back as `X-CSRFToken`."""
        get_token(request._request)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SessionLoginView(OpenView):
    authentication_classes = (CrossSiteCheck,)

    @extend_schema(request=serializers.CredentialsSerializer, responses=serializers.UserSerializer, auth=[])
    def post(self, request: Request) -> Response:
        """Log a browser in by a session cookie. Needs the CSRF token."""
        data = validated(serializers.CredentialsSerializer(data=request.data))
        user = services.start_session(
            **data,
            device=device_of(request),
            open_session=partial(sessions.open_session, request._request),
            now=timezone.now(),
        )
        return Response(serializers.UserSerializer(user).data)


class LogoutView(APIView):
    token_scopes = LOGIN_ONLY

    @extend_schema(request=None, responses=NO_CONTENT)
    def post(self, request: Request) -> Response:
        """End the login by which the request is made."""
        login = login_of(request)
        if login.login_id is not None:
            services.revoke_login(actor=actor_of(request), login_id=login.login_id, now=timezone.now())
        logout(request._request)
        return Response(status=status.HTTP_204_NO_CONTENT)


class MeView(APIView):
    token_scopes: ClassVar[TokenScopes] = {"DELETE": None}

    @extend_schema(responses=serializers.UserSerializer)
    def get(self, request: Request) -> Response:
        """The user who asks."""
        return Response(serializers.UserSerializer(user_of(request)).data)

    @extend_schema(request=serializers.PreferencesSerializer, responses=serializers.UserSerializer)
    def patch(self, request: Request) -> Response:
        """Change preferences."""
        changes: services.Preferences = validated(
            serializers.PreferencesSerializer(data=request.data, partial=True)
        )
        user = services.update_user(actor=actor_of(request), changes=changes, now=timezone.now())
        return Response(serializers.UserSerializer(user).data)

    @extend_schema(request=serializers.AccountDeletionSerializer, responses=NO_CONTENT)
    def delete(self, request: Request) -> Response:
        """Delete the account with everything in it. Nothing brings it back."""
        data = validated(serializers.AccountDeletionSerializer(data=request.data))
        services.delete_account(actor=actor_of(request), **data, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class BudgetView(APIView):
    @extend_schema(responses=serializers.BudgetSerializer)
    def get(self, request: Request) -> Response:
        """What models may cost the user in this calendar month, and what they have cost."""
        budget = services.budget_of(user_of(request).id, now=timezone.now())
        return Response(serializers.BudgetSerializer(budget).data)


class SocketTicketView(APIView):
    token_scopes: ClassVar[TokenScopes] = {"POST": Scope.READ}

    @extend_schema(request=None, responses={201: serializers.TicketSerializer})
    def post(self, request: Request) -> Response:
        """A single-use ticket for the WebSocket, sent as the subprotocol `ticket.<value>`."""
        answer = {"ticket": tickets.issue_ticket(login_of(request)), "expires_in": tickets.TICKET_SECONDS}
        data = serializers.TicketSerializer(answer).data
        return Response(data, status=status.HTTP_201_CREATED, headers=NO_STORE)


class PasswordChangeView(APIView):
    token_scopes = LOGIN_ONLY

    @extend_schema(request=serializers.PasswordChangeSerializer, responses=NO_CONTENT)
    def post(self, request: Request) -> Response:
        """Change the password; every other login ends."""
        data = validated(serializers.PasswordChangeSerializer(data=request.data))
        login = login_of(request)
        services.change_password(
            actor=actor_of(request),
            **data,
            login_id=login.login_id,
            renew_session=partial(sessions.renew_session, request._request) if login.session_key else None,
            now=timezone.now(),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class PasswordResetView(OpenView):
    @extend_schema(request=serializers.PasswordResetSerializer, responses=ACCEPTED, auth=[])
    def post(self, request: Request) -> Response:
        """Send a link to choose a new password. The answer does not tell whether there is such a user."""
        data = validated(serializers.PasswordResetSerializer(data=request.data))
        services.request_password_reset(**data, site=site_of(request))
        return Response(status=status.HTTP_202_ACCEPTED)


class PasswordResetConfirmView(OpenView):
    @extend_schema(request=serializers.PasswordResetConfirmSerializer, responses=NO_CONTENT, auth=[])
    def post(self, request: Request) -> Response:
        """Choose a new password with the token of an e-mail; every login ends."""
        data = validated(serializers.PasswordResetConfirmSerializer(data=request.data))
        services.reset_password(
            user_id=data["uid"],
            token=data["token"],
            new_password=data["new_password"],
            now=timezone.now(),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class EmailVerifyView(APIView):
    token_scopes = LOGIN_ONLY

    @extend_schema(request=None, responses=ACCEPTED)
    def post(self, request: Request) -> Response:
        """Send the link that verifies the address again."""
        services.request_email_verification(actor=actor_of(request), site=site_of(request))
        return Response(status=status.HTTP_202_ACCEPTED)


class EmailVerifyConfirmView(OpenView):
    @extend_schema(request=serializers.EmailLinkSerializer, responses=NO_CONTENT, auth=[])
    def post(self, request: Request) -> Response:
        """Verify the address with the token of an e-mail."""
        data = validated(serializers.EmailLinkSerializer(data=request.data))
        services.verify_email(user_id=data["uid"], token=data["token"], now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


def site_of(request: Request) -> str:
    """Where the client is; the host was held against `ALLOWED_HOSTS`."""
    return request.build_absolute_uri("/")
