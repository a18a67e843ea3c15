"""How staff get into the admin: by password, slowed down when it is guessed at, and by a second factor."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any, cast

import django_otp
import segno
from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from unfold.forms import AuthenticationForm

from accounts import services
from accounts.actors import Actor
from accounts.models import SecondFactor, User
from accounts.services import second_factor
from voice2task.kernel.attempts import TooManyAttempts

_site_login = admin.site.login


class StaffLoginForm(AuthenticationForm):
    """E-mail address and password, judged by the service that judges them everywhere."""

    def clean(self) -> dict[str, Any]:
        email, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if email and password:
            address = self.request.META["REMOTE_ADDR"] or None
            try:
                self.user_cache = services.verify_password(email, password, address)
            except services.InvalidCredentials as error:
                raise self.get_invalid_login_error() from error
            except TooManyAttempts as error:
                raise forms.ValidationError(error.message, code=error.code) from error
            self.confirm_login_allowed(self.user_cache)
        cleaned: dict[str, Any] = self.cleaned_data
        return cleaned


def is_staff(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_staff)


def has_passed(request: HttpRequest) -> bool:
    """Whether the session has shown a second factor, or need not."""
    user: Any = request.user
    if getattr(user, "is_verified", lambda: False)():
        return True
    return not (settings.STAFF_TOTP_REQUIRED or second_factor.has_second_factor(user.id))


def has_permission(request: HttpRequest) -> bool:
    return is_staff(request) and has_passed(request)


def login(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """The admin's own page, or for staff who have logged in the one for the second factor."""
    if is_staff(request) and not has_passed(request):
        wanted = urlencode({"next": request.GET.get("next", reverse("admin:index"))})
        return redirect(f"{reverse('second-factor')}?{wanted}")
    return _site_login(request, extra_context)


@never_cache
@csrf_protect
@sensitive_post_parameters("code")
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Where staff add a second factor, show it after logging in, and remove it again."""
    if not is_staff(request):
        return redirect("admin:login")
    if not second_factor.has_second_factor(_actor(request).user_id):
        return _add(request)
    return _remove(request) if has_passed(request) else _show(request)


def _add(request: HttpRequest) -> HttpResponse:
    actor = _actor(request)
    if request.method == "POST":
        try:
            factor, codes = second_factor.confirm_second_factor(
                actor=actor, code=request.POST.get("code", ""), now=timezone.now()
            )
        except second_factor.CodeWrong as error:
            return _page(request, "add", factor=second_factor.begin_second_factor(actor=actor), error=error)
        django_otp.login(request, factor)
        return _page(request, "codes", codes=codes)
    return _page(request, "add", factor=second_factor.begin_second_factor(actor=actor))


def _show(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        try:
            factor = _checked(request)
        except second_factor.CodeWrong as error:
            return _page(request, "show", error=error)
        django_otp.login(request, factor)
        return redirect(_next(request))
    return _page(request, "show")


def _remove(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        try:
            _checked(request)
        except second_factor.CodeWrong as error:
            return _page(request, "remove", error=error)
        second_factor.remove_second_factor(actor=_actor(request), now=timezone.now())
        return redirect("admin:index")
    return _page(request, "remove")


def _actor(request: HttpRequest) -> Actor:
    return Actor(cast("User", request.user).id)


def _checked(request: HttpRequest) -> SecondFactor:
    code = request.POST.get("code", "")
    return second_factor.check_second_factor(actor=_actor(request), code=code, now=timezone.now())


def _next(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else reverse("admin:index")


def _page(request: HttpRequest, step: str, **context: Any) -> HttpResponse:
    factor = context.pop("factor", None)
    if factor is not None:
        key, address = second_factor.key_of(factor), second_factor.address_of(factor)
        context |= {"picture": _picture(address), "key": key}
    error = context.pop("error", None)
    context |= {**admin.site.each_context(request), "step": step, "error": error and error.message}
    context |= {"title": "Second factor", "is_popup": False}
    status = 400 if error else 200
    return render(request, "accounts/second_factor.html", context, status=status)


def _picture(text: str) -> str:
    """A QR code of the text as a `data:` address."""
    picture = BytesIO()
    segno.make(text).save(picture, kind="png", scale=5)
    return f"data:image/png;base64,{base64.b64encode(picture.getvalue()).decode()}"


admin.site.login_form = StaffLoginForm
admin.site.has_permission = has_permission  # type: ignore[method-assign]
admin.site.login = login  # type: ignore[method-assign]
