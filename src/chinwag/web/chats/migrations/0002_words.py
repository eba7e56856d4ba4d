"""The index of words: FTS5 on SQLite, a generated tsvector on PostgreSQL."""

from django.db import migrations

_SQLITE = (
    "CREATE VIRTUAL TABLE chats_entry_words USING fts5(text, content='chats_entry',"
    " content_rowid='id', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER chats_entry_words_in AFTER INSERT ON chats_entry BEGIN"
    " INSERT INTO chats_entry_words(rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER chats_entry_words_out AFTER DELETE ON chats_entry BEGIN"
    " INSERT INTO chats_entry_words(chats_entry_words, rowid, text)"
    " VALUES ('delete', old.id, old.text); END",
    "CREATE TRIGGER chats_entry_words_anew AFTER UPDATE OF text ON chats_entry BEGIN"
    " INSERT INTO chats_entry_words(chats_entry_words, rowid, text)"
    " VALUES ('delete', old.id, old.text);"
    " INSERT INTO chats_entry_words(rowid, text) VALUES (new.id, new.text); END",
)
_POSTGRESQL = (
    "ALTER TABLE chats_entry ADD COLUMN words tsvector"
    " GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED",
    "CREATE INDEX chats_entry_words ON chats_entry USING gin (words)",
)


def make_words(apps, schema_editor):
    """Make the index and, on SQLite, the triggers that keep it."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in _POSTGRESQL if is_postgresql else _SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Adds the index of words."""

    dependencies = [("chats", "0001_initial")]
    operations = [migrations.RunPython(make_words, migrations.RunPython.noop)]
