from django.db import migrations


class Migration(migrations.Migration):
    # An index that is built concurrently locks nobody out, and cannot be part of a transaction.
    atomic = False

    dependencies = [("tasks", "0005_search")]

    operations = [
        # The ids of tasks grow with time: the newest that carry a label are read off its end.
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY tasks_task_labels_newest ON tasks_task_labels (label_id, task_id)",
            "DROP INDEX CONCURRENTLY tasks_task_labels_newest",
        ),
    ]
