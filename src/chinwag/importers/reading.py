"""Read one file from its path to its posts: the part that is the same for every format.

A broken row is kept aside with its file, its line and the reason, and the rest goes in. A question
that only the person can answer (no time zone, no such zone) stops the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from chinwag.errors import InputError, NoTimeZone, UnknownFormat
from chinwag.importers.contract import Importer, Person, Teller
from chinwag.importers.registry import list_candidates
from chinwag.importers.source import ASIDE_TEXT, Source
from chinwag.model import (
    AsideRow,
    Deletion,
    Note,
    Post,
    RawPost,
    Sighting,
    ToldStory,
    note_error,
)
from chinwag.records.contract import HiddenRow, ReadOptions, RowError, make_reason

Record = Post | Deletion | AsideRow
PROGRESS_ROWS = 500
TRIED_ROWS = 2_000  # rows without a post after which another importer is tried
NAMED = 0.3  # how sure an importer is of a table that names all that a post needs
UNZONED_ROWS = 200  # rows without a post after which a file is given up for want of a time zone
NO_ZONE = make_reason("its time states no zone, as others in the file do", code="zone-missing")


class Part(msgspec.Struct):
    """A file, or one file of a zip, and the importers that may read it, the surest first."""

    source: Source
    importers: list[Importer]


class Reading:
    """The records of one file, to be iterated once.

    During and after that it knows `format` (the name of the importer that reads it; several, with
    commas, for a zip of several kinds), `rows` (records met), `posts`, `aside`, `repairs` (how
    often each was made) and `people` (whom a file of people names).
    """

    def __init__(
        self,
        parts: list[Part],
        unread: list[AsideRow],
        options: ReadOptions,
        on_progress: Callable[[int, int], None] | None,
    ) -> None:
        self._parts = parts
        self._unread = unread
        self._options = options
        self._on_progress = on_progress
        self._unzoned: NoTimeZone | None = None
        self.rows = 0
        self.posts = 0
        self.aside = 0
        self.repairs: Counter[str] = Counter()
        self.people: list[Person] = []

    @property
    def format(self) -> str:
        """The name of the importer, or those of several with commas."""
        names = (part.importers[0].name for part in self._parts)
        return ", ".join(dict.fromkeys(names))

    def list_told(self) -> tuple[ToldStory, ...]:
        """Return the stories that the file tells of its posts; () for most formats."""
        told: list[ToldStory] = []
        for part in self._parts:
            if isinstance(teller := part.importers[0], Teller):
                told += teller.tell(part.source, self._options)
                part.source.take_aside()
        return tuple(told)

    def __iter__(self) -> Iterator[Record]:
        for row in self._unread:
            yield self._count(row)
        for part in self._parts:
            yield from map(self._count, self._read_part(part))
        if self._unzoned is not None and not self.posts:
            raise self._unzoned
        if self._on_progress is not None:
            size = self._parts[-1].source.size
            self._on_progress(size, size)

    def _read_part(self, part: Part) -> Iterator[Record]:
        """Yield the records that the surest importer reads, or another one where it reads none."""
        surest, *others = part.importers
        if others:
            readers = (one for one in part.importers if self._can_read(part.source, one))
            part.importers = [next(readers, surest)]
        try:
            yield from self._read(part.source, part.importers[0])
        except UnknownFormat as error:
            if len(self._parts) == 1:
                raise
            # One file of a zip that is not of the format which was named, or of that of the others.
            yield AsideRow(file=part.source.name, line=0, reason=note_error(error), text="")

    def _can_read(self, source: Source, importer: Importer) -> bool:
        """Return whether an importer reads a post among the first rows of a file."""
        rows, unzoned = self.rows, self._unzoned
        self._unzoned = None
        try:
            records = islice(self._read(source, importer), TRIED_ROWS)
            is_read = any(map(_is_understood, records)) or self._unzoned is not None
        except UnknownFormat:
            is_read = False
        except InputError:
            is_read = True  # what it asks for is not told yet
        source.take_aside()
        self.rows, self._unzoned = rows, unzoned
        return is_read

    def _read(self, source: Source, importer: Importer) -> Iterator[Record]:
        for raw in importer.split(source, self._options):
            self.rows += 1
            if self.rows % PROGRESS_ROWS == 0:
                self._report(source)
            if source.has_aside:
                yield from self._take_aside(source)
            if isinstance(raw, AsideRow):
                yield raw
            else:
                name = raw.address if raw.at is None else source.name
                yield from self._convert(raw, importer, name)
        yield from self._take_aside(source)

    def _take_aside(self, source: Source) -> Iterator[Record]:
        for row in source.take_aside():
            self.rows += bool(row.line)  # 0 says that the file itself is damaged
            yield row

    def _convert(self, raw: RawPost, importer: Importer, name: str) -> Iterator[Record]:
        try:
            for record in importer.convert(raw, self._options):
                if isinstance(record, Person):
                    self.people.append(record)
                else:
                    yield _note_sighting(record, raw)
        except HiddenRow as error:
            yield AsideRow(file=name, line=raw.line, reason=note_error(error), text="")
        except RowError as error:
            yield _keep_aside(raw, note_error(error), name)
        except NoTimeZone as error:
            self._unzoned = self._unzoned or error
            if self.rows >= UNZONED_ROWS and not self.posts:
                raise
            yield _keep_aside(raw, NO_ZONE, name)

    def _count(self, record: Record) -> Record:
        if isinstance(record, Post):
            self.posts += 1
            if record.repairs:
                self.repairs.update(record.repairs)
        elif isinstance(record, AsideRow):
            self.aside += 1
        return record

    def _report(self, source: Source) -> None:
        if self._on_progress is not None:
            self._on_progress(source.position, source.size)


def read_file(
    path: Path,
    options: ReadOptions,
    *,
    format: str | None = None,
    name: str | None = None,
    is_ours: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> Reading:
    """Return the records of a file, which are read as they are iterated.

    `format` overrules the sniffing; `name` is the file's name where `path` is a copy, and `is_ours`
    says that Chinwag itself compressed that copy; `on_progress(read, size)` is called with bytes on
    the disk. Where the importer that is surest of the file reads no post, the next one that reads
    some is taken. Raises InputError for what cannot be opened, UnknownFormat for what no importer
    recognises, and, while iterated, NoTimeZone where no post states its zone.
    """
    source = Source.open(path, name, is_ours=is_ours)
    parts, unread = _choose_parts(source, format)
    return Reading(parts, unread, options, on_progress)


def _is_understood(record: Record) -> bool:
    """Return whether a record was read; a hidden one, kept aside without its words, was."""
    if isinstance(record, AsideRow):
        return record.line > 0 and record.text == ""
    return True


def _choose_parts(source: Source, format: str | None) -> tuple[list[Part], list[AsideRow]]:
    """Return the importers for the file, or those for each file of a zip that is not one export."""
    several = len(source.names()) > 1
    try:
        importers = list_candidates(source, format)
    except UnknownFormat:
        if not several:
            raise
    else:
        if not several or importers[0].sniff(source) > 0:
            return [Part(source, importers)], []
    return _choose_members(source, format)


def _choose_members(source: Source, format: str | None) -> tuple[list[Part], list[AsideRow]]:
    """Return the importers for each file of a zip, and the files that none reads by their names."""
    parts: list[Part] = []
    unread: list[AsideRow] = []
    for name in source.names():
        try:
            member = source.member(name)
            parts.append(Part(member, list_candidates(member, format)))
        except InputError as error:
            address = f"{source.name}/{name}"
            unread.append(AsideRow(file=address, line=0, reason=note_error(error), text=""))
    if not parts:
        raise UnknownFormat(
            "None of the {number} files in {file} is in a known format.",
            code="zip-unrecognised",
            number=len(unread),
            file=source.name,
        )
    return (_choose_sheets(parts), []) if source.is_workbook else (parts, unread)


def _choose_sheets(parts: list[Part]) -> list[Part]:
    """Return the sheets that name what a post needs, or the longest where none does."""
    named = [part for part in parts if part.importers[0].sniff(part.source) >= NAMED]
    return named or parts[:1]


def _note_sighting(record: Post | Deletion, raw: RawPost) -> Post | Deletion:
    """Return a record with the place where it was seen, unless the importer has set one."""
    if isinstance(record, Post):
        if record.sightings:
            return record
        seen = Sighting(route=raw.route, address=raw.address, line=raw.line)
        return msgspec.structs.replace(record, sightings=(seen,))
    if record.sighting is not None:
        return record
    seen = Sighting(route=raw.route, address=raw.address, line=raw.line)
    return msgspec.structs.replace(record, sighting=seen)


def _keep_aside(raw: RawPost, reason: Note, name: str) -> AsideRow:
    """Return a record as a row kept aside; a payload that is no JSON value is shown by `str()`."""
    if isinstance(raw.payload, dict | list):
        text = msgspec.json.encode(raw.payload, enc_hook=str).decode("utf-8", "replace")
    else:
        text = str(raw.payload)
    return AsideRow(file=name, line=raw.line, reason=reason, text=text[:ASIDE_TEXT])
