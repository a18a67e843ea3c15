from __future__ import annotations

from datetime import datetime
from typing import Any

from rest_framework import serializers

from accounts.models import SubtasksOnComplete
from tasks.models import MAX_LINK, MAX_NAME, MAX_RRULE, MAX_TITLE, Task
from tasks.services import LONGEST_ESTIMATE_MINUTES, LONGEST_LEAD_MINUTES, MAX_OPERATIONS
from voice2task.kernel.serializers import StrictSerializer


class MomentField(serializers.DateTimeField):
    """ISO 8601. Without an offset it stays wall time, which the services read in the user's timezone."""

    def enforce_timezone(self, value: datetime) -> datetime:
        return value


class LinkSerializer(StrictSerializer):
    url = serializers.CharField(max_length=MAX_LINK)
    title = serializers.CharField(required=False, allow_blank=True, max_length=MAX_NAME)


class TaskSerializer(serializers.Serializer[Any]):
    """The shape that `tasks.representation.render_task` gives; describes, never validates."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    notes = serializers.CharField()
    status = serializers.ChoiceField(choices=Task.Status.choices)
    priority = serializers.ChoiceField(choices=Task.Priority.choices)
    due_on = serializers.DateField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    start_on = serializers.DateField(allow_null=True)
    estimate_minutes = serializers.IntegerField(allow_null=True)
    rrule = serializers.CharField()
    exdates = serializers.ListField(child=serializers.DateField())
    repeat_from = serializers.ChoiceField(choices=Task.RepeatFrom.choices)
    list_id = serializers.UUIDField()
    list = serializers.CharField()
    parent_id = serializers.UUIDField(allow_null=True)
    position = serializers.CharField()
    links = LinkSerializer(many=True)
    source_span = serializers.JSONField(
        allow_null=True,
        help_text="Which words gave which field: `{name: {message_id, start, end}}` of a message; `text` "
        "instead of the message where they were written by hand.",
    )
    labels = serializers.ListField(child=serializers.CharField())
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    completed_at = serializers.DateTimeField(allow_null=True)
    trashed_at = serializers.DateTimeField(allow_null=True)


class WordsSerializer(StrictSerializer):
    """Words of a sentence that no message holds: their range in it, and the words themselves."""

    start = serializers.IntegerField(min_value=0)
    end = serializers.IntegerField(min_value=0)
    text = serializers.CharField(max_length=MAX_TITLE)


class SourceSpanSerializer(StrictSerializer):
    title = WordsSerializer(required=False)
    due = WordsSerializer(required=False)
    rrule = WordsSerializer(required=False)
    priority = WordsSerializer(required=False)
    list = WordsSerializer(required=False)
    labels = WordsSerializer(required=False)


class TaskInputSerializer(StrictSerializer):
    """The fields of `tasks.services.TaskFields` that a client may set."""

    title = serializers.CharField(max_length=MAX_TITLE)
    notes = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    status = serializers.ChoiceField(required=False, choices=Task.Status.choices)
    priority = serializers.ChoiceField(required=False, choices=Task.Priority.choices)
    due_on = serializers.DateField(required=False, allow_null=True)
    due_at = MomentField(
        required=False,
        allow_null=True,
        help_text="Without an offset it is wall time in your timezone. Null leaves the task all-day.",
    )
    start_on = serializers.DateField(required=False, allow_null=True)
    estimate_minutes = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=LONGEST_ESTIMATE_MINUTES
    )
    rrule = serializers.CharField(
        required=False, allow_blank=True, max_length=MAX_RRULE, help_text="A recurrence rule of RFC 5545."
    )
    exdates = serializers.ListField(
        required=False, child=serializers.DateField(), help_text="Days on which the rule does not hold."
    )
    repeat_from = serializers.ChoiceField(required=False, choices=Task.RepeatFrom.choices)
    list_id = serializers.UUIDField(required=False)
    parent_id = serializers.UUIDField(required=False, allow_null=True)
    labels = serializers.ListField(
        required=False,
        child=serializers.CharField(max_length=MAX_NAME),
        help_text="Names; labels that do not exist are made.",
    )
    links = LinkSerializer(required=False, many=True)
    source_span = SourceSpanSerializer(required=False)


class TaskMoveSerializer(StrictSerializer):
    list_id = serializers.UUIDField(required=False, help_text="The task's own list unless given.")
    before_id = serializers.UUIDField(required=False, help_text="The task before which to put it.")
    after_id = serializers.UUIDField(required=False, help_text="The task after which to put it.")
    status = serializers.ChoiceField(
        required=False, choices=Task.Status.choices, help_text="The column of the board to put it in."
    )


class CompletionSerializer(StrictSerializer):
    subtasks = serializers.ChoiceField(
        required=False,
        choices=SubtasksOnComplete.choices,
        help_text="What becomes of open subtasks; as the user prefers unless given.",
    )


class PurgedSerializer(serializers.Serializer[Any]):
    deleted = serializers.IntegerField(help_text="How many tasks are gone.")


class ReminderSerializer(serializers.Serializer[Any]):
    """The shape that `tasks.representation.render_reminder` gives; describes, never validates."""

    id = serializers.UUIDField()
    task_id = serializers.UUIDField()
    title = serializers.CharField(help_text="The task's.")
    remind_at = serializers.DateTimeField(allow_null=True)
    lead_minutes = serializers.IntegerField(allow_null=True)
    snoozed_until = serializers.DateTimeField(allow_null=True)
    fires_at = serializers.DateTimeField(allow_null=True, help_text="Null while no moment is to come.")
    fired_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class ReminderInputSerializer(StrictSerializer):
    """One of the two."""

    remind_at = MomentField(required=False, help_text="Without an offset it is wall time in your timezone.")
    lead_minutes = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=LONGEST_LEAD_MINUTES,
        help_text="Before the task is due; all-day tasks are taken to be due at 09:00.",
    )


class SnoozeSerializer(StrictSerializer):
    until = MomentField(help_text="Without an offset it is wall time in your timezone.")


class TaskListSerializer(serializers.Serializer[Any]):
    """The shape that `tasks.representation.render_list` gives; describes, never validates."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    is_inbox = serializers.BooleanField()
    position = serializers.CharField()
    colour = serializers.CharField()
    archived_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class TaskListInputSerializer(StrictSerializer):
    name = serializers.CharField(max_length=MAX_NAME)
    colour = serializers.CharField(required=False, allow_blank=True, help_text="#rrggbb or empty.")


