"""A chat of a series, and where its folder lies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ChatState(models.TextChoices):
    """Where a chat is in its life."""

    PLANNED = "planned", _("Planned")
    LIVE = "live", _("Running")
    CLOSED = "closed", _("Over")
    CANCELLED = "cancelled", _("Cancelled")


class Chat(models.Model):
    """One chat. `slug` is its day in the series' zone ("2026-12-01", "2026-12-01-2").

    `folder` is the chat folder's path below the site's `chats/`; "" while there is none.
    `published_edition` is the edition that everybody reads: it stays as it is, whatever is written
    meanwhile, until another is published. `indexed_as` is the digest of the folder that the index
    was made of, `indexed_at` when that folder had been changed last, and `last_seq` the number of
    the latest event.
    """

    series = models.ForeignKey("chats.Series", models.CASCADE, related_name="chats")
    slug = models.CharField(max_length=20)
    title = models.CharField(_("title"), max_length=200)
    topic = models.TextField(_("topic"), blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    state = models.CharField(max_length=10, choices=ChatState.choices, default=ChatState.PLANNED)
    is_published = models.BooleanField(_("story is public"), default=False)
    published_edition = models.PositiveIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    folder = models.CharField(max_length=200, null=True, blank=True, unique=True)
    language = models.CharField(max_length=10, default="en")
    tags = models.ManyToManyField("chats.Tag", related_name="chats", blank=True)
    facts = models.JSONField(default=dict)
    measures = models.JSONField(default=dict)
    posts = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    last_seq = models.PositiveBigIntegerField(default=0)
    indexed_as = models.CharField(max_length=64, blank=True)
    indexed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The latest chat stands first."""

        ordering: ClassVar[list[str]] = ["-starts_at", "-id"]
        constraints: ClassVar[list] = [
            models.UniqueConstraint(fields=["series", "slug"], name="one_chat_an_address"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="chat_ends_after_start"
            ),
        ]
        indexes: ClassVar[list] = [
            models.Index(fields=["series", "-starts_at"], name="chats_of_series"),
            models.Index(fields=["state"], name="chats_by_state"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the chat's page, which never changes."""
        return reverse("chat", args=[self.series.slug, self.slug])
