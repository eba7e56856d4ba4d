"""The draft of a story: the edition that stands, while people edit it block by block."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Draft(models.Model):
    """What a chat's story is edited from, as its folder has it.

    `edition` is the number of the edition that its blocks were made from, 0 for Chinwag's own
    draft; `seen`, `hidden` and `names` are as that edition has them. `summary` and `candidates` are
    the library's, from which points are offered. `posts` are the chat's as they are, where the
    edition hides or names somebody: the index has them as the story shows them. `set_aside` is the
    number of somebody's edition that does not stand, because another came first. `saved_at` is when
    the folder had it last.
    """

    chat = models.OneToOneField("chats.Chat", models.CASCADE, related_name="draft")
    edition = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=dict)
    candidates = models.JSONField(default=dict)
    posts = models.JSONField(default=list)
    seen = models.JSONField(default=list)
    hidden = models.JSONField(default=list)
    names = models.JSONField(default=dict)
    set_aside = models.PositiveIntegerField(null=True)
    saved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.chat}: edition {self.edition}"


class Block(models.Model):
    """One block of a draft: `body` is the library's own block. `revision` counts its changes."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="blocks")
    position = models.PositiveIntegerField()
    body = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey("chats.User", models.SET_NULL, null=True, related_name="+")
    edited_at = models.DateTimeField(null=True)

    class Meta:
        """In their order."""

        ordering: ClassVar[list[str]] = ["position", "id"]
        indexes: ClassVar[list] = [
            models.Index(fields=["draft", "position"], name="blocks_of_draft")
        ]

    def __str__(self) -> str:
        return f"{self.body.get('type', '')} {self.pk}"


class EditionLine(models.Model):
    """An edition that the folder keeps: its number, whose it is, when it was made."""

    chat = models.ForeignKey("chats.Chat", models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    who = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True)
    blocks = models.JSONField(default=list)

    class Meta:
        """The latest first."""

        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list] = [
            models.UniqueConstraint(fields=["chat", "number"], name="one_edition_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.chat}: {self.number}"


class Presence(models.Model):
    """Says that somebody has a page of a chat's desk open, and on which block they are."""

    chat = models.ForeignKey("chats.Chat", models.CASCADE, related_name="presences")
    user = models.ForeignKey("chats.User", models.CASCADE, related_name="+")
    block = models.PositiveBigIntegerField(null=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One a person in a chat."""

        constraints: ClassVar[list] = [
            models.UniqueConstraint(fields=["chat", "user"], name="one_presence_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.chat}"
