"""Check a chat folder: is everything there, unchanged, in agreement, and traceable?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from chinwag.errors import ChinwagError, DamagedFolder
from chinwag.messages import open_catalogue
from chinwag.model import Chat, Correction, Ledger, Placement, Post, Publication, Removal, Summary
from chinwag.steps.collect import Removed
from chinwag.steps.tracing import (
    Disagreement,
    Untraceable,
    compare_placements,
    compare_posts,
    compare_summary,
    find_untraceable,
)
from chinwag.stores.folder import ChatFolder, layout
from chinwag.version import __version__
from chinwag.workflows.article import make_article
from chinwag.workflows.check_edition import find_faults
from chinwag.workflows.check_files import find_file_faults
from chinwag.workflows.publications import digest_words
from chinwag.workflows.publish_chat import read_story, render_files

Noun = TypeVar("Noun")

OF_PEOPLE = (
    layout.CHAT,
    layout.CORRECTIONS,
    layout.EDITS,
    layout.EDITION,
    layout.EDITIONS,
    layout.REMOVED,
    layout.OUTBOX,
    layout.PUBLISHED,
    layout.KEPT_FILES,
    layout.README,
)  # what no command can make again
REMOVED = ("posts-removed", "spam-removed")  # codes that tell of removals
_MADE = (layout.PLACEMENTS, layout.SUMMARY, layout.STORY)


class CheckReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found: whole sentences. `faults` must be mended; `notes` are good to know.

    `folder` is the one that was checked. `files` names, for each fault, the file that is wrong; of
    a story, `"story"`. `outdated` are the made files that are only older than what they were made
    from. `removed` tells how many posts were taken out. `checked` counts the files, posts and
    bullets looked at.
    """

    folder: Path
    faults: tuple[str, ...]
    files: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    checked: dict[str, int]


class _Contents(msgspec.Struct, kw_only=True):
    """What the files of a folder say; None for one that is not there, or damaged."""

    chat: Chat | None = None
    posts: tuple[Post, ...] | None = None
    ledger: Ledger | None = None
    placements: tuple[Placement, ...] | None = None
    corrections: tuple[Correction, ...] | None = None
    removals: tuple[Removal, ...] | None = None
    summary: Summary | None = None


class _Found:
    """The faults that a check has found so far, with the file that each is in."""

    def __init__(self) -> None:
        self.faults: dict[str, str] = {}

    def add(self, file: str, what: str) -> None:
        """Note a fault."""
        self.faults.setdefault(what, file)

    @property
    def files(self) -> set[str]:
        """The files that are known to be wrong."""
        return set(self.faults.values())


def check_folder(into: Path) -> CheckReport:
    """Verify checksums, that every file reads, that the files agree, and that bullets trace.

    Each file is compared with those that it was made of: posts with what was taken out, placements
    with corrections, the summary with both, and every file of the story with what publishing it
    again would give. Raises FolderError where there is no chat folder; a damaged file is a fault,
    not an error.
    """
    folder = ChatFolder.open(into)
    return folder.read_steadily(lambda: _check(folder))


def accept_files(into: Path) -> tuple[str, ...]:
    """Take what people wrote in the folder as it is now; return the names of those files.

    A file of OF_PEOPLE that was changed or taken away outside Chinwag stays so from now on; where
    the checksums themselves are gone, so does every file. Raises FolderError where there is no chat
    folder.
    """
    folder = ChatFolder.open(into)
    with folder.change() as change:
        try:
            damaged = tuple(folder.list_damage())
        except DamagedFolder:
            damaged = (layout.CHECKSUMS,)
        names = tuple(name for name in (*OF_PEOPLE, layout.CHECKSUMS) if name in damaged)
        change.accept(names)
    return names


def _check(folder: ChatFolder) -> CheckReport:
    found = _Found()
    try:
        for name, what in folder.list_damage().items():
            found.add(name, what)
    except DamagedFolder as damage:
        return CheckReport(
            folder=folder.root, faults=(str(damage),), files=(layout.CHECKSUMS,), checked={}
        )
    outdated = _find_outdated(folder)
    for name, sources in outdated.items():
        found.add(name, f"{name} is older than {_join(sources)}.")
    contents = _read_all(folder, found)
    _compare(folder, contents, found)
    untraceable = _find_untraceable(contents)
    for fault in untraceable:
        found.add(layout.SUMMARY, _word(fault))
    _check_edition(folder, contents.posts or (), found)
    kept = _read(layout.KEPT_FILES, folder, folder.read_kept_files, found) or ()
    for file, what in find_file_faults(folder, kept):
        found.add(file, what)
    if not folder.is_captured and not found.files & {*_MADE, layout.POSTS, layout.LEDGER}:
        _compare_story(folder, found)
    published = _read(layout.PUBLISHED, folder, folder.read_published, found) or ()
    older = () if found.faults else tuple(_list_older(folder, published))
    bullets = contents.summary.questions if contents.summary else ()
    return CheckReport(
        folder=folder.root,
        faults=tuple(found.faults),
        files=tuple(found.faults.values()),
        outdated=tuple(outdated),
        notes=(*_list_notes(folder), *older),
        removed=tuple(_tell_removed(folder)),
        checked={
            "files": len(folder.list_files()),
            "posts": len(contents.posts or ()),
            "bullets": sum(len(question.bullets) for question in bullets),
        },
    )


