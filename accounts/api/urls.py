from django.urls import path

from accounts.api import access_views, views

urlpatterns = [
    path("register/", views.RegisterView.as_view(), name="auth-register"),
    path("token/", views.TokenView.as_view(), name="auth-token"),
    path("token/refresh/", views.TokenRefreshView.as_view(), name="auth-token-refresh"),
    path("token/revoke/", views.TokenRevokeView.as_view(), name="auth-token-revoke"),
    path("csrf/", views.CsrfView.as_view(), name="auth-csrf"),
    path("login/", views.SessionLoginView.as_view(), name="auth-login"),
    path("logout/", views.LogoutView.as_view(), name="auth-logout"),
    path("me/", views.MeView.as_view(), name="auth-me"),
    path("me/budget/", views.BudgetView.as_view(), name="auth-me-budget"),
    path("ws-ticket/", views.SocketTicketView.as_view(), name="auth-ws-ticket"),
    path("tokens/", access_views.ApiTokenListView.as_view(), name="auth-tokens"),
    path("tokens/<uuid:token_id>/", access_views.ApiTokenView.as_view(), name="auth-tokens-one"),
    path("sessions/", access_views.SessionListView.as_view(), name="auth-sessions"),
    path("sessions/<uuid:login_id>/", access_views.SessionView.as_view(), name="auth-sessions-one"),
    path("password/change/", views.PasswordChangeView.as_view(), name="auth-password-change"),
    path("password/reset/", views.PasswordResetView.as_view(), name="auth-password-reset"),
    path(
        "password/reset/confirm/",
        views.PasswordResetConfirmView.as_view(),
        name="auth-password-reset-confirm",
    ),
    path("email/verify/", views.EmailVerifyView.as_view(), name="auth-email-verify"),
    path("email/verify/confirm/", views.EmailVerifyConfirmView.as_view(), name="auth-email-verify-confirm"),
]
