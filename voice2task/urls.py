"""Every address of the site."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from accounts.admin_login import second_factor_page
from accounts.api.staff import for_staff
from tasks.api.feed_views import feed
from voice2task.kernel import health, metrics
from voice2task.web import views as web

handler400 = "voice2task.kernel.error_responses.bad_request"
handler404 = "voice2task.kernel.error_responses.not_found"
handler500 = "voice2task.kernel.error_responses.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", web.home, name="home"),
    path("reset-password", web.home, name="reset-password-page"),
    path("verify-email", web.home, name="verify-email-page"),
    path("sw.js", web.service_worker, name="service-worker"),
    path("demo/sign-in/", web.DemoSignIn.as_view(), name="demo-sign-in"),
    path("api/v1/auth/", include("accounts.api.urls")),
    path("api/v1/", include("activities.api.urls")),
    path("api/v1/", include("tasks.api.urls")),
    path("api/v1/", include("integrations.api.urls")),
    path("api/v1/", include("conversations.api.urls")),
    path("api/v1/", include("voice2task.transfer.api.urls")),
    path("feeds/<str:secret>.ics", feed, name="feed-ics"),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    path("health/live", health.live, name="health-live"),
    path("health/accepting", health.accepting, name="health-accepting"),
    path("health/ready", health.ready, name="health-ready"),
    path("metrics", for_staff(metrics.metrics, is_open=lambda: settings.METRICS_OPEN), name="metrics"),
    path("admin/second-factor/", second_factor_page, name="second-factor"),
    path("admin/staff/", include("voice2task.staff.urls")),
    path("admin/", admin.site.urls),
]
