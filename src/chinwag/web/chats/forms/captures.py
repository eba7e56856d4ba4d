"""The form by which a capture is started: which networks are read, and until when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chinwag.web.sources import OWN, Source

NAMES = {
    "mastodon": "Mastodon",
    "bluesky": "Bluesky",
    "x": "X",
    "rss": gettext_lazy("RSS feeds"),
}
_LONGEST_GRACE = 7 * 24 * 60  # minutes
_MOST_SERVERS = 20
_PLACE = re.compile(r"^[^\s\x00-\x1f]{1,300}$")


class CaptureForm(forms.Form):
    """What a capture reads, and how long it follows late answers."""

    grace = forms.IntegerField(
        label=gettext_lazy("Minutes after the end"),
        min_value=0,
        max_value=_LONGEST_GRACE,
        initial=30,
        help_text=gettext_lazy(
            "How long late answers, edits and deletions are followed; then the capture ends by"
            " itself and the story is made."
        ),
    )

    def __init__(self, *args: Any, sources: Iterable[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sources = list(sources)
        for source in self._sources:
            self._add_fields(source)
        self.order_fields([*(name for name in self.fields if name != "grace"), "grace"])

    def clean(self) -> dict[str, Any]:
        """Return what was said, which must name something to read."""
        said: dict[str, Any] = super().clean() or {}
        for source in self._sources:
            places = _list_places(said.get(f"more-{source.name}", ""))
            if len(places) > _MOST_SERVERS or not all(map(_PLACE.match, places)):
                words = _("Give at most %(most)d, one a line, without spaces.")
                self.add_error(f"more-{source.name}", words % {"most": _MOST_SERVERS})
        if not self.errors and not any(self.read_sources().values()):
            raise forms.ValidationError(_("Name at least one place where the chat is held."))
        return said

    def read_sources(self) -> dict[str, list[str]]:
        """Return what is read, by network, as a capture keeps it."""
        said = self.cleaned_data
        sources = {
            source.name: [
                *([OWN] if said.get(f"read-{source.name}") else []),
                *_list_places(said.get(f"more-{source.name}", "")),
            ]
            for source in self._sources
        }
        return {name: values for name, values in sources.items() if values}

    def _add_fields(self, source: Source) -> None:
        name = str(NAMES.get(source.name, source.name))
        if source.origins:
            origins = ", ".join(source.origins)
            label = f"{name}: {origins}" if source.takes else name
            self.fields[f"read-{source.name}"] = forms.BooleanField(
                label=label, required=False, initial=True
            )
        if source.takes:
            words = _("Other addresses of %(network)s, one a line")
            self.fields[f"more-{source.name}"] = forms.CharField(
                label=words % {"network": name},
                required=False,
                max_length=6_000,
                widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
            )


def _list_places(said: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in said.splitlines() if line.strip()))
