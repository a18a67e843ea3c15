from __future__ import annotations

from typing import Any

from rest_framework import serializers

from activities.models import MAX_ENDPOINT, Activity
from voice2task.kernel.serializers import StrictSerializer


class SubjectSerializer(serializers.Serializer[Any]):
    type = serializers.CharField()
    id = serializers.UUIDField()


class ChangeSerializer(serializers.Serializer[Any]):
    before = serializers.DictField()
    after = serializers.DictField()


class ActivitySerializer(serializers.Serializer[Any]):
    """The shape that `activities.frames.render_activity` gives; describes, never validates."""

    seq = serializers.IntegerField()
    id = serializers.UUIDField()
    kind = serializers.CharField()
    actor = serializers.ChoiceField(choices=Activity.ActorKind.choices)
    turn_id = serializers.UUIDField(allow_null=True)
    subject = SubjectSerializer()
    data = ChangeSerializer()  # type: ignore[assignment]
    at = serializers.DateTimeField()


class NotificationSerializer(serializers.Serializer[Any]):
    """The shape that `activities.representation.render_notification` gives; describes, never validates."""

    id = serializers.UUIDField()
    activity_id = serializers.UUIDField()
    kind = serializers.CharField(help_text="The kind of the activity it tells of.")
    title = serializers.CharField()
    body = serializers.CharField()
    subject = SubjectSerializer()
    data = serializers.DictField(help_text="What is needed to go on, such as `task_id` and `late`.")  # type: ignore[assignment]
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class UnreadCountSerializer(serializers.Serializer[Any]):
    unread = serializers.IntegerField()
    seq = serializers.IntegerField()


class ReadAllSerializer(serializers.Serializer[Any]):
    read = serializers.IntegerField(help_text="How many were unread.")


class PushKeySerializer(serializers.Serializer[Any]):
    public_key = serializers.CharField(
        help_text="What `pushManager.subscribe` takes as applicationServerKey."
    )


class SubscriptionSerializer(serializers.Serializer[Any]):
    """The shape that `activities.representation.render_subscription` gives; describes, never validates."""

    id = serializers.UUIDField()
    host = serializers.CharField(help_text="Of the push service.")
    expires_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class SubscriptionKeysSerializer(StrictSerializer):
    p256dh = serializers.CharField(max_length=100)
    auth = serializers.CharField(max_length=30)


class SubscriptionInputSerializer(StrictSerializer):
    """What `PushSubscription.toJSON()` gives in a browser."""

    endpoint = serializers.CharField(max_length=MAX_ENDPOINT)
    expirationTime = serializers.IntegerField(  # noqa: N815 - as the Push API writes it
        required=False,
        allow_null=True,
        min_value=0,
        max_value=253_402_300_799_000,
        help_text="In milliseconds since 1970.",
    )
    keys = SubscriptionKeysSerializer()
