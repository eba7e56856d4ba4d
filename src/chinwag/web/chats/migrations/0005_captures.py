"""How long a capture follows late answers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds what a host says when a capture is started."""

    dependencies = [("chats", "0004_changes")]
    operations = [
        migrations.AddField(
            model_name="capture",
            name="grace",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
    ]
