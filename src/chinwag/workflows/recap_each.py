"""From files that hold many chats to a write-up of each: a folder a chat."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from chinwag.errors import ChinwagError
from chinwag.importers import read_file
from chinwag.model import Note, Post, Window, note_error
from chinwag.records.contract import ReadOptions
from chinwag.records.times import find_zone
from chinwag.steps.collect import FoundWindow, Timeline, find_hashtag, find_windows
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.progress import Progress, say_nothing
from chinwag.workflows.recap_files import Recap, recap_files


class MadeChat(msgspec.Struct, frozen=True, kw_only=True):
    """A chat that was written up: its folder and what it is called, its figures.

    `told` says that a file told a story of its posts, which stands as the first edition.
    """

    folder: Path
    title: str
    posts: int
    people: int
    questions: int
    told: Note | None = None


class RefusedChat(msgspec.Struct, frozen=True, kw_only=True):
    """A chat that was not written up, when it ran, and why; its folder is as it was."""

    folder: Path
    start: datetime
    end: datetime
    why: Note


class EachReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of each chat found in the files, the earliest first."""

    made: tuple[MadeChat, ...]
    refused: tuple[RefusedChat, ...]


def recap_each(
    files: Sequence[Path],
    into: Path,
    details: ChatDetails | None = None,
    progress: Progress = say_nothing,
) -> EachReport:
    """Write up every chat that the files hold, each in a folder of its own under `into`.

    A chat is written up from the files that hold posts of its time. A folder is named after the day
    and the hashtag ("2026-10-13-stackschat"), with the hour where there are several that day. Run
    again, it adds to the folders that are there. Each keeps the files whole, as received. A chat
    that is refused does not stop the others. Raises InputError where a file cannot be read, and
    NoChat where there is no post.
    """
    said = details or ChatDetails()
    times = {file: array("d") for file in files}
    timeline = _read_timeline(times, said, progress)
    hashtag = find_hashtag(timeline, files_said=said.hashtag)
    found = sorted(find_windows(timeline, hashtag), key=lambda one: one.window.start)
    names = _name_folders(found, hashtag, said.time_zone or "UTC")
    made: list[MadeChat] = []
    refused: list[RefusedChat] = []
    for number, (name, one) in enumerate(zip(names, found, strict=True)):
        progress("Writing up the chats", number, len(found))
        own = [file for file in files if _holds(times[file], one.takes)]
        chat = _recap_one(own, into / name, msgspec.structs.replace(said, near=one.window))
        if isinstance(chat, MadeChat):
            made.append(chat)
        else:
            window = one.window
            refused.append(
                RefusedChat(folder=into / name, start=window.start, end=window.end, why=chat)
            )
    progress("Writing up the chats", len(found), len(found))
    return EachReport(made=tuple(made), refused=tuple(refused))


def _recap_one(files: Sequence[Path], folder: Path, details: ChatDetails) -> MadeChat | Note:
    """Write up one chat; return what it is, or why it was refused."""
    try:
        made = recap_files(files, folder, details)
    except ChinwagError as error:
        return note_error(error)
    return _describe(folder, made)


def _describe(folder: Path, made: Recap) -> MadeChat:
    measures = made.imported.measures
    return MadeChat(
        folder=folder,
        title=made.chat.title,
        posts=measures.posts,
        people=measures.people,
        questions=len(made.chat.questions),
        told=made.told,
    )


def _holds(times: array[float], window: Window) -> bool:
    """Return whether one of these moments lies in a window."""
    start, end = window.start.timestamp(), window.end.timestamp()
    return any(start <= at <= end for at in times)


def _read_timeline(
    times: Mapping[Path, array[float]], details: ChatDetails, progress: Progress
) -> Timeline:
    """Return the posts of files in time, and note in `times` when each file's were written."""
    timeline = Timeline()
    options = ReadOptions(
        time_zone=details.time_zone,
        columns=details.columns,
        hashtag=details.hashtag,
        date=details.date,
    )
    for file, written in times.items():
        doing = f"Reading {file.name}"

        def follow(done: int, total: int, doing: str = doing) -> None:
            progress(doing, done, total)

        for record in read_file(file, options, format=details.format, on_progress=follow):
            if isinstance(record, Post):
                timeline.add(record)
                written.append(record.created_at.timestamp())
    return timeline


def _name_folders(found: Sequence[FoundWindow], hashtag: str, zone: str) -> list[str]:
    """Return a name for the folder of each chat, no two the same."""
    days = [_tell_start(one.window, zone, "%Y-%m-%d") for one in found]
    several = {day for day, chats in Counter(days).items() if chats > 1}
    forms = ["%Y-%m-%d-%H%M" if day in several else "%Y-%m-%d" for day in days]
    starts = (_tell_start(one.window, zone, form) for one, form in zip(found, forms, strict=True))
    return [f"{start}-{hashtag or 'chat'}" for start in starts]


def _tell_start(window: Window, zone: str, form: str) -> str:
    return window.start.astimezone(find_zone(zone)).strftime(form)
