"""PostgreSQL's index of words as SQLite has it: without accents, each part of an address a word."""

from django.db import migrations

# What is no letter divides words; an accent is taken from its letter.
_FOLDED = (
    "translate(regexp_replace(normalize(text, NFKD), '[\u0300-\u036f]', '', 'g'),"
    " '!\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', repeat(' ', 32))"
)
_POSTGRESQL = (
    "ALTER TABLE chats_entry DROP COLUMN words",
    "ALTER TABLE chats_entry ADD COLUMN words tsvector"
    f" GENERATED ALWAYS AS (to_tsvector('simple', {_FOLDED})) STORED",
    "CREATE INDEX chats_entry_words ON chats_entry USING gin (words)",
)


def make_words(apps, schema_editor):
    """Make PostgreSQL's column and its index anew."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in _POSTGRESQL:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Finds the same words on either database."""

    dependencies = [("chats", "0012_marks")]
    operations = [migrations.RunPython(make_words, migrations.RunPython.noop)]
