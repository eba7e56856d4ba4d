"""The index of the chat folders: what the site finds, lists and shows without opening one."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from chinwag.web.chats.models.chat import Chat


class EntryKind(models.TextChoices):
    """What an entry stands for."""

    POST = "post"
    QUESTION = "question"
    POINT = "point"
    STORY = "story"


class Entry(models.Model):
    """One thing that can be found: a post, a question, a point or a story.

    `key` is its id within the chat, `public` the short name in its address (`/p/<public>`). `text`
    is what is searched. `body` is the library's own value, as JSON. `author_key` is the handle in
    lower case. A tombstone has neither text nor author.

    Figures are counted by `speaker`, the person who said it (a host's accounts are one person's),
    and `answers`, the other person of the chat whom it answers; both are "" where there is none, so
    also for reposts, spam and tombstones. `links` and `passed_on` count its links and its reposts.
    """

    chat = models.ForeignKey("chats.Chat", models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    key = models.CharField(max_length=500)
    public = models.CharField(max_length=16, db_index=True)
    author = models.CharField(max_length=300, blank=True)
    author_key = models.CharField(max_length=300, blank=True)
    network = models.CharField(max_length=40, blank=True)
    question = models.CharField(max_length=20, blank=True)
    placed_by = models.CharField(max_length=10, blank=True)
    confidence = models.FloatField(default=0)
    post_kind = models.CharField(max_length=15, blank=True)
    said_at = models.DateTimeField()
    reply_to = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    body = models.JSONField(default=dict)
    speaker = models.CharField(max_length=300, blank=True, default="")
    answers = models.CharField(max_length=300, blank=True, default="")
    links = models.PositiveIntegerField(default=0)
    passed_on = models.PositiveIntegerField(default=0)

    class Meta:
        """Entries of one chat in time order."""

        constraints: ClassVar[list] = [
            models.UniqueConstraint(fields=["chat", "kind", "key"], name="one_entry_a_thing"),
        ]
        indexes: ClassVar[list] = [
            models.Index(fields=["author_key", "-said_at"], name="entries_of_author"),
            models.Index(fields=["chat", "kind", "said_at"], name="entries_of_chat"),
            models.Index(fields=["chat", "question", "said_at"], name="entries_of_question"),
            models.Index(fields=["said_at", "kind"], name="entries_by_time"),
            # All that figures of a series read, so that they open no row.
            models.Index(fields=["chat", "speaker", "answers"], name="entries_of_speakers"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def own_key(self) -> str:
        """The key by which the chat folder knows it, also where the story hides who said it."""
        own: str = self.body.get("own_id") or self.key
        return own


class StoryPage(models.Model):
    """A chat's story as the library rendered it for one language, to be wrapped by the site.

    `html` is all of its page's main part; `fragment` the write-up alone, to be shown elsewhere.
    """

    chat = models.ForeignKey("chats.Chat", models.CASCADE, related_name="story_pages")
    language = models.CharField(max_length=10)
    is_draft = models.BooleanField(default=False)
    html = models.TextField()
    fragment = models.TextField(default="")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One page a language."""

        constraints: ClassVar[list] = [
            models.UniqueConstraint(
                fields=["chat", "language", "is_draft"], name="one_story_a_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chat} ({self.language})"


def name_public(chat: Chat, kind: str, key: str) -> str:
    """Return the short name in the address of an entry: the same whenever the index is made."""
    # The folder keeps its name whatever becomes of the addresses of the series and the chat.
    series, _, day = (chat.folder or f"{chat.series.slug}/{chat.slug}").partition("/")
    whole = "\n".join((series, day, kind, key))
    return base64.b32encode(hashlib.sha256(whole.encode()).digest()[:10]).decode().lower()
