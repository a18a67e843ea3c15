from __future__ import annotations

from typing import Any

from rest_framework import serializers

from activities.models import Activity


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
