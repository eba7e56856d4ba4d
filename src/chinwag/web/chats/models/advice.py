"""What a language model, asked as an editor, would change in a draft: asked for, and decided on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chinwag.web.chats.models.work import Work, WorkState


class AdviceTask(models.TextChoices):
    """What a model is asked: the task of the library's decisions."""

    POINTS = "choose", _("Which points")
    PLACES = "place", _("Where posts belong")


class Advice(Work):
    """Advice of a language model on a chat: first counted, then agreed to, then asked for.

    "looking" while the keeper counts what would be sent, "found" once `estimate` tells it, "wanted"
    while the model is asked. `decisions` are the library's, kept as each comes, so that nothing is
    asked twice; `report` is what came of it.
    """

    chat = models.ForeignKey("chats.Chat", models.CASCADE, related_name="advices")
    task = models.CharField(max_length=10, choices=AdviceTask.choices, default=AdviceTask.POINTS)
    model = models.CharField(max_length=200)
    estimate = models.JSONField(default=dict)
    decisions = models.JSONField(default=list)
    report = models.JSONField(default=dict)

    class Meta:
        """The latest first; one at a time is in the keeper's hands."""

        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list] = [
            models.UniqueConstraint(
                fields=["chat"],
                condition=models.Q(state__in=[WorkState.LOOKING, WorkState.WANTED]),
                name="one_advice_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chat}: {self.model}"


class SuggestionState(models.TextChoices):
    """What became of a suggestion."""

    OPEN = "open", _("Open")
    TAKEN = "taken", _("Taken")
    LEFT = "left", _("Left")
    STALE = "stale", _("No longer fitting")


class Suggestion(models.Model):
    """One change that the model would make: `body` is the library's, {} once it is decided.

    One of a draft is a Suggestion, of a post's place (its `kind` is the task "place") a Move.
    `seen` holds the "revisions" of the blocks that it concerns, by their ids, their "order", and
    the question ("home") under which the first stands: where one of them has changed since, it no
    longer fits. Of a place, it holds the "question" and "by" whom. `why` is the reason, a code.
    """

    advice = models.ForeignKey(Advice, models.CASCADE, related_name="suggestions")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    body = models.JSONField(default=dict)
    seen = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=SuggestionState.choices, default=SuggestionState.OPEN
    )
    why = models.CharField(max_length=30, blank=True)
    decided_by = models.ForeignKey("chats.User", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they were made."""

        ordering: ClassVar[list[str]] = ["place", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
