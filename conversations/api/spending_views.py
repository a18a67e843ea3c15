"""The door to what models have cost."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.authentication import user_of
from conversations.spending import spending_of
from tasks.api.statistics_views import RangeSerializer
from tasks.statistics import usual_start
from voice2task.kernel.serializers import validated


class SpentSerializer(serializers.Serializer[object]):
    date = serializers.DateField()
    provider = serializers.CharField()
    model = serializers.CharField()
    requests = serializers.IntegerField()
    input_tokens = serializers.IntegerField()
    output_tokens = serializers.IntegerField()
    cost_micros = serializers.IntegerField()


class SpendingSerializer(serializers.Serializer[object]):
    """The shape that `conversations.spending.spending_of` gives; describes, never validates."""

    start = serializers.DateField()
    end = serializers.DateField()
    timezone = serializers.CharField()
    cost_micros = serializers.IntegerField(help_text="Millionths of a US dollar.")
    days = SpentSerializer(many=True, help_text="By day and model; days without a request are left out.")


class SpendingView(APIView):
    """What models have cost the user, in their timezone."""

    @extend_schema(parameters=[RangeSerializer], responses=SpendingSerializer)
    def get(self, request: Request) -> Response:
        """Requests, tokens and cost by day and model."""
        given = validated(RangeSerializer(data=request.query_params))
        user = user_of(request)
        last = given.get("end") or timezone.now().astimezone(user.zone).date()
        return Response(spending_of(user, first=given.get("start") or usual_start(last), last=last))
