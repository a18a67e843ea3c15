from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0004_live_turns'),
    ]

    operations = [
        migrations.AddField(
            model_name='turn',
            name='first_delta_ms',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
    ]
