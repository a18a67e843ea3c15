"""The doors to the calendar feed: its address, for its user, and itself, for whoever has the address."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time, timedelta
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils import timezone
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.authentication import actor_of, user_of
from accounts.api.permissions import TokenScopes
from activities.models import UserStream
from tasks import services
from tasks.api.list_views import NO_CONTENT
from tasks.calendar import calendar_of
from tasks.models import CalendarFeed, Task
from voice2task.kernel.error_responses import error_response
from voice2task.kernel.error_schemas import RefusedSerializer

# RFC 6749, section 5.1: answers that carry a secret are kept nowhere on their way.
NO_STORE = {"Cache-Control": "no-store"}
CLOSED_FOR = timedelta(days=30)


class FeedSerializer(serializers.Serializer[Any]):
    created_at = serializers.DateTimeField(help_text="When its address was made.")


class NewFeedSerializer(serializers.Serializer[Any]):
    url = serializers.URLField(help_text="Shown this once. Whoever has it reads your tasks.")


class FeedView(APIView):
    # Its address reads tasks after the token that made it is gone.
    token_scopes: ClassVar[TokenScopes] = {"POST": None}

    @extend_schema(responses={200: FeedSerializer, 404: RefusedSerializer})
    def get(self, request: Request) -> Response:
        """Whether there is a feed, and since when. Its address is not told again."""
        feed = CalendarFeed.objects.filter(user_id=user_of(request).id).first()
        if feed is None:
            raise services.FeedNotFound
        return Response(FeedSerializer(feed).data)

    @extend_schema(request=None, responses={201: NewFeedSerializer})
    def post(self, request: Request) -> Response:
        """Make the feed, or give it another address; the former one opens nothing any more."""
        secret = services.renew_feed(actor=actor_of(request), now=timezone.now())
        url = request.build_absolute_uri(reverse("feed-ics", args=[secret]))
        return Response({"url": url}, status=status.HTTP_201_CREATED, headers=NO_STORE)

    @extend_schema(responses={**NO_CONTENT, 404: RefusedSerializer})
    def delete(self, request: Request) -> Response:
        """Revoke the feed."""
        services.revoke_feed(actor=actor_of(request), now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """`GET /feeds/{secret}.ics`: what is not closed or was within 30 days, as iCalendar."""
    try:
        found = services.feed_of_secret(secret)
    except services.FeedNotFound as error:
        return error_response(error.status, error.code, error.message)
    now = timezone.now()
    headers = {"ETag": _etag(found, now), "Cache-Control": "private, no-cache"}
    if _is_known(request, headers["ETag"]):
        return HttpResponseNotModified(headers=headers)
    since = datetime.combine(now.date(), time.min, UTC) - CLOSED_FOR
    tasks = Task.objects.of(found.user_id).in_calendar(closed_since=since)
    text = calendar_of(tasks.order_by("id").rows(), name="Voice2Task", zone=found.user.zone)
    return HttpResponse(text, headers=headers, content_type="text/calendar; charset=utf-8")


def _etag(feed: CalendarFeed, now: datetime) -> str:
    """Every change of the user's has a number, and what is closed leaves the feed by the day."""
    state = f"{feed.digest}/{UserStream.objects.seq_of(feed.user_id)}/{now.date()}"
    return f'"{hashlib.sha256(state.encode()).hexdigest()[:32]}"'


def _is_known(request: HttpRequest, etag: str) -> bool:
    known = [tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))]
    return etag in known or known == ["*"]
