"""The pages of the built-in client: a shell that its modules fill, and what a browser needs to install it."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_protect, ensure_csrf_cookie
from django.views.decorators.http import require_safe

from accounts import services, sessions
from accounts.actors import Device
from voice2task.defences import CLIENT_POLICY, PERMISSIONS_POLICY
from voice2task.kernel.error_responses import error_response
from voice2task.web.demo import may_sign_in_as_demo
from voice2task.web.shell import STARTED_WITH, offline_files, shell_version


@require_safe
@ensure_csrf_cookie
def home(request: HttpRequest) -> HttpResponse:
    """The client. Links in e-mails lead to it as well; it reads from the address what is wanted."""
    context = {"modules": STARTED_WITH, "demo": may_sign_in_as_demo(request)}
    return _guarded(render(request, "web/shell.html", context))


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker that keeps the shell for when there is no network; it changes with every file of it."""
    context = {"version": shell_version(), "files": offline_files()}
    return _guarded(render(request, "web/worker.js", context, content_type="text/javascript; charset=utf-8"))


@method_decorator(csrf_protect, name="dispatch")
class DemoSignIn(View):
    """One press: who sits at the machine of a stack in development is let in as its demo user."""

    def post(self, request: HttpRequest) -> HttpResponse:
        if not may_sign_in_as_demo(request):
            return error_response(HTTPStatus.NOT_FOUND, "not_found", "Not found.")
        email, password = services.ensure_demo_user()
        if password is None:
            return error_response(HTTPStatus.NOT_FOUND, "not_found", "Not found.")
        services.start_session(
            email=email,
            password=password,
            device=Device(user_agent=request.headers.get("User-Agent", ""), ip=request.META["REMOTE_ADDR"]),
            open_session=partial(sessions.open_session, request),
            now=timezone.now(),
        )
        return JsonResponse({"email": email})


def _guarded(response: HttpResponse) -> HttpResponse:
    response["Content-Security-Policy"] = CLIENT_POLICY
    response["Permissions-Policy"] = PERMISSIONS_POLICY
    response["Cache-Control"] = "no-cache"
    return response
