"""What a worker has at hand before the first turn."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.journeys.stack import PROJECT

PREPARED = """
import sys, threading
import django
django.setup()
from types import SimpleNamespace
from conversations import jobs
queues = [SimpleNamespace(name=name) for name in sys.argv[1:]]
jobs.prepare_to_answer(SimpleNamespace(task_consumer=SimpleNamespace(queues=queues)))
for thread in threading.enumerate():
    if thread is not threading.current_thread():
        thread.join()
ENDS = (".chat.chat_completion_chunk", ".rules.languages.de")
print(*(name for name in sys.modules if name.endswith(ENDS)))
"""


@pytest.mark.parametrize(
    ("queue", "prepared"),
    [
        ("turns", {"openai.types.chat.chat_completion_chunk", "conversations.agent.rules.languages.de"}),
        ("deliveries", set()),
    ],
)
def test_a_worker_of_turns_imports_what_answers_and_no_other_does(queue: str, prepared: set[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PREPARED, queue],
        cwd=PROJECT,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "voice2task.settings", "LLM_PROVIDERS": "openai,rules"}
        | {"OPENAI_API_KEY": "none"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) == prepared
