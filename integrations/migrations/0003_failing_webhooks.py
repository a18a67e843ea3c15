from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # An index that is made while others write cannot be made in a transaction.
    atomic = False

    dependencies = [("integrations", "0002_deliveries")]

    operations = [
        AddIndexConcurrently(
            model_name="webhookendpoint",
            index=models.Index(
                condition=models.Q(("failures_in_a_row__gt", 0)),
                fields=["-failures_in_a_row"],
                name="webhook_failing",
            ),
        ),
    ]
