"""Files that people keep with a chat, as the site lists them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from chinwag.model import is_picture


class ChatFile(models.Model):
    """A picture of a chat's story, or a file such as slides, as the chat's folder lists it.

    It shows at once, before the folder has it. `name` is its place in the folder, and `words` say
    what it shows or what it is. One that `is_public` is listed on the chat's page for everybody.
    """

    chat = models.ForeignKey("chats.Chat", models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    bytes = models.PositiveBigIntegerField()
    words = models.CharField(max_length=1000, blank=True)
    who = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    is_public = models.BooleanField(default=False)

    class Meta:
        """The earliest first."""

        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list] = [
            models.UniqueConstraint(fields=["chat", "name"], name="one_file_a_name")
        ]

    def __str__(self) -> str:
        return f"{self.chat}: {self.name}"

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture, to be shown in the story."""
        return is_picture(self.name)

    @property
    def shown_name(self) -> str:
        """What it is called."""
        return self.name.rpartition("/")[2]
