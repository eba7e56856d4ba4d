"""The forms by which pictures and files are kept with a chat."""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chinwag.model import PICTURE_TYPES
from chinwag.setup.fit_picture import (
    MOST_BYTES,
    Picture,
    UnfitPicture,
    fit_picture,
)
from chinwag.web.chats.actions.files import Brought

MOST_FILE_BYTES = 50_000_000  # of one file

_LONGEST = 1000  # signs that say what a file is
_ZIPPED, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_KINDS = {  # by the ending of the name: how such a file begins, and what it is
    "pdf": (b"%PDF-", "application/pdf"),
    "docx": (_ZIPPED, f"{_OFFICE}wordprocessingml.document"),
    "pptx": (_ZIPPED, f"{_OFFICE}presentationml.presentation"),
    "xlsx": (_ZIPPED, f"{_OFFICE}spreadsheetml.sheet"),
    "odt": (_ZIPPED, f"{_OPEN}text"),
    "odp": (_ZIPPED, f"{_OPEN}presentation"),
    "ods": (_ZIPPED, f"{_OPEN}spreadsheet"),
    "epub": (_ZIPPED, "application/epub+zip"),
    "doc": (_OLE, "application/msword"),
    "ppt": (_OLE, "application/vnd.ms-powerpoint"),
    "xls": (_OLE, "application/vnd.ms-excel"),
    "txt": (b"", "text/plain; charset=utf-8"),
    "md": (b"", "text/markdown; charset=utf-8"),
    "csv": (b"", "text/csv; charset=utf-8"),
}
_PICTURES = ("jpg", "jpeg", "png", "webp", "gif")
ACCEPTED_PICTURES = "image/jpeg,image/png,image/webp,image/gif"
ACCEPTED_FILES = ",".join(f".{ending}" for ending in (*_KINDS, *_PICTURES))


class PictureForm(forms.Form):
    """A picture, what it shows, and after which block it goes."""

    picture = forms.FileField(error_messages={"required": gettext_lazy("Choose a picture first.")})
    text = forms.CharField(
        max_length=_LONGEST,
        error_messages={
            "required": gettext_lazy("Say what the picture shows, for those who do not see it.")
        },
    )
    after = forms.IntegerField(required=False)

    def clean_picture(self) -> Picture:
        """Return the picture as it will be kept."""
        return _fit(self.cleaned_data["picture"])

    def read_brought(self) -> Brought:
        """Return the picture and what it shows. The form is valid."""
        picture: Picture = self.cleaned_data["picture"]
        words = " ".join(self.cleaned_data["text"].split())
        return Brought(io.BytesIO(picture.data), picture.media_type, "", words)


class ReplacementForm(forms.Form):
    """A file that takes the place of another."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"class": "drop", "accept": ACCEPTED_FILES}),
        help_text=gettext_lazy(
            "PDF, slides, documents, spreadsheets, text or pictures, up to 50 MB. Pictures are kept"
            " without what cameras write into them."
        ),
    )

    def clean_file(self) -> tuple[Any, str, str]:
        """Return a file's content, its media type and its name: only of the kinds that are kept."""
        file: UploadedFile = self.cleaned_data["file"]
        name = PurePath(str(file.name))
        ending = name.suffix.removeprefix(".").lower()
        if (file.size or 0) > MOST_FILE_BYTES:
            raise forms.ValidationError(_("It is larger than 50 MB."))
        if ending in _PICTURES:
            picture = _fit(file)
            right = next(end for end, kind in PICTURE_TYPES.items() if kind == picture.media_type)
            return io.BytesIO(picture.data), picture.media_type, f"{name.stem}.{right}"
        if ending not in _KINDS:
            raise forms.ValidationError(_("Files of this kind are not kept: save it as a PDF."))
        start, media_type = _KINDS[ending]
        if not _is_such(file, start):
            raise forms.ValidationError(_("Its content is not what its name says."))
        file.seek(0)
        return file, media_type, f"{name.stem}.{ending}"

    def read_brought(self, words: str, *, is_public: bool) -> Brought:
        """Return the file with what is said of it. The form is valid."""
        content, media_type, name = self.cleaned_data["file"]
        return Brought(content, media_type, name, words, is_public)


class WordsForm(forms.Form):
    """What a file is, and whether it is for everybody; only hosts show it to everybody."""

    words = forms.CharField(
        label=gettext_lazy("What it is"),
        max_length=_LONGEST,
        widget=forms.TextInput(attrs={"maxlength": _LONGEST}),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Everybody may have it: it stands on the chat’s page"), required=False
    )

    def __init__(self, *args: Any, may_show: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_show:
            del self.fields["is_public"]

    def read_said(self) -> tuple[str, bool]:
        """Return what it is, and whether it is for everybody. The form is valid."""
        said = self.cleaned_data
        return " ".join(said["words"].split()), bool(said.get("is_public"))


class FileForm(WordsForm, ReplacementForm):
    """A file that is to be kept, and what it is."""

    field_order = ("file", "words", "is_public")


def _fit(file: UploadedFile) -> Picture:
    if (file.size or 0) > MOST_BYTES:
        raise forms.ValidationError(_("The picture is larger than 15 MB."))
    try:
        return fit_picture(cast(BinaryIO, file))
    except UnfitPicture as unfit:
        words = {
            "unreadable": _("This is no picture that can be read: save it as JPEG or PNG."),
            "too-many-pixels": _("The picture has more than 50 million pixels: make it smaller."),
        }
        raise forms.ValidationError(words[unfit.code]) from unfit


def _is_such(file: UploadedFile, start: bytes) -> bool:
    """Return whether a file begins as its kind does; one without a beginning is text in UTF-8."""
    file.seek(0)
    if start:
        return file.read(len(start)) == start
    try:
        words = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\0" not in words
