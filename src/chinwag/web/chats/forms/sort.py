"""What is filled in while sorting: which posts to look at, where posts belong, questions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chinwag.model import KINDS
from chinwag.web.chats.forms.archive import NOWHERE
from chinwag.web.chats.forms.choices import offer
from chinwag.web.chats.queries.chats import QuestionCount

LEAVE = "="  # chosen for "where it stands"
_LABEL = re.compile(r"\d{1,2}(?:\.\d)?")

KIND_NAMES = {
    "question": _("Question"),
    "answer": _("Answer"),
    "reply": _("Reply"),
    "agreement": _("Agreement"),
    "greeting": _("Greeting"),
    "thanks": _("Thanks"),
    "housekeeping": _("How the chat works"),
    "announcement": _("Announcement"),
    "spam": _("Spam"),
}


class LookForm(forms.Form):
    """Which posts to sort; with nothing chosen, those that are in doubt."""

    question = forms.ChoiceField(label=_("Question"), required=False)
    person = forms.CharField(label=_("Person"), max_length=300, required=False)
    words = forms.CharField(label=_("Words"), max_length=100, required=False)

    def __init__(self, *args: Any, questions: Iterable[QuestionCount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(one.label, f"Q{one.label} {one.text[:60]}") for one in questions]
        nowhere = (NOWHERE, _("Under no question"))
        offer(self, "question", [("", _("Posts in doubt")), *labels, nowhere])

    def read(self) -> dict[str, str]:
        """Return what was asked for; what cannot be read asks for nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("question", "person", "words")}


class CorrectForm(forms.Form):
    """Where some posts belong, and what kind they are."""

    posts = forms.MultipleChoiceField()
    question = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *((one, one) for one in KINDS)])

    def __init__(
        self, *args: Any, labels: Iterable[str], posts: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "posts", [(public, "") for public in posts])
        offer(self, "question", [(one, "") for one in ("", LEAVE, NOWHERE, *labels)])

    def read_question(self) -> str | None:
        """Return the label that was chosen, "" for no question, None for "as it stands"."""
        said = self.cleaned_data["question"]
        if said in ("", LEAVE):
            return None
        return "" if said == NOWHERE else said


class WordingForm(forms.Form):
    """A question's number and its words."""

    label = forms.RegexField(
        _LABEL,
        label=_("Number"),
        max_length=4,
        error_messages={"invalid": _("A number such as 4, or 4.2 for the second part of Q4.")},
    )
    text = forms.CharField(
        label=_("Words"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class DropForm(forms.Form):
    """Which question to drop, and where its posts go."""

    label = forms.RegexField(_LABEL, max_length=4)
    into = forms.RegexField(_LABEL, max_length=4, required=False)
