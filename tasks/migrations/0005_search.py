import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# How words are taken from text; `tasks.search` has its words cut by the same function.
WORDS = r"""
CREATE FUNCTION tasks_words(value text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(left(word, 64) ORDER BY place) FILTER (WHERE word <> ''), '{}')
      FROM unnest(string_to_array(regexp_replace(
               regexp_replace(
                   replace(replace(lower(normalize(value, NFKD)), 'ß', 'ss'), 'ς', 'σ'),
                   '[\u0300-\u036f]+', '', 'g'),
               '[^[:alnum:]]+', ' ', 'g'), ' '))
           WITH ORDINALITY AS split(word, place)
$$;
"""

# Each lexeme begins with the last 8 characters of its owner's id: one user's words are found without a look at
# another's. The list and the labels are in it by their ids, behind a "#", so that they can be renamed freely.
VECTOR = """
CREATE FUNCTION tasks_vector(owner text, title text, notes text, list_id uuid, label_ids uuid[])
RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    titled text[] := tasks_words(title);
    noted text[] := CASE WHEN notes = '' THEN '{}' ELSE tasks_words(notes) END;
    -- One place is left free between the two, for no phrase goes from one to the other.
    apart int := 1 + cardinality(titled);
BEGIN
    RETURN coalesce((
            SELECT string_agg(owner || word || ':' || least(place, 16383) || weight, ' ')::tsvector
              FROM (SELECT word, place, 'A' AS weight FROM unnest(titled) WITH ORDINALITY AS a(word, place)
                    UNION ALL
                    SELECT word, place + apart, 'C' FROM unnest(noted) WITH ORDINALITY AS c(word, place)
                   ) AS words
        ), ''::tsvector)
        || array_to_tsvector(ARRAY(
            SELECT owner || '#' || right(id::text, 12) FROM unnest(list_id || label_ids) AS id));
END $$;

CREATE FUNCTION tasks_index() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.words := tasks_vector(right(NEW.user_id::text, 8), NEW.title, NEW.notes, NEW.list_id, CASE
        WHEN TG_OP = 'UPDATE'
        THEN ARRAY(SELECT label_id FROM tasks_task_labels WHERE task_id = NEW.id)
        ELSE '{}'::uuid[] END);
    RETURN NEW;
END $$;

CREATE TRIGGER task_indexed BEFORE INSERT ON tasks_task FOR EACH ROW EXECUTE FUNCTION tasks_index();
CREATE TRIGGER task_indexed_again BEFORE UPDATE ON tasks_task FOR EACH ROW
    WHEN ((OLD.title, OLD.notes, OLD.list_id, OLD.user_id)
          IS DISTINCT FROM (NEW.title, NEW.notes, NEW.list_id, NEW.user_id))
    EXECUTE FUNCTION tasks_index();
"""

LABELS = """
CREATE FUNCTION tasks_index_labels() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tasks_task AS task
       SET words = CASE WHEN TG_OP = 'INSERT' THEN task.words || array_to_tsvector(changed.lexemes)
                        ELSE ts_delete(task.words, changed.lexemes) END
      FROM (SELECT row.task_id,
                   array_agg(right(own.user_id::text, 8) || '#' || right(row.label_id::text, 12)) AS lexemes
              FROM changed_rows AS row JOIN tasks_task AS own ON own.id = row.task_id
             GROUP BY row.task_id) AS changed
     WHERE task.id = changed.task_id;
    RETURN NULL;
END $$;

CREATE TRIGGER labels_indexed AFTER INSERT ON tasks_task_labels
    REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION tasks_index_labels();
CREATE TRIGGER labels_unindexed AFTER DELETE ON tasks_task_labels
    REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION tasks_index_labels();
"""

