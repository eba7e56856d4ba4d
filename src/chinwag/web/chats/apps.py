"""The app as Django knows it."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class ChatsConfig(AppConfig):
    """The one app of the site."""

    name = "chinwag.web.chats"
    label = "chats"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Leave checkpoints of SQLite's log to the keeper (docs/decisions/0012)."""
        connection_created.connect(_stop_own_checkpoints)


def _stop_own_checkpoints(connection, **_given) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_autocheckpoint=0")
