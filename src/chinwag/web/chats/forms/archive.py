"""The filter of an archive."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from chinwag.model import KINDS
from chinwag.web.chats.forms.choices import offer
from chinwag.web.chats.models import Entry
from chinwag.web.chats.queries.chats import QuestionCount

NOWHERE = "-"  # chosen for the posts that stand under no question


class ArchiveForm(forms.Form):
    """Which posts of a chat to show. What cannot be read filters nothing."""

    question = forms.ChoiceField(label=_("Question"), required=False)
    person = forms.CharField(label=_("Person"), max_length=300, required=False)
    network = forms.ChoiceField(label=_("Network"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(
        self, *args, questions: Iterable[QuestionCount], networks: Iterable[str], **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        labels = [(one.label, f"{one.label}. {one.text[:60]}") for one in questions]
        nowhere = (NOWHERE, _("Under no question"))
        offer(self, "question", [("", _("Every question")), *labels, nowhere])
        offer(self, "network", [("", _("Every source")), *((name, name) for name in networks)])
        offer(self, "kind", [("", _("Every kind")), *((kind, kind) for kind in KINDS)])

    def filter(self, posts: QuerySet[Entry]) -> QuerySet[Entry]:
        """Return the posts that were asked for."""
        self.is_valid()
        said = self.cleaned_data
        if question := said.get("question"):
            posts = posts.filter(question="" if question == NOWHERE else question)
        if person := said.get("person"):
            posts = posts.filter(author_key=person.removeprefix("@").casefold())
        if network := said.get("network"):
            posts = posts.filter(network=network)
        if kind := said.get("kind"):
            posts = posts.filter(post_kind=kind)
        return posts
