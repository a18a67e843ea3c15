"""Text while somebody still speaks: what stands, and who goes first."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.actors import Actor
from accounts.models import User
from conversations import partials, services
from conversations.capture_models import Capture
from conversations.partials import Hearing
from conversations.vocabulary import vocabulary_of
from integrations.speech.quick import QuickHearing
from tasks.services import create_list, create_tasks
from voice2task.kernel.redis import loop_client

WORDS = st.lists(st.sampled_from(["call", "Bob", "rob", "and", "buy", "by", "milk"]), max_size=8)


def test_what_two_hearings_share_stands():
    hearing = Hearing()
    hearing.agree(["call", "up", "to"])
    assert (hearing.text, hearing.stable_characters) == ("call up to", 0)
    hearing.agree(["call", "Bob", "tomorrow"])
    assert (hearing.text, hearing.stable_characters) == ("call Bob tomorrow", len("call"))
    hearing.agree(["Carl", "Bob", "tomorrow", "and"])
    assert hearing.text == "call Bob tomorrow and"
    assert hearing.text[: hearing.stable_characters] == "call Bob tomorrow"


@given(st.lists(st.tuples(WORDS, st.booleans()), max_size=10))
def test_stable_text_is_never_rewritten(hearings: list[tuple[list[str], bool]]):
    hearing, stable = Hearing(), ""
    for number, (words, settles) in enumerate(hearings, start=1):
        if settles:
            hearing.settle(" ".join(words), number * 16_000)
        hearing.agree(words)
        assert hearing.text.startswith(stable)
        stable = hearing.text[: hearing.stable_characters]


@pytest.fixture
def recording(alice: User, empty_redis: None) -> Capture:
    spoken = services.Spoken(client_id=uuid4(), mime="audio/wav", recorded_at=timezone.now())
    return services.start_recording(actor=Actor(alice.id), spoken=spoken, now=timezone.now())


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """What was asked of the quick model; it always hears the same."""
    asked: list[dict] = []

    def hear(audio: bytes, **hints) -> QuickHearing:
        asked.append(hints | {"audio": audio})
        return QuickHearing("call Bob", "en")

    monkeypatch.setattr(partials, "hear_quickly", hear)
    return asked


def test_a_hearing_goes_on_from_the_last(recording: Capture, heard: list[dict], monkeypatch):
    told: list[bytes] = []
    monkeypatch.setattr(partials, "tell", lambda channel, frame: told.append(frame))
    for number, data in enumerate((b"some", b"more")):
        services.append_chunk(
            actor=Actor(recording.user_id),
            capture_id=recording.id,
            start=number * 4,
            data=data,
            now=timezone.now(),
        )
        partials.transcribe_partial(recording.id)
    assert [asked["audio"] for asked in heard] == [b"some", b"somemore"]
    assert [asked["language"] for asked in heard] == ["", "en"]
    assert b'"stable":0' in told[0]
    assert b'"stable":8' in told[1]


def test_whoever_has_stopped_speaking_goes_first(recording: Capture, heard: list[dict]):
    spoken = services.Spoken(client_id=uuid4(), mime="audio/wav")
    services.keep_capture(actor=Actor(recording.user_id), spoken=spoken, audio=b"x", now=timezone.now())
    partials.transcribe_partial(recording.id)
    assert not heard


def test_whoever_stops_speaking_meanwhile_goes_first(recording: Capture, monkeypatch):
    told: list[bytes] = []
    monkeypatch.setattr(partials, "tell", lambda channel, frame: told.append(frame))

    def hear(audio: bytes, **hints) -> QuickHearing:
        hints["check"]()
        spoken = services.Spoken(client_id=uuid4(), mime="audio/wav")
        services.keep_capture(actor=Actor(recording.user_id), spoken=spoken, audio=b"x", now=timezone.now())
        hints["check"]()
        return QuickHearing("call Bob", "en")

    monkeypatch.setattr(partials, "hear_quickly", hear)
    partials.transcribe_partial(recording.id)
    assert not told


def test_a_process_hears_no_more_in_progress_than_it_is_to(
    recording: Capture, heard: list[dict], monkeypatch
):
    during: list[int] = []

    def hear(audio: bytes, **hints) -> QuickHearing:
        # While this is heard, another is asked for.
        partials.transcribe_partial(recording.id)
        during.append(len(during))
        return QuickHearing("call Bob", "en")

    monkeypatch.setattr(partials, "hear_quickly", hear)
    partials.transcribe_partial(recording.id)
    partials.transcribe_partial(recording.id)
    assert during == [0, 1]


def test_what_has_ended_is_not_heard_again(recording: Capture, heard: list[dict]):
    services.cancel_recording(
        actor=Actor(recording.user_id), client_id=recording.client_id, now=timezone.now()
    )
    partials.transcribe_partial(recording.id)
    partials.transcribe_partial(uuid4())
    assert not heard


async def test_one_hearing_is_asked_for_at_a_time(empty_redis: None):
    capture_id, redis = uuid4(), loop_client()
    assert await partials.ask_for_partial(redis, capture_id)
    assert not await partials.ask_for_partial(redis, capture_id)
    partials._forget_asked(capture_id)
    assert await partials.ask_for_partial(redis, capture_id)
    await redis.aclose()


def test_without_the_local_engine_there_is_none(recording: Capture, caplog):
    partials.transcribe_partial(recording.id)
    assert "only the local engine hears recordings in progress" in caplog.text


def test_the_users_own_words_are_told(alice: User, bob: User):
    now = timezone.now()
    for user, title in ((alice, "Orthodontist"), (bob, "Secret")):
        create_tasks(actor=Actor(user.id), drafts=[{"title": title}], now=now)
    create_list(actor=Actor(alice.id), name="Groceries", now=now)
    create_list(actor=Actor(alice.id), name="ORTHODONTIST", now=now)
    assert set(vocabulary_of(alice.id)) == {"ORTHODONTIST", "Groceries"}
