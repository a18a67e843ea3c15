"""Users and logins as an operator sees them: to read, with the services as actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.views import PasswordChangeView
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from unfold.forms import AdminOwnPasswordChangeForm
from unfold.widgets import UnfoldAdminPasswordWidget

from accounts import services
from accounts.actors import Actor
from accounts.models import ApiToken, Budget, Login, SecondFactor, Spending, User
from accounts.services.second_factor import remove_second_factor
from voice2task.kernel.admin import OperatedAdmin, ReadOnlyAdmin, ServiceAdmin
from voice2task.kernel.errors import ApplicationError, Conflict, PermissionRefused
from voice2task.kernel.permissions import APPOINT, ASSIST, TAKE_OUT

if TYPE_CHECKING:
    UserForm = forms.ModelForm[User]
else:
    UserForm = forms.ModelForm


class NotOneself(Conflict):
    code = "not_oneself"
    message = "Nobody does this to themselves here."


class StaffStay(PermissionRefused):
    code = "staff_stay"
    message = "This is for those who appoint staff."


class NewUserForm(UserForm):
    """What it takes to register a user."""

    password = forms.CharField(widget=UnfoldAdminPasswordWidget(), strip=False)

    class Meta:
        model = User
        fields = ("email", "timezone", "language")


class OwnPasswordForm(AdminOwnPasswordChangeForm):
    """The operator's own password, changed by the service: logins end, and it is recorded."""

    def clean_old_password(self) -> str:
        password: str = self.cleaned_data["old_password"]
        try:
            services.confirm_password(password, user=self.user, field="old_password")
        except ApplicationError as error:
            raise forms.ValidationError(error.message, code=error.code) from error
        return password

    def save(self, commit: bool = True) -> User:
        user: User = self.user
        services.change_password(
            actor=Actor(user.id),
            current_password=self.cleaned_data["old_password"],
            new_password=self.cleaned_data["new_password1"],
            login_id=None,
            now=timezone.now(),
        )
        user.refresh_from_db()
        return user


def change_own_password(
    request: HttpRequest, extra_context: dict[str, Any] | None = None
) -> HttpResponseBase:
    """The page of the admin site, with our form in the place of one that would write the password itself."""
    view = PasswordChangeView.as_view(
        form_class=OwnPasswordForm,
        success_url=reverse("admin:password_change_done"),
        extra_context={**admin.site.each_context(request), **(extra_context or {})},
    )
    return view(request)


admin.site.password_change = change_own_password  # type: ignore[assignment, method-assign]


