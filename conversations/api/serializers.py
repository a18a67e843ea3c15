from __future__ import annotations

from typing import Any

from rest_framework import serializers

from activities.api.serializers import SubjectSerializer
from conversations.models import Approval, Message, Turn
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


class VoiceSerializer(serializers.Serializer[Any]):
    """The shape of `conversations.services.captures.voice_of`."""

    capture_id = serializers.UUIDField()
    engine = serializers.CharField()
    language = serializers.CharField()
    confidence = serializers.FloatField(allow_null=True)
    timezone = serializers.CharField()
    corrected = serializers.BooleanField()


class MessageSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    client_id = serializers.UUIDField(allow_null=True)
    conversation_id = serializers.UUIDField()
    turn_id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=Message.Role.choices)
    text = serializers.CharField()
    voice = VoiceSerializer(allow_null=True, help_text="How it came, if it was spoken.")
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


class FallbackSerializer(serializers.Serializer[Any]):
    engine = serializers.CharField()
    code = serializers.CharField(help_text="Why this engine did not answer.")


class PreviewSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    subject_type = serializers.CharField()
    subject_id = serializers.UUIDField()
    name = serializers.CharField()


class ApprovalSerializer(serializers.Serializer[Any]):
    """The shape of `conversations.representation.render_approval`."""

    id = serializers.UUIDField()
    turn_id = serializers.UUIDField()
    tool = serializers.CharField()
    arguments = serializers.DictField()
    digest = serializers.CharField(help_text="SHA-256 of tool and arguments as the agent has named them.")
    reason = serializers.ChoiceField(choices=Approval.Reason.choices)
    preview = PreviewSerializer(many=True, help_text="The first changes the call would make.")
    rows = serializers.IntegerField(help_text="How many things it would change.")
    status = serializers.ChoiceField(choices=Approval.Status.choices)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)


class ApprovalAnswerSerializer(StrictSerializer):
    decision = serializers.ChoiceField(
        choices=("approve", "reject", "always"),
        help_text="“always” approves, and lets this tool act without asking from now on.",
    )
    arguments = serializers.DictField(
        required=False, help_text="In the place of those that wait, if you have changed them."
    )
    digest = serializers.CharField(
        required=False, max_length=64, help_text="That of the approval the user was shown."
    )


class AllowedToolSerializer(serializers.Serializer[Any]):
    tool = serializers.CharField()
    created_at = serializers.DateTimeField()


class MemoryInputSerializer(StrictSerializer):
    text = serializers.CharField(max_length=500)


class MemorySerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    text = serializers.CharField()
    turn_id = serializers.UUIDField(allow_null=True, help_text="The turn that learned it, if one did.")
    created_at = serializers.DateTimeField()


class TurnSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    conversation_id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=Turn.Status.choices)
    engine = serializers.CharField()
    fallbacks = FallbackSerializer(many=True)
    message = MessageSerializer(allow_null=True)
    receipts = ReceiptSerializer(many=True)
    choices = ChoiceSerializer(many=True)
    approval = ApprovalSerializer(allow_null=True)
    error = TurnErrorSerializer(allow_null=True)
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
