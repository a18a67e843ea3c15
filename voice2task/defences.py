"""What stands between the site and its callers: middleware, passwords, tokens, what browsers are told.

Where paths are named, the first that a request's path begins with decides.
"""

from __future__ import annotations

from datetime import timedelta

from corsheaders.defaults import default_headers


def _policy(**sources: str) -> str:
    """A Content-Security-Policy that allows these sources and nothing else; no page of it is ever framed."""
    allowed = {
        "default-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'none'",
    }
    allowed |= {name.replace("_", "-"): source for name, source in sources.items()}
    return "; ".join(f"{name} {source}" for name, source in allowed.items())


MIDDLEWARE = [
    "voice2task.kernel.probes.ProbeMiddleware",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "voice2task.kernel.middleware.CallerMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "voice2task.kernel.middleware.HeadersMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "voice2task.web.compression.StaticGZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "voice2task.kernel.middleware.ThrottlingMiddleware",
    "voice2task.kernel.middleware.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = ["accounts.hashers.FrugalArgon2PasswordHasher"]

JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=15),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=30),
    "ALGORITHM": "HS256",
    "USER_ID_CLAIM": "sub",
    # The clocks of two hosts may differ by this much.
    "LEEWAY": timedelta(seconds=5),
}

# Everything comes from this host and from files: no inline script or style, no frame, no plug-in.
CLIENT_POLICY = _policy(
    script_src="'self'",
    style_src="'self'",
    img_src="'self'",
    connect_src="'self'",
    media_src="'self'",
    manifest_src="'self'",
    worker_src="'self'",
    form_action="'self'",
)
# The admin's pages have expressions in their attributes, which Alpine evaluates, and styles beside them.
ADMIN_POLICY = _policy(
    script_src="'self' 'unsafe-inline' 'unsafe-eval'",
    style_src="'self' 'unsafe-inline'",
    img_src="'self' data:",
    font_src="'self'",
    connect_src="'self'",
    media_src="'self'",
    form_action="'self'",
)
# Swagger UI from files of this host; it styles what it draws.
DOCS_POLICY = _policy(
    script_src="'self'",
    style_src="'self' 'unsafe-inline'",
    img_src="'self' data:",
    connect_src="'self'",
)
NOTHING_POLICY = _policy()

CONTENT_SECURITY_POLICIES = {
    # Files are no pages: nothing is ever loaded by them, and each byte here is sent sixty times at first.
    "/static/": "default-src 'none'",
    "/admin/": ADMIN_POLICY,
    "/api/docs/": DOCS_POLICY,
    "/": NOTHING_POLICY,
}
PERMISSIONS_POLICY = "microphone=(self), camera=(), geolocation=()"

# Pages of other sites may call the REST API, with a token that they hold; cookies they cannot send.
CORS_URLS = r"^/api/"
CORS_ALLOW_HEADERS = (*default_headers, "idempotency-key", "if-match", "if-none-match")
CORS_EXPOSE_HEADERS = ("ETag", "Idempotency-Replayed", "RateLimit", "RateLimit-Policy", "Retry-After")

# What watches the site, and files that caches hold.
UNLIMITED_PATHS = ("/health/", "/metrics", "/static/")

# What a form may have beside its file; a file that is larger than it may be is told so by its door.
FORM_SLACK = 1024**2
