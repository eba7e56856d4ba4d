"""Files as received: read them again, and take out of them what is removed.

A removal reaches them in one change of the folder, while a capture runs, too: a file is replaced by
the posts of it that may stay, and a journal that is sealed loses those lines alone.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec

from chinwag.capture.journals import redact_files
from chinwag.capture.people import People
from chinwag.capture.redaction import Redactions
from chinwag.importers import Person, Reading, read_file
from chinwag.model import AsideRow, Deletion, FileRecord, Ledger, Post
from chinwag.records.contract import ReadOptions
from chinwag.records.vocabulary import JOURNAL, POSTS
from chinwag.steps.collect import Removed, make_tombstone
from chinwag.stores.folder import Change, ChatFolder

PEOPLE = "twitter-v2-users"  # the format of files that name people
OnProgress = Callable[[int, int], None]


class Shelf(Protocol):
    """Where files under `raw/` lie: a folder, or a change of it."""

    def find_raw(self, name: str) -> Path:
        """Return where a file of `raw/` lies."""
        ...


def open_source(
    shelf: Shelf, source: FileRecord, hashtag: str = "", on_progress: OnProgress | None = None
) -> Reading:
    """Open the copy of a file under `raw/` as a person said that it should be read."""
    options = ReadOptions(
        time_zone=source.time_zone, columns=source.columns, hashtag=hashtag, date=source.date
    )
    return read_file(
        shelf.find_raw(source.raw),
        options,
        format=None if "," in source.format else source.format or None,  # a zip may hold several
        name=source.name,
        is_ours=source.raw.endswith(".gz") and not source.name.endswith(".gz"),
        on_progress=on_progress,
    )


def gather_people(readings: dict[str, Reading]) -> People:
    """Return the people whom files of people name; only those are read, and leave `readings`."""
    named = [raw for raw, reading in readings.items() if PEOPLE in reading.format]
    people: list[Person] = []
    for reading in map(readings.pop, named):
        deque(reading, maxlen=0)  # it is read for the people alone
        people += reading.people
    return People(people)


def clear_source(
    change: Change, source: FileRecord, hashtag: str, removed: Removed, people: People
) -> FileRecord:
    """Replace a file under `raw/` by the posts that it holds and that may stay.

    A post that the file itself calls deleted leaves a tombstone alone. The record that it returns
    counts what the file holds then, as reading it again does.
    """
    records = (record for record in open_source(change, source, hashtag))
    deleted = {record.id for record in records if isinstance(record, Deletion)}

    count = FileCount()
    count.recall_aside(source.aside)

    def list_kept() -> Iterator[Post]:
        for record in open_source(change, source, hashtag):
            if isinstance(record, Post):
                kept = removed.take_out(people.name_author(record))
                if kept is not None:
                    is_gone = not deleted.isdisjoint({record.id, *record.aliases})
                    left = make_tombstone(kept) if is_gone else kept
                    count.keep(left)
                    yield left

    return count.close(change.replace_raw(source, list_kept(), removed.mask_file_name))


class FileCount:
    """What one file holds, counted as it goes by."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self.format = ""  # as it was read
        self.rows = self.posts = self.aside = self.removed = 0
        self.repairs = Counter[str]()
        self.first: datetime | None = None
        self.last: datetime | None = None

    def see(self, post: Post) -> None:
        """Note when the post was made."""
        if self.first is None or post.created_at < self.first:
            self.first = post.created_at
        if self.last is None or post.created_at > self.last:
            self.last = post.created_at

    def keep(self, post: Post) -> None:
        """Count a post that is a row of the file."""
        self.rows += 1
        self.posts += 1
        self.repairs.update(post.repairs)
        self.see(post)

    def recall_aside(self, rows: int = 1) -> None:
        """Count rows that were kept aside before the file was cleared."""
        self.rows += rows
        self.aside += rows

    def close(self, record: FileRecord) -> FileRecord:
        """Return the record of the file with everything counted."""
        return msgspec.structs.replace(
            record,
            rows=self.rows,
            posts=self.posts,
            aside=self.aside,
            repairs=dict(sorted(self.repairs.items())),
            first=self.first,
            last=self.last,
        )


def find_touched(
    shelf: Shelf, files: Iterable[FileRecord], gone: Redactions
) -> tuple[frozenset[str], People]:
    """Return which files under `raw/`, except journals, hold what is gone, and whom they name."""
    removed = Removed(gone.removals, gone.key, gone.ids)
    named = {name for removal in gone.removals for name in removal.files}
    sources = [file for file in files if file.format != JOURNAL] if removed else []
    people = gather_people({file.raw: open_source(shelf, file) for file in sources})

    def is_held(record: Post | Deletion | AsideRow, *, is_ours: bool) -> bool:
        if isinstance(record, Post):
            post = people.name_author(record)
            is_quoting = not is_ours and gone.quotes(post)  # ours holds no quoted words
            return is_quoting or removed.take_out(post) is not post
        return isinstance(record, Deletion) and removed.take_out_deletion(record) is not record

    touched = {
        file.raw
        for file in sources
        if removed.mask_file_name(file.raw) in named
        or removed.names_file(file.raw, file.name)
        or any(is_held(one, is_ours=file.format == POSTS) for one in open_source(shelf, file))
    }
    return frozenset(touched), people


def clear_given(
    change: Change, files: Sequence[FileRecord], gone: Redactions
) -> tuple[tuple[FileRecord, ...], frozenset[str]]:
    """Take what is gone out of given files; return all files, and the names of those changed.

    Raises what reading the files raises.
    """
    touched, people = find_touched(change, files, gone)
    removed = Removed(gone.removals, gone.key, gone.ids)
    left = tuple(
        clear_source(change, file, "", removed, people) if file.raw in touched else file
        for file in files
    )
    return left, frozenset(file.name for file in files if file.raw in touched)


def clear_received(
    change: Change, folder: ChatFolder, gone: Redactions
) -> tuple[Ledger, frozenset[str]]:
    """Take what is gone out of all under `raw/` but an open journal: of journals, all of it.

    Rows kept aside lose their text where their file was rewritten. Returns the ledger, which names
    the files as they are then, and the names of those. Raises what reading the files raises.
    """
    from chinwag.steps.collect import clear_ledger  # noqa: PLC0415 - only a removal waits for it

    ledger = folder.read_ledger()
    removed = Removed(gone.removals, gone.key)
    files, cleared = clear_given(change, ledger.files, gone)
    ledger = msgspec.structs.replace(ledger, files=files)
    ledger, redacted = redact_files(change, ledger, gone)
    ledger, names = clear_ledger(ledger, removed), redacted | cleared
    change.write_aside(blank_rows(folder.read_aside(), names, removed))
    change.write_ledger(ledger)
    return ledger, names


def blank_rows(
    rows: Iterable[AsideRow], cleared: Iterable[str], removed: Removed
) -> Iterator[AsideRow]:
    """Yield the rows without the text of those whose file has been cleared, or that name the gone.

    Nobody can tell whose words stand in a row that could not be read. A row of a file in a zip is
    a row of the zip.
    """
    gone = frozenset(cleared)
    for row in rows:
        is_cleared = row.file in gone or row.file.partition("/")[0] in gone
        text = "" if is_cleared or removed.mask(row.text) != row.text else row.text
        reason = removed.mask_note(row.reason)
        file = removed.mask_file_name(row.file)
        yield msgspec.structs.replace(row, file=file, text=text, reason=reason)
