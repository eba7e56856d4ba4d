"""What is filled in while sharing: an account on a blog, wishes of the post there, a letter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chinwag.model import Secret


class AccountForm(forms.Form):
    """An account on a WordPress."""

    address = forms.URLField(
        label=_("Address of the blog"),
        max_length=300,
        assume_scheme="https",
        help_text=_("Such as https://blog.example.org."),
    )
    user = forms.CharField(label=_("Name with which you sign in there"), max_length=100)
    password = forms.CharField(
        label=_("Application password"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Not your own password: WordPress makes one for this site, under Users, Profile,"
            " Application Passwords. It is kept sealed."
        ),
    )

    def clean_address(self) -> str:
        """Return the address without a slash at its end."""
        address: str = self.cleaned_data["address"]
        return address.rstrip("/")

    def clean_password(self) -> Secret:
        """Return the password as a secret, so that no page and no log shows it."""
        return Secret(self.cleaned_data["password"])


class PostForm(forms.Form):
    """What is wished of the post on a blog."""

    categories = forms.CharField(
        label=_("Categories"), required=False, max_length=300, help_text=_("With commas between.")
    )
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=300, help_text=_("With commas between.")
    )
    byline = forms.CharField(
        label=_("Author line"),
        required=False,
        max_length=200,
        help_text=_("Such as: Written up by Ana."),
    )
    publish = forms.BooleanField(
        label=_("Publish it there at once"),
        required=False,
        help_text=_("Unticked, a new post waits there as a draft."),
    )
    anyway = forms.BooleanField(label=_("Overwrite what somebody changed there"), required=False)

    def read_wishes(self, archive: str) -> dict[str, Any]:
        """Return the wishes as the library takes them; `archive` is where all posts are."""
        said = self.cleaned_data
        return {
            "categories": _split(said["categories"]),
            "tags": _split(said["tags"]),
            "byline": said["byline"],
            "publish": said["publish"],
            "anyway": said["anyway"],
            "archive": archive,
        }


class LetterForm(forms.Form):
    """A message to a mailing list."""

    to = forms.EmailField(label=_("Address of the list"))
    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(
        label=_("Message"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 12})
    )

    def clean_subject(self) -> str:
        """Return the subject on one line."""
        return " ".join(self.cleaned_data["subject"].split())


def _split(said: str) -> list[str]:
    return [one for part in said.split(",") if (one := " ".join(part.split()))]
