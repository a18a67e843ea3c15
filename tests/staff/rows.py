"""A row of every model, with a mark in every field that holds text: what is shown can be told by it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from activities.models import Activity, NotificationDelivery
from conversations.capture_models import CaptureChunk
from conversations.models import Turn
from integrations.models import Delivery
from tasks.models import Reminder, Word
from tests.staff.content import CONTENT

OURS = {"accounts", "activities", "tasks", "conversations", "integrations", "kernel", "transfer"}


def own_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def mark(model: type[Model], field: str) -> str:
    return f"mark-{model.__name__}-{field}"


def fill(user: User) -> dict[type[Model], Model]:
    """One row of each model for a user; those that refer to each other do so."""
    made: dict[type[Model], Model] = {User: user}
    for model in _in_order(own_models()):
        if model is not User:
            made[model] = _existing(model, user) or _make(model, user, made)
    return made


def _existing(model: type[Model], user: User) -> Model | None:
    """What registering has made already, marked."""
    one_each = model._meta.model_name in {"userstream", "calendarfeed", "tasklist"}
    row = model._default_manager.filter(user=user).first() if one_each else None
    if row is not None:
        marks = {name: mark(model, name) for name in CONTENT.get(model.__name__, ())}
        model._default_manager.filter(pk=row.pk).update(**marks)
    return row


def _make(model: type[Model], user: User, made: dict[type[Model], Model]) -> Model:
    content = CONTENT.get(model.__name__, set())
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            values[field.name] = _target(model, field, user, made)
        elif field.name in content:
            values[field.name] = _marked(model, field)
        elif not field.has_default() and not field.null and not field.blank and not field.primary_key:
            values[field.name] = _plain(field)
    values |= _demands(model)
    row = model(**{name: value for name, value in values.items() if value is not None})
    return model._default_manager.bulk_create([row])[0]


def _target(model: type[Model], field: Any, user: User, made: dict[type[Model], Model]) -> Model | None:
    target = field.related_model
    if target is User:
        return user
    return None if target is model else made.get(target)


def _marked(model: type[Model], field: Any) -> Any:
    text = mark(model, field.name)
    return {"said": text} if isinstance(field, models.JSONField) else text


def _plain(field: Any) -> Any:
    now = timezone.now()
    if isinstance(field, ArrayField):
        choices = field.base_field.choices
        return [choices[0][0] if choices else "task.created"]
    for kind, value in (
        (models.DateTimeField, now),
        (models.DateField, now.date()),
        (models.UUIDField, uuid4()),
        (models.IntegerField, 1),
        (models.BinaryField, b"x"),
        (models.JSONField, {}),
    ):
        if isinstance(field, kind):
            return value
    return field.choices[0][0] if field.choices else uuid4().hex[: field.max_length]


def _demands(model: type[Model]) -> dict[str, Any]:
    """What constraints want."""
    now = timezone.now()
    wanted: dict[Any, dict[str, Any]] = {
        Reminder: {"lead_minutes": 5, "remind_at": None, "fires_at": now + timedelta(days=1)},
        NotificationDelivery: {"channel": "push"},
        Activity: {"seq": 900, "kind": "task.created", "undoes": None},
        Turn: {"status": "failed", "finished_at": now},
        Delivery: {"status": "dead"},
        Word: {"tasks": 1},
        CaptureChunk: {"data": b"secret sound"},
    }
    return wanted.get(model, {})


def _in_order(left: list[type[Model]]) -> list[type[Model]]:
    """Those that are referred to before those that refer to them."""
    ordered: list[type[Model]] = []
    while left:
        ready = [model for model in left if not (_needs(model) & set(left)) - {model}]
        assert ready, f"they refer to each other in a circle: {left}"
        ordered += ready
        left = [model for model in left if model not in ready]
    return ordered


def _needs(model: type[Model]) -> set[type[Model]]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}
