"""The local engine alone, without a stack: one JSON line a recording, decoding not counted."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voice2task.settings")
    import django

    django.setup()
    from integrations.speech.base import SpeechRequest
    from integrations.speech.local import speech_in
    from integrations.speech.recognising import decoder
    from integrations.speech.whisper import WhisperEngine

    engine = WhisperEngine()
    for name in sys.argv[1:]:
        audio = Path(name).read_bytes()
        sound = decoder().decode(audio)
        # As long as the next decoder starts, it would be measured as well.
        time.sleep(0.3)
        started = time.monotonic()
        speech = speech_in(sound.samples)
        engine.transcribe(SpeechRequest(audio, sound.container, sound.samples, speech))
        seconds = time.monotonic() - started
        print(json.dumps({"file": name, "seconds": seconds, "audio_seconds": sound.seconds}), flush=True)
    decoder().close()


if __name__ == "__main__":
    main()
