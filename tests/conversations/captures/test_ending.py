"""A worker that is to end leaves recordings to others, as they were."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from conversations import transcribing
from conversations.transcribing import transcribe
from integrations.speech import recognising
from integrations.speech.decoding import Sound, Undecodable
from tests.conversations.captures.conftest import Ears, kept, read

pytestmark = pytest.mark.django_db(transaction=True)


def listen(capture: dict) -> None:
    transcribe(UUID(capture["id"]), now=timezone.now())


@pytest.fixture
def ending() -> Iterator[threading.Event]:
    """What is set when this process is to end."""
    yield transcribing.ending
    transcribing.ending.clear()


def test_a_process_that_ends_takes_nothing_up(as_alice: APIClient, ears: Ears, ending: threading.Event):
    ears("call Bob")
    capture = kept(as_alice)["capture"]
    ending.set()
    listen(capture)
    assert read(as_alice, capture["id"])["status"] == "kept"
    ending.clear()
    listen(capture)
    assert read(as_alice, capture["id"])["status"] == "transcribed"


def test_that_its_decoder_ends_with_it_is_not_the_recordings_fault(
    as_alice: APIClient, ears: Ears, ending: threading.Event, monkeypatch: pytest.MonkeyPatch
):
    ears("call Bob")
    capture = kept(as_alice)["capture"]

    def die(audio: bytes) -> Sound:
        ending.set()
        raise Undecodable("its process has ended without a word")

    with monkeypatch.context() as dying:
        dying.setattr(recognising.decoder(), "decode", die)
        listen(capture)
    assert read(as_alice, capture["id"])["status"] == "kept"
    ending.clear()
    listen(capture)
    shown = read(as_alice, capture["id"])
    assert (shown["status"], shown["error"]) == ("transcribed", None)
