"""The page of a turn: its whole story, what may be seen of it, and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from activities.models import Activity, Outbox
from conversations import services
from conversations.capture_models import Capture
from conversations.models import Turn
from conversations.request_models import LLMRequest
from conversations.runner import runner
from conversations.story import tell_story
from integrations.models import Delivery, DeliveryAttempt, WorkflowRun
from integrations.services import create_webhook
from tasks.models import Task
from tests.conftest import register
from tests.waiting import wait_for
from voice2task.kernel.turn_log import LINES_OF_A_TURN, lines_of

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCE = "remind me to call Bob tomorrow at five pm and buy milk"


@pytest.fixture
def carol(transactional_db: None, empty_redis: None) -> User:
    return register("carol@example.com")


def say(user: User, text: str = SENTENCE) -> Turn:
    posted = services.post_message(actor=Actor(user.id), text=text, now=timezone.now())
    runner().run(posted.turn_id)
    return Turn.objects.get(id=posted.turn_id)


def page(client: Client, turn: Turn) -> str:
    answer = client.get(reverse("admin:conversations_turn_change", args=[turn.id]))
    assert answer.status_code == 200
    return answer.content.decode()


def press(client: Client, turn: Turn, name: str) -> str:
    url = reverse("admin:conversations_turn_act", args=[turn.id, name])
    return client.post(url, follow=True).content.decode()


def add_consequences(turn: Turn) -> None:
    """What a turn may also have had: a recording, a model, a workflow, a webhook that heard of it."""
    now = turn.created_at
    Capture.objects.bulk_create([
        Capture(
            user_id=turn.user_id, client_id=turn.id, turn_id=turn.id, status="transcribed", mime="audio/wav",
            recorded_at=now, timezone="UTC", received=8, audio=ContentFile(b"RIFFWAVE", name="a.wav"),
            text=SENTENCE, heard="remind me to call Rob", engine="whisper", created_at=now, touched_at=now,
            finished_at=now + timedelta(seconds=1),
        )
    ])  # fmt: skip
    LLMRequest.objects.create(
        user_id=turn.user_id, turn=turn, epoch=1, step_index=0, provider="openai", model="gpt-5-mini",
        body={"messages": ["the exact words"]}, status="answered", input_tokens=1234, output_tokens=56,
        cost_micros=789, reserved_micros=0, first_token_ms=120, latency_ms=480, created_at=now,
    )  # fmt: skip
    run = WorkflowRun.objects.create(
        user_id=turn.user_id, name="send_mail", turn_id=turn.id, input={"to": "bob@example.org"},
        status="failed", error_code="no_answer", created_at=now, deadline_at=now,
    )  # fmt: skip
    delivery = Delivery.objects.create(
        user_id=turn.user_id, run=run, kind="run.queued", host="mail.example.org", status="dead",
        next_attempt_at=now, created_at=now,
    )  # fmt: skip
    DeliveryAttempt.objects.create(
        delivery=delivery, number=1, url="https://mail.example.org/x", request_body="body sent",
        response_body="body answered", status_code=503, outcome="give_up", started_at=now, duration_ms=70,
    )  # fmt: skip
    endpoint, _ = create_webhook(
        actor=Actor(turn.user_id), url="http://127.0.0.1:9/hook", kinds=["task.created"], now=now
    )
    heard = Activity.objects.filter(turn_id=turn.id, kind="task.created").first()
    assert heard is not None
    Delivery.objects.create(
        user_id=turn.user_id, endpoint=endpoint, activity_id=heard.id, kind="task.created",
        body="webhook body", host="hook.example.org", next_attempt_at=now, created_at=now,
    )  # fmt: skip


def test_it_tells_the_whole_story(carol: User, door: Callable[[str], Client]):
    turn = say(carol)
    add_consequences(turn)
    wait_for(lambda: lines_of(turn.id), what="the lines of the turn")
    shown = page(door("operator"), turn)
    for part in (
        *(SENTENCE, "remind me to call Rob", "the exact words", "1234", "$0.000789", "480 ms"),
        *("create_tasks", "Call Bob", "task.created", "receipt #", "Added “Call Bob”"),
        *("send_mail", "no_answer", "mail.example.org, try 1: give_up", "body answered"),
        *("hook.example.org", "webhook body", "turn_completed", "conversation.created"),
        reverse("admin:conversations_capture_audio", args=[Capture.objects.get().id]),
    ):
        assert part in shown, part
    seen = Activity.objects.of(carol.id).get(kind="content.viewed")
    assert (seen.subject_type, seen.subject_id, seen.actor) == ("turn", turn.id, "system")
    assert seen.after["by"] == "operator@staff.example"


def test_support_sees_what_happened_but_not_what_was_said(carol: User, door: Callable[[str], Client]):
    turn = say(carol)
    add_consequences(turn)
    shown = page(door("support"), turn)
    for part in ("create_tasks", "task.created #", "1234", "send_mail", "hidden from your role"):
        assert part in shown, part
    for part in ("call Bob", "Call Bob", "Rob", "exact words", "bob@example.org", "body", "milk", "/audio/"):
        assert part not in shown.replace("<body", "").replace("</body", "").replace("tbody", ""), part
    assert "/act/" not in shown
    assert not Activity.objects.of(carol.id).filter(kind="content.viewed").exists()


def test_moments_stand_in_order_on_the_axis(carol: User):
    turn = say(carol)
    add_consequences(turn)
    story = tell_story(turn, with_content=True, now=timezone.now())
    assert [one.at for one in story.moments] == sorted(one.at for one in story.moments)
    assert all(0 <= one.start <= one.start + one.width <= 100.001 for one in story.moments)
    kinds = {one.kind for one in story.moments}
    assert kinds >= {"recording", "message", "request", "tool", "reply", "run", "delivery", "activity"}
    (tool,) = [one for one in story.moments if one.kind == "tool"]
    receipts = [part.label for part in tool.content if part.label.startswith("receipt")]
    made = Activity.objects.filter(turn_id=turn.id, kind="task.created").order_by("seq")
    assert receipts == [f"receipt #{one.seq} task.created" for one in made]


def test_the_sound_plays_in_ranges_for_those_who_may_hear_it(carol: User, door: Callable[[str], Client]):
    turn = say(carol)
    add_consequences(turn)
    sound = reverse("admin:conversations_capture_audio", args=[Capture.objects.get().id])
    operator = door("operator")
    answer = operator.get(sound, headers={"Range": "bytes=0-3"})
    assert (answer.status_code, answer.content, answer["Content-Range"]) == (206, b"RIFF", "bytes 0-3/8")
    assert Activity.objects.of(carol.id).filter(kind="content.viewed", subject_type="capture").count() == 1
    assert door("support").get(sound).status_code == 403
    services.delete_audio(actor=Actor(carol.id), capture_id=Capture.objects.get().id, now=timezone.now())
    assert operator.get(sound).status_code == 404


def test_a_failed_turn_is_retried_and_does_nothing_twice(carol: User, door: Callable[[str], Client]):
    posted = services.post_message(actor=Actor(carol.id), text="buy milk", now=timezone.now())
    claim = services.claim_turn(turn_id=posted.turn_id, now=timezone.now())
    assert claim
    services.fail_turn(claim=claim, code="provider_failed", message="No engine.", now=timezone.now())
    turn = Turn.objects.get(id=posted.turn_id)
    operator = door("operator")
    assert "Retry" in page(operator, turn)

    assert "Retry: done." in press(operator, turn, "retry")

    turn.refresh_from_db()
    assert (turn.status, turn.error_code, turn.failures, turn.finished_at) == ("queued", "", 0, None)
    assert Outbox.objects.filter(job=services.RUN_TURN, argument=turn.id).exists()
    runner().run(turn.id)
    turn.refresh_from_db()
    assert turn.status == "completed"
    assert [task.title for task in Task.objects.of(carol.id)] == ["Buy milk"]
    recorded = Activity.objects.of(carol.id).get(kind="turn.retried")
    assert (recorded.actor, recorded.before["error"]["code"]) == ("system", "provider_failed")
    assert "Only a turn that failed" in press(operator, turn, "retry")


def test_stop_and_undo(carol: User, door: Callable[[str], Client]):
    operator = door("operator")
    waiting = services.post_message(actor=Actor(carol.id), text="buy tea", now=timezone.now())
    turn = Turn.objects.get(id=waiting.turn_id)
    assert "Stop: done." in press(operator, turn, "stop")
    turn.refresh_from_db()
    assert turn.status == "stopped"
    done = say(carol, "buy milk")
    assert "Undo what it did: done." in press(operator, done, "undo")
    assert not Task.objects.of(carol.id).filter(trashed_at=None).exists()


def test_buttons_are_for_operators_and_for_posts(carol: User, door: Callable[[str], Client]):
    turn = say(carol, "buy milk")
    url = reverse("admin:conversations_turn_act", args=[turn.id, "undo"])
    assert door("support").post(url).status_code == 403
    operator = door("operator")
    assert operator.get(url).status_code == 405
    assert operator.post(url.replace("undo", "explode")).status_code == 404
    assert Task.objects.of(carol.id).filter(trashed_at=None).count() == 1


def test_lines_of_a_turn_are_kept_apart_and_cut(carol: User):
    import structlog

    first, second = say(carol, "buy milk"), say(carol, "buy tea")
    log = structlog.get_logger("tests.staff")
    for number in range(LINES_OF_A_TURN + 5):
        log.warning("noted", turn_id=str(first.id), number=number)
    log.warning("of no turn")
    lines = wait_for(
        lambda: (
            [one for one in lines_of(first.id) if one.get("number") == LINES_OF_A_TURN + 4]
            and lines_of(first.id)
        ),
        what="the last line",
    )
    assert len(lines) == LINES_OF_A_TURN
    assert {"noted"} == {line["event"] for line in lines}
    assert {line["event"] for line in lines_of(second.id)} == {"turn_completed"}
