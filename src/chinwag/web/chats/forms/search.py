"""The search form."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from chinwag.web.chats.forms.choices import offer
from chinwag.web.chats.models import Series
from chinwag.web.chats.queries.search import Search

_KINDS = (
    ("", _("Everything")),
    ("post", _("Posts")),
    ("question", _("Questions")),
    ("point", _("Points of stories")),
    ("story", _("Stories")),
)
_ORDERS = (("newest", _("Newest first")), ("best", _("Best match first")))


class SearchForm(forms.Form):
    """Words and "phrases", and what narrows them down."""

    q = forms.CharField(label=_("Words"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("What"), choices=_KINDS, required=False)
    series = forms.ChoiceField(label=_("Series"), required=False)
    person = forms.CharField(label=_("Person"), max_length=300, required=False)
    question = forms.CharField(label=_("Question"), max_length=20, required=False)
    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("To"), required=False)
    order = forms.ChoiceField(label=_("Order"), choices=_ORDERS, required=False)

    def __init__(self, *args, series: Iterable[Series], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("Every series"))]
        offer(self, "series", [*every, *((one.slug, one.name) for one in series)])
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"})

    @property
    def says_something(self) -> bool:
        """Whether anything was looked for."""
        said = self.cleaned_data
        return any(said.get(name) for name in self.fields if name != "order")

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words was given, so that it must be seen; or cannot be read."""
        return any(self.data.get(name) for name in self.fields if name != "q") or bool(self.errors)

    def read(self) -> Search:
        """Return what was looked for. The form is valid."""
        said = self.cleaned_data
        return Search(
            words=said["q"],
            kind=said["kind"],
            series=said["series"],
            person=said["person"],
            question=said["question"],
            since=said["since"],
            until=said["until"],
            order=said["order"] or "newest",
        )
