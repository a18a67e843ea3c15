"""Recordings by REST: kept, understood, played, corrected, deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from activities.models import Activity, Outbox
from conversations import services
from conversations.capture_models import Capture, capture_storage
from conversations.models import Conversation, Message, Turn
from conversations.runner import runner
from conversations.transcribing import transcribe
from tasks.models import Task
from tests import recordings
from tests.conftest import client_of, register
from tests.conversations.captures.conftest import CAPTURES, Ears, code, kept, read, upload
from tests.fakes.script import Answer, in_order

pytestmark = pytest.mark.usefixtures("empty_redis")


@pytest.fixture
def as_carol(transactional_db: None) -> APIClient:
    return client_of(register("carol@example.com"))


def listen(capture: dict) -> None:
    transcribe(UUID(capture["id"]), now=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_a_recording_becomes_tasks(as_carol: APIClient, ears: Ears):
    fake = ears()
    posted = kept(as_carol, mime="audio/wav", language="en-GB")
    capture = posted["capture"]
    assert (capture["status"], capture["has_audio"], capture["language"]) == ("kept", True, "en")
    assert as_carol.get(f"/api/v1/turns/{posted['turn_id']}/").status_code == 404
    listen(capture)
    runner().run(UUID(posted["turn_id"]))
    turn = as_carol.get(f"/api/v1/turns/{posted['turn_id']}/").json()
    assert [receipt["title"] for receipt in turn["receipts"]] == ["Call Bob", "Buy milk"]
    capture = read(as_carol, capture["id"])
    assert (capture["status"], capture["text"], capture["engine"]) == (
        "transcribed",
        recordings.SAID,
        "openai",
    )
    assert capture["seconds"] == pytest.approx(3.67, abs=0.01)
    page = as_carol.get(f"/api/v1/conversations/{posted['conversation_id']}/messages/").json()
    said = page["results"][1]
    assert (said["id"], said["client_id"], said["text"]) == (
        posted["message_id"],
        capture["client_id"],
        recordings.SAID,
    )
    assert said["voice"] == {
        "capture_id": capture["id"],
        "engine": "openai",
        "language": "en",
        "confidence": None,
        "timezone": "Europe/Berlin",
        "corrected": False,
    }
    assert Conversation.objects.get(id=posted["conversation_id"]).title == recordings.SAID
    [request] = fake.requests
    assert (request.body["language"], request.body["file"]["name"]) == ("en", "recording.wav")
    assert not Outbox.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_browser_has_recorded(as_carol: APIClient, ears: Ears):
    fake = ears("call Bob")
    audio = (recordings.FOLDER / "chromium.webm").read_bytes()
    capture = kept(as_carol, audio, mime="audio/webm;codecs=opus")["capture"]
    listen(capture)
    assert read(as_carol, capture["id"])["text"] == "call Bob"
    assert fake.requests[0].body["file"]["name"] == "recording.webm"
    assert fake.requests[0].body["file"]["bytes"] == len(audio)


def test_it_is_stored_before_anybody_works_on_it(as_alice: APIClient):
    capture = Capture.objects.get(id=kept(as_alice)["capture"]["id"])
    with capture.audio.open("rb") as file:
        assert file.read() == recordings.spoken()
    kinds = list(Activity.objects.order_by("seq").values_list("kind", flat=True))[-2:]
    assert kinds == ["conversation.created", "capture.kept"]
    assert list(Outbox.objects.values_list("job", "argument")) == [("conversations.transcribe", capture.id)]


def test_the_same_id_is_the_same_recording(as_alice: APIClient, as_bob: APIClient):
    own = str(uuid4())
    first = kept(as_alice, id=own)
    assert kept(as_alice, recordings.silence(), id=own) == first
    assert kept(as_bob, id=own)["capture"]["id"] != first["capture"]["id"]
    assert Capture.objects.count() == 2
    _, files = capture_storage().listdir(str(Capture.objects.get(id=first["capture"]["id"]).user_id))
    assert len(files) == 1


@pytest.mark.parametrize(
    ("audio", "fields", "status", "expected"),
    [
        (b"", {}, 400, "audio_empty"),
        (b"x", {"mime": "text/html"}, 400, "audio_type_unknown"),
        (b"x" * 2048, {}, 413, "audio_too_large"),
        (b"x", {"language": "klingonisch!"}, 400, "language_invalid"),
        (b"x", {"timezone": "Mars/Olympus"}, 400, "timezone_unknown"),
        (b"x", {"recorded_at": "2999-01-01T00:00:00Z"}, 400, "recorded_at_invalid"),
        (b"x", {"conversation_id": str(uuid4())}, 404, "conversation_not_found"),
        (b"x", {"id": "mine"}, 400, "invalid"),
    ],
)
def test_what_is_refused_at_the_door(as_alice: APIClient, settings, audio, fields, status, expected):
    settings.CAPTURE_MAX_BYTES = 1024
    answer = upload(as_alice, audio, **fields)
    assert (answer.status_code, code(answer)) == (status, expected)
    assert not Capture.objects.exists()


def test_what_is_too_long_is_refused_at_the_door(as_alice: APIClient, settings, monkeypatch):
    from integrations.speech import probing, recognising

    settings.CAPTURE_MAX_SECONDS = 3
    short = recognising.Decoder(3)
    monkeypatch.setattr(probing, "decoder", lambda: short)
    assert code(upload(as_alice)) == "audio_too_long"
    kept(as_alice, recordings.silence(2.5))
    kept(as_alice, b"RIFF" + bytes(4000))
    short.close()


def test_nobody_sees_what_another_has_said(as_alice: APIClient, as_bob: APIClient, as_nobody: APIClient):
    capture = kept(as_alice)["capture"]
    place = f"{CAPTURES}{capture['id']}/"
    for stranger, status in ((as_bob, 404), (as_nobody, 401)):
        assert stranger.get(place).status_code == status
        assert stranger.get(f"{place}audio/").status_code == status
        assert stranger.delete(f"{place}audio/").status_code == status
        assert stranger.post(f"{place}retry/").status_code == status
        assert stranger.post(f"{place}transcript/", {"text": "x"}).status_code == status
    assert as_bob.get(CAPTURES).json()["results"] == []
    conversation = kept(as_alice)["conversation_id"]
    assert code(upload(as_bob, conversation_id=conversation)) == "conversation_not_found"
    assert as_nobody.post(CAPTURES, {}, format="multipart").status_code == 401
    assert len(as_alice.get(CAPTURES).json()["results"]) == 2


@pytest.mark.parametrize(
    ("header", "status", "part", "shown"),
    [
        ("", 200, slice(None), None),
        ("bytes=0-9", 206, slice(0, 10), "bytes 0-9/{}"),
        ("bytes=100-", 206, slice(100, None), "bytes 100-{last}/{}"),
        ("bytes=-10", 206, slice(-10, None), "bytes {tail}-{last}/{}"),
        ("bytes=0-999999", 206, slice(None), "bytes 0-{last}/{}"),
        ("bytes=999999-", 416, slice(0, 0), "bytes */{}"),
        ("bytes=-0", 416, slice(0, 0), "bytes */{}"),
        ("bytes=0-1,5-6", 200, slice(None), None),
    ],
)
def test_it_is_played_to_its_owner(as_alice: APIClient, header, status, part, shown):
    audio = recordings.spoken("ogg")
    capture = kept(as_alice, audio, mime="audio/ogg; codecs=opus")["capture"]
    answer = as_alice.get(f"{CAPTURES}{capture['id']}/audio/", HTTP_RANGE=header)
    assert (answer.status_code, answer.content) == (status, audio[part])
    size = len(audio)
    expected = shown and shown.format(size, last=size - 1, tail=size - 10)
    assert answer.headers.get("Content-Range") == expected
    if status < 400:
        assert answer.headers["Content-Type"] == "audio/ogg"
        assert answer.headers["Accept-Ranges"] == "bytes"


@pytest.mark.django_db(transaction=True)
def test_its_sound_is_deleted_and_its_text_stays(as_carol: APIClient, ears: Ears):
    ears()
    capture = kept(as_carol)["capture"]
    listen(capture)
    name = Capture.objects.get(id=capture["id"]).audio.name
    place = f"{CAPTURES}{capture['id']}/audio/"
    assert as_carol.delete(place).status_code == 204
    assert not capture_storage().exists(name)
    assert code(as_carol.get(place)) == code(as_carol.delete(place)) == "audio_not_found"
    after = read(as_carol, capture["id"])
    assert (after["has_audio"], after["text"], after["status"]) == (False, recordings.SAID, "transcribed")


@pytest.mark.django_db(transaction=True)
def test_what_is_deleted_before_it_is_heard_is_not_heard(as_carol: APIClient, ears: Ears):
    fake = ears()
    capture = kept(as_carol)["capture"]
    assert as_carol.delete(f"{CAPTURES}{capture['id']}/audio/").status_code == 204
    listen(capture)
    assert read(as_carol, capture["id"])["status"] == "cancelled"
    assert not fake.requests
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_goes_with_its_conversation(as_carol: APIClient, ears: Ears):
    ears()
    posted = kept(as_carol)
    place = f"/api/v1/conversations/{posted['conversation_id']}/"
    assert code(as_carol.delete(place)) == "conversation_busy"
    listen(posted["capture"])
    runner().run(UUID(posted["turn_id"]))
    name = Capture.objects.get().audio.name
    assert as_carol.delete(place).status_code == 204
    assert not capture_storage().exists(name)
    capture = read(as_carol, posted["capture"]["id"])
    assert (capture["text"], capture["heard"], capture["has_audio"]) == ("", "", False)


@pytest.mark.django_db(transaction=True)
def test_old_sound_is_swept_away(as_carol: APIClient, ears: Ears, settings):
    ears()
    old, waiting = kept(as_carol)["capture"], kept(as_carol)["capture"]
    listen(old)
    settings.CAPTURE_KEEP = timedelta(days=30)
    services.sweep_captures(now=timezone.now() + timedelta(days=29))
    assert read(as_carol, old["id"])["has_audio"]
    services.sweep_captures(now=timezone.now() + timedelta(days=31))
    assert not read(as_carol, old["id"])["has_audio"]
    assert read(as_carol, waiting["id"])["has_audio"]


@pytest.mark.django_db(transaction=True)
def test_a_correction_is_stored(as_carol: APIClient, ears: Ears):
    ears("call Rob")
    posted = kept(as_carol)
    place = f"{CAPTURES}{posted['capture']['id']}/transcript/"
    assert code(as_carol.post(place, {"text": "call Bob"})) == "capture_not_transcribed"
    listen(posted["capture"])
    assert code(as_carol.post(place, {"text": "  "})) in {"blank", "text_invalid"}
    corrected = as_carol.post(place, {"text": "call Bob"}).json()
    assert (corrected["posted"], corrected["undone"]) == (None, None)
    assert (corrected["capture"]["text"], corrected["capture"]["heard"]) == ("call Bob", "call Rob")
    message = Message.objects.get(id=posted["message_id"])
    assert (message.text, (message.voice or {})["corrected"]) == ("call Bob", True)
    entry = Activity.objects.get(kind="capture.corrected")
    assert (entry.before["text"], entry.after["text"]) == ("call Rob", "call Bob")


@pytest.mark.django_db(transaction=True)
def test_a_correction_undoes_and_runs_again(as_carol: APIClient, ears: Ears):
    ears("call Rob tomorrow")
    recorded_at = "2026-03-01T22:50:00Z"
    posted = kept(as_carol, recorded_at=recorded_at)
    place = f"{CAPTURES}{posted['capture']['id']}/transcript/"
    listen(posted["capture"])
    assert code(as_carol.post(place, {"text": "call Bob", "run_again": True})) == "turn_running"
    assert read(as_carol, posted["capture"]["id"])["text"] == "call Rob tomorrow"
    runner().run(UUID(posted["turn_id"]))
    answer = as_carol.post(place, {"text": "call Bob tomorrow", "run_again": True}).json()
    [undone] = answer["undone"]["undone"]
    assert (undone["kind"], undone["name"], answer["undone"]["conflicts"]) == ("task.created", "Call Rob", [])
    assert answer["posted"]["turn_id"] == answer["capture"]["turn_id"] != posted["turn_id"]
    runner().run(UUID(answer["posted"]["turn_id"]))
    [task] = Task.objects.filter(trashed_at__isnull=True)
    assert (task.title, str(task.due_on)) == ("Call Bob", "2026-03-02")
    assert Turn.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("zone", "expected"), [("Europe/Berlin", "2026-03-02"), ("Asia/Tokyo", "2026-03-03")]
)
def test_tomorrow_is_meant_as_of_when_and_where_it_was_said(
    as_carol: APIClient, ears: Ears, zone: str, expected: str
):
    """Said at 23:50, uploaded at 00:20."""
    ears("call Bob tomorrow")
    said_at = datetime(2026, 3, 1, 22, 50, tzinfo=UTC)
    posted = kept(as_carol, recorded_at=said_at.isoformat(), timezone=zone)
    transcribe(UUID(posted["capture"]["id"]), now=said_at + timedelta(minutes=30))
    runner().run(UUID(posted["turn_id"]))
    assert str(Task.objects.get().due_on) == expected


@pytest.mark.django_db(transaction=True)
def test_five_is_meant_where_it_was_said(as_carol: APIClient, ears: Ears):
    ears("call Bob tomorrow at five pm")
    said = {"recorded_at": "2026-03-01T12:00:00Z", "timezone": "Asia/Tokyo"}
    posted = kept(as_carol, **said)
    listen(posted["capture"])
    runner().run(UUID(posted["turn_id"]))
    task = Task.objects.get()
    assert (task.due_at, str(task.due_on)) == (datetime(2026, 3, 2, 8, tzinfo=UTC), "2026-03-02")


@pytest.mark.django_db(transaction=True)
def test_silence_is_no_task(as_carol: APIClient, ears: Ears):
    fake = ears()
    capture = kept(as_carol, recordings.silence(2.0))["capture"]
    listen(capture)
    capture = read(as_carol, capture["id"])
    assert (capture["status"], capture["error"]["code"]) == ("silent", "nothing_heard")
    assert not fake.requests
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_engine_that_is_down_is_waited_for(as_carol: APIClient, ears: Ears):
    ears(in_order(Answer(status=500), Answer(status=503), Answer("call Bob")))
    capture = kept(as_carol)["capture"]
    now = timezone.now()
    for attempt, delay in ((1, 2), (2, 5)):
        transcribe(UUID(capture["id"]), now=now)
        shown = read(as_carol, capture["id"])
        assert (shown["status"], shown["attempts"]) == ("kept", attempt)
        assert shown["fallbacks"] == [{"engine": "openai", "code": "unavailable"}]
        now += timedelta(seconds=delay + 1)
        assert services.sweep_captures(now=now) == 1
    transcribe(UUID(capture["id"]), now=now)
    assert read(as_carol, capture["id"])["status"] == "transcribed"
    assert Message.objects.count() == Turn.objects.count() == 1
    assert Activity.objects.filter(kind="capture.delayed").count() == 2


@pytest.mark.django_db(transaction=True)
def test_what_no_engine_will_ever_take_fails_and_may_be_tried_again(as_carol: APIClient, ears: Ears):
    fake = ears(Answer(status=401))
    capture = kept(as_carol)["capture"]
    listen(capture)
    shown = read(as_carol, capture["id"])
    assert (shown["status"], shown["error"]["code"]) == ("failed", "engines_unavailable")
    assert shown["fallbacks"] == [{"engine": "openai", "code": "refused"}]
    fake.script = in_order(Answer("call Bob"))
    retry = f"{CAPTURES}{capture['id']}/retry/"
    assert as_carol.post(retry).json()["status"] == "kept"
    listen(capture)
    assert read(as_carol, capture["id"])["text"] == "call Bob"
    assert code(as_carol.post(retry)) == "capture_ended"


@pytest.mark.django_db(transaction=True)
def test_it_is_given_up_at_last(as_carol: APIClient, ears: Ears):
    ears(Answer(status=500))
    capture = kept(as_carol)["capture"]
    now = timezone.now()
    for _ in range(13):
        transcribe(UUID(capture["id"]), now=now)
        now += timedelta(hours=2)
        services.sweep_captures(now=now)
    shown = read(as_carol, capture["id"])
    assert (shown["status"], shown["attempts"], shown["has_audio"]) == ("failed", 13, True)


@pytest.mark.django_db(transaction=True)
def test_workers_that_vanish_three_times(as_carol: APIClient):
    capture = kept(as_carol)["capture"]
    now = timezone.now()
    for _ in range(3):
        assert services.claim_capture(capture_id=UUID(capture["id"]), now=now) is not None
        assert services.claim_capture(capture_id=UUID(capture["id"]), now=now) is None
        now += timedelta(seconds=11)
    services.sweep_captures(now=now)
    shown = read(as_carol, capture["id"])
    assert (shown["status"], shown["error"]["code"]) == ("failed", "worker_lost")


@pytest.mark.django_db(transaction=True)
def test_whoever_wakes_up_late_posts_nothing(as_carol: APIClient):
    posted = kept(as_carol)
    capture_id = UUID(posted["capture"]["id"])
    now = timezone.now()
    late = services.claim_capture(capture_id=capture_id, now=now)
    other = services.claim_capture(capture_id=capture_id, now=now + timedelta(seconds=11))
    heard = services.Heard("call Bob", "whisper", "en", 0.9, 1.0)
    with pytest.raises(services.CaptureLost):
        services.finish_capture(claim=late, heard=heard, now=now)
    assert services.finish_capture(claim=other, heard=heard, now=now)
    with pytest.raises(services.CaptureLost):
        services.finish_capture(claim=other, heard=heard, now=now)
    assert Message.objects.count() == Turn.objects.count() == 1


def test_the_list_is_filtered_and_carries_seq(as_alice: APIClient):
    capture = kept(as_alice)["capture"]
    page = as_alice.get(CAPTURES, {"status": "kept"}).json()
    assert [row["id"] for row in page["results"]] == [capture["id"]]
    assert page["seq"] == Activity.objects.count()
    assert as_alice.get(CAPTURES, {"status": "failed"}).json()["results"] == []
