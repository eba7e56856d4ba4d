"""A change of a chat folder: every file of it is there afterwards, or none.

The files are gathered in `.pending/`, flushed to the disk, and listed in `.pending/COMMIT`. From
the moment that list is on the disk the change counts: whoever opens the folder next after a kill
finishes the moves. A `.pending/` without the list is thrown away.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from chinwag.errors import DamagedFolder, Kept
from chinwag.model import (
    AsideRow,
    Chat,
    Correction,
    Decision,
    Edit,
    Edition,
    FileRecord,
    KeptFile,
    Ledger,
    Placement,
    Post,
    Publication,
    Removal,
    Rewording,
    Sent,
    Summary,
)
from chinwag.records.vocabulary import POSTS
from chinwag.stores.folder import layout
from chinwag.stores.folder.chat_toml import read_chat_toml, read_format, rewrite_chat
from chinwag.stores.folder.checksums import format_checksums, hash_file, is_summed, read_checksums
from chinwag.stores.folder.commit import discard_pending, finish_change, move_files
from chinwag.stores.folder.failures import explain_failures
from chinwag.stores.folder.flush import flush
from chinwag.stores.folder.inside import find_inside
from chinwag.stores.folder.lock import PATIENCE, hold_lock
from chinwag.stores.folder.made_from import (
    Digests,
    list_sources,
    read_digests,
    read_made_from,
)
from chinwag.stores.folder.raw import RawFile, copy_raw, store_lines, store_posts
from chinwag.stores.folder.readme import is_readme_ours, write_readme
from chinwag.stores.folder.upgrade import UPGRADES, upgrade_file

_AT_ONCE = 1000  # lines that are encoded together


class Change:
    """A set of files to be written together. Open one with `ChatFolder.change()`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._pending = root / layout.PENDING
        self._removed: set[str] = set()
        self._made: dict[str, Digests] = {}
        self._cut: set[str] = set()
        self._accepted: set[str] = set()

    @property
    def scratch(self) -> Path:
        """A path for working files of this change; it vanishes with the change."""
        path = self._pending / "scratch"
        path.mkdir(exist_ok=True)
        return path

    def write_chat(self, chat: Chat) -> None:
        """Write `chat.toml`; what a person added to it by hand stays."""
        current = self._root / layout.CHAT
        before = current.read_bytes() if current.exists() else b""
        self._write(layout.CHAT, rewrite_chat(chat, before))

    def write_posts(self, posts: Iterable[Post]) -> None:
        """Write `posts.jsonl`, one post a line, in the order given."""
        self._write_lines(layout.POSTS, posts)

    def write_aside(self, rows: Iterable[AsideRow]) -> None:
        """Write `aside.jsonl`, one row a line."""
        self._write_lines(layout.ASIDE, rows)

    def write_placements(self, placements: Iterable[Placement]) -> None:
        """Write `placements.jsonl`, one placement a line; who asked for one is not repeated."""
        plain = (one.as_placement() if isinstance(one, Correction) else one for one in placements)
        self._write_lines(layout.PLACEMENTS, plain)

    def write_corrections(self, corrections: Iterable[Placement]) -> None:
        """Write `corrections.jsonl`, one placement by a person a line, the oldest first."""
        self._write_lines(layout.CORRECTIONS, corrections)

    def write_removals(self, removals: Iterable[Removal]) -> None:
        """Write `removed.jsonl`, one request to be left out a line, the oldest first."""
        self._write_lines(layout.REMOVED, removals)

    def keep_removal_key(self, given: bytes = b"") -> bytes:
        """Return the folder's own key for the digests in `removed.jsonl`.

        Where it is missing, it becomes the one that is `given`, else a new one. Only its owner may
        read it: whoever has it can test guesses against the digests.
        """
        import secrets  # noqa: PLC0415 - only a removal waits for it

        kept = self.find_raw(layout.REMOVAL_KEY)
        if not kept.exists():
            kept = self._pending / layout.REMOVAL_KEY
            new = given or secrets.token_hex(32).encode()
            self._write(layout.REMOVAL_KEY, new + b"\n")
            kept.chmod(0o600)
        return kept.read_bytes().strip()

    def write_edits(self, edits: Iterable[Edit]) -> None:
        """Write `edits.jsonl`, one edit of the chat a line, the oldest first."""
        self._write_lines(layout.EDITS, edits)

    def write_outbox(self, sent: Iterable[Sent]) -> None:
        """Write `outbox.jsonl`, one announcement on one account a line."""
        self._write_lines(layout.OUTBOX, sent)

    def write_published(self, published: Iterable[Publication]) -> None:
        """Write `published.jsonl`, the chat's post on one blog a line."""
        self._write_lines(layout.PUBLISHED, published)

    def write_kept_files(self, files: Iterable[KeptFile]) -> None:
        """Write `files.jsonl`, one picture or file that people kept a line."""
        self._write_lines(layout.KEPT_FILES, files)

    def keep_file(self, name: str, content: Path) -> None:
        """Copy a file that people keep into the folder, under its name there."""
        find_inside(self._root, name)
        place = self._pending / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(content, place)
        self._removed.discard(name)

    def write_summary(self, summary: Summary) -> None:
        """Write `summary.json`."""
        self._write(layout.SUMMARY, _pretty(summary))

    def write_rewordings(self, wordings: Iterable[Rewording]) -> None:
        """Write `wordings.jsonl`, a point a line; without any the file goes."""
        kept = tuple(wordings)
        if kept:
            self._write_lines(layout.WORDINGS, kept)
        else:
            self.remove(layout.WORDINGS)

    def write_decisions(self, decisions: Iterable[Decision]) -> None:
        """Write `decisions.jsonl`, a message to a model a line; without any the file goes."""
        kept = tuple(decisions)
        if kept:
            self._write_lines(layout.DECISIONS, kept)
        else:
            self.remove(layout.DECISIONS)

    def write_edition(self, edition: Edition | None) -> None:
        """Write `edition.json`, the edition that stands; with None the draft stands again."""
        if edition is None:
            self.remove(layout.EDITION)
        else:
            self._write(layout.EDITION, _pretty(edition))

    def read_edition(self) -> Edition | None:
        """Return the edition that will stand after this change; None where the draft will."""
        path = self.find_raw(layout.EDITION)
        is_there = path.exists() and layout.EDITION not in self._removed
        return msgspec.json.decode(path.read_bytes(), type=Edition) if is_there else None

    def write_editions(self, editions: Iterable[Edition]) -> None:
        """Write `editions.jsonl`, every edition there was, the first one first."""
        self._write_lines(layout.EDITIONS, editions)

    def write_ledger(self, ledger: Ledger) -> None:
        """Write `ledger.json`."""
        self._write(layout.LEDGER, _pretty(ledger))

    def write_story(self, files: dict[str, bytes]) -> None:
        """Write the files of `story/`; those of an earlier story that are not in it go."""
        for name in _list_files(self._root / layout.STORY):
            self.remove(f"{layout.STORY}/{name}")
        for name, content in files.items():
            self._write(f"{layout.STORY}/{name}", content)

    def note_made(self, name: str, read: Digests | None = None) -> None:
        """Note that the made file `name` is made from what the folder holds after this change.

        `read` are the digests of what was read before the change was opened, where some of it may
        have changed since: the file is then out of date from the start.
        """
        self._made[name] = read or {}

    def note_cut(self, name: str) -> None:
        """Note that less than belongs there is left in the made file `name`.

        It is out of date from the start, even where nothing changes that it is made from.
        """
        self._cut.add(name)

    def keep_note(self, name: str) -> None:
        """Note the sources from before the change for a made file that has no note."""
        if name not in read_made_from(self._root) and (self._root / name).exists():
            chat = read_chat_toml(self._root / layout.CHAT)
            self._made[name] = list_sources(name, chat, read_digests(self._root))

    def remove(self, name: str) -> None:
        """Take a file out of the folder when the change is made.

        Raises DamagedFolder where its name leads out of the folder.
        """
        find_inside(self._root, name)
        self._removed.add(name)

    def accept(self, names: Iterable[str]) -> None:
        """Take files as they are now: changed ones get new checksums, missing ones none.

        With SHA256SUMS among them, every file of the folder gets a new one.
        """
        self._accepted.update(names)

    def keep_raw(self, path: Path, name: str = "") -> RawFile:
        """Copy a file as received under `raw/`, compressed; a file already there is not doubled.

        It is called `name` there, or keeps its own name where that is empty.
        """
        return copy_raw(path, self._root / layout.RAW, self._pending / layout.RAW, name)

    def replace_raw(
        self, record: FileRecord, posts: Iterable[Post], rename: Callable[[str], str] = str
    ) -> FileRecord:
        """Put posts in place of a file under `raw/`, as JSON lines; return its new record.

        Use it for a file that must not be kept as it was received: the file itself goes. `rename`
        returns its name as it may stay.
        """
        own = record.raw.removeprefix(f"{layout.RAW}/")
        kept, pending = self._root / layout.RAW, self._pending / layout.RAW
        stored = store_posts(posts, own, kept, pending, rename(own))
        if stored.raw != record.raw:
            self.remove(record.raw)
            (self._pending / record.raw).unlink(missing_ok=True)
        self._removed.discard(stored.raw)
        return msgspec.structs.replace(
            record,
            name=rename(record.name),
            raw=stored.raw,
            sha256=stored.sha256,
            bytes=stored.bytes,
            format=POSTS,
            columns={},
        )

    def rewrite_raw(self, record: FileRecord, lines: Iterable[bytes]) -> FileRecord:
        """Replace the lines of a file under `raw/`, which keeps its name; return its new record.

        For a capture's journal, where only some lines must not be kept as they were received.
        """
        own = record.raw.removeprefix(f"{layout.RAW}/")
        sha256, size = store_lines(lines, own, self._pending / layout.RAW)
        return msgspec.structs.replace(record, sha256=sha256, bytes=size)

    def find_raw(self, name: str) -> Path:
        """Return where a file of `raw/` lies now, pending or made."""
        return self._find(name)

    def upgrade(self) -> None:
        """Bring the files of an earlier format to this one, as a part of this change."""
        chat = self._root / layout.CHAT
        if read_format(chat) >= layout.FORMAT:
            return
        self.write_chat(read_chat_toml(chat))
        for name in UPGRADES:
            if (self._root / name).is_file():
                self._write(name, upgrade_file(name, (self._root / name).read_bytes()))

    def _write(self, name: str, content: bytes) -> None:
        find_inside(self._root, name)
        path = self._pending / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self._removed.discard(name)

    def _write_lines(self, name: str, values: Iterable[Any]) -> None:
        encoder, left = msgspec.json.Encoder(), iter(values)
        with (self._pending / name).open("wb") as file:
            while some := list(islice(left, _AT_ONCE)):
                file.write(encoder.encode_lines(some))
        self._removed.discard(name)

    def commit(self) -> None:
        """Flush everything, write the list, then move."""
        shutil.rmtree(self._pending / "scratch", ignore_errors=True)
        sums = self._read_sums()
        self._write_readme(sums)
        names = _list_files(self._pending)
        sums.update({name: hash_file(self._pending / name) for name in names})
        for name in self._removed:
            sums.pop(name, None)
        if self._made or self._cut:
            self._write_made_from(sums)
            sums[layout.MADE_FROM] = hash_file(self._pending / layout.MADE_FROM)
            names.append(layout.MADE_FROM)
        self._write(layout.CHECKSUMS, format_checksums(sums))
        names.append(layout.CHECKSUMS)
        self._flush_all(names)
        listing = msgspec.json.encode({"move": names, "remove": sorted(self._removed)})
        unfinished = self._pending / (layout.COMMIT + ".part")
        unfinished.write_bytes(listing)
        flush(unfinished)
        unfinished.replace(self._pending / layout.COMMIT)
        flush(self._pending)
        with explain_failures(self._root, kept=Kept.WRITTEN):
            move_files(self._root)

    def _read_sums(self) -> Digests:
        """Return the checksums before this change; those of files taken as they are, as of now."""
        taken = set(self._accepted)
        if layout.CHECKSUMS in taken:
            sums = {}
            taken |= {name for name in _list_files(self._root) if is_summed(name)}
        else:
            sums = read_checksums(self._root / layout.CHECKSUMS)
        for name in taken - {layout.CHECKSUMS}:
            sums.pop(name, None)
            if (self._root / name).is_file():
                sums[name] = hash_file(self._root / name)
        return sums

    def _write_readme(self, sums: Digests) -> None:
        """Write README.txt as this version words it; one that a person changed stays theirs.

        It stays as it is while chat.toml cannot be read.
        """
        if not is_readme_ours(self._root, sums):
            sums.pop(layout.README, None)
        elif self._find(layout.CHAT).exists():
            try:
                words = write_readme(self._read_chat())
            except DamagedFolder:
                return
            own = self._root / layout.README
            if not own.exists() or own.read_bytes() != words:
                self._write(layout.README, words)

    def _find(self, name: str) -> Path:
        waiting = find_inside(self._pending, name)
        return waiting if waiting.exists() else find_inside(self._root, name)

    def _read_chat(self) -> Chat:
        return read_chat_toml(self._find(layout.CHAT))

    def _write_made_from(self, sums: Digests) -> None:
        chat = self._read_chat()
        made_from = read_made_from(self._root)
        for name, read in self._made.items():
            made_from[name] = list_sources(name, chat, sums) | read
        for name in self._cut:
            made_from.pop(name, None)
        self._write(layout.MADE_FROM, _pretty(dict(sorted(made_from.items()))))

    def _flush_all(self, names: Iterable[str]) -> None:
        """Have every file on the disk, and its name in its folder."""
        paths = [self._pending / name for name in names]
        folders = {path.parent for path in paths} - {self._pending}
        for path in (*paths, *sorted(folders)):
            flush(path)


@contextmanager
def open_change(root: Path, *, patience: float = PATIENCE) -> Iterator[Change]:
    """Yield a Change of the folder `root`, made whole at the end, or not at all.

    Makes the folder where it is missing. What is read inside is of one moment, for nobody else
    writes meanwhile. Raises BusyFolder where another command is still writing the folder after
    `patience` seconds, FolderError where the disk refuses.
    """
    is_new = not root.exists()
    try:
        with explain_failures(root, kept=Kept.UNCHANGED):
            root.mkdir(parents=True, exist_ok=True)
            with hold_lock(root, patience):
                finish_change(root)
                (root / layout.PENDING).mkdir()
                try:
                    change = Change(root)
                    change.upgrade()
                    yield change
                    change.commit()
                finally:
                    discard_pending(root)
    finally:
        if is_new and root.is_dir() and not any(root.iterdir()):
            root.rmdir()


def _list_files(root: Path) -> list[str]:
    if not root.is_dir():
        return []
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def _pretty(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
