"""Spans of requests, jobs, statements and outgoing calls, by OpenTelemetry; what leaves holds no content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.aiohttp_client import AioHttpClientInstrumentor
from opentelemetry.instrumentation.celery import CeleryInstrumentor
from opentelemetry.instrumentation.django import DjangoInstrumentor
from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
from opentelemetry.instrumentation.redis import RedisInstrumentor
from opentelemetry.instrumentation.requests import RequestsInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import Decision, Sampler, SamplingResult
from opentelemetry.trace import Link, SpanKind
from opentelemetry.trace.status import Status

from voice2task.kernel import tracing

SERVICE = "voice2task"
INSTRUMENTORS = (
    CeleryInstrumentor,
    PsycopgInstrumentor,
    RedisInstrumentor,
    RequestsInstrumentor,
    AioHttpClientInstrumentor,
)
# Nothing that a user said or wrote, no address beyond its host, no value of a statement: only what begins so.
ALLOWED_ATTRIBUTES = (
    *("voice2task.", "gen_ai.", "celery.", "messaging.", "db.system", "db.statement", "db.query.text"),
    *("db.name", "db.namespace", "db.operation", "db.redis.", "http.method", "http.request.method"),
    *("http.status_code", "http.response.status_code", "http.route", "http.scheme", "url.scheme"),
    *("server.", "net.peer.", "network.", "error.type", "exception.type"),
)
# Asked so often that nothing is learnt from it. In the form of `OTEL_PYTHON_DJANGO_EXCLUDED_URLS`.
UNINTERESTING_PATHS = "/health/,/metrics$,/static/"


def start_traces(*, endpoint: str, ratio: float) -> None:
    """Send spans to the collector at `endpoint` (OTLP over HTTP); of that share of all traces.

    Further settings are the SDK's own: `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_RESOURCE_ATTRIBUTES` and so on.
    """
    provider = TracerProvider(
        resource=Resource.create({"service.name": SERVICE}), sampler=Interesting(), id_generator=Ids()
    )
    exporter = WithoutContent(OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces"))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    tracing.collect(provider.get_tracer(SERVICE), ratio=ratio)
    DjangoInstrumentor().instrument(excluded_urls=UNINTERESTING_PATHS)
    for instrumentor in INSTRUMENTORS:
        instrumentor().instrument()


class Ids(RandomIdGenerator):
    """Random ids, but for the first span of a turn."""

    def generate_trace_id(self) -> int:
        given = tracing.first_ids.get()
        return given[0] if given else super().generate_trace_id()

    def generate_span_id(self) -> int:
        given = tracing.first_ids.get()
        return given[1] if given else super().generate_span_id()


class Interesting(Sampler):
    """Traces as their ids decide, without those of sweeps and of what nobody asked for."""

    def should_sample(
        self,
        parent_context: Context | None,
        trace_id: int,
        name: str,
        kind: SpanKind | None = None,
        attributes: Any = None,
        links: Sequence[Link] | None = None,
        trace_state: Any = None,
    ) -> SamplingResult:
        parent = trace.get_current_span(parent_context).get_span_context()
        if parent.is_valid:
            taken = parent.trace_flags.sampled
        else:
            taken = tracing.is_collected(trace_id) and _is_interesting(name, kind)
        return SamplingResult(Decision.RECORD_AND_SAMPLE if taken else Decision.DROP, attributes, trace_state)

    def get_description(self) -> str:
        return "Interesting"


def _is_interesting(name: str, kind: SpanKind | None) -> bool:
    return kind is not SpanKind.CLIENT and name.partition("/")[2] not in settings.CELERY_BEAT_SCHEDULE


class WithoutContent(SpanExporter):
    """Hands spans on with nothing but `ALLOWED_ATTRIBUTES`; of exceptions only their class."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._exporter.export([_without_content(span) for span in spans])

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._exporter.force_flush(timeout_millis)


def _without_content(span: ReadableSpan) -> ReadableSpan:
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=_allowed(span.attributes),
        events=[Event(event.name, _allowed(event.attributes), event.timestamp) for event in span.events],
        links=[Link(link.context) for link in span.links],
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _allowed(attributes: Any) -> dict[str, Any]:
    return {name: value for name, value in (attributes or {}).items() if name.startswith(ALLOWED_ATTRIBUTES)}
