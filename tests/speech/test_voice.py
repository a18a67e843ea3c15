"""Voice, all the way, with the real recogniser: heard soon, once, and whatever dies meanwhile."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import numpy as np
import pytest

from tests import recordings
from tests.journeys.listener import _cut
from tests.journeys.stack import PROJECT, Stack, new_session
from tests.speech.mutations import mutated
from tests.waiting import wait_for
from voice2task.client import Client

pytestmark = [pytest.mark.speech, pytest.mark.timeout(600)]

ENDED = {"transcribed", "silent", "failed", "cancelled"}
HEARING_SECONDS = 120.0
MUTATIONS = 200
# Of "Remind me to call Bob tomorrow at 5 pm, and buy milk": whom to call depends on the processor.
HEARD = "buy milk"


def api(client: Client) -> httpx.Client:
    return new_session(f"{client.url}/api/v1", Authorization=f"Bearer {client._access}")


def send(client: Client, audio: bytes, *, mime: str, own: str = "", **fields: str) -> httpx.Response:
    form = {"id": own or str(uuid4()), **fields}
    with api(client) as session:
        return session.post("/captures/", data=form, files={"audio": ("recording", audio, mime)})


def upload(
    client: Client, audio: bytes, *, mime: str = "audio/wav", own: str = "", **fields: str
) -> dict[str, Any]:
    answer = send(client, audio, mime=mime, own=own, **fields)
    assert answer.status_code == 202, answer.text
    return answer.json()["capture"]


def ended(client: Client, capture: dict[str, Any]) -> dict[str, Any]:
    """The capture once it has ended."""

    def look() -> dict[str, Any] | None:
        now = client.get(f"/captures/{capture['id']}/")
        return now if now["status"] in ENDED else None

    return wait_for(look, seconds=HEARING_SECONDS, what="the recording to be understood")


def assert_one_turn(stack: Stack, capture: dict[str, Any]) -> None:
    with stack.database() as database:
        count = "SELECT count(*) FROM conversations_message WHERE role = 'user' AND client_id = %s"
        assert database.execute(count, [capture["client_id"]]).fetchone() == (1,)
        count = "SELECT count(*) FROM conversations_turn WHERE id = %s"
        assert database.execute(count, [capture["turn_id"]]).fetchone() == (1,)


def long_recording(times: int) -> bytes:
    pause = np.zeros(recordings.RATE, np.int16)
    return recordings.encoded(np.concatenate([recordings.samples(), pause] * times), "wav")


def test_said_from_the_command_line(stack: Stack):
    command = [sys.executable, "manage.py", "say", "--audio", str(recordings.FOLDER / "call_bob.ogg")]
    done = subprocess.run(
        command, cwd=PROJECT, env=stack.environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"^… \w+", done.stdout, re.MULTILINE), done.stdout
    final = next(line for line in done.stdout.splitlines() if line.startswith("> "))
    assert re.fullmatch(rf"> .*{HEARD}.* \(en\)", final, re.IGNORECASE), final
    assert "task.created" in done.stdout
    assert "Buy milk" in done.stdout


def test_transcribe_prints_one_line_a_file(stack: Stack):
    files = [str(recordings.FOLDER / name) for name in ("call_bob.ogg", "chromium.webm", "missing.wav")]
    command = [sys.executable, "manage.py", "transcribe", *files, "--language", "en"]
    done = subprocess.run(
        command, cwd=PROJECT, env=stack.environment, capture_output=True, text=True, timeout=120, check=False
    )
    bob, browser, missing = (json.loads(line) for line in done.stdout.splitlines())
    assert bob.keys() == {"file", "text", "language", "engine", "audio_seconds", "seconds"}
    assert (bob["file"], bob["language"], bob["engine"]) == (files[0], "en", "whisper")
    assert HEARD in bob["text"].lower()
    assert "remind me to call" in browser["text"].lower()
    assert missing == {"file": files[2], "error": "No such file or directory"}
    assert done.returncode == 1
    assert "missing.wav" in done.stderr


def test_partial_words_stand_once_they_are_stable(client: Client):
    recording = recordings.as_spoken(long_recording(5))
    shown: list[dict[str, Any]] = []
    for frame in client.speak(recording):
        if frame["type"] == "transcript.final":
            break
        if frame["type"] == "transcript.partial":
            shown.append(frame)
    assert any(frame["stable"] for frame in shown), shown
    for before, after in itertools.pairwise(shown):
        assert after["text"].startswith(before["text"][: before["stable"]])


def test_the_worker_is_killed_while_it_listens(stack: Stack, client: Client):
    capture = upload(client, long_recording(20))
    wait_for(lambda: client.get(f"/captures/{capture['id']}/")["status"] == "transcribing", what="the work")
    pid = stack.kill("worker-speech")
    stack.wait_until_replaced("worker-speech", pid)
    after = ended(client, capture)
    assert after["status"] == "transcribed", after
    assert after["text"].lower().count(HEARD) >= 15
    assert_one_turn(stack, capture)


def test_the_worker_gives_back_what_it_hears_when_it_ends(stack: Stack, client: Client):
    capture = upload(client, long_recording(20))
    wait_for(lambda: client.get(f"/captures/{capture['id']}/")["status"] == "transcribing", what="the work")
    pid = stack.pids()["worker-speech"]
    stack.send_signal("worker-speech", signal.SIGTERM)
    stack.wait_until_replaced("worker-speech", pid)
    assert ended(client, capture)["status"] == "transcribed"
    with stack.database() as database:
        row = database.execute("SELECT failures FROM conversations_capture WHERE id = %s", [capture["id"]])
        assert row.fetchone() == (0,)
    assert_one_turn(stack, capture)


def test_the_same_upload_from_everywhere_at_once(stack: Stack, client: Client):
    own, audio = str(uuid4()), recordings.spoken("webm")
    with ThreadPoolExecutor(4) as pool:
        uploads = pool.map(lambda _: upload(client, audio, mime="audio/webm", own=own), range(4))
    [capture_id] = {capture["id"] for capture in uploads}
    capture = ended(client, {"id": capture_id})
    assert capture["status"] == "transcribed"
    assert_one_turn(stack, capture)


def test_tomorrow_is_as_of_when_and_where_it_was_said(client: Client):
    """Said at 23:50 in Berlin, uploaded later."""
    said = {"recorded_at": "2026-03-01T22:50:00Z", "timezone": "Europe/Berlin"}
    capture = ended(client, upload(client, recordings.spoken(), **said))

    def receipts() -> list[dict[str, Any]]:
        turn = client.get(f"/turns/{capture['turn_id']}/")
        return turn["receipts"] if turn["status"] == "completed" else []

    dues = [receipt["task"]["due_at"] for receipt in wait_for(receipts, what="the turn to end")]
    assert dues[0] == "2026-03-02T16:00:00Z"


@pytest.mark.parametrize("name", ["wav", "webm", "ogg", "flac"])
def test_sockets_are_cut_at_random_frames(stack: Stack, client: Client, seed: int, name: str):
    chance = random.Random(f"{seed}{name}")
    recording = recordings.as_spoken(recordings.spoken(name), mime=recordings.mime_of(name))
    recording.bytes_a_second *= 4
    cuts = iter([chance.randint(1, 6) for _ in range(4)])
    original = client.open

    def open_and_cut():
        socket = original()
        left = next(cuts, None)
        if left is not None:
            threading.Timer(left * 0.07, lambda: _cut(socket)).start()
        return socket

    client.open = open_and_cut  # type: ignore[method-assign]
    end = list(client.speak(recording))[-1]
    assert end["type"] == "turn.completed", end
    client.open = original  # type: ignore[method-assign]
    turn = client.get(f"/turns/{end['turn_id']}/")
    assert turn["status"] == "completed"
    with api(client) as session:
        page = session.get("/captures/").json()["results"]
        capture = next(row for row in page if row["client_id"] == recording.client_id)
        assert session.get(f"/captures/{capture['id']}/audio/").content == recordings.spoken(name)
    assert HEARD in capture["text"].lower()
    assert_one_turn(stack, capture)


def test_no_file_takes_the_worker_down(stack: Stack, client: Client, seed: int):
    chance = random.Random(seed)
    pid = stack.pids()["worker-speech"]
    answers = [send(client, audio, mime=mime) for audio, mime in (mutated(chance) for _ in range(MUTATIONS))]
    refused = [answer.json()["errors"][0]["code"] for answer in answers if answer.status_code != 202]
    assert set(refused) <= {"audio_too_long"}
    captures = [answer.json()["capture"] for answer in answers if answer.status_code == 202]
    after = [ended(client, capture) for capture in captures]
    assert stack.pids()["worker-speech"] == pid
    assert all(capture["has_audio"] for capture in after)
    codes = {capture["error"]["code"] for capture in after if capture["error"]}
    assert codes <= {"nothing_heard", "audio_unreadable", "audio_too_long"}
    for capture in after:
        if capture["status"] == "transcribed":
            assert_one_turn(stack, capture)
    with stack.database() as database:
        doubled = (
            "SELECT count(*) FROM (SELECT client_id FROM conversations_message WHERE client_id IS NOT NULL"
            " GROUP BY client_id HAVING count(*) > 1) AS twice"
        )
        assert database.execute(doubled).fetchone() == (0,)
    assert ended(client, upload(client, recordings.spoken()))["status"] == "transcribed"


def test_a_hearing_gives_way_between_its_steps_and_the_model_goes_on(models: Path):
    env = {**os.environ, "VAR_DIR": str(models.parent), "SPEECH_ENGINES": "whisper"}
    command = [sys.executable, "-m", "tests.speech.giving_way"]
    done = subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, check=True)
    before_encoding, before_text, heard = done.stdout.splitlines()[-3:]
    assert (before_encoding, before_text) == ("gave way", "gave way")
    assert heard.startswith("heard ")
    assert len(heard) > len("heard ")