def _check_edition(folder: ChatFolder, posts: Sequence[Post], found: _Found) -> None:
    _read(layout.EDITIONS, folder, folder.read_editions, found)
    edition = _read(layout.EDITION, folder, folder.read_edition, found)
    for file, what in find_faults(folder, edition, posts) if edition else ():
        found.add(file, what)


def _list_older(folder: ChatFolder, published: Sequence[Publication]) -> Iterator[str]:
    """Yield a sentence for each post on a blog that does not say what the story says now."""
    out = [one for one in published if one.state == "out"]
    if not out or not folder.has(layout.SUMMARY):
        return
    story = read_story(folder)
    for one in out:
        article = make_article(story, one)
        if digest_words(article.title, article.html, article.excerpt) != one.sending:
            kind = one.blog.partition(" ")[0]
            yield (
                f"The post at {one.url} is older than the story: `chinwag publish {folder.root}"
                f" --to {kind}` edits it."
            )


def _list_notes(folder: ChatFolder) -> Iterator[str]:
    if folder.is_edited():
        yield "chat.toml has been edited by hand since the last run."
    for name in _MADE:
        if not folder.has(name):
            yield f"{name} has not been made yet."


def _tell_removed(folder: ChatFolder) -> Iterator[str]:
    """Yield how many posts were taken out, in the words of the story."""
    try:
        gaps = folder.read_ledger().gaps
    except ChinwagError:  # told as a fault already
        return
    words = open_catalogue()
    yield from (words.word_note(gap.what) for gap in gaps if gap.what.code in REMOVED)


def _find_outdated(folder: ChatFolder) -> dict[str, tuple[str, ...]]:
    """Return the made files that are older than what they were made from, with that.

    While a capture runs, it keeps making them again; and an earlier Chinwag noted nothing.
    """
    if folder.is_captured or not folder.has(layout.MADE_FROM):
        return {}
    try:
        return folder.find_outdated()
    except DamagedFolder:  # told as a fault already
        return {}


def _read_all(folder: ChatFolder, found: _Found) -> _Contents:
    return _Contents(
        chat=_read(layout.CHAT, folder, folder.read_chat, found),
        posts=_read(layout.POSTS, folder, folder.read_posts, found),
        ledger=_read(layout.LEDGER, folder, folder.read_ledger, found),
        placements=_read(layout.PLACEMENTS, folder, folder.read_placements, found),
        corrections=_read(layout.CORRECTIONS, folder, folder.read_corrections, found) or (),
        removals=_read(layout.REMOVED, folder, folder.read_removals, found) or (),
        summary=_read(layout.SUMMARY, folder, folder.read_summary, found),
    )


def _read(name: str, folder: ChatFolder, read: Callable[[], Noun], found: _Found) -> Noun | None:
    """Read a file of the folder; where it is damaged, note that as a fault and return None."""
    if not folder.has(name):
        return None
    try:
        return read()
    except DamagedFolder as damage:
        found.add(name, str(damage))
        return None


def _compare(folder: ChatFolder, contents: _Contents, found: _Found) -> None:
    """Note where files that should agree do not; what is known to be older is not compared."""
    known = found.files
    posts, chat = contents.posts, contents.chat
    if posts is None or chat is None:
        return
    disagreements: list[Disagreement] = []
    if layout.POSTS not in known:
        key = _read(layout.REMOVED, folder, folder.read_removal_key, found) or b""
        removed = Removed(contents.removals or (), key)
        ledger = None if folder.is_captured else contents.ledger
        disagreements += compare_posts(posts, ledger, removed.covers)
    placements = contents.placements
    if placements is not None and layout.PLACEMENTS not in known:
        corrections = contents.corrections or ()
        disagreements += compare_placements(chat, posts, placements, corrections)
    is_steady = not folder.is_captured and layout.SUMMARY not in known
    if placements is not None and contents.summary is not None and is_steady:
        disagreements += compare_summary(chat, posts, placements, contents.summary)
    for one in disagreements:
        found.add(one.file, one.what)


def _find_untraceable(contents: _Contents) -> tuple[Untraceable, ...]:
    if contents.summary is None:
        return ()
    return find_untraceable(contents.summary, contents.posts or ())


def _word(fault: Untraceable) -> str:
    reason = fault.reason.rstrip(".")
    return f"A point on Q{fault.question} cannot be traced, “{fault.bullet.text}”: {reason}."


def _compare_story(folder: ChatFolder, found: _Found) -> None:
    """Note which files of the story publishing would write otherwise; of this version alone."""
    if not folder.has(layout.STORY) or _name_maker(folder) != __version__:
        return
    try:
        files = render_files(read_story(folder))
    except ChinwagError as error:  # a part is missing, or no longer traces
        found.add(layout.STORY, f"The story cannot be made from the folder: {error}")
        return
    differing = [name for name, words in files.items() if folder.read_story(name) != words]
    if differing:
        names = _join([f"{layout.STORY}/{name}" for name in differing])
        found.add(layout.STORY, f"{names}: not what this Chinwag makes of the folder.")


class _Maker(msgspec.Struct):
    made_with: str = ""


def _name_maker(folder: ChatFolder) -> str:
    """Return which version made the story, "" where it does not say so."""
    try:
        return msgspec.json.decode(folder.read_story("story.json"), type=_Maker).made_with
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""


def _join(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
