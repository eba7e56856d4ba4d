"""Events: what changed in a chat, numbered, for pages that are open."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Event(models.Model):
    """One change. `seq` counts up within the chat without a hole.

    `kind` is "post", "changed", "gone", "placed", "question", "capture" or "indexed"; `entry_key`
    names the entry that it is about; `payload` holds what a page needs beside that entry.
    """

    chat = models.ForeignKey("chats.Chat", models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10)
    entry_key = models.CharField(max_length=500, blank=True)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """In the order of their numbers."""

        ordering: ClassVar[list[str]] = ["chat", "seq"]
        constraints: ClassVar[list] = [
            models.UniqueConstraint(fields=["chat", "seq"], name="one_event_a_number"),
        ]
        indexes: ClassVar[list] = [models.Index(fields=["at"], name="events_by_time")]

    def __str__(self) -> str:
        return f"{self.chat_id}/{self.seq} {self.kind}"
