"""The forms by which files are brought in, and what was found in them is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chinwag.web.chats.forms.moments import make_moment_field
from chinwag.web.chats.models import Series
from chinwag.web.chats.queries.imports import FoundChat

MOST_FILES = 20
_LONGEST_AGENDA = 20_000
_FORM = "keep"  # the id of the form in the page


class FilesInput(forms.ClearableFileInput):
    """A place to choose files, or to drop them on."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files."""

    widget = FilesInput(attrs={"multiple": True, "class": "drop"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files, each of which holds something."""
        if not isinstance(data, (list, tuple)):
            data = [data] if data else []
        if not data:
            return super().clean(None, initial)
        if len(data) > MOST_FILES:
            words = ngettext(
                "Bring at most %(most)d file at a time.",
                "Bring at most %(most)d files at a time.",
                MOST_FILES,
            )
            raise forms.ValidationError(words % {"most": MOST_FILES})
        return [super(FilesField, self).clean(one, initial) for one in data]


class LookForm(forms.Form):
    """What a person can say about files beyond the files themselves."""

    each = forms.BooleanField(
        label=gettext_lazy("They hold several chats: look for every one"), required=False
    )
    hashtag = forms.CharField(
        label=gettext_lazy("Hashtag"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Left empty, it is found in the files."),
    )
    start = make_moment_field(
        label=gettext_lazy("The chat began"),
        required=False,
    )
    end = make_moment_field(
        label=gettext_lazy("The chat ended"),
        required=False,
    )
    date = forms.DateField(
        label=gettext_lazy("Day of a log"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("For a log that gives only times of day."),
    )
    agenda = forms.CharField(
        label=gettext_lazy("Questions as agreed"),
        max_length=_LONGEST_AGENDA,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("A numbered list. Left empty, they are found in the posts."),
    )
    anyway = forms.BooleanField(
        label=gettext_lazy("Take in also what seems to be of another chat"), required=False
    )

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = ZoneInfo(series.time_zone)
        words = _("In the zone of the series: %(zone)s. Left empty, it is found in the posts.")
        self.fields["start"].help_text = words % {"zone": series.time_zone}

    def clean(self) -> dict[str, Any]:
        """Return what was said; one chat's hour and questions cannot be those of several."""
        said: dict[str, Any] = super().clean() or {}
        start, end = said.get("start"), said.get("end")
        if start and end and end < start:
            raise forms.ValidationError(_("The chat ends before it begins."))
        if said.get("each") and (start or end or said.get("agenda")):
            raise forms.ValidationError(
                _("Hour and questions are those of one chat. Leave them out to look for several.")
            )
        return said

    def read_details(self) -> dict[str, Any]:
        """Return what was said, as an import keeps it. The form is valid."""
        said = self.cleaned_data
        details = {
            "each": said.get("each"),
            "anyway": said["anyway"],
            "hashtag": said["hashtag"].removeprefix("#").strip(),
            "start": self._write_moment(said["start"]),
            "end": self._write_moment(said["end"]),
            "date": said["date"].isoformat() if said["date"] else "",
            "agenda": said["agenda"].strip(),
        }
        return {name: value for name, value in details.items() if value}

    def _write_moment(self, moment: datetime | None) -> str:
        return moment.replace(tzinfo=self._zone).isoformat() if moment else ""


class ImportForm(LookForm):
    """Files, and what is said about them."""

    uploads = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "Exports, archives, spreadsheets, logs: choose several, or drop them here. Files of"
            " one chat may be of different tools. 20 files and 200 MB at a time."
        ),
    )
    field_order = ("uploads",)

    def list_files(self) -> list[UploadedFile]:
        """Return the files. The form is valid."""
        return list(self.cleaned_data["uploads"])


class KeepForm(forms.Form):
    """Where each chat that was found is kept."""

    def __init__(self, *args: Any, found: Sequence[FoundChat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._found = found
        for chat in found:
            if chat.choices:
                self.fields[f"into-{chat.number}"] = forms.ChoiceField(
                    label=_("Where to"),
                    choices=chat.choices,
                    initial=chat.choices[0][0],
                    widget=forms.Select(attrs={"form": _FORM}),  # it stands beside the chat
                )

    def list_fields(self) -> list[tuple[FoundChat, forms.BoundField | None]]:
        """Return each found chat with the field that says where it goes."""
        return [
            (chat, self[f"into-{chat.number}"] if chat.choices else None) for chat in self._found
        ]

    def read_chosen(self) -> list[str | int]:
        """Return where each goes, as an import keeps it. The form is valid."""
        said = [self.cleaned_data.get(f"into-{chat.number}", "leave") for chat in self._found]
        return [int(one) if one.isdigit() else one for one in said]
