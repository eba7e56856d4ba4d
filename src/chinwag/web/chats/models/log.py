"""The log: who did what when, never contents."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class LogEntry(models.Model):
    """One act of a person, or of the site itself where `user` is None. It is never changed.

    `action` is a verb of `actions/`, `object` names what it was done to ("chat 2026-12-01"), and
    `data` holds counts and names of settings, never what anybody wrote.
    """

    series = models.ForeignKey("chats.Series", models.CASCADE, null=True, related_name="log")
    chat = models.ForeignKey("chats.Chat", models.SET_NULL, null=True, related_name="log")
    user = models.ForeignKey("chats.User", models.SET_NULL, null=True, related_name="log")
    action = models.CharField(max_length=40)
    object = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The latest stands first."""

        ordering: ClassVar[list[str]] = ["-at", "-id"]
        indexes: ClassVar[list] = [models.Index(fields=["series", "-at"], name="log_of_series")]

    def __str__(self) -> str:
        return f"{self.action} {self.object}"
