"""Take files in: keep them as received, read each once, lay down what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from chinwag.capture.people import People
from chinwag.capture.received import (
    FileCount,
    Shelf,
    clear_source,
    gather_people,
    open_source,
)
from chinwag.importers import Reading
from chinwag.model import AsideRow, Deletion, FileRecord, Post
from chinwag.records.vocabulary import JOURNAL
from chinwag.steps.collect import Held, Removed, Timeline
from chinwag.stores.disk_queue import DiskQueue
from chinwag.stores.folder import Change
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.progress import Progress, say_nothing


def keep_files(
    change: Change,
    files: Sequence[Path],
    details: ChatDetails,
    removed: Removed,
    progress: Progress,
) -> tuple[FileRecord, ...]:
    """Keep the files as received; return a record of each, with nothing counted yet.

    A file whose name tells of somebody who was taken out gets another one.
    """
    records = []
    for number, file in enumerate(files):
        progress("Keeping the files as received", number, len(files))
        raw = change.keep_raw(file, removed.mask_file_name(file.name))
        records.append(
            FileRecord(
                name=raw.name,
                raw=raw.raw,
                sha256=raw.sha256,
                bytes=raw.bytes,
                format=details.format or "",
                rows=0,
                posts=0,
                aside=0,
                repairs={},
                time_zone=details.time_zone,
                columns=dict(details.columns),
                date=details.date,
            )
        )
    progress("Keeping the files as received", len(files), len(files))
    return tuple({record.raw: record for record in records}.values())


class TakenIn(NamedTuple):
    """What reading the files gave; posts and rows kept aside lie on the disk."""

    files: tuple[FileRecord, ...]
    timeline: Timeline
    posts: DiskQueue[Post]
    deletions: tuple[Deletion, ...]
    aside: DiskQueue[AsideRow]
    cleared: frozenset[str]  # names of files from which something was taken out
    held: dict[str, Held]  # what each file that is looked at closely holds, by its raw name


class Marked(NamedTuple):
    """Files under `raw/` that need more than reading, by their names.

    Of those `looked_at` it is noted what each holds; those `named_in` name somebody who is to be
    taken out. `told` are rows that were kept aside of a file before it was cleared: of the posts
    that are left in it none can tell of them.
    """

    looked_at: Collection[str] = ()
    named_in: Collection[str] = ()
    told: Mapping[str, Sequence[AsideRow]] = {}


def take_in(
    change: Change,
    sources: Sequence[FileRecord],
    details: ChatDetails,
    spills: tuple[DiskQueue[Post], DiskQueue[AsideRow]],
    removed: Removed,
    progress: Progress,
    marked: Marked,
) -> TakenIn:
    """Read every file once; put its posts and broken rows into queues on the disk.

    What was asked to be taken out goes no further, and its file is replaced by what else it held;
    so is a file in which it is named. Of the files to be looked at it is noted what each holds.
    """
    posts, aside = spills
    is_asked = bool(removed)
    timeline = Timeline()
    deletions: list[Deletion] = []
    read: list[FileRecord] = []
    cleared: set[str] = set()
    held = {name: Held() for name in marked.looked_at}
    readings = open_sources(change, sources, details, progress)
    people = gather_people(readings)
    for source in sources:
        count = FileCount()
        reading = readings.pop(source.raw, None) or open_told(change, source, details, progress)
        own = held.get(source.raw)
        for record in read_source(reading, count, people):
            if isinstance(record, Post):
                if own is not None:
                    own.add(record)
                kept = removed.take_out(record) if is_asked else record
                if kept is not None:
                    posts.add(kept)
                    timeline.add(kept)
                count.removed += kept is not record
            elif isinstance(record, Deletion):
                deletions.append(removed.take_out_deletion(record))
                count.removed += deletions[-1] is not record
            else:
                aside.add(record)
        for row in () if count.aside else marked.told.get(source.raw, ()):
            aside.add(row)
            count.recall_aside()
        record_read = count.close(msgspec.structs.replace(source, format=count.format))
        is_named = removed.mask_file_name(source.raw) in marked.named_in
        is_touched = count.removed or is_named or removed.names_file(source.raw, source.name)
        if is_touched and source.format != JOURNAL:  # a journal loses those lines alone
            record_read = clear_source(change, record_read, details.hashtag, removed, people)
            cleared.add(source.name)
        read.append(record_read)
    files = {record.raw: record for record in read}  # a file given again is one file
    return TakenIn(
        tuple(files.values()), timeline, posts, tuple(deletions), aside, frozenset(cleared), held
    )


def open_sources(
    shelf: Shelf, sources: Sequence[FileRecord], details: ChatDetails, progress: Progress
) -> dict[str, Reading]:
    """Return the files opened, by their raw names; each can be read once."""
    return {source.raw: open_told(shelf, source, details, progress) for source in sources}


def open_told(
    shelf: Shelf, source: FileRecord, details: ChatDetails, progress: Progress = say_nothing
) -> Reading:
    """Open the copy of a file under `raw/`; `progress` is told how far its reading has got."""
    tell = partial(progress, f"Reading {source.name}")
    return open_source(shelf, source, details.hashtag, tell)


def read_source(
    reading: Reading, count: FileCount, people: People
) -> Iterator[Post | Deletion | AsideRow]:
    """Yield the records of one file, counting them."""
    for record in reading:
        if isinstance(record, Post):
            count.see(record)
            yield people.name_author(record)
        else:
            yield record
    count.format, count.rows, count.posts = reading.format, reading.rows, reading.posts
    count.aside, count.repairs = reading.aside, Counter(reading.repairs)
