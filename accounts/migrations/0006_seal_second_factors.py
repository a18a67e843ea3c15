"""Second factors out of django-otp's tables, where their keys lay in clear, into one where they are encrypted.

The former tables are there only where an earlier version has run, and stay until a later one drops them: the
version before this one may still be serving. What it finds there from now on are keys that nobody has, so that it
goes on to ask for a code and takes none.
"""

import secrets

from django.db import migrations

from voice2task.kernel.sealing import seal, unseal

FORMER = ("otp_totp_totpdevice", "otp_static_staticdevice", "otp_static_statictoken")


def former_tables_are_there(connection):
    with connection.cursor() as cursor:
        return set(FORMER) <= set(connection.introspection.table_names(cursor))


def seal_keys(apps, schema_editor):
    connection = schema_editor.connection
    if not former_tables_are_there(connection):
        return
    factors = apps.get_model("accounts", "SecondFactor").objects.using(connection.alias)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT ON (user_id) user_id, key, drift, last_t, throttling_failure_timestamp,
                   throttling_failure_count
              FROM otp_totp_totpdevice WHERE confirmed ORDER BY user_id, id
            """
        )
        for user_id, key, drift, last_step, failed_at, failures in cursor.fetchall():
            factors.create(
                user_id=user_id,
                confirmed=True,
                key=seal(key),
                recovery=seal(" ".join(recovery_codes(cursor, user_id))),
                drift=drift,
                last_step=last_step,
                throttling_failure_timestamp=failed_at,
                throttling_failure_count=failures,
            )
        cursor.execute("DELETE FROM otp_totp_totpdevice WHERE NOT confirmed")
        cursor.execute("DELETE FROM otp_static_statictoken")
        cursor.execute("SELECT id FROM otp_totp_totpdevice")
        for (device_id,) in cursor.fetchall():
            values = [secrets.token_hex(20), device_id]
            cursor.execute("UPDATE otp_totp_totpdevice SET key = %s WHERE id = %s", values)


def recovery_codes(cursor, user_id):
    cursor.execute(
        """
        SELECT token FROM otp_static_statictoken AS code
          JOIN otp_static_staticdevice AS device ON device.id = code.device_id WHERE device.user_id = %s
        """,
        [user_id],
    )
    return [token for (token,) in cursor.fetchall()]


def open_keys(apps, schema_editor):
    """For those who go back: factors that were made since are lost, and so are codes on paper."""
    connection = schema_editor.connection
    if not former_tables_are_there(connection):
        return
    factors = apps.get_model("accounts", "SecondFactor").objects.using(connection.alias)
    with connection.cursor() as cursor:
        for factor in factors.filter(confirmed=True):
            values = [unseal(factor.key), factor.drift, factor.last_step, factor.user_id]
            cursor.execute(
                "UPDATE otp_totp_totpdevice SET key = %s, drift = %s, last_t = %s WHERE user_id = %s", values
            )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_second_factor")]

    operations = [migrations.RunPython(seal_keys, open_keys)]
