"""A chat folder to read from and to change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from chinwag.errors import DamagedFolder, FolderError, Kept
from chinwag.model import (
    AsideRow,
    Chat,
    Correction,
    Decision,
    Edit,
    Edition,
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
from chinwag.stores.folder import layout
from chinwag.stores.folder.captured import hold_capture, is_captured, keep_captures_out
from chinwag.stores.folder.change import Change, open_change
from chinwag.stores.folder.chat_toml import read_chat_toml, read_format
from chinwag.stores.folder.checksums import hash_file, read_checksums
from chinwag.stores.folder.commit import finish_left
from chinwag.stores.folder.inside import find_inside
from chinwag.stores.folder.journal import (
    Journal,
    list_open_journals,
    read_cursors,
    write_cursors,
)
from chinwag.stores.folder.lock import PATIENCE
from chinwag.stores.folder.made_from import find_outdated, read_digests
from chinwag.stores.folder.rebuild import hold_publishing, hold_rebuild
from chinwag.stores.folder.steady import Result, read_steadily
from chinwag.stores.folder.upgrade import UPGRADES, upgrade_file

Noun = TypeVar("Noun")
Stamps = Mapping[str, tuple[int, int]]


class ChatFolder:
    """One chat on the disk.

    Get one by `ChatFolder.open(path)` (it must be a chat folder) or `ChatFolder.at(path)` (it may
    still have to be made). Every `read_...` raises DamagedFolder, naming file and line, where a
    file does not say what it should.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def open(cls, path: Path) -> ChatFolder:
        """Return the chat folder at `path`, finishing a change that was cut off.

        Raises FolderError where there is none, NewerFolder where it is of a newer format.
        """
        if not (path / layout.CHAT).is_file() and not (path / layout.PENDING).is_dir():
            raise _make_missing_error(path)
        return cls.at(path)

    @classmethod
    def at(cls, path: Path) -> ChatFolder:
        """Return the chat folder at `path`, whether or not it has been made.

        Raises FolderError where something else stands there, NewerFolder as `open` does.
        """
        if path.exists() and not path.is_dir():
            raise FolderError("{path} is a file.", code="folder-is-file", path=path)
        folder = cls(path)
        finish_left(path)
        if (path / layout.CHAT).exists():
            folder.read_chat()
        elif path.is_dir() and any(entry.name != layout.PENDING for entry in path.iterdir()):
            raise FolderError(
                "{path} holds files, but no chat.toml: it is not a chat folder.",
                code="folder-holds-other-files",
                kept=Kept.UNCHANGED,
                path=path,
            )
        return folder

    @property
    def is_made(self) -> bool:
        """Whether there is a chat in it yet."""
        return (self.root / layout.CHAT).exists()

    # --- writing

    def change(self, *, patience: float = PATIENCE) -> AbstractContextManager[Change]:
        """Open a change: everything written in it is there afterwards, or nothing.

        Read inside it what you write by: nobody else writes meanwhile. It waits `patience` seconds
        for another command, and then raises BusyFolder.
        """
        return open_change(self.root, patience=patience)

    def hold_rebuild(self, patience: float = PATIENCE) -> AbstractContextManager[bool]:
        """Hold the work of making files again that are out of date: one process at a time does it.

        The value is False where another still does it after `patience` seconds.
        """
        return hold_rebuild(self.root, patience)

    def hold_publishing(self) -> AbstractContextManager[bool]:
        """Hold the publishing on blogs; the value is False where another process does it."""
        return hold_publishing(self.root)

    def find_outdated(self) -> dict[str, tuple[str, ...]]:
        """Return {made file: what has changed since it was made}, in the order to make them in."""
        return find_outdated(self.root)

    def read_digests(self) -> dict[str, str]:
        """Return {name: SHA-256} of the folder's files; that of `chat.toml` as it stands now."""
        return read_digests(self.root)

    # --- a running capture

    def hold_capture(self) -> AbstractContextManager[None]:
        """Hold the folder for a capture. Raises FolderError where another one runs on it."""
        return hold_capture(self.root)

    def keep_captures_out(self) -> AbstractContextManager[bool]:
        """Let no capture begin meanwhile; the value is False where one runs already."""
        return keep_captures_out(self.root)

    @property
    def is_captured(self) -> bool:
        """Whether a capture runs on the folder at this moment."""
        return is_captured(self.root)

    def begin_journal(self, at: datetime) -> Journal:
        """Begin a journal, named after its start. Raises OSError where the disk refuses."""
        return Journal.begin(self.root, at)

    def list_open_journals(self) -> tuple[Path, ...]:
        """Return the journals that a capture has left open, the earliest first."""
        return list_open_journals(self.root)

    def read_cursors(self) -> dict[str, str]:
        """Return the kept cursor of each route by the route's name; {} where there are none."""
        return read_cursors(self.root)

    def write_cursors(self, cursors: Mapping[str, str]) -> None:
        """Keep the cursors, whole or not at all. Raises OSError where the disk refuses."""
        write_cursors(self.root, cursors)

    # --- reading

    def read_steadily(self, read: Callable[[], Result]) -> Result:
        """Return what `read` returns when no change falls into it: all it reads is of one moment.

        Not for use inside a change, where that is so anyway.
        """
        return read_steadily(self.root, read)

    def find_raw(self, name: str) -> Path:
        """Return where a file of `raw/` lies, by its name in the ledger.

        Raises DamagedFolder where that is outside the folder.
        """
        return find_inside(self.root, name)

    def find_story(self) -> Path:
        """Return where the story's page lies, or will lie."""
        return self.root / layout.STORY / "index.html"

    def stamp_files(self, names: Iterable[str]) -> Stamps:
        """Return for each of these files that is there when it was last written, and its size."""
        stats = {name: (self.root / name).stat() for name in names if self.has(name)}
        return {name: (stat.st_mtime_ns, stat.st_size) for name, stat in stats.items()}

    def has(self, name: str) -> bool:
        """Whether the folder holds a file of that name (a name of `layout`)."""
        return (self.root / name).exists()

    def list_files(self) -> tuple[str, ...]:
        """Return the names of the files that the checksums know, sorted."""
        return tuple(sorted(read_checksums(self.root / layout.CHECKSUMS)))

    def read_chat(self) -> Chat:
        """Return the chat as `chat.toml` has it."""
        return read_chat_toml(self.root / layout.CHAT)

    def read_posts(self) -> tuple[Post, ...]:
        """Return the posts, in time order."""
        return self._read_lines(layout.POSTS, Post, made_by="import")

    def read_placements(self) -> tuple[Placement, ...]:
        """Return the standing placements, one for each post."""
        return self._read_lines(layout.PLACEMENTS, Placement, made_by="place")

    def read_corrections(self) -> tuple[Correction, ...]:
        """Return what people corrected, the oldest first; of one post the latest stands."""
        return self._read_lines(layout.CORRECTIONS, Correction)

    def read_removals(self) -> tuple[Removal, ...]:
        """Return what people asked to have taken out, the oldest first; () where nobody did."""
        return self._read_lines(layout.REMOVED, Removal)

    def read_removal_key(self) -> bytes:
        """Return the key of the digests in `removed.jsonl`, b"" where there are none.

        Raises DamagedFolder where there are some, and the key is missing.
        """
        path = self.root / layout.REMOVAL_KEY
        if path.is_file():
            return path.read_bytes().strip()
        if any(removal.digests for removal in self.read_removals()):
            raise DamagedFolder(
                "{folder} holds no {name}: without it nobody can tell what was removed.",
                code="removal-key-missing",
                folder=self.root,
                name=layout.REMOVAL_KEY,
            )
        return b""

    def read_edits(self) -> tuple[Edit, ...]:
        """Return what commands changed in `chat.toml`, the oldest first; () where none did."""
        return self._read_lines(layout.EDITS, Edit)

    def read_outbox(self) -> tuple[Sent, ...]:
        """Return what was announced, the oldest first; () where nothing was."""
        return self._read_lines(layout.OUTBOX, Sent)

    def read_published(self) -> tuple[Publication, ...]:
        """Return the chat's post on each blog, the oldest first; () where it is on none."""
        return self._read_lines(layout.PUBLISHED, Publication)

    def read_kept_files(self) -> tuple[KeptFile, ...]:
        """Return the pictures and files that people kept, those taken out again included."""
        return self._read_lines(layout.KEPT_FILES, KeptFile)

    def find_kept_file(self, name: str) -> Path:
        """Return where a kept file lies. Raises DamagedFolder where that is outside the folder."""
        return find_inside(self.root, name)

    def read_pictures(self, edition: Edition | None) -> dict[str, bytes]:
        """Return the pictures of an edition by their names, without those that are missing."""
        names = edition.list_pictures() if edition else ()
        paths = {name: self.find_kept_file(name) for name in names}
        return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}

    def read_public_files(self) -> dict[str, bytes]:
        """Return the files that are for everybody, by their names, without missing ones."""
        kept = [one for one in self.read_kept_files() if one.is_public and not one.gone]
        paths = {one.name: self.find_kept_file(one.name) for one in kept}
        return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}

    def count_taken_out(self) -> int:
        """Return how often something was taken out: posts that people asked for, and files."""
        gone = [file for file in self.read_kept_files() if file.gone]
        return len(self.read_removals()) + len(gone)

    def read_aside(self) -> tuple[AsideRow, ...]:
        """Return the rows that were kept aside; () where there are none."""
        return self._read_lines(layout.ASIDE, AsideRow)

    def read_summary(self) -> Summary:
        """Return the summary."""
        return self._read_json(layout.SUMMARY, Summary, made_by="summarise")

    def read_rewordings(self) -> tuple[Rewording, ...]:
        """Return what a language model said of each point; () where none was asked."""
        return self._read_lines(layout.WORDINGS, Rewording)

    def read_decisions(self) -> tuple[Decision, ...]:
        """Return what a language model decided as an editor; () where none was asked."""
        return self._read_lines(layout.DECISIONS, Decision)

    def read_edition(self) -> Edition | None:
        """Return the edition that stands; None where the draft does."""
        if not self.has(layout.EDITION):
            return None
        return self._read_json(layout.EDITION, Edition, made_by="edit")

    def read_editions(self) -> tuple[Edition, ...]:
        """Return every edition there was, the first one first; () where nobody made one."""
        return self._read_lines(layout.EDITIONS, Edition)

    def read_story(self, name: str) -> bytes:
        """Return a file of the story; b"" where it is not there."""
        path = self.root / layout.STORY / name
        return path.read_bytes() if path.is_file() else b""

    def read_ledger(self) -> Ledger:
        """Return the ledger."""
        return self._read_json(layout.LEDGER, Ledger, made_by="import")

    def find_damage(self) -> tuple[str, ...]:
        """Compare every file with its checksum; return a sentence for each that differs."""
        return tuple(self.list_damage().values())

    def list_damage(self) -> dict[str, str]:
        """Return the name of each file that is not as its checksum says, with a sentence on it.

        `chat.toml` may be edited by hand. Raises DamagedFolder where the checksums cannot be read.
        """
        sums = read_checksums(self.root / layout.CHECKSUMS)
        if not sums:
            return {layout.CHECKSUMS: f"{layout.CHECKSUMS} is missing."}
        found = {}
        for name, digest in sums.items():
            path = self.root / name
            if not path.is_file():
                found[name] = f"{name} is missing."
            elif name != layout.CHAT and hash_file(path) != digest:
                found[name] = f"{name} has been changed since Chinwag wrote it."
        return found

    def is_edited(self) -> bool:
        """Whether `chat.toml` has been edited by hand since Chinwag wrote it."""
        sums = read_checksums(self.root / layout.CHECKSUMS)
        return sums.get(layout.CHAT) != hash_file(self.root / layout.CHAT)

    def _read_lines(self, name: str, noun: type[Noun], made_by: str = "") -> tuple[Noun, ...]:
        decoder = msgspec.json.Decoder(noun)
        values = []
        for number, line in enumerate(self._read(name, made_by).splitlines(), start=1):
            try:
                values.append(decoder.decode(line))
            except (msgspec.DecodeError, UnicodeDecodeError) as fault:
                raise self._damaged(name, f"line {number}", fault) from fault
        return tuple(values)

    def _read_json(self, name: str, noun: type[Noun], made_by: str) -> Noun:
        try:
            return msgspec.json.decode(self._read(name, made_by), type=noun)
        except (msgspec.DecodeError, UnicodeDecodeError) as fault:
            raise self._damaged(name, "it", fault) from fault

    def _read(self, name: str, made_by: str) -> bytes:
        path = self.root / name
        if path.is_file():
            content = path.read_bytes()
            is_earlier = name in UPGRADES and read_format(self.root / layout.CHAT) < layout.FORMAT
            return upgrade_file(name, content) if is_earlier else content
        if not made_by:
            return b""
        raise FolderError(
            "{folder} holds no {name} yet.",
            code="not-made-yet",
            folder=self.root,
            name=name,
            step=made_by,
        )

    def _damaged(self, name: str, where: str, fault: Exception) -> DamagedFolder:
        return DamagedFolder(
            "{path} cannot be read: {where} says {fault}.",
            code="made-file-damaged",
            path=self.root / name,
            name=name,
            where=where,
            fault=str(fault),
        )


def _make_missing_error(path: Path) -> FolderError:
    if path.is_dir():
        return FolderError(
            "{path} is not a chat folder: it holds no chat.toml.", code="no-chat-folder", path=path
        )
    return FolderError("{path} does not exist.", code="folder-missing", path=path)
