"""What is filled in while writing: the words of a block, where it goes, people's names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chinwag.web.chats.actions.write import NEW_KINDS
from chinwag.web.chats.forms.choices import offer

_LONGEST = 20_000  # signs of one block


class BlockForm(forms.Form):
    """What is to become of a block, and which revision of it was seen."""

    do = forms.ChoiceField(
        choices=[
            (one, one) for one in ("up", "down", "to", "before", "out", "word", "join", "part")
        ]
    )
    revision = forms.IntegerField(min_value=1)
    question = forms.CharField(required=False, max_length=20)
    before = forms.IntegerField(required=False)


class WordsForm(forms.Form):
    """The words of a block, and its address where it has one."""

    text = forms.CharField(
        required=False, max_length=_LONGEST, strip=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    address = forms.URLField(
        required=False,
        max_length=2000,
        assume_scheme="https",
        error_messages={"invalid": _("A web address, beginning with https://.")},
    )

    def clean_address(self) -> str:
        """Return an address of the web; no other kind."""
        address: str = self.cleaned_data["address"]
        if address and not address.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(_("A web address, beginning with https://."))
        return address


class NewBlockForm(WordsForm):
    """A new block: its kind, its words, and after which block it goes."""

    kind = forms.ChoiceField(choices=[(one, one) for one in NEW_KINDS])
    after = forms.IntegerField(required=False)


class SpareForm(forms.Form):
    """A point that is to be taken into the story: by the post that it quotes."""

    quoted = forms.CharField(max_length=500)
    question = forms.CharField(max_length=20)


class PersonForm(forms.Form):
    """Whose name is to be hidden, or shown otherwise."""

    handle = forms.CharField(label=_("Handle"), max_length=300)
    name = forms.CharField(
        label=_("Name to show"),
        required=False,
        max_length=100,
        help_text=_("Left empty, the name that they gave themselves is shown."),
    )
    hide = forms.BooleanField(label=_("Hide their name"), required=False)


class EditionForm(forms.Form):
    """Which edition is to stand again."""

    number = forms.ChoiceField()

    def __init__(self, *args: Any, numbers: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "number", [(str(one), "") for one in numbers])
