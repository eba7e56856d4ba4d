"""The one family of errors: what happened, as a sentence, a code and values.

An error does not say what a person should do next: that depends on where the person stands. A door
finds its own words for that by the error's code (`cli/remedies` for the command line).
docs/developers/errors.md lists the codes.

ChinwagError                 a person can act on it; exit status 1
├── InputError               a file or an option cannot be used as it stands; exit status 2
│   ├── UnknownFormat        no importer recognises the file
│   ├── NoTimeZone           times state no zone and none was given
│   ├── NoChat               the files hold no chat (no posts, no hashtag, nothing in the window)
│   └── SettingsError        the configuration or the environment says what cannot be
├── FolderError              a chat folder cannot be opened, read or written; exit status 3
│   ├── BusyFolder           another command is writing it
│   ├── NewerFolder          it was written by a newer Chinwag
│   └── DamagedFolder        a file in it does not say what it should
├── TraceError               a bullet does not stand letter for letter in its posts; exit status 4
├── EngineError              a language model or an encoder gave no usable answer; exit status 5
└── NetworkError             a server or the way to it fails; exit status 6
    └── Refused              the server answered, and said no
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Kept(StrEnum):
    """What still stands after an error, where a person may fear for it."""

    UNCHANGED = "unchanged"  # nothing in the chat folder was changed
    ARCHIVED = "archived"  # the files are taken in; only what is made of them has failed
    WRITTEN = "written"  # the change counts, and whoever opens the folder next finishes it
    NOTED = "noted"  # the change asked for; only making the rest again has failed
    RECEIVED = "received"  # every record received before the error is on the disk


class CodedError(Exception):
    """Something that happened: an English `message`, and the same as a `code` and `fields`.

    The names of the fields stand in the message in braces; `str()` puts their values in. A code
    has one meaning, and keeps it from version to version.
    """

    def __init__(self, message: str, /, *, code: str, **fields: object) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.fields = fields

    def __str__(self) -> str:
        return self.message.format_map(self.fields)


class ChinwagError(CodedError):
    """Something a person can act on, said in one or more whole sentences.

    `kept` says what still stands, None where nothing was in danger.
    """

    exit_status = 1

    def __init__(
        self,
        message: str,
        /,
        *,
        code: str,
        kept: Kept | None = None,
        **fields: object,
    ) -> None:
        super().__init__(message, code=code, **fields)
        self.kept = kept


class InputError(ChinwagError):
    """A file or an option cannot be used as it stands."""

    exit_status = 2


class UnknownFormat(InputError):
    """No importer recognises the file."""


class NoTimeZone(InputError):
    """The times in a file state no time zone, and none was given."""


class NoChat(InputError):
    """The files hold nothing that could be a chat."""


class SettingsError(InputError):
    """The configuration file or the environment says something that cannot be."""


class FolderError(ChinwagError):
    """A chat folder cannot be opened, read or written."""

    exit_status = 3


class BusyFolder(FolderError):
    """Another command is writing the folder at this moment."""


class NewerFolder(FolderError):
    """The folder was written by a newer version of Chinwag."""


class DamagedFolder(FolderError):
    """A file in the folder does not say what it should."""


class TraceError(ChinwagError):
    """A bullet does not stand, letter for letter, in the posts it names."""

    exit_status = 4


class EngineError(ChinwagError):
    """A language model or an encoder cannot be reached, or gives no usable answer.

    `is_final` says that asking it anything more now would fail in the same way.
    """

    exit_status = 5

    def __init__(
        self,
        message: str,
        /,
        *,
        code: str,
        kept: Kept | None = None,
        is_final: bool = False,
        **fields: object,
    ) -> None:
        super().__init__(message, code=code, kept=kept, **fields)
        self.is_final = is_final


class NetworkError(ChinwagError):
    """A server, or the way to it, fails: trying again may help, unless `is_final`.

    `wait` is how many seconds the server asked to wait, None where it said nothing.
    """

    exit_status = 6

    def __init__(
        self,
        message: str,
        /,
        *,
        code: str,
        kept: Kept | None = None,
        wait: float | None = None,
        is_final: bool = False,
        **fields: object,
    ) -> None:
        super().__init__(message, code=code, kept=kept, **fields)
        self.wait = wait
        self.is_final = is_final


class Refused(NetworkError):
    """A server answered, and said no.

    `status` is its HTTP status, from 400 on, and `told` the JSON object that came with it, if any.
    """

    def __init__(
        self,
        message: str,
        /,
        *,
        code: str,
        status: int,
        kept: Kept | None = None,
        wait: float | None = None,
        is_final: bool = False,
        **fields: object,
    ) -> None:
        super().__init__(
            message,
            code=code,
            kept=kept,
            wait=wait,
            is_final=is_final,
            status=status,
            **fields,
        )
        self.status = status
        self.told: Mapping[str, Any] = {}

    @property
    def said(self) -> str:
        """The server's own words, "" where there were none."""
        return str(self.fields.get("said", ""))
