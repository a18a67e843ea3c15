"""The door to what a sentence is understood to say."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.authentication import user_of
from accounts.locales import validate_language, validate_timezone
from accounts.scopes import Scope
from conversations.agent.reading import read_sentence
from conversations.agent.rules.understand import MAX_CHARACTERS
from voice2task.kernel.serializers import StrictSerializer, validated

MAX_PLAIN = 50


class RangeField(serializers.ListField):
    """A half-open range of characters, `[start, end]`."""

    child = serializers.IntegerField(min_value=0, max_value=MAX_CHARACTERS)

    def __init__(self, **options: Any) -> None:
        super().__init__(min_length=2, max_length=2, **options)


class SentenceSerializer(StrictSerializer):
    text = serializers.CharField(max_length=MAX_CHARACTERS, trim_whitespace=False)
    timezone = serializers.CharField(
        required=False, validators=[validate_timezone], help_text="Whose clock it is read by, if not yours."
    )
    language = serializers.CharField(
        required=False, validators=[validate_language], help_text="What it is in, where that is known."
    )
    plain = serializers.ListField(
        required=False,
        child=RangeField(),
        max_length=MAX_PLAIN,
        help_text="Ranges whose words mean nothing but themselves: `[[start, end], …]`.",
    )
    as_tasks = serializers.BooleanField(
        required=False, help_text="Read every command as one that makes a task."
    )


class CommandSerializer(serializers.Serializer[Any]):
    """The shape of a command in `conversations.agent.reading.read_sentence`; describes, never validates."""

    action = serializers.CharField()
    title = serializers.CharField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    rrule = serializers.CharField(help_text="RFC 5545, or empty.")
    priority = serializers.CharField(allow_null=True)
    list = serializers.CharField(allow_null=True, help_text="As said, or as your list is spelt.")
    list_id = serializers.UUIDField(allow_null=True, help_text="Null where no list of yours is called so.")
    labels = serializers.ListField(child=serializers.CharField())
    lead_minutes = serializers.IntegerField(allow_null=True, help_text="How long before to remind.")
    reference = serializers.CharField(allow_null=True, help_text="The words for a task that exists.")
    span = RangeField(help_text="Where in `text` the command stands; counted in Unicode code points.")
    spans = serializers.DictField(
        child=serializers.ListField(child=RangeField()), help_text="Which words gave which field."
    )


class UnderstandingSerializer(serializers.Serializer[Any]):
    language = serializers.CharField(help_text="Empty where it is in none that is known.")
    commands = CommandSerializer(many=True)


class UnderstandView(APIView):
    """What the rules understand, while somebody is still writing. Nothing is done or stored."""

    token_scopes = {"POST": Scope.READ}

    @extend_schema(request=SentenceSerializer, responses=UnderstandingSerializer)
    def post(self, request: Request) -> Response:
        given = validated(SentenceSerializer(data=request.data))
        return Response(read_sentence(user=user_of(request), now=timezone.now(), **given))
