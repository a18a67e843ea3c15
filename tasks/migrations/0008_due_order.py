from datetime import UTC, datetime

from django.contrib.postgres.indexes import BTreeIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tasks", "0007_labels_indexed_once")]

    operations = [
        AddIndexConcurrently(
            model_name="task",
            index=BTreeIndex(
                models.F("user"),
                models.F("due_on"),
                Coalesce("due_at", models.Value(datetime(1, 1, 2, tzinfo=UTC))),
                models.F("id"),
                name="task_due_order",
                condition=models.Q(due_on__isnull=False, trashed_at__isnull=True),
            ),
        ),
    ]
