"""A change of `SECRET_KEY`: what was stored under the old one is read, stored anew, and needs it no more."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from activities.models import Activity
from integrations import services
from integrations.deliveries.signatures import verify
from integrations.models import WebhookEndpoint, Workflow
from integrations.secrets import callback_token, secrets_of
from tests.integrations.receiver import Reply, receiving
from tests.integrations.test_callbacks import SECRET, report
from tests.integrations.world import Clock, add_task, run_of, subscribe, workflow
from voice2task.kernel.sealing import SecretUnreadable, unseal

NEW_KEY = "a new key, " * 6

pytestmark = pytest.mark.django_db


@pytest.fixture
def rotate(settings: LazySettings) -> Any:
    """Goes over to the new key as an operator does: the old one becomes a fallback."""

    def go() -> None:
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = NEW_KEY

    return go


def reencrypt() -> str:
    out = StringIO()
    call_command("reencrypt_secrets", stdout=out)
    return out.getvalue()


def test_webhooks_are_signed_as_before_all_the_way(alice: User, rotate: Any, settings: LazySettings) -> None:
    with receiving(Reply()) as target:
        _, secret = subscribe(alice, target.url())
        clock = Clock()
        for number, step in enumerate((lambda: None, rotate, reencrypt), start=1):
            step()
            add_task(alice)
            assert clock.work() == 1
            seen = target.received[-1]
            assert len(target.received) == number
            assert verify([secret], headers=seen.headers, body=seen.raw, now=timezone.now())
        settings.SECRET_KEY_FALLBACKS = []
        add_task(alice)
        assert clock.work() == 1
        assert verify(
            [secret], headers=target.received[-1].headers, body=target.received[-1].raw, now=timezone.now()
        )


def test_every_secret_is_encrypted_anew_once(alice: User, rotate: Any, settings: LazySettings) -> None:
    made = workflow(alice, "http://127.0.0.1:9/", token="their token")
    endpoint, _ = subscribe(alice, "http://127.0.0.1:9/")
    services.rotate_workflow_secret(actor=Actor(alice.id), workflow_id=made.id, now=timezone.now())
    services.rotate_webhook_secret(actor=Actor(alice.id), webhook_id=endpoint.id, now=timezone.now())
    stored = (Workflow.objects.get(), WebhookEndpoint.objects.get())
    before = [secrets_of(each, timezone.now()) for each in stored]
    activities = Activity.objects.count()
    rotate()
    assert reencrypt() == "5 encrypted anew.\n"
    assert reencrypt() == "0 encrypted anew.\n"
    settings.SECRET_KEY_FALLBACKS = []
    stored = (Workflow.objects.get(), WebhookEndpoint.objects.get())
    assert [secrets_of(each, timezone.now()) for each in stored] == before
    assert unseal(stored[0].token) == "their token"
    assert Activity.objects.count() == activities


def test_what_no_key_reads_is_named_and_the_rest_is_done(
    alice: User, rotate: Any, settings: LazySettings
) -> None:
    lost, _ = subscribe(alice, "http://127.0.0.1:9/lost")
    WebhookEndpoint.objects.filter(pk=lost.pk).update(signing_secret=b"made with a key that nobody has")
    kept, secret = subscribe(alice, "http://127.0.0.1:9/kept")
    rotate()
    with pytest.raises(CommandError, match=str(lost.id)):
        reencrypt()
    settings.SECRET_KEY_FALLBACKS = []
    assert secrets_of(WebhookEndpoint.objects.get(pk=kept.pk), timezone.now()) == [secret]
    with pytest.raises(SecretUnreadable):
        secrets_of(WebhookEndpoint.objects.get(pk=lost.pk), timezone.now())


def test_a_run_that_is_under_way_may_still_report(alice: User, rotate: Any, settings: LazySettings) -> None:
    run = run_of(alice, "http://127.0.0.1:9/", calls_back=True, signing_secret=SECRET, timeout_seconds=600)
    token = callback_token(run.id)
    rotate()
    assert callback_token(run.id) != token
    settings.SECRET_KEY_FALLBACKS, kept = [], settings.SECRET_KEY_FALLBACKS
    assert report(run, token=token).status_code == 401
    settings.SECRET_KEY_FALLBACKS = kept
    assert report(run, token=token).json() == {"status": "accepted"}
