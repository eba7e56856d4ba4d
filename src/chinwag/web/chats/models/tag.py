"""What chats are about, and the addresses that they had."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Tag(models.Model):
    """A tag of a series' chats, or a category: the few by which a series sorts all of its chats."""

    series = models.ForeignKey("chats.Series", models.CASCADE, related_name="tags")
    slug = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=50)
    is_category = models.BooleanField(default=False)

    class Meta:
        """Tags stand by name, each once."""

        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list] = [
            models.UniqueConstraint(
                fields=["series", "is_category", "slug"], name="one_tag_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the list of its chats."""
        kind = "category" if self.is_category else "tag"
        return reverse(kind, args=[self.series.slug, self.slug])


class OldAddress(models.Model):
    """An address that a series (`chat` is None) or a chat had before: it redirects for ever."""

    series = models.ForeignKey("chats.Series", models.CASCADE, related_name="old_addresses")
    chat = models.ForeignKey(
        "chats.Chat", models.CASCADE, null=True, blank=True, related_name="old_addresses"
    )
    slug = models.CharField(max_length=50)

    class Meta:
        """An old address leads to one place."""

        constraints: ClassVar[list] = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=models.Q(chat=None),
                name="one_series_an_old_address",
            ),
            models.UniqueConstraint(
                fields=["series", "slug"],
                condition=models.Q(chat__isnull=False),
                name="one_chat_an_old_address",
            ),
        ]

    def __str__(self) -> str:
        return self.slug
