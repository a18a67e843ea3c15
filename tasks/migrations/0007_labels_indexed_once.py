from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tasks", "0006_newest_of_labels")]

    operations = [
        # What Django made for the foreign key; the index of the migration before begins with the same column.
        migrations.RunSQL(
            "DROP INDEX CONCURRENTLY IF EXISTS tasks_task_labels_label_id_fdb0c9e0",
            "CREATE INDEX CONCURRENTLY tasks_task_labels_label_id_fdb0c9e0 ON tasks_task_labels (label_id)",
        ),
    ]
