"""Work that the keeper does: a row with a state and a lease. A process that dies loses nothing.

The keeper leases a row (`leased_until`) while a child of its own works on it, and the child notes
the state after; a lease that runs out is taken up again. `tries` are the children that died.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WorkState(models.TextChoices):
    """Where a piece of work is."""

    LOOKING = "looking", _("Being looked at")
    FOUND = "found", _("Waiting for your word")
    WANTED = "wanted", _("Waiting")
    RUNNING = "running", _("Running")
    NOTED = "noted", _("Kept; what follows is being made")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Stopped")


class Work(models.Model):
    """What every piece of work has."""

    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.WANTED)
    tries = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    problem = models.JSONField(default=dict)  # a note of the library: code and parts
    made_by = models.ForeignKey("chats.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Work is a shape, no table."""

        abstract = True


class Import(Work):
    """Files that somebody brought, what was found in them, and what became of it.

    `files` are the names in the import's own folder, `details` what was said with them ("each" to
    look for every chat in them). `found` holds the chats that stand in them before anything is
    kept; `chosen` says of each where to: "new", "leave" or the id of a chat. `made` are the ids of
    the chats that were kept, in that order, None for one left out. `done_steps` of `all_steps` are
    done. `chat` is the one to which they were brought, None where they may be of any.
    """

    series = models.ForeignKey("chats.Series", models.CASCADE, related_name="imports")
    chat = models.ForeignKey("chats.Chat", models.SET_NULL, null=True, related_name="imports")
    files = models.JSONField(default=list)
    details = models.JSONField(default=dict)
    found = models.JSONField(default=list)
    chosen = models.JSONField(default=list)
    made = models.JSONField(default=list)
    step = models.CharField(max_length=200, blank=True)
    done_steps = models.PositiveIntegerField(default=0)
    all_steps = models.PositiveIntegerField(default=0)

    class Meta:
        """The latest stands first."""

        ordering: ClassVar[list[str]] = ["-made_at", "-id"]
        indexes: ClassVar[list] = [models.Index(fields=["state"], name="imports_by_state")]

    def __str__(self) -> str:
        return f"{self.series}: {', '.join(self.files)}"


class Capture(Work):
    """A capture of a chat: wanted, running, done. `view` is what it showed last.

    `sources` hold by network what is read of it ("" for what the settings name), and `grace` the
    minutes for which late answers are followed, None for as long as the chat says.
    """

    chat = models.ForeignKey("chats.Chat", models.CASCADE, related_name="captures")
    sources = models.JSONField(default=dict)
    grace = models.PositiveIntegerField(null=True, blank=True)
    view = models.JSONField(default=dict)
    seen_at = models.DateTimeField(null=True, blank=True)
    stop_wanted = models.BooleanField(default=False)

    class Meta:
        """One capture a chat at a time."""

        ordering: ClassVar[list[str]] = ["-made_at", "-id"]
        constraints: ClassVar[list] = [
            models.UniqueConstraint(
                fields=["chat"],
                condition=models.Q(state__in=["wanted", "running"]),
                name="one_capture_a_chat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chat}: {self.state}"


class ChangeKind(models.TextChoices):
    """What of a chat somebody changes."""

    CORRECT = "correct", _("Corrected posts")
    TAKE_BACK = "take-back", _("Took back")
    WORD_QUESTION = "word-question", _("Worded a question")
    DROP_QUESTION = "drop-question", _("Dropped a question")
    EDIT = "edit", _("Edited the story")
    STAND_AGAIN = "stand-again", _("Let an earlier edition stand again")
    PUBLISH = "publish", _("Published the story")
    KEEP_FILE = "keep-file", _("Kept a file")
    DESCRIBE_FILE = "describe-file", _("Described a file")
    TAKE_OUT_FILE = "take-out-file", _("Took out a file")


class Change(Work):
    """Something that a person changed of a chat, on its way into the folder.

    It shows on the site at once. The keeper writes it into the folder ("noted"), then makes again
    what follows from it ("done"). `what` is what the kind needs: for a correction the keys of the
    posts, the question and the kind of post. `before` is how each post stood, by its key, so that
    it can be taken back. `undoes` is the change that this one takes back.
    """

    chat = models.ForeignKey("chats.Chat", models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=15, choices=ChangeKind.choices)
    what = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    undoes = models.OneToOneField("self", models.CASCADE, null=True, related_name="undone_by")

    class Meta:
        """The latest stands first."""

        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list] = [
            models.Index(fields=["state"], name="changes_by_state"),
            models.Index(fields=["chat", "-id"], name="changes_of_chat"),
        ]

    def __str__(self) -> str:
        return f"{self.chat}: {self.kind}"

    @property
    def who(self) -> str:
        """The name of whoever made it, as the folder keeps it."""
        return self.made_by.name if self.made_by else ""
