from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tasks", "0008_due_order")]

    operations = [
        # A list is one user's: without that, PostgreSQL takes the tasks of a list that are also of its user for
        # a few, and reads all of a long list rather than its end. It counts at the next ANALYZE.
        migrations.RunSQL(
            "CREATE STATISTICS tasks_task_owner (dependencies) ON list_id, user_id FROM tasks_task",
            "DROP STATISTICS tasks_task_owner",
        ),
    ]
