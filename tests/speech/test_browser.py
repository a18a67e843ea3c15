"""A recording made by a real browser, from a microphone that is a file, goes through both doors."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests import recordings
from tests.journeys.stack import Stack
from tests.speech.test_voice import assert_one_turn, ended, upload
from voice2task.client import Client

pytestmark = [pytest.mark.speech, pytest.mark.timeout(600)]

SECONDS = 60
# What is understood of a voice that speaks into a browser's microphone out of a machine; the name is not.
CLEAR = "remind me to call"
PAGE = b"""<!doctype html><title>speak</title><script>
(async () => {
  const stream = await navigator.mediaDevices.getUserMedia({audio: true});
  const recorder = new MediaRecorder(stream, {mimeType: "audio/webm;codecs=opus"});
  const pieces = [];
  recorder.ondataavailable = (event) => pieces.push(event.data);
  recorder.onstop = () => fetch("/recording", {
    method: "POST", headers: {"Content-Type": recorder.mimeType}, body: new Blob(pieces),
  });
  recorder.start(250);
  setTimeout(() => recorder.stop(), 4500);
})().catch((error) => fetch("/recording", {method: "POST", headers: {"Content-Type": "text/plain"},
                                           body: String(error)}));
</script>"""


class Page:
    """The page, and what it has recorded."""

    def __init__(self) -> None:
        self.recorded = threading.Event()
        self.audio = b""
        self.mime = ""


@contextmanager
def served(page: Page) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(PAGE)

        def do_POST(self) -> None:
            page.audio = self.rfile.read(int(self.headers["Content-Length"]))
            page.mime = self.headers["Content-Type"]
            self._answer(b"")
            page.recorded.set()

        def _answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """What Chromium makes of `call_bob.ogg` heard through its fake microphone."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium on this machine")
    folder = tmp_path_factory.mktemp("browser")
    microphone = folder / "microphone.wav"
    microphone.write_bytes(recordings.spoken())
    page = Page()
    with served(page) as url:
        process = subprocess.Popen(command(browser, folder, microphone, url), stderr=subprocess.DEVNULL)
        try:
            assert page.recorded.wait(SECONDS), "the browser has recorded nothing"
        finally:
            process.terminate()
            process.wait()
    return page


def command(browser: str, folder: Path, microphone: Path, url: str) -> list[str]:
    return [
        *(browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
        *(
            "--no-first-run",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={folder}/profile",
        ),
        *("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"),
        *(f"--use-file-for-fake-audio-capture={microphone}%noloop", url),
    ]


def test_it_goes_through_rest(stack: Stack, client: Client, recorded: Page):
    assert recorded.mime == "audio/webm;codecs=opus", recorded.audio
    capture = ended(client, upload(client, recorded.audio, mime=recorded.mime))
    assert CLEAR in capture["text"].lower(), capture
    assert_one_turn(stack, capture)


def test_it_goes_through_the_socket(stack: Stack, client: Client, recorded: Page):
    recording = recordings.as_spoken(recorded.audio, mime=recorded.mime)
    frames = list(client.speak(recording))
    kinds = [frame["type"] for frame in frames]
    assert "transcript.partial" in kinds
    final = next(frame for frame in frames if frame["type"] == "transcript.final")
    assert CLEAR in final["text"].lower(), final
    assert frames[-1]["type"] == "turn.completed"
    assert [receipt["kind"] for receipt in frames[-1]["receipts"]] == ["task.created"]
