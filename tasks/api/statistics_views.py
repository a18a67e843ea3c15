"""The door to what a user got done."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.authentication import user_of
from tasks.statistics import statistics_of, usual_start
from voice2task.kernel.serializers import StrictSerializer, validated


class RangeSerializer(StrictSerializer):
    start = serializers.DateField(
        required=False, help_text="The first day; 29 days before `end` unless given."
    )
    end = serializers.DateField(required=False, help_text="The last day, included; today unless given.")


class DoneOnDaySerializer(serializers.Serializer[object]):
    date = serializers.DateField()
    done = serializers.IntegerField()


class DoneInSerializer(serializers.Serializer[object]):
    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField(allow_null=True)
    done = serializers.IntegerField()


class StatisticsSerializer(serializers.Serializer[object]):
    """The shape that `tasks.statistics.statistics_of` gives; describes, never validates."""

    start = serializers.DateField()
    end = serializers.DateField()
    timezone = serializers.CharField()
    done = serializers.IntegerField()
    per_day = DoneOnDaySerializer(many=True)
    by_list = DoneInSerializer(many=True)
    by_label = DoneInSerializer(many=True)
    with_due = serializers.IntegerField()
    on_time = serializers.IntegerField()
    on_time_share = serializers.FloatField(allow_null=True, help_text="Of those with a due date, 0 to 1.")
    current_streak = serializers.IntegerField(help_text="Days in a row, up to today or yesterday.")
    longest_streak = serializers.IntegerField()


class StatisticsView(APIView):
    """What the user got done, in their timezone."""

    @extend_schema(parameters=[RangeSerializer], responses=StatisticsSerializer)
    def get(self, request: Request) -> Response:
        """Completions by day, list and label, streaks, and how many were on time."""
        given = validated(RangeSerializer(data=request.query_params))
        user, now = user_of(request), timezone.now()
        last = given.get("end") or now.astimezone(user.zone).date()
        first = given.get("start") or usual_start(last)
        return Response(statistics_of(user, first=first, last=last, now=now))
