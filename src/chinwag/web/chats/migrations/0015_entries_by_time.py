from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chats", "0014_advice_task"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="entry",
            name="entries_newest",
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["said_at", "kind"], name="entries_by_time"),
        ),
    ]
