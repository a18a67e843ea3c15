from __future__ import annotations

from typing import Any

from rest_framework import serializers

from activities.api.serializers import SubjectSerializer
from conversations.models import Message, Turn
from voice2task.kernel.serializers import StrictSerializer


class MessageInputSerializer(StrictSerializer):
    text = serializers.CharField(max_length=20_000, trim_whitespace=False)
    conversation_id = serializers.UUIDField(required=False)
    client_id = serializers.UUIDField(
        required=False, help_text="Yours: the same id again is the same message."
    )
    recorded_at = serializers.DateTimeField(required=False, help_text="When it was said, if not now.")


class PostedSerializer(serializers.Serializer[Any]):
    conversation_id = serializers.UUIDField()
    message_id = serializers.UUIDField()
    turn_id = serializers.UUIDField()


class ConversationInputSerializer(StrictSerializer):
    title = serializers.CharField(max_length=200)


class ConversationSerializer(serializers.Serializer[Any]):
    """The shape of `conversations.representation.render_conversation`; describes, never validates."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class MessageSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    client_id = serializers.UUIDField(allow_null=True)
    conversation_id = serializers.UUIDField()
    turn_id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=Message.Role.choices)
    text = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    created_at = serializers.DateTimeField()


class ReceiptSerializer(serializers.Serializer[Any]):
    activity_id = serializers.UUIDField()
    seq = serializers.IntegerField()
    kind = serializers.CharField()
    subject = SubjectSerializer()
    title = serializers.CharField()
    task = serializers.DictField(allow_null=True)


class ChoiceSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    task = serializers.DictField()


class TurnErrorSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()


class TurnSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    conversation_id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=Turn.Status.choices)
    engine = serializers.CharField()
    message = MessageSerializer(allow_null=True)
    receipts = ReceiptSerializer(many=True)
    choices = ChoiceSerializer(many=True)
    error = TurnErrorSerializer(allow_null=True)
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
