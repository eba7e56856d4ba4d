"""Take a file out of a chat again: the chat is then as if it had never come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from chinwag.capture.journals import refuse_captured
from chinwag.errors import InputError, Kept
from chinwag.model import Edit, FileRecord
from chinwag.records.vocabulary import JOURNAL
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.import_files import ImportReport, import_without
from chinwag.workflows.kept import tell_kept
from chinwag.workflows.make_again import Remade, make_again
from chinwag.workflows.progress import Progress, say_nothing
from chinwag.workflows.show_folder import show_folder

FILES = "files"  # in an edit: the names of the files that were taken out


class ForgetReport(msgspec.Struct, frozen=True, kw_only=True):
    """The file that was taken out, what the others give, and what has been made again after it."""

    file: FileRecord
    imported: ImportReport
    remade: Remade


def forget_file(
    into: Path,
    name: str,
    *,
    at: datetime,
    who: str = "",
    progress: Progress = say_nothing,
) -> ForgetReport:
    """Take out the file called `name`, or lying so under `raw/`; return what came of it.

    Its copy goes, and all that it alone gave: posts, rows kept aside, sightings, and what they made
    of the window, the hashtag and the title. What people said of the chat stays, and so do
    corrections of posts that stay. The change is noted. Raises InputError where no file is so
    called or several are, for a capture's journal, and where no other file is left; FolderError
    where a capture is running.
    """
    folder = ChatFolder.open(into)
    with folder.keep_captures_out() as is_free:
        if not is_free:
            refuse_captured(folder)
        file = _find_file(folder.read_ledger().files, name)
        note = Edit(who=who, at=at, before={FILES: [file.name]}, after={FILES: []})
        imported = import_without(folder, file, note, progress)
    with tell_kept(Kept.NOTED):
        remade = make_again(into, progress)
        imported = msgspec.structs.replace(imported, measures=show_folder(into).measures)
        return ForgetReport(file=file, imported=imported, remade=remade)


def _find_file(files: Sequence[FileRecord], name: str) -> FileRecord:
    found = [file for file in files if name in (file.raw, Path(file.raw).name)]
    found = found or [file for file in files if file.name == Path(name).name]
    if not found:
        raise InputError(
            "This chat holds no file called {name}.",
            code="file-not-in-chat",
            name=name,
            known=[file.name for file in files if file.format != JOURNAL],
        )
    if len(found) > 1:
        raise InputError(
            "This chat holds {number} files called {name}.",
            code="file-name-ambiguous",
            name=name,
            number=len(found),
            known=[file.raw for file in found],
        )
    (file,) = found
    if file.format == JOURNAL:
        raise InputError(
            "{name} is what a capture received, not a file that somebody gave.",
            code="file-is-journal",
            name=file.name,
        )
    if len(files) == 1:
        raise InputError(
            "{name} is the only file of this chat.", code="file-is-the-only-one", name=file.name
        )
    return file