@admin.register(User)
class UserAdmin(OperatedAdmin):
    list_display = ("email", "email_verified", "is_active", "is_staff", "timezone", "language", "created_at")
    list_filter = ("is_active", "is_staff")
    actions: tuple[str, ...] = ("suspend", "readmit", "end_logins", "send_password_link", "erase")
    list_select_related = ()
    owner = "pk"
    found_by = ()
    fields = (
        "id",
        "email",
        "email_verified_at",
        "timezone",
        "language",
        "week_start",
        "subtasks_on_complete",
        "quiet_from",
        "quiet_until",
        "email_notifications",
        "is_active",
        "is_staff",
        "is_superuser",
        "created_at",
    )

    @admin.display(boolean=True, description="verified", ordering="email_verified_at")
    def email_verified(self, user: User) -> bool:
        return user.email_verified

    @admin.action(description="Suspend: end their logins and let none begin", permissions=["operate"])
    def suspend(self, request: HttpRequest, users: QuerySet[User]) -> None:
        self.for_others(request, users, services.suspend_user)

    @admin.action(description="Let suspended users log in again", permissions=["operate"])
    def readmit(self, request: HttpRequest, users: QuerySet[User]) -> None:
        self.for_others(request, users, services.readmit_user)

    @admin.action(description="End all logins", permissions=["assist"])
    def end_logins(self, request: HttpRequest, users: QuerySet[User]) -> None:
        self.for_others(request, users, services.revoke_all_logins)

    @admin.action(description="Send a link to choose a new password", permissions=["assist"])
    def send_password_link(self, request: HttpRequest, users: QuerySet[User]) -> None:
        site = request.build_absolute_uri("/")
        self.report(request, users, lambda user: services.request_password_reset(email=user.email, site=site))

    @admin.action(description="Delete with everything that is theirs, for good", permissions=["take_out"])
    def erase(self, request: HttpRequest, users: QuerySet[User]) -> None:
        if request.user in users:
            messages.error(request, "Nobody deletes themselves here; nothing was done.")
            return
        self.for_others(request, users, services.erase_user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("accounts.add_user")

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return ("email", "password", "timezone", "language") if obj is None else self.fields

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type[UserForm]:
        if obj is None:
            kwargs["form"] = NewUserForm
        form: type[UserForm] = super().get_form(request, obj, change, **kwargs)
        return form

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            response: HttpResponse = super().add_view(request, form_url, extra_context)
        except ApplicationError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(request.get_full_path())
        return response

    def save_form(self, request: HttpRequest, form: UserForm, change: bool) -> User:
        return services.register_user(
            **form.cleaned_data,
            site=request.build_absolute_uri("/"),
            by_operator=True,
            now=timezone.now(),
        )

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """The service has saved it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """And everything that belongs to it."""

    def has_assist_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ASSIST)

    def has_take_out_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(TAKE_OUT)

    def for_others(self, request: HttpRequest, users: QuerySet[User], service: Callable[..., object]) -> None:
        """Call a service for each user; for staff only if one may appoint them, and never for oneself."""
        may_all = request.user.has_perm(APPOINT)

        def act(user: User) -> None:
            if user.pk == request.user.pk:
                raise NotOneself
            if user.is_staff and not may_all:
                raise StaffStay
            service(actor=Actor(user.id, "system"), now=timezone.now())

        self.report(request, users, act)


@admin.register(Login)
class LoginAdmin(OperatedAdmin):
    list_display = ("created_at", "user", "user_agent", "ip", "last_used_at", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    fields = ("id", "user", "user_agent", "ip", "created_at", "last_used_at", "revoked_at", "generation")
    actions = ("revoke",)

    @admin.action(description="End these logins", permissions=["assist"])
    def revoke(self, request: HttpRequest, logins: QuerySet[Login]) -> None:
        self.report(request, logins, self._revoke)

    def has_assist_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ASSIST)

    @staticmethod
    def _revoke(login: Login) -> None:
        actor = Actor(login.user_id, "system")
        services.revoke_login(actor=actor, login_id=login.id, now=timezone.now())


@admin.register(ApiToken)
class ApiTokenAdmin(OperatedAdmin):
    list_display = ("created_at", "user", "name", "prefix", "scopes", "seen_at", "expires_at", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    fields = ("id", "user", "name", "prefix", "scopes", "created_at", "seen_at", "expires_at", "revoked_at")
    actions = ("revoke",)

    @admin.action(description="Revoke these tokens", permissions=["assist"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[ApiToken]) -> None:
        self.report(request, tokens, self._revoke)

    def has_assist_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ASSIST)

    @staticmethod
    def _revoke(token: ApiToken) -> None:
        actor = Actor(token.user_id, "system")
        services.revoke_api_token(actor=actor, token_id=token.id, now=timezone.now())


@admin.register(SecondFactor)
class SecondFactorAdmin(OperatedAdmin):
    """What the app and the codes on paper are made from is shown to nobody."""

    list_display = ("id", "user", "confirmed", "throttling_failure_count", "throttling_failure_timestamp")
    list_filter = ("confirmed",)
    found_by = ()
    fields = list_display
    actions = ("remove",)

    @admin.action(description="Remove: for who has lost the app and the codes", permissions=["appoint"])
    def remove(self, request: HttpRequest, factors: QuerySet[SecondFactor]) -> None:
        self.report(request, factors, lambda factor: self._remove(request, factor))

    def has_appoint_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(APPOINT)

    @staticmethod
    def _remove(request: HttpRequest, factor: SecondFactor) -> None:
        if factor.user_id == request.user.pk:  # with a code, on the page for it
            raise NotOneself
        remove_second_factor(actor=Actor(factor.user_id, "system"), now=timezone.now())


@admin.register(Budget)
class BudgetAdmin(ServiceAdmin):
    """Users without a row have the limit of the settings."""

    list_display = ("user", "limit_micros")
    ordering = ("-user_id",)
    found_by = ()
    fields = ("user", "limit_micros")

    def write(self, obj: Budget, changed: dict[str, Any], *, new: bool) -> Budget:
        actor = Actor(obj.user_id, "system")
        return services.set_budget(actor=actor, limit_micros=obj.limit_micros, now=timezone.now())


@admin.register(Spending)
class SpendingAdmin(ReadOnlyAdmin):
    list_display = ("month", "user", "spent_micros", "reserved_micros")
    list_filter = ("month",)
    found_by = ()
