"""Who spoke, whom they answered, tags of chats, and addresses that chats and series had."""

import django.db.models.deletion
from django.db import migrations, models

_TRIGGERS = (
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


def make_triggers(apps, schema_editor):
    """Make SQLite's triggers anew: its table was made anew for the new columns, without them."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in _TRIGGERS:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Adds figures, tags and old addresses."""

    dependencies = [
        ("chats", "0002_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="OldAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=50)),
            ],
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("is_category", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="entry",
            name="answers",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="entry",
            name="links",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="entry",
            name="passed_on",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="entry",
            name="speaker",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["chat", "speaker", "answers"], name="entries_of_speakers"),
        ),
        migrations.AddField(
            model_name="oldaddress",
            name="chat",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="old_addresses",
                to="chats.chat",
            ),
        ),
        migrations.AddField(
            model_name="oldaddress",
            name="series",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="old_addresses",
                to="chats.series",
            ),
        ),
        migrations.AddField(
            model_name="tag",
            name="series",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="tags", to="chats.series"
            ),
        ),
        migrations.AddField(
            model_name="chat",
            name="tags",
            field=models.ManyToManyField(blank=True, related_name="chats", to="chats.tag"),
        ),
        migrations.AddConstraint(
            model_name="oldaddress",
            constraint=models.UniqueConstraint(
                condition=models.Q(("chat", None)),
                fields=("slug",),
                name="one_series_an_old_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="oldaddress",
            constraint=models.UniqueConstraint(
                condition=models.Q(("chat__isnull", False)),
                fields=("series", "slug"),
                name="one_chat_an_old_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(
                fields=("series", "is_category", "slug"), name="one_tag_a_name"
            ),
        ),
        migrations.RunPython(make_triggers, migrations.RunPython.noop),
    ]
