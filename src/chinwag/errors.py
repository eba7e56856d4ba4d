"""The one family of errors: what happened, what to do next, and what was kept.

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


class ChinwagError(Exception):
    """Something a person can act on.

    `what` says what happened with the real value in it, `todo` what to do next, `kept` what was
    kept. Each is one or more whole sentences; `str()` joins those that are there.
    """

    exit_status = 1

    def __init__(self, what: str, *, todo: str = "", kept: str = "") -> None:
        super().__init__(what, todo, kept)
        self.what = what
        self.todo = todo
        self.kept = kept

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.todo, self.kept) if part)


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

    `is_final` tells that asking it anything more now would end the same way.
    """

    exit_status = 5

    def __init__(
        self, what: str, *, todo: str = "", kept: str = "", is_final: bool = False
    ) -> None:
        super().__init__(what, todo=todo, kept=kept)
        self.is_final = is_final


class NetworkError(ChinwagError):
    """A server, or the way to it, fails: trying again may help, unless `is_final`.

    `wait` is how many seconds the server asked to wait, None where it said nothing.
    """

    exit_status = 6

    def __init__(
        self,
        what: str,
        *,
        todo: str = "",
        kept: str = "",
        wait: float | None = None,
        is_final: bool = False,
    ) -> None:
        super().__init__(what, todo=todo, kept=kept)
        self.wait = wait
        self.is_final = is_final


class Refused(NetworkError):
    """A server answered, and said no. `status` is its HTTP status, from 400 on."""

    def __init__(
        self,
        what: str,
        *,
        status: int,
        todo: str = "",
        wait: float | None = None,
        is_final: bool = False,
    ) -> None:
        super().__init__(what, todo=todo, wait=wait, is_final=is_final)
        self.status = status
