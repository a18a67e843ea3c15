"""The reference client at work in a thread of its own, while the test hurts the stack."""

from __future__ import annotations

import threading

from voice2task.client import Client, Frame

PATIENCE_SECONDS = 60.0


class Speaker:
    """Says one sentence by `voice2task.client`, as `manage.py say` does."""

    def __init__(self, client: Client, text: str) -> None:
        self.frames: list[Frame] = []
        self._client = client
        self._text = text
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._say, name="speaker")
        self._thread.start()

    def finish(self) -> str:
        """Wait for the turn's last frame and return the turn's id; raises what the client raised."""
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive(), "the client still waits for its turn"
        if self._failure is not None:
            raise self._failure
        return str(self.frames[-1]["turn_id"])

    @property
    def text(self) -> str:
        """The reply, as far as it has come."""
        text = ""
        for frame in tuple(self.frames):
            if frame["type"] == "turn.reset":
                text = ""
            elif frame["type"] == "turn.delta":
                text += frame["text"]
        return text

    def words(self) -> int:
        return len(self.text.split())

    def _say(self) -> None:
        try:
            for frame in self._client.say(self._text):
                self.frames.append(frame)
        except BaseException as failure:  # noqa: BLE001 - raised again in `finish`
            self._failure = failure
