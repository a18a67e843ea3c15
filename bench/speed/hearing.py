"""How much slower typed sentences are answered while speech is recognised."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from bench.speech import replies_meanwhile, speech_models
from bench.speed.figures import Figure
from bench.speed.surroundings import Options
from bench.stack import running_stack
from voice2task.client import Client
from voice2task.client_speech import MIMES, recording_of

REPLIES = 40
GOAL = 1.2


def measure_hearing(options: Options) -> list[Figure]:
    """The same sentences with nothing to hear, then with much, on a stack with the local recogniser."""
    if options.recordings is None:
        return [Figure("reply while speech is recognised", note="needs RECORDINGS=folder")]
    recording = _longest(options.recordings)
    idle: list[float] = []
    beside: list[float] = []
    with running_stack(models=speech_models()) as stack:
        client = Client(stack.url, email=stack.email, password=stack.password)
        client.log_in()
        _load_the_model(client, recording)
        # A round is a minute of hearing.
        for _ in range(max(1, options.rounds // 3)):
            for all_of, some in zip(
                (idle, beside), replies_meanwhile(stack, client, recording, REPLIES), strict=True
            ):
                all_of += [seconds * 1000 for seconds in some]
    ratio = median(beside) / median(idle)
    return [
        Figure.of("reply, nothing to hear", idle),
        Figure.of(
            "reply while speech is recognised", beside, ratio=ratio, over="without", goals={"ratio": GOAL}
        ),
    ]


def _longest(folder: Path) -> Path:
    found = [path for path in folder.iterdir() if path.suffix in MIMES]
    return max(found, key=lambda path: path.stat().st_size)


def _load_the_model(client: Client, path: Path) -> None:
    recording = recording_of(path)
    recording.bytes_a_second = 10**9
    for _ in client.speak(recording):
        pass
