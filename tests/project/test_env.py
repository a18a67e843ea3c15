"""Settings from outside: all faults at once, and no weak production."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils.module_loading import import_string
from pydantic import ValidationError

from voice2task.email_url import parse_email_url
from voice2task.env import Env, describe_faults
from voice2task.secret_values import kept_secret, secret_weakness
from voice2task.storage_url import parse_storage_url

ROOT = Path(__file__).resolve().parents[2]
STRONG = "k7Jw0Zx_92hfQ-5vNc8TgLr3DyMb6PsEoUa1WiXk4FjHqVtBnR"


def faults(**values: str) -> str:
    with pytest.raises(ValidationError) as caught:
        Env(_env_file=None, **values)
    return describe_faults(caught.value)


def test_all_faults_are_listed_at_once_by_name():
    text = faults(
        PORT="99999", HTTPS="perhaps", TIME_ZONE="Mars/Olympus", LOG_LEVEL="LOUD", EMAIL_URL="pigeon://x"
    )
    for name in ("PORT", "HTTPS", "TIME_ZONE", "LOG_LEVEL", "EMAIL_URL"):
        assert f"\n  {name}: " in text


def test_production_refuses_what_is_weak():
    text = faults(
        ENVIRONMENT="production",
        DEBUG="true",
        ALLOWED_HOSTS="*,x.example",
        TRUSTED_ORIGINS="https://*.x.example",
    )
    for name in ("SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "TRUSTED_ORIGINS"):
        assert f"\n  {name}: " in text


@pytest.mark.parametrize("hosts", ["", ".x.example", "*.x.example"])
def test_production_needs_named_hosts(hosts: str):
    # The environment hides empty values, so an empty list is given as such.
    value = hosts or []
    assert "ALLOWED_HOSTS" in faults(ENVIRONMENT="production", SECRET_KEY=STRONG, ALLOWED_HOSTS=value)


def test_production_with_all_it_needs():
    env = Env(
        _env_file=None, ENVIRONMENT="production", SECRET_KEY=STRONG, ALLOWED_HOSTS="x.example, y.example"
    )
    assert env.ALLOWED_HOSTS == ["x.example", "y.example"]
    assert env.secure
    assert env.log_format == "json"
    assert not Env(
        _env_file=None, ENVIRONMENT="production", SECRET_KEY=STRONG, ALLOWED_HOSTS="x", HTTPS="false"
    ).secure


@pytest.mark.parametrize(
    "secret", ["", "short", "a" * 60, f"django-insecure-{STRONG}", f"change-me-{STRONG}"]
)
def test_weak_secrets(secret: str):
    assert secret_weakness(secret)
    assert not secret_weakness(STRONG)


def test_a_lease_must_outlast_two_renewals():
    assert "TURN_RENEW_SECONDS" in faults(TURN_LEASE_SECONDS="4", TURN_RENEW_SECONDS="3")


@pytest.mark.parametrize(
    ("url", "backend", "host", "port", "starttls", "tls"),
    [
        ("console://", "console", "", 25, False, False),
        ("memory://", "locmem", "", 25, False, False),
        ("smtp://mail.example", "smtp", "mail.example", 25, False, False),
        ("smtp+tls://u%40x:p%2Fw@mail.example", "smtp", "mail.example", 587, True, False),
        ("smtps://mail.example:1465", "smtp", "mail.example", 1465, False, True),
    ],
)
def test_mail_urls(url: str, backend: str, host: str, port: int, starttls: bool, tls: bool):
    mail = parse_email_url(url)
    assert mail.backend.split(".")[-2] == backend
    assert (mail.host, mail.port, mail.starttls, mail.tls) == (host, port, starttls, tls)
    if "@" in url:
        assert (mail.user, mail.password) == ("u@x", "p/w")


def test_the_development_secret_is_kept_and_private(tmp_path: Path):
    path = tmp_path / "var" / "secret_key"
    secret = kept_secret(path)
    assert kept_secret(path) == secret
    assert not secret_weakness(secret)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_process_with_a_broken_environment_does_not_start():
    env = {**os.environ, "PORT": "x", "ENVIRONMENT": "production", "DEBUG": "true", "SECRET_KEY": "short"}
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    for name in ("PORT", "DEBUG", "SECRET_KEY"):
        assert f"  {name}: " in done.stderr
    assert "Traceback" not in done.stderr


def test_allowed_networks_are_networks_and_none_in_production():
    assert "OUTBOUND_ALLOWED_NETWORKS" in faults(OUTBOUND_ALLOWED_NETWORKS="10.0.0.0/8,10.0.0.1/8")
    strict = {"ENVIRONMENT": "production", "SECRET_KEY": STRONG, "ALLOWED_HOSTS": "x.example"}
    assert Env(_env_file=None, **strict).allowed_networks == ()
    named = Env(_env_file=None, **strict, OUTBOUND_ALLOWED_NETWORKS="10.0.0.0/8, fd00::/8").allowed_networks
    assert [str(network) for network in named] == ["10.0.0.0/8", "fd00::/8"]
    assert "127.0.0.0/8" in map(str, Env(_env_file=None).allowed_networks)


@pytest.mark.parametrize("key", ["short", "AQEB", "A" * 43, "_" * 43, "§" * 43])
def test_a_key_for_push_is_one_of_its_curve(key: str):
    assert "VAPID_PRIVATE_KEY" in faults(VAPID_PRIVATE_KEY=key)


def test_a_key_for_push_can_be_given():
    key = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"
    assert key == Env(_env_file=None, VAPID_PRIVATE_KEY=key).VAPID_PRIVATE_KEY


def test_recordings_are_kept_on_the_disk_or_by_s3(tmp_path: Path):
    disk = Env(_env_file=None, VAR_DIR=tmp_path).capture_storage
    assert disk["OPTIONS"]["location"] == tmp_path / "captures"
    url = "s3://key:s%2Fcret@bucket/voice/?endpoint=https://s3.example.org&region=eu-central-1"
    storage = Env(_env_file=None, CAPTURE_STORAGE_URL=url).capture_storage
    assert storage["OPTIONS"] == {
        "bucket_name": "bucket",
        "location": "voice",
        "access_key": "key",
        "secret_key": "s/cret",
        "endpoint_url": "https://s3.example.org",
        "region_name": "eu-central-1",
        "file_overwrite": False,
    }
    made = import_string(storage["BACKEND"])(**storage["OPTIONS"])
    assert (made.bucket_name, made.endpoint_url) == ("bucket", "https://s3.example.org")
    assert parse_storage_url("s3://bucket") == {"bucket_name": "bucket", "file_overwrite": False}
    for wrong in ("ftp://bucket", "s3:///folder", "s3://bucket?colour=blue"):
        assert "CAPTURE_STORAGE_URL" in faults(CAPTURE_STORAGE_URL=wrong)


def test_who_listens():
    def engines(**values: str) -> list[str]:
        return Env(_env_file=None, **{"SPEECH_ENGINES": [], **values}).speech_engines

    assert engines() == ["whisper"]
    assert engines(OPENAI_API_KEY="key") == ["openai", "whisper"]
    assert engines(OPENAI_API_KEY="key", SPEECH_ENGINES="whisper") == ["whisper"]
    assert "SPEECH_ENGINES" in faults(SPEECH_ENGINES="whisper,parrot")


@pytest.mark.parametrize("name", ["OTEL_EXPORTER_OTLP_ENDPOINT", "SENTRY_DSN"])
def test_who_is_to_be_told_needs_the_packages_for_it(monkeypatch: pytest.MonkeyPatch, name: str):
    assert f"{name}: begins with http" in faults(**{name: "collector:4318"})
    monkeypatch.setattr("voice2task.env.observing.find_spec", lambda _: None)
    assert f"{name}: needs the packages of requirements-observing.txt" in faults(**{name: "http://x/1"})
