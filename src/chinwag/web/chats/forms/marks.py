"""What is filled in while marking a post."""

from __future__ import annotations

from django import forms

from chinwag.web.chats.models import MarkKind

_OFF = "off-"  # before a kind, to take its mark away


class MarkForm(forms.Form):
    """Which post, as what it is marked or no longer, and the page to go back to."""

    post = forms.CharField(max_length=500)
    kind = forms.ChoiceField(
        choices=[(f"{off}{kind}", "") for kind in MarkKind.values for off in ("", _OFF)]
    )
    back = forms.CharField(required=False, max_length=2000)

    def read_kind(self) -> tuple[str, bool]:
        """Return the kind, and whether it is to be a mark from now on. The form is valid."""
        said: str = self.cleaned_data["kind"]
        return said.removeprefix(_OFF), not said.startswith(_OFF)
