from __future__ import annotations

import threading
from typing import Any
from uuid import UUID

from celery import shared_task
from celery.signals import worker_ready, worker_shutting_down
from django.utils import timezone

from conversations import partials, services, transcribing
from conversations.agent.rules import understand
from conversations.agent.tools.workflows import run_outcome
from conversations.runner import runner
from integrations.llm.chain import providers
from integrations.models import WorkflowRun
from integrations.speech import preparing
from voice2task.kernel.garbage import collect_seldom

TURN_QUEUE = "turns"
SPEECH_QUEUE = "speech"


@shared_task(name=services.RUN_TURN)
def run_turn(turn_id: str) -> None:
    runner().run(UUID(turn_id))


@shared_task(name=services.TELL_RUN)
def tell_run(run_id: str) -> None:
    run = WorkflowRun.objects.filter(id=run_id).first()
    result = run_outcome(run_id, run.user_id) if run else None
    services.tell_run(run_id=UUID(run_id), turn_id=run.turn_id if run else None, result=result)


@shared_task(name=services.TRANSCRIBE)
def transcribe(capture_id: str) -> None:
    transcribing.transcribe(UUID(capture_id), now=timezone.now())


@shared_task(name=partials.JOB)
def transcribe_partial(capture_id: str) -> None:
    partials.transcribe_partial(UUID(capture_id))


@shared_task(name="conversations.sweep_captures")
def sweep_captures() -> None:
    services.sweep_recordings(now=timezone.now())
    services.sweep_captures(now=timezone.now())


@shared_task(name="conversations.sweep_turns")
def sweep_turns() -> None:
    services.sweep_turns(now=timezone.now())


@shared_task(name="conversations.sweep_approvals")
def sweep_approvals() -> None:
    services.sweep_approvals(now=timezone.now())


@shared_task(name="conversations.sweep_requests")
def sweep_requests() -> None:
    services.sweep_requests(now=timezone.now())


@worker_ready.connect
def prepare_to_answer(sender: Any, **_: Any) -> None:
    """Have what answering needs at hand before a turn is taken: no lease may run out over imports."""
    if _works_on(TURN_QUEUE, sender):
        # Before the first turn is taken: a vendor's SDK takes up to two seconds.
        providers()
        collect_seldom()
        threading.Thread(target=understand.warm_up, name="warm-up-rules", daemon=True).start()


@worker_ready.connect
def prepare_to_listen(sender: Any, **_: Any) -> None:
    """Have what recognising needs at hand before somebody speaks, in the workers that recognise."""
    if _works_on(SPEECH_QUEUE, sender):
        preparing.prepare()


@worker_shutting_down.connect
def give_turns_back(**_: Any) -> None:
    """On SIGTERM, hand what this worker holds to the others, so that no turn waits for a lease to run out."""
    transcribing.ending.set()
    if runner.cache_info().currsize:
        runner().stop()


def _works_on(name: str, worker: Any) -> bool:
    return any(queue.name == name for queue in worker.task_consumer.queues)