# One statement counts once, however many tasks it changes: a row written often in one transaction gets slow.
VOCABULARY = """
CREATE FUNCTION tasks_count_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tasks_word AS known (user_id, word, tasks)
    SELECT user_id, substr(lexeme, 9), count(*)
      FROM new_rows, unnest(tsvector_to_array(words)) AS lexeme
     GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (user_id, word) DO UPDATE SET tasks = known.tasks + excluded.tasks;
    RETURN NULL;
END $$;

CREATE FUNCTION tasks_count_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH removed AS (
        SELECT user_id, substr(lexeme, 9) AS word, count(*) AS tasks
          FROM old_rows, unnest(tsvector_to_array(words)) AS lexeme GROUP BY 1, 2
    ), forgotten AS (
        DELETE FROM tasks_word AS known USING removed
         WHERE known.user_id = removed.user_id AND known.word = removed.word AND known.tasks <= removed.tasks
    )
    UPDATE tasks_word AS known SET tasks = known.tasks - removed.tasks FROM removed
     WHERE known.user_id = removed.user_id AND known.word = removed.word AND known.tasks > removed.tasks;
    RETURN NULL;
END $$;

CREATE FUNCTION tasks_count_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows JOIN old_rows USING (id)
                    WHERE new_rows.words IS DISTINCT FROM old_rows.words) THEN
        RETURN NULL;
    END IF;
    WITH changed AS (
        SELECT old_rows.user_id, old_rows.words AS before, new_rows.words AS after
          FROM new_rows JOIN old_rows USING (id) WHERE new_rows.words IS DISTINCT FROM old_rows.words
    ), difference AS (
        SELECT user_id, substr(lexeme, 9) AS word, sum(tasks) AS tasks
          FROM (SELECT user_id, unnest(tsvector_to_array(after)) AS lexeme, 1 AS tasks FROM changed
                UNION ALL
                SELECT user_id, unnest(tsvector_to_array(before)), -1 FROM changed) AS both_sides
         GROUP BY 1, 2 HAVING sum(tasks) <> 0
    ), added AS (
        INSERT INTO tasks_word AS known (user_id, word, tasks)
        SELECT user_id, word, tasks FROM difference WHERE tasks > 0 ORDER BY 1, 2
        ON CONFLICT (user_id, word) DO UPDATE SET tasks = known.tasks + excluded.tasks
    ), forgotten AS (
        DELETE FROM tasks_word AS known USING difference
         WHERE known.user_id = difference.user_id AND known.word = difference.word
           AND difference.tasks < 0 AND known.tasks + difference.tasks <= 0
    )
    UPDATE tasks_word AS known SET tasks = known.tasks + difference.tasks FROM difference
     WHERE known.user_id = difference.user_id AND known.word = difference.word
       AND difference.tasks < 0 AND known.tasks + difference.tasks > 0;
    RETURN NULL;
END $$;

CREATE TRIGGER task_words_added AFTER INSERT ON tasks_task
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION tasks_count_added();
CREATE TRIGGER task_words_removed AFTER DELETE ON tasks_task
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION tasks_count_removed();
CREATE TRIGGER task_words_changed AFTER UPDATE ON tasks_task
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION tasks_count_changed();
"""

# Tasks that were there before the triggers.
FILL = """
UPDATE tasks_task AS task
   SET words = tasks_vector(right(task.user_id::text, 8), task.title, task.notes, task.list_id,
                            ARRAY(SELECT label_id FROM tasks_task_labels WHERE task_id = task.id));
INSERT INTO tasks_word (user_id, word, tasks)
SELECT user_id, substr(lexeme, 9), count(*)
  FROM tasks_task, unnest(tsvector_to_array(words)) AS lexeme GROUP BY 1, 2;
SET CONSTRAINTS ALL IMMEDIATE;
"""

REMOVED = """
DROP TRIGGER task_words_changed ON tasks_task;
DROP TRIGGER task_words_removed ON tasks_task;
DROP TRIGGER task_words_added ON tasks_task;
DROP TRIGGER labels_unindexed ON tasks_task_labels;
DROP TRIGGER labels_indexed ON tasks_task_labels;
DROP TRIGGER task_indexed_again ON tasks_task;
DROP TRIGGER task_indexed ON tasks_task;
DROP FUNCTION tasks_count_changed, tasks_count_removed, tasks_count_added, tasks_index_labels, tasks_index;
DROP FUNCTION tasks_vector;
DROP FUNCTION tasks_words;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0004_feed_and_trash'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(db_collation='C', editable=False, max_length=64)),
                ('tasks', models.IntegerField(editable=False)),
                ('user', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='words', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'word'), name='word_once')],
            },
        ),
        migrations.AddField(
            model_name='task',
            name='words',
            field=django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
        ),
        migrations.RunSQL(WORDS + VECTOR + FILL + LABELS + VOCABULARY, REMOVED),
        migrations.AddIndex(
            model_name='task',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='task_words'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=django.contrib.postgres.indexes.BTreeIndex(condition=models.Q(('trashed_at__isnull', False)), fields=['user', 'id'], name='task_user_trash'),
        ),
    ]
