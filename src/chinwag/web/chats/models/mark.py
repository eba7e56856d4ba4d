"""Marks: what a team wants to come back to after a chat."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MarkKind(models.TextChoices):
    """What a marked post is for the follow-up."""

    IDEA = "idea", _("Idea")
    OFFER = "offer", _("Offer")
    QUESTION = "question", _("Question for next time")


class Mark(models.Model):
    """Says that somebody of the team marked a post while reading, for the team's eyes only.

    `post` is the id by which the folder knows it. A mark holds none of its words, and goes with it.
    """

    chat = models.ForeignKey("chats.Chat", models.CASCADE, related_name="marks")
    post = models.CharField(max_length=500)
    kind = models.CharField(max_length=10, choices=MarkKind.choices)
    made_by = models.ForeignKey("chats.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The earliest first; of each kind one a post."""

        ordering: ClassVar[list[str]] = ["made_at", "id"]
        constraints: ClassVar[list] = [
            models.UniqueConstraint(fields=["chat", "post", "kind"], name="one_mark_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.chat}: {self.kind} {self.post}"
