"""Activities are append-only: no update at all, and deletion only where a service has announced it."""

from django.db import migrations

# A trigger, not a rule: a rule would let the statement pass and do nothing, silently.
FORWARD = """
CREATE FUNCTION activities_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('voice2task.erasing', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'activities are append-only' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER activities_append_only BEFORE UPDATE OR DELETE ON activities_activity
    FOR EACH ROW EXECUTE FUNCTION activities_refuse_change();
"""

BACKWARD = """
DROP TRIGGER activities_append_only ON activities_activity;
DROP FUNCTION activities_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
