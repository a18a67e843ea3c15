from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # An index that is built concurrently locks nobody out, and cannot be part of a transaction.
    atomic = False

    dependencies = [("conversations", "0003_captures")]

    operations = [
        AddIndexConcurrently(
            model_name="turn",
            index=models.Index(
                fields=["user"],
                name="turn_live_of_user",
                condition=models.Q(("status__in", ("queued", "running"))),
            ),
        ),
    ]
