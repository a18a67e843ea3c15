from __future__ import annotations

from typing import Any

from rest_framework import serializers

from conversations.api.serializers import FallbackSerializer, PostedSerializer, TurnErrorSerializer
from conversations.capture_models import Capture
from tasks.api.serializers import UndoneSerializer
from voice2task.kernel.serializers import StrictSerializer


class CaptureInputSerializer(StrictSerializer):
    id = serializers.UUIDField(help_text="Yours: the same id again is the same recording.")
    audio = serializers.FileField(
        allow_empty_file=True, help_text="webm, ogg, mp4, m4a, aac, mp3, wav or flac; also cut off."
    )
    conversation_id = serializers.UUIDField(required=False)
    language = serializers.CharField(
        required=False, max_length=35, help_text="What it is spoken in, if you know: `de`."
    )
    recorded_at = serializers.DateTimeField(required=False, help_text="When it was said, if not now.")
    timezone = serializers.CharField(
        required=False, max_length=64, help_text="Where it was said, if not in the user's timezone."
    )


class CaptureSerializer(serializers.Serializer[Any]):
    """The shape of `conversations.representation.render_capture`."""

    id = serializers.UUIDField()
    client_id = serializers.UUIDField()
    conversation_id = serializers.UUIDField(allow_null=True)
    message_id = serializers.UUIDField(help_text="That of the message it becomes.")
    turn_id = serializers.UUIDField(help_text="That of the turn that will answer it.")
    status = serializers.ChoiceField(choices=Capture.Status.choices)
    mime = serializers.CharField()
    bytes = serializers.IntegerField()
    seconds = serializers.FloatField(allow_null=True)
    has_audio = serializers.BooleanField()
    recorded_at = serializers.DateTimeField()
    timezone = serializers.CharField()
    text = serializers.CharField(help_text="What counts: as heard, or as corrected.")
    heard = serializers.CharField(help_text="What the engine heard.")
    language = serializers.CharField()
    engine = serializers.CharField()
    confidence = serializers.FloatField(allow_null=True, help_text="0 to 1, if the engine says.")
    fallbacks = FallbackSerializer(many=True)
    attempts = serializers.IntegerField(help_text="How often no engine has answered.")
    next_attempt_at = serializers.DateTimeField(allow_null=True)
    error = TurnErrorSerializer(allow_null=True)
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class KeptSerializer(PostedSerializer):
    """The ids of the message and the turn that the recording becomes."""

    capture = CaptureSerializer()


class CorrectionSerializer(StrictSerializer):
    text = serializers.CharField(max_length=20_000, trim_whitespace=False, help_text="What was really said.")
    run_again = serializers.BooleanField(
        default=False, help_text="Undo what the turn did, and let a new one answer the corrected text."
    )


class CorrectedSerializer(serializers.Serializer[Any]):
    capture = CaptureSerializer()
    posted = PostedSerializer(allow_null=True, help_text="The new message and its turn, with run_again.")
    undone = UndoneSerializer(allow_null=True, help_text="What was taken back, with run_again.")
