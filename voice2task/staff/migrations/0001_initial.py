from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Powers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'permissions': [('see_content', 'See what users say and write'), ('assist', 'Send links for new passwords, end logins'), ('take_out', "Take a user's data out, delete a user"), ('appoint', 'Say who is staff')],
                'managed': False,
                'default_permissions': (),
            },
        ),
    ]
