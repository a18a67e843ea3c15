"""Both vendors' clients against servers that speak their protocols."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone

from integrations.llm import wire
from integrations.llm.base import ChatMessage, ProviderError, TextDelta, ToolCall, ToolCallReady, Usage
from tests.fakes.script import Answer, Call, in_order, said
from tests.integrations.conftest import a_request


def text_of(events) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def calls_of(events) -> list[ToolCall]:
    return [event.call for event in events if isinstance(event, ToolCallReady)]


async def failure_of(line, **answer: Any) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        await line(Answer(**answer)).ask()
    return caught.value


async def test_text_comes_in_pieces_and_whole(line):
    events = await line(Answer("Grüße, „Anna“ 🎉 — done.\n\nBye.")).ask()
    assert text_of(events) == "Grüße, „Anna“ 🎉 — done.\n\nBye."
    assert sum(isinstance(event, TextDelta) for event in events) > 3


async def test_tool_calls_come_complete_and_in_order(line):
    tasks = {"tasks": [{"title": "Käse “kaufen”"}]}
    events = await line(
        Answer("Let me see.", calls=(Call("create_tasks", tasks, "a"), Call("find_tasks", "", "b")))
    ).ask()
    assert calls_of(events) == [ToolCall("a", "create_tasks", tasks), ToolCall("b", "find_tasks", {})]
    assert text_of(events) == "Let me see."


async def test_usage_counts_each_token_once(line):
    events = await line(Answer("Yes.", usage=(70, 30, 9))).ask()
    assert [event for event in events if isinstance(event, Usage)][-1] == Usage(70, 30, 0, 9)


async def test_arguments_that_are_no_object_are_handed_on_as_they_are(line):
    events = await line(Answer(calls=(Call("create_tasks", '{"tasks": [', "a"), Call("x", "[1]", "b")))).ask()
    assert [(call.malformed, call.arguments) for call in calls_of(events)] == [
        ('{"tasks": [', {}),
        ("[1]", {}),
    ]


async def test_a_call_cut_off_at_the_token_limit_is_not_made(line):
    stop = {"OpenAIProvider": "length", "AnthropicProvider": "max_tokens"}
    connected = line(Answer())
    reason = stop[type(connected.provider).__name__]
    whole = Call("find_tasks", {"text": "x"}, "a")
    cut = Answer("So", calls=(whole, Call("create_tasks", '{"tasks": [{"ti', "b")), stop_reason=reason)
    connected.fake.script = in_order(cut)
    events = await connected.ask()
    assert (text_of(events), [call.id for call in calls_of(events)]) == ("So", ["a"])


@pytest.mark.parametrize(
    ("status", "permanent", "overloaded"),
    [
        (400, True, False),
        (401, True, False),
        (404, True, False),
        (429, False, True),
        (500, False, False),
        (503, False, True),
        (529, False, True),
    ],
)
async def test_refusals_are_typed(line, status: int, permanent: bool, overloaded: bool):
    error = await failure_of(line, status=status)
    assert (error.status, error.permanent, error.overloaded) == (status, permanent, overloaded)


async def test_retry_after_is_heard_in_both_its_forms(line):
    error = await failure_of(line, status=429, headers={"Retry-After": "17"})
    assert error.retry_after == 17
    moment = format_datetime(timezone.now() + timedelta(seconds=60), usegmt=True)
    error = await failure_of(line, status=529, headers={"Retry-After": moment})
    assert error.retry_after is not None
    assert 30 < error.retry_after <= 60


async def test_an_account_without_money_is_not_asked_again_soon(line):
    error = await failure_of(line, status=429, error_type="insufficient_quota")
    assert error.permanent


async def test_the_vendors_client_asks_again_once(line, settings):
    settings.LLM_RETRIES = 1
    connected = line(in_order(Answer(status=500), Answer("Here.")))
    assert text_of(await connected.ask()) == "Here."
    assert len(connected.fake.requests) == 2


async def test_who_wants_to_be_left_alone_for_long_is_not_waited_for(line, settings):
    settings.LLM_RETRIES = 1
    connected = line(in_order(Answer(status=429, headers={"Retry-After": "20"}), Answer("Here.")))
    with pytest.raises(ProviderError):
        await connected.ask()
    assert len(connected.fake.requests) == 1


@pytest.mark.parametrize("how", ["cut", "garbage"])
async def test_an_answer_that_breaks_off_is_a_failure_that_may_pass(line, how: str):
    error = await failure_of(line, text="one two three four five", pieces=4, **{how: True})
    assert not error.permanent


async def test_an_answer_that_just_ends_is_not_taken_for_whole(line):
    error = await failure_of(line, text="one two three four five", pieces=4)
    assert "broke off" in str(error)


async def test_an_error_within_the_stream_is_one(line):
    error = await failure_of(line, text="one two", error="overloaded_error")
    assert not error.permanent


async def test_silence_is_not_waited_for_for_ever(line, settings):
    settings.LLM_FIRST_TOKEN_SECONDS = 0.2
    assert "first word" in str(await failure_of(line, silent=True))
    settings.LLM_FIRST_TOKEN_SECONDS, settings.LLM_IDLE_SECONDS = 60, 0.2
    assert "silent" in str(await failure_of(line, text="one two three", pieces=4, silent=True))


async def test_who_keeps_talking_may_take_longer_than_a_silence(line, settings):
    settings.LLM_FIRST_TOKEN_SECONDS, settings.LLM_IDLE_SECONDS = 60, 1.0
    connected = line(Answer("one two three four five six", pause=0.3))
    assert text_of(await connected.ask()) == "one two three four five six"


async def test_a_server_that_is_not_there_is_a_failure_that_may_pass(line):
    connected = line(Answer())
    connected.fake.stop()
    with pytest.raises(ProviderError) as caught:
        await connected.ask()
    assert not caught.value.permanent


async def test_an_answer_without_an_end_is_refused(line, monkeypatch: pytest.MonkeyPatch):
    assert wire.MAX_ANSWER_BYTES > 32_000 * 300
    monkeypatch.setattr(wire, "MAX_ANSWER_BYTES", 1_000_000)
    error = await failure_of(line, calls=(Call("create_tasks", {"x": "y" * 1_100_000}),))
    assert error.permanent


async def test_who_stops_listening_closes_the_request(line):
    connected = line(Answer("one two three", gate=threading.Event(), pieces=5))
    stream = connected.provider.stream(a_request())
    await anext(stream)
    task = asyncio.ensure_future(_drain(stream))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    (seen,) = connected.fake.requests
    assert await asyncio.to_thread(seen.closed.wait, 5)


async def _drain(stream) -> None:
    async for _ in stream:
        pass


async def test_any_history_becomes_one_that_the_vendor_takes(line):
    same = ToolCall("call_1", "create_tasks", {"tasks": []})
    history = (
        ChatMessage("assistant", "Hello."),
        ChatMessage("user", "buy milk"),
        ChatMessage("assistant", "", (same, ToolCall("b", "find_tasks", {}))),
        ChatMessage("tool", tool_call_id="call_1", result={"status": "done"}),
        ChatMessage("tool", tool_call_id="nobody", result={"status": "lost"}),
        ChatMessage("assistant", ""),
        ChatMessage("user", "and eggs"),
        ChatMessage("user", "and bread"),
        ChatMessage("assistant", "Now.", (same, ToolCall("m", "create_tasks", {}, malformed="{"))),
        ChatMessage("tool", tool_call_id="call_1", result={"status": "done"}),
        ChatMessage("user", "thanks"),
    )
    connected = line(Answer("You're welcome."))
    await connected.ask(a_request(*history))
    body = connected.fake.requests[0].body
    assert said(body) == "thanks"
    assert "lost" not in str(body["messages"])
    if "system" in body:
        check_anthropic(body)
    else:
        check_openai(body)


def check_openai(body: dict) -> None:
    called = [call["id"] for m in body["messages"] for call in m.get("tool_calls", ())]
    answered = [m["tool_call_id"] for m in body["messages"] if m["role"] == "tool"]
    assert called == answered == ["call_1", "call_2", "call_3", "call_4"]
    assert body["messages"][0]["role"] == "system"
    assert "It is noon." in body["messages"][0]["content"]


def check_anthropic(body: dict) -> None:
    roles = [message["role"] for message in body["messages"]]
    assert roles[0] == "user"
    assert all(one != other for one, other in pairwise(roles))
    for message, following in pairwise(body["messages"]):
        uses = {block["id"] for block in message["content"] if block["type"] == "tool_use"}
        given = {block["tool_use_id"] for block in following["content"] if block["type"] == "tool_result"}
        assert uses == given
    assert [("cache_control" in block, block["text"]) for block in body["system"]] == [
        (True, "You keep tasks."),
        (False, "It is noon."),
    ]
    assert "cache_control" in body["tools"][-1]


async def test_the_body_is_what_goes_over_the_wire(line):
    connected = line(Answer("Yes."))
    request = a_request(may_call_tools=False, max_output_tokens=77)
    await connected.ask(request)
    assert connected.fake.requests[0].body == connected.provider.body(request)
    assert 77 in connected.fake.requests[0].body.values()
    assert "none" in str(connected.fake.requests[0].body["tool_choice"])
    headers = connected.fake.requests[0].headers
    assert "key" in {headers.get("x-api-key"), headers.get("Authorization", "").removeprefix("Bearer ")}
