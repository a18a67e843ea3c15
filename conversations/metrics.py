"""What the turns of this process count for Prometheus."""

from prometheus_client import Counter, Histogram

TURNS = Counter("voice2task_turns_total", "Turns that ended, by outcome and engine.", ["outcome", "engine"])
WITHDRAWN = Counter(
    "voice2task_answers_withdrawn_total", "Answers that claimed what no tool had done, by engine.", ["engine"]
)
TURN_SECONDS = Histogram(
    "voice2task_turn_seconds",
    "From the posted message to the stored reply, in seconds.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)
CAPTURES = Counter(
    "voice2task_captures_total",
    "Recordings worked on, by outcome (transcribed, silent, delayed, failed) and engine.",
    ["outcome", "engine"],
)
TRANSCRIPT_SECONDS = Histogram(
    "voice2task_transcript_seconds",
    "From the end of a recording to its text, in seconds.",
    buckets=(0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30, 60, 300),
)
FIRST_DELTA_SECONDS = Histogram(
    "voice2task_turn_first_delta_seconds",
    "From the posted message to the first text of the reply, in seconds.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