class TaskListChangeSerializer(TaskListInputSerializer):
    archived = serializers.BooleanField(required=False)
    before_id = serializers.UUIDField(
        required=False, allow_null=True, help_text="The list to stand before; null for the end."
    )


class LabelSerializer(serializers.Serializer[Any]):
    """The shape that `tasks.representation.render_label` gives; describes, never validates."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    created_at = serializers.DateTimeField()


class LabelInputSerializer(StrictSerializer):
    name = serializers.CharField(max_length=MAX_NAME)


class ReversalSerializer(serializers.Serializer[Any]):
    activity_id = serializers.UUIDField()
    kind = serializers.CharField()
    subject_type = serializers.CharField()
    subject_id = serializers.UUIDField()
    name = serializers.CharField()


class ConflictSerializer(serializers.Serializer[Any]):
    activity_id = serializers.UUIDField()
    subject_type = serializers.CharField()
    subject_id = serializers.UUIDField()
    name = serializers.CharField()
    fields = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]


class UndoneSerializer(serializers.Serializer[Any]):
    undone = ReversalSerializer(many=True)
    conflicts = ConflictSerializer(many=True)


class BulkSerializer(StrictSerializer):
    operations = serializers.ListField(
        child=serializers.DictField(),
        min_length=1,
        max_length=MAX_OPERATIONS,
        help_text=(
            "`{name, …}` with the name create (`task`), update (`id`, `changes`), complete (`id`, "
            "`subtasks`), skip (one occurrence), reopen, trash, restore (`id`) or move (`id`, `list_id`, "
            "`before_id`, `after_id`, `status`). All but create take a `version`: that of the task as it was "
            "read."
        ),
    )
    all_or_none = serializers.BooleanField(required=False, default=True)


class OperationSerializer(StrictSerializer):
    name = serializers.CharField()
    id = serializers.UUIDField()
    version = serializers.IntegerField(required=False, min_value=1)


class CreateOperationSerializer(StrictSerializer):
    name = serializers.CharField()
    task = TaskInputSerializer()


class TaskChangesSerializer(TaskInputSerializer):
    # Whether fields may be left out is asked of the outermost serializer, where that would concern ids too.
    title = serializers.CharField(required=False, max_length=MAX_TITLE)


class UpdateOperationSerializer(OperationSerializer):
    changes = TaskChangesSerializer()


class CompleteOperationSerializer(OperationSerializer, CompletionSerializer):
    pass


class MoveOperationSerializer(OperationSerializer, TaskMoveSerializer):
    pass


OPERATION_SERIALIZERS: dict[str, type[StrictSerializer]] = {
    "create": CreateOperationSerializer,
    "update": UpdateOperationSerializer,
    "complete": CompleteOperationSerializer,
    "skip": OperationSerializer,
    "reopen": OperationSerializer,
    "move": MoveOperationSerializer,
    "trash": OperationSerializer,
    "restore": OperationSerializer,
}


class OperationErrorSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    detail = serializers.CharField()
    attr = serializers.CharField(allow_null=True)


class OutcomeSerializer(serializers.Serializer[Any]):
    task = TaskSerializer(allow_null=True)
    error = OperationErrorSerializer(allow_null=True)


class BulkResultSerializer(serializers.Serializer[Any]):
    """One result for each operation, in order: the task as it is now, or why it was not changed."""

    results = OutcomeSerializer(many=True)
