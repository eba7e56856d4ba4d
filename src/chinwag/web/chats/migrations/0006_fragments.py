"""The write-up of each story alone, to be shown inside other pages."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the fragment of a story."""

    dependencies = [("chats", "0005_captures")]
    operations = [
        migrations.AddField("storypage", "fragment", models.TextField(default="")),
    ]
