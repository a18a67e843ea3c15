"""Django's settings, wired from `voice2task.env`. What ties the rooms together is in `voice2task.tables`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from django.templatetags.static import static

from voice2task import clock, defences, openapi, rest, tables
from voice2task.env import load_env
from voice2task.logging import log_configuration
from voice2task.stack import paths

env = load_env()

# --- The place --------------------------------------------------------------------------------------------

VAR_DIR: Path = env.VAR_DIR
SECRET_KEY = env.SECRET_KEY
SECRET_KEY_FALLBACKS = env.SECRET_KEY_FALLBACKS
DEBUG = env.DEBUG
ALLOWED_HOSTS = env.ALLOWED_HOSTS
CSRF_TRUSTED_ORIGINS = env.TRUSTED_ORIGINS
ROOT_URLCONF = "voice2task.urls"
WSGI_APPLICATION = "voice2task.wsgi.application"
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_TIME_ZONE = env.TIME_ZONE
LANGUAGE_CODE = "en"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "captures": env.capture_storage,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# The embedded stack serves what the packages bring along, without a step that collects it.
WHITENOISE_USE_FINDERS = not env.production
WHITENOISE_AUTOREFRESH = False

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "corsheaders",
    "django_otp",
    "rest_framework",
    "drf_standardized_errors",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "channels",
    "django_celery_beat",
    "django_prometheus",
    "django_structlog",
    "voice2task",
    "voice2task.kernel",
    "voice2task.stack",
    "voice2task.web",
    "accounts",
    "activities",
    "tasks",
    "integrations",
    "conversations",
    "voice2task.transfer",
    "voice2task.staff",
]

MIDDLEWARE = defences.MIDDLEWARE

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- PostgreSQL and Redis ---------------------------------------------------------------------------------

DATABASE_URL = env.DATABASE_URL or paths.database_url(VAR_DIR)
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(DATABASE_URL, engine="voice2task.kernel.postgres")
}
DATABASES["default"]["PASSWORD"] = env.DATABASE_PASSWORD or DATABASES["default"]["PASSWORD"]
DATABASES["default"].setdefault("OPTIONS", {}).update(
    # A process that freezes inside a transaction must not hold its user's stream for longer than this.
    # What is prepared is planned once: PostgreSQL would compare with a plan for the values, each time.
    options="-c idle_in_transaction_session_timeout=10s -c plan_cache_mode=force_generic_plan",
    # Only what `kernel.statements` runs is prepared, and that at once: Django's own cursors never prepare.
    prepare_threshold=0,
    pool={"min_size": 1, "max_size": env.DATABASE_POOL_SIZE, "timeout": 5, "reconnect_timeout": 3},
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.REDIS_URL or paths.redis_url(VAR_DIR)

# --- Who is asking ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS, PASSWORD_HASHERS = defences.PASSWORD_VALIDATORS, defences.PASSWORD_HASHERS
REGISTRATION_OPEN = env.REGISTRATION_OPEN
DEMO_SIGN_IN = env.demo_sign_in
PASSWORD_RESET_TIMEOUT = 24 * 3600
CSRF_FAILURE_VIEW = "voice2task.kernel.error_responses.csrf_failure"

SECURE_SSL_REDIRECT = env.secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.secure else None
SECURE_HSTS_SECONDS = 31_536_000 if env.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.secure
SECURE_HSTS_PRELOAD = env.secure
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SESSION_COOKIE_SECURE = env.secure
CSRF_COOKIE_SECURE = env.secure
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICIES = defences.CONTENT_SECURITY_POLICIES
PERMISSIONS_POLICY = defences.PERMISSIONS_POLICY
CORS_ALLOWED_ORIGINS, CORS_URLS_REGEX = env.CORS_ORIGINS, defences.CORS_URLS
CORS_ALLOW_HEADERS, CORS_EXPOSE_HEADERS = defences.CORS_ALLOW_HEADERS, defences.CORS_EXPOSE_HEADERS
STAFF_TOTP_REQUIRED = env.STAFF_TOTP_REQUIRED
METRICS_OPEN = env.metrics_open
LOGIN_REDIRECT_URL = "admin:index"

# --- How much, how often ----------------------------------------------------------------------------------

PROXIES = env.PROXIES
RATE_LIMITS = env.rate_limits
UNLIMITED_PATHS = defences.UNLIMITED_PATHS
LOGIN_FAILURES, LOGIN_FAILURES_ADDRESS = env.LOGIN_FAILURES, env.LOGIN_FAILURES_ADDRESS
TURNS_PER_USER, SOCKETS_PER_USER = env.TURNS_PER_USER, env.SOCKETS_PER_USER
DATA_UPLOAD_MAX_MEMORY_SIZE = env.BODY_MAX_KILOBYTES * 1024
BODY_LIMITS = {
    "/api/v1/captures/": env.CAPTURE_MAX_MEGABYTES * 1024**2 + defences.FORM_SLACK,
    "/api/v1/import/": env.IMPORT_MAX_MEGABYTES * 1024**2 + defences.FORM_SLACK,
}

SIMPLE_JWT = {**defences.JWT, "SIGNING_KEY": SECRET_KEY}

# --- REST -------------------------------------------------------------------------------------------------

REST_FRAMEWORK = rest.REST_FRAMEWORK
DRF_STANDARDIZED_ERRORS = openapi.DRF_STANDARDIZED_ERRORS
SPECTACULAR_SETTINGS = openapi.SPECTACULAR_SETTINGS

# --- Admin ---------------------------------------------------------------------------------------------

UNFOLD = {
    "SITE_TITLE": "Voice2Task",
    "SITE_HEADER": "Voice2Task",
    "SITE_SYMBOL": "checklist",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("web/icons/icon.svg")}
    ],
    "SHOW_HISTORY": False,
    "DASHBOARD_CALLBACK": "voice2task.staff.dashboard.add_figures",
    "SIDEBAR": {"navigation": "voice2task.staff.navigation.groups"},
    "ACCOUNT": {"navigation": "voice2task.staff.navigation.account"},
    "STYLES": [lambda request: static("staff/staff.css")],
}

# --- E-mail -----------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env.EMAIL_FROM
EMAIL = env.email
EMAIL_BACKEND = EMAIL.backend
EMAIL_HOST = EMAIL.host
EMAIL_PORT = EMAIL.port
EMAIL_HOST_USER = EMAIL.user
EMAIL_HOST_PASSWORD = EMAIL.password
EMAIL_USE_TLS = EMAIL.starttls
EMAIL_USE_SSL = EMAIL.tls
EMAIL_TIMEOUT = 10

# --- Notifications ----------------------------------------------------------------------------------------

VAPID_PRIVATE_KEY = env.VAPID_PRIVATE_KEY
NOTIFICATION_DAYS = env.NOTIFICATION_DAYS

# --- Celery -----------------------------------------------------------------------------------------------

CELERY_BROKER_URL = paths.celery_broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_CREATE_MISSING_QUEUES = True
QUEUES, CELERY_TASK_ROUTES = tables.QUEUES, tables.TASK_ROUTES
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A worker of several queues empties the one it names first before the next: final text before partial.
    "queue_order_strategy": "priority",
    # What a worker took and did not do, PostgreSQL still owes: Kombu's book of it would serve nobody.
    "ack_emulation": False,
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
CELERY_BEAT_SCHEDULE = clock.beat_schedule(sweep_seconds=env.SWEEP_SECONDS)

DJANGO_STRUCTLOG_CELERY_ENABLED = True

# --- How a process ends, and is watched ---------------------------------------------------------------------

DRAIN_SECONDS = env.DRAIN_SECONDS
METRICS_HOST, METRICS_PORT = env.HOST, env.METRICS_PORT

# --- Turns ------------------------------------------------------------------------------------------------

TURN_LEASE = timedelta(seconds=env.TURN_LEASE_SECONDS)
TURN_RENEW_SECONDS = env.TURN_RENEW_SECONDS
TURN_MAX_FAILURES = 3
TURN_MAX_SECONDS = env.TURN_MAX_SECONDS
TURN_MAX_OUTPUT_TOKENS = env.TURN_MAX_OUTPUT_TOKENS
APPROVAL_LIFETIME = timedelta(seconds=env.APPROVAL_SECONDS)

# --- Models -----------------------------------------------------------------------------------------------

LLM_PROVIDERS = tables.LLM_PROVIDERS
LLM_PROVIDER_CHAIN = env.llm_providers
OPENAI_API_KEY = env.OPENAI_API_KEY
OPENAI_BASE_URL = env.OPENAI_BASE_URL
OPENAI_MODEL = env.OPENAI_MODEL
ANTHROPIC_API_KEY = env.ANTHROPIC_API_KEY
ANTHROPIC_BASE_URL = env.ANTHROPIC_BASE_URL
ANTHROPIC_MODEL = env.ANTHROPIC_MODEL
LLM_CONNECT_SECONDS = env.LLM_CONNECT_SECONDS
LLM_FIRST_TOKEN_SECONDS = env.LLM_FIRST_TOKEN_SECONDS
LLM_IDLE_SECONDS = env.LLM_IDLE_SECONDS
LLM_RETRIES = 1
LLM_PRICES_FILE = env.LLM_PRICES_FILE
# In millionths of a US dollar, for each user and calendar month in UTC; None is without limit.
LLM_MONTHLY_BUDGET_MICROS = env.monthly_budget_micros

# --- Speech -----------------------------------------------------------------------------------------------

SPEECH_ENGINES = tables.SPEECH_ENGINES
SPEECH_ENGINE_CHAIN = env.speech_engines
SPEECH_MODEL = env.SPEECH_MODEL
SPEECH_MODELS_DIR = VAR_DIR / "speech-models"
SPEECH_CONCURRENCY = env.SPEECH_CONCURRENCY
SPEECH_THREADS = env.SPEECH_THREADS
SPEECH_ANSWER_SECONDS = env.SPEECH_ANSWER_SECONDS
OPENAI_SPEECH_MODEL = env.OPENAI_SPEECH_MODEL
CAPTURE_MAX_SECONDS = env.CAPTURE_MAX_SECONDS
CAPTURE_MAX_BYTES = env.CAPTURE_MAX_MEGABYTES * 1024**2
CAPTURE_KEEP = None if env.CAPTURE_KEEP_DAYS is None else timedelta(days=env.CAPTURE_KEEP_DAYS)
# How long a recording waits for its client to come back before what has arrived is taken for all of it.
CAPTURE_PATIENCE = timedelta(minutes=10)

# --- What lies outside ------------------------------------------------------------------------------------

OUTBOUND_ALLOWED_NETWORKS = env.allowed_networks
PUBLIC_URL = env.public_url
N8N_URL = env.N8N_URL.rstrip("/")
N8N_API_KEY = env.N8N_API_KEY

# --- Keeping, importing ------------------------------------------------------------------------------------

TRASH_DAYS, ACTIVITY_DAYS = env.TRASH_DAYS, env.ACTIVITY_DAYS
LOGIN_DAYS, IDEMPOTENCY_DAYS, OUTBOX_DAYS = env.LOGIN_DAYS, env.IDEMPOTENCY_DAYS, env.OUTBOX_DAYS
IMPORT_MAX_BYTES = env.IMPORT_MAX_MEGABYTES * 1024 * 1024
IMPORT_MAX_ROWS = env.IMPORT_MAX_ROWS

# --- The tables that tie the rooms together ---------------------------------------------------------------

JOURNAL = tables.JOURNAL
USER_PROVISIONERS, USER_ERASERS = tables.USER_PROVISIONERS, tables.USER_ERASERS
EVENT_KINDS, ACTIVITY_SUBSCRIBERS = tables.EVENT_KINDS, tables.ACTIVITY_SUBSCRIBERS
EXPORT_PARTS, IMPORT_FORMATS = tables.EXPORT_PARTS, tables.IMPORT_FORMATS
DRAINING_JOBS, JOBS_ON_REQUEST = tables.DRAINING_JOBS, tables.JOBS_ON_REQUEST
SEALED_FIELDS, WEBHOOK_KINDS = tables.SEALED_FIELDS, tables.WEBHOOK_KINDS
AGENT_TOOLS = tables.AGENT_TOOLS

# --- Logs -------------------------------------------------------------------------------------------------

LOGGING = log_configuration(level=env.LOG_LEVEL, form=env.log_format)

# --- Traces and errors ------------------------------------------------------------------------------------

ENVIRONMENT = env.ENVIRONMENT
TRACES_ENDPOINT, TRACES_RATIO = env.OTEL_EXPORTER_OTLP_ENDPOINT, env.OTEL_TRACES_SAMPLER_ARG
SENTRY_DSN = env.SENTRY_DSN
