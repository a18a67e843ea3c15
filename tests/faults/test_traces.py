"""The trace of a turn whose worker dies on the way, out of several processes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import environment
from tests.journeys.gates import stack_with_model
from tests.journeys.invariants import assert_nothing_lost_or_doubled
from tests.journeys.listener import Listener
from tests.journeys.people import new_person, new_sentence
from tests.journeys.stack import Stack
from tests.observing.collector import Collector, collecting
from tests.waiting import wait_for

pytestmark = [pytest.mark.faults]


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as collector:
        yield collector


@pytest.fixture
def observed(collector: Collector) -> Iterator[Stack]:
    variables = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, "OTEL_BSP_SCHEDULE_DELAY": "100"}
    with stack_with_model(environment.FOLDER / "observed", pace=0.04, **variables) as stack:
        yield stack


def test_it_stays_one_trace(observed: Stack, collector: Collector) -> None:
    sentence = new_sentence()
    with Listener(new_person(observed)) as device:
        message = device.say(sentence.text)
        wait_for(lambda: message.ack and device.turn(message.turn_id).deltas >= 2)
        pid = observed.kill("worker-turns")
        observed.wait_until_replaced("worker-turns", pid)
        assert_nothing_lost_or_doubled(device, {message.turn_id: sentence})
    trace = message.turn_id.replace("-", "")
    wait_for(lambda: "turn.work" in {span.name for span in collector.of(trace)}, what="the spans to arrive")
    spans = {span.name: span for span in collector.of(trace)}
    assert {"turn.post", "turn.work", "turn.answer"} <= spans.keys()
    # The one who died has told of finished spans at most: the work is that of the one who came after.
    assert spans["turn.work"].attributes["voice2task.epoch"] == 2
    assert spans["turn.work"].parent == spans["turn.post"].id == trace[16:]
    wait_for(lambda: {"POST api/v1/auth/register/", "turn.post"} <= {span.name for span in collector.spans})
