"""What a person is shown of a chat that was found in files, before any of it is kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec

from chinwag.model import AsideRow, FileRecord, Note
from chinwag.workflows.recap_each import RefusedChat
from chinwag.workflows.show_folder import FolderView, show_folder

_TOLD = "storys-own-text"  # the reason of rows that are in the story which a file tells
_MOST_ROWS = 50  # of those kept aside that are shown
_LONGEST_ROW = 200  # characters of such a row
_SHORTEST = timedelta(minutes=1)


def describe_found(
    made: Path, folder: str, brought: Collection[str] = (), told: Note | None = None
) -> dict[str, Any]:
    """Return what stands in a chat folder below `made`, as JSON takes it.

    Of the files, those named in `brought` are listed, every one where none is. Notes are those of
    the library, as code and parts; `told` is one of a story that a file tells.
    """
    view = show_folder(made / folder)
    chat, window = view.chat, view.chat.window
    posted = [file.first for file in view.ledger.files if file.first]
    start = window.start if window else min(posted)
    end = max(window.end if window else start, start + _SHORTEST)
    files = [file for file in view.ledger.files if not brought or file.name in brought]
    aside = [row for row in view.aside if not (told and row.reason.code == _TOLD)]
    shown = {
        "folder": folder,
        "title": chat.title,
        "hashtag": chat.hashtag,
        "time_zone": chat.time_zone,
        "start": start,
        "end": end,
        "is_hour_given": bool(window and window.by == "person"),
        "posts": view.measures.posts,
        "people": view.measures.people,
        "outside": view.ledger.outside,
        "aside": len(aside),
        "rows": [_describe_row(row) for row in aside[:_MOST_ROWS]],
        "files": [_describe_file(file) for file in files],
        "questions": [
            {"label": one.label, "text": one.text, "is_asked": one.asked_at is not None}
            for one in chat.questions
        ],
        "is_numbered": chat.numbered,
        "doubts": view.doubts,
        "notes": [*([[told]] if told else []), *_list_notes(view)],
    }
    return dict(msgspec.to_builtins(shown))


def describe_refused(chat: RefusedChat) -> dict[str, Any]:
    """Return what is told of a chat that was found and cannot be written up."""
    return {
        "folder": chat.folder.name,
        "start": chat.start.isoformat(),
        "end": chat.end.isoformat(),
        "problem": msgspec.to_builtins(chat.why),
    }


def _describe_row(row: AsideRow) -> dict[str, Any]:
    return {
        "file": row.file,
        "line": row.line,
        "reason": row.reason,
        "text": row.text[:_LONGEST_ROW],
    }


def _describe_file(file: FileRecord) -> dict[str, Any]:
    return {
        "name": file.name,
        "format": file.format,
        "rows": file.rows,
        "posts": file.posts,
        "aside": file.aside,
    }


def _list_notes(view: FolderView) -> list[Any]:
    """Return what there is to say about the import: notes that belong together, a line each."""
    ledger = view.ledger
    gaps = [[gap.what, gap.why] if gap.why else [gap.what] for gap in ledger.gaps]
    return [*([note] for note in ledger.notes), *gaps]
