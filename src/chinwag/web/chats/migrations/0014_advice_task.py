from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chats", "0013_words_alone")]
    operations = [
        migrations.AddField(
            model_name="advice",
            name="task",
            field=models.CharField(
                choices=[("choose", "Which points"), ("place", "Where posts belong")],
                default="choose",
                max_length=10,
            ),
        ),
    ]
