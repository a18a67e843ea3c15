"""Every setting that comes from outside, typed, in one place.

Read from the process environment and from `.env` beside `manage.py`. All faults are reported at once, each
with the name of its variable. `.env.example` documents the same names in the same order.
"""

from __future__ import annotations

import sys
from decimal import Decimal
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from voice2task.email_url import EmailAddress, parse_email_url
from voice2task.kernel.loopback import is_loopback
from voice2task.secret_values import is_p256_key, kept_secret, secret_weakness
from voice2task.storage_url import parse_storage_url, storage_at
from voice2task.tables import LLM_PROVIDERS, SPEECH_ENGINES

BASE_DIR = Path(__file__).resolve().parent.parent
# This machine and its network, as far as that is private.
NEARBY_NETWORKS = ["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]

CommaSeparated = Annotated[list[str], NoDecode]


class Env(BaseSettings):
    """The environment of one process. Durations are in seconds unless a name says otherwise."""

    model_config = SettingsConfigDict(
        env_file=BASE_DIR / ".env",
        env_file_encoding="utf-8",
        extra="ignore",
        env_ignore_empty=True,
        validate_default=True,
    )

    ENVIRONMENT: Literal["development", "production"] = "development"
    DEBUG: bool = False
    SECRET_KEY: str = ""
    SECRET_KEY_FALLBACKS: CommaSeparated = []
    ALLOWED_HOSTS: CommaSeparated = ["localhost", "127.0.0.1", "[::1]"]
    TRUSTED_ORIGINS: CommaSeparated = []
    HTTPS: bool | None = None
    HOST: str = "127.0.0.1"
    PORT: int = Field(default=8000, ge=1, le=65535)
    VAR_DIR: Path = BASE_DIR / "var"

    DATABASE_URL: str = ""
    DATABASE_POOL_SIZE: int = Field(default=16, ge=2, le=500)
    REDIS_URL: str = ""

    TURN_CONCURRENCY: int = Field(default=64, ge=1, le=1000)
    TURN_LEASE_SECONDS: float = Field(default=10.0, gt=0)
    TURN_RENEW_SECONDS: float = Field(default=3.0, gt=0)
    SWEEP_SECONDS: int = Field(default=2, ge=1)
    TURN_MAX_SECONDS: float = Field(default=120.0, gt=0)
    TURN_MAX_OUTPUT_TOKENS: int = Field(default=8192, ge=256)
    APPROVAL_SECONDS: float = Field(default=900.0, gt=0)

    LLM_PROVIDERS: CommaSeparated = []
    OPENAI_API_KEY: str = ""
    OPENAI_BASE_URL: str = ""
    OPENAI_MODEL: str = "gpt-5-mini"
    ANTHROPIC_API_KEY: str = ""
    ANTHROPIC_BASE_URL: str = ""
    ANTHROPIC_MODEL: str = "claude-haiku-4-5"
    LLM_CONNECT_SECONDS: float = Field(default=5.0, gt=0)
    LLM_FIRST_TOKEN_SECONDS: float = Field(default=20.0, gt=0)
    LLM_IDLE_SECONDS: float = Field(default=20.0, gt=0)
    LLM_MONTHLY_BUDGET: Decimal | None = Field(default=None, ge=0)
    LLM_PRICES_FILE: Path = BASE_DIR / "integrations" / "llm" / "prices.json"

    OUTBOUND_ALLOWED_NETWORKS: CommaSeparated | None = None
    PUBLIC_URL: str = ""
    N8N_URL: str = ""
    N8N_API_KEY: str = ""

    TRASH_DAYS: int = Field(default=30, ge=1, le=36_500)
    ACTIVITY_DAYS: int | None = Field(default=None, ge=1, le=36_500)
    LOGIN_DAYS: int = Field(default=90, ge=1, le=36_500)
    IDEMPOTENCY_DAYS: int = Field(default=7, ge=1, le=36_500)
    OUTBOX_DAYS: int = Field(default=7, ge=1, le=36_500)
    IMPORT_MAX_MEGABYTES: int = Field(default=32, ge=1, le=512)
    IMPORT_MAX_ROWS: int = Field(default=100_000, ge=1)

    SPEECH_ENGINES: CommaSeparated = []
    SPEECH_MODEL: str = ""
    OPENAI_SPEECH_MODEL: str = "gpt-4o-mini-transcribe"
    SPEECH_CONCURRENCY: int = Field(default=1, ge=1, le=64)
    SPEECH_THREADS: int = Field(default=0, ge=0, le=64)
    SPEECH_ANSWER_SECONDS: float = Field(default=60.0, gt=0)
    CAPTURE_MAX_SECONDS: int = Field(default=600, ge=1)
    CAPTURE_MAX_MEGABYTES: int = Field(default=25, ge=1)
    CAPTURE_KEEP_DAYS: int | None = Field(default=None, ge=0)
    CAPTURE_STORAGE_URL: str = ""

    TIME_ZONE: str = "UTC"
    REGISTRATION_OPEN: bool = True
    EMAIL_URL: str = "console://"
    EMAIL_FROM: str = "Voice2Task <noreply@localhost>"
    VAPID_PRIVATE_KEY: str = ""
    NOTIFICATION_DAYS: int = Field(default=90, ge=1, le=36_500)

    LOG_LEVEL: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    LOG_FORMAT: Literal["", "console", "json"] = ""
    OTEL_EXPORTER_OTLP_ENDPOINT: str = ""
    OTEL_TRACES_SAMPLER_ARG: float = Field(default=1.0, ge=0, le=1)
    SENTRY_DSN: str = ""

    @field_validator(
        "SECRET_KEY_FALLBACKS",
        "ALLOWED_HOSTS",
        "TRUSTED_ORIGINS",
        "LLM_PROVIDERS",
        "SPEECH_ENGINES",
        "OUTBOUND_ALLOWED_NETWORKS",
        mode="before",
    )
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

    @field_validator("VAR_DIR")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("LLM_PROVIDERS")
    @classmethod
    def _known_providers(cls, value: list[str]) -> list[str]:
        if unknown := [name for name in value if name not in LLM_PROVIDERS]:
            raise ValueError(f"knows {', '.join(LLM_PROVIDERS)}, not {', '.join(unknown)}")
        return value

    @field_validator("PUBLIC_URL", "N8N_URL", "OTEL_EXPORTER_OTLP_ENDPOINT", "SENTRY_DSN")
    @classmethod
    def _web_addresses(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
            raise ValueError("begins with http:// or https:// and names a host")
        return value

    @field_validator("OTEL_EXPORTER_OTLP_ENDPOINT", "SENTRY_DSN")
    @classmethod
    def _installed(cls, value: str, info: ValidationInfo) -> str:
        needed = "sentry_sdk" if info.field_name == "SENTRY_DSN" else "opentelemetry.sdk"
        if value and find_spec(needed) is None:
            raise ValueError("needs the packages of requirements-observing.txt")
        return value

    @field_validator("OUTBOUND_ALLOWED_NETWORKS")
    @classmethod
    def _networks(cls, value: list[str] | None) -> list[str] | None:
        for network in value or ():
            try:
                ip_network(network)
            except ValueError as error:
                raise ValueError(f"takes networks as 10.0.0.0/8, not {network}") from error
        return value

    @field_validator("SPEECH_ENGINES")
    @classmethod
    def _known_engines(cls, value: list[str]) -> list[str]:
        if unknown := [name for name in value if name not in SPEECH_ENGINES]:
            raise ValueError(f"knows {', '.join(SPEECH_ENGINES)}, not {', '.join(unknown)}")
        return value

    @field_validator("CAPTURE_STORAGE_URL")
    @classmethod
    def _known_storage(cls, value: str) -> str:
        parse_storage_url(value)
        return value

    @field_validator("TIME_ZONE")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is not a timezone of the IANA database")
        return value

    @field_validator("EMAIL_URL")
    @classmethod
    def _known_mail_scheme(cls, value: str) -> str:
        parse_email_url(value)
        return value

    @field_validator("VAPID_PRIVATE_KEY")
    @classmethod
    def _p256_key(cls, value: str) -> str:
        if value and not is_p256_key(value):
            raise ValueError("takes the 32 bytes of a P-256 key in URL-safe base64")
        return value

    # The checks below look at fields that stand above their own, and so are known by then.

    @field_validator("DEBUG")
    @classmethod
    def _no_debug_in_production(cls, value: bool, info: ValidationInfo) -> bool:
        if value and _in_production(info):
            raise ValueError("must be off in production")
        return value

    @field_validator("SECRET_KEY")
    @classmethod
    def _strong_in_production(cls, value: str, info: ValidationInfo) -> str:
        if _in_production(info) and (weakness := secret_weakness(value)):
            raise ValueError(weakness)
        return value

    @field_validator("ALLOWED_HOSTS")
    @classmethod
    def _named_hosts_in_production(cls, value: list[str], info: ValidationInfo) -> list[str]:
        wild = any("*" in host or host.startswith(".") for host in value)
        if _in_production(info) and (wild or not value):
            raise ValueError("name each host in production, without wildcards")
        return value

    @field_validator("TRUSTED_ORIGINS")
    @classmethod
    def _named_origins_in_production(cls, value: list[str], info: ValidationInfo) -> list[str]:
        if _in_production(info) and any("*" in origin for origin in value):
            raise ValueError("name each origin in production, without wildcards")
        return value

    @field_validator("TURN_RENEW_SECONDS")
    @classmethod
    def _renewed_in_time(cls, value: float, info: ValidationInfo) -> float:
        if value * 2 > info.data.get("TURN_LEASE_SECONDS", value * 2):
            raise ValueError("must be at most half of TURN_LEASE_SECONDS")
        return value

    @property
    def production(self) -> bool:
        return self.ENVIRONMENT == "production"

    @property
    def secure(self) -> bool:
        """Whether browsers reach the site by HTTPS only."""
        return self.production if self.HTTPS is None else self.HTTPS

    @property
    def demo_sign_in(self) -> bool:
        """Whether one press signs in as the demo user: in development, on a stack of its own, on loopback."""
        return not self.production and not self.DATABASE_URL and is_loopback(self.HOST)

    @property
    def llm_providers(self) -> list[str]:
        """Who answers, in the order asked: as named, else every vendor within reach, then the rules."""
        reachable = {
            "anthropic": self.ANTHROPIC_API_KEY or self.ANTHROPIC_BASE_URL,
            "openai": self.OPENAI_API_KEY or self.OPENAI_BASE_URL,
        }
        return self.LLM_PROVIDERS or [*(name for name, way in reachable.items() if way), "rules"]

    @property
    def public_url(self) -> str:
        """Where others reach this site, without a slash at the end."""
        return (self.PUBLIC_URL or f"http://{self.HOST}:{self.PORT}").rstrip("/")

    @property
    def allowed_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Networks that are not public, and may be reached all the same."""
        named = self.OUTBOUND_ALLOWED_NETWORKS
        if named is None:
            named = [] if self.production else NEARBY_NETWORKS
        return tuple(ip_network(network) for network in named)

    @property
    def speech_engines(self) -> list[str]:
        """Who listens, in the order asked: as named, else the vendor if there is a key, then this machine."""
        vendors = ["openai"] if self.OPENAI_API_KEY else []
        return self.SPEECH_ENGINES or [*vendors, "whisper"]

    @property
    def capture_storage(self) -> dict[str, Any]:
        """Where recordings are kept, as an entry of Django's `STORAGES`."""
        return storage_at(self.CAPTURE_STORAGE_URL, self.VAR_DIR / "captures")

    @property
    def monthly_budget_micros(self) -> int | None:
        return None if self.LLM_MONTHLY_BUDGET is None else int(self.LLM_MONTHLY_BUDGET * 1_000_000)

    @property
    def email(self) -> EmailAddress:
        return parse_email_url(self.EMAIL_URL)

    @property
    def log_format(self) -> str:
        return self.LOG_FORMAT or ("json" if self.production else "console")


def _in_production(info: ValidationInfo) -> bool:
    return info.data.get("ENVIRONMENT") == "production"


def describe_faults(error: ValidationError) -> str:
    """One line for each fault, each beginning with the name of its variable."""
    lines = [
        f"  {'.'.join(str(part) for part in fault['loc'])}: {fault['msg'].removeprefix('Value error, ')}"
        for fault in error.errors()
    ]
    return "The environment is not usable:\n" + "\n".join(lines)


def load_env() -> Env:
    """The environment of this process, or an exit with every fault named."""
    try:
        env = Env()
    except ValidationError as error:
        sys.exit(describe_faults(error))
    if not env.SECRET_KEY:
        env.SECRET_KEY = kept_secret(env.VAR_DIR / "secret_key")
    return env
