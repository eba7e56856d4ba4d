"""The filter of an archive."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chinwag.model import KINDS
from chinwag.web.chats.forms.choices import offer
from chinwag.web.chats.models import Entry
from chinwag.web.chats.queries.chats import QuestionCount

NOWHERE = "-"  # chosen for the posts that stand under no question
_ONLY = (
    ("", _("Every post")),
    ("said", _("What people said")),
    ("replies", _("Replies")),
    ("links", _("Posts with links")),
    ("passed", _("What was passed on")),
)
_KIND_NAMES = {
    "question": _("Questions"),
    "answer": _("Answers"),
    "reply": _("Additions"),
    "agreement": _("Agreement"),
    "greeting": _("Greetings"),
    "thanks": _("Thanks"),
    "housekeeping": _("Housekeeping"),
    "announcement": _("Announcements"),
    "spam": _("Spam"),
}


class ArchiveForm(forms.Form):
    """Which posts of a chat to show. What cannot be read filters nothing."""

    question = forms.ChoiceField(label=_("Question"), required=False)
    person = forms.CharField(label=_("Person"), max_length=300, required=False)
    network = forms.ChoiceField(label=_("Network"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    only = forms.ChoiceField(label=_("Only"), choices=_ONLY, required=False)

    def __init__(
        self, *args, questions: Iterable[QuestionCount], networks: Iterable[str], **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        labels = [(one.label, f"{one.label}. {one.text[:60]}") for one in questions]
        nowhere = (NOWHERE, _("Under no question"))
        offer(self, "question", [("", _("Every question")), *labels, nowhere])
        offer(self, "network", [("", _("Every source")), *((name, name) for name in networks)])
        offer(self, "kind", [("", _("Every kind")), *((kind, _KIND_NAMES[kind]) for kind in KINDS)])

    def filter(self, posts: QuerySet[Entry]) -> QuerySet[Entry]:
        """Return the posts that were asked for."""
        self.is_valid()
        said = self.cleaned_data
        if question := said.get("question"):
            posts = posts.filter(question="" if question == NOWHERE else question)
        if person := said.get("person"):
            handle = person.removeprefix("@").casefold()
            posts = posts.filter(Q(author_key=handle) | Q(speaker=handle))
        if network := said.get("network"):
            posts = posts.filter(network=network)
        if kind := said.get("kind"):
            posts = posts.filter(post_kind=kind)
        return _filter_only(posts, said.get("only", ""))


def _filter_only(posts: QuerySet[Entry], only: str) -> QuerySet[Entry]:
    """Return those of the posts that a figure counts."""
    match only:
        case "said":
            return posts.exclude(speaker="")
        case "replies":
            return posts.exclude(speaker="").exclude(reply_to="")
        case "links":
            return posts.exclude(speaker="").filter(links__gt=0)
        case "passed":
            return posts.filter(passed_on__gt=0)
    return posts
