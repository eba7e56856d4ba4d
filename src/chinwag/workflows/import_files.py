"""Bring files into a chat folder: read them, cut the chat out of them, keep everything."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from chinwag.capture.journals import (
    account_for,
    list_gone,
    redact_files,
    refuse_captured,
    seal_journals,
)
from chinwag.capture.received import FileCount, blank_rows, clear_given, gather_people
from chinwag.capture.redaction import Redactions
from chinwag.errors import DamagedFolder, NoChat
from chinwag.importers import read_file
from chinwag.model import (
    AsideRow,
    Chat,
    Edit,
    FileRecord,
    Ledger,
    Measures,
    Note,
    Post,
    Removal,
    Window,
)
from chinwag.records.contract import ReadOptions
from chinwag.records.vocabulary import JOURNAL, POSTS
from chinwag.steps.collect import (
    Removed,
    Timeline,
    find_hashtag,
    tell_capture,
)
from chinwag.steps.measure import measure_chat
from chinwag.stores.disk_queue import DiskQueue
from chinwag.stores.folder import Change, ChatFolder, layout
from chinwag.workflows.chat_details import ChatDetails, leave_to_files
from chinwag.workflows.cut_out import cut_out_chat
from chinwag.workflows.progress import Progress, say_nothing
from chinwag.workflows.take_in import (
    Marked,
    keep_files,
    open_sources,
    open_told,
    read_source,
    take_in,
)


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did: the chat, its ledger, its measures (nothing is placed yet).

    `aside` is how many rows could not be read, `doubts` what looks wrong in the agenda itself.
    """

    folder: Path
    chat: Chat
    ledger: Ledger
    measures: Measures
    aside: int
    doubts: tuple[Note, ...] = ()


def import_files(
    files: Sequence[Path],
    into: Path,
    details: ChatDetails,
    progress: Progress = say_nothing,
    *,
    while_captured: bool = False,
) -> ImportReport:
    """Archive the chat that the files hold in the folder `into`; return what was done.

    A folder that holds a chat already gets these files besides: all its files are read again, and
    journals that a capture left open, so that one post is one post however often it was seen. What
    people asked to have taken out stays out. A folder that is being captured is refused, unless
    the capture itself asks (`while_captured`). Raises InputError for a file or a detail that cannot
    be used, NoChat where nothing is left to archive, FolderError where the folder cannot be
    written. The folder is then as it was.
    """
    for file in files:
        # What cannot be read is said before anything is written.
        read_file(file, ReadOptions(), format=details.format)
    folder = ChatFolder.at(into)
    if not folder.is_made and not files:
        raise NoChat(
            "There is no chat in {folder}, and no file was given.",
            code="nothing-to-import",
            folder=into,
        )
    with folder.keep_captures_out() as is_free:
        if not is_free and not while_captured:
            refuse_captured(folder)
        return _import(folder, files, details, progress, while_captured=while_captured)


def import_without(
    folder: ChatFolder, file: FileRecord, note: Edit, progress: Progress
) -> ImportReport:
    """Archive again the chat that the folder's other files hold, and note that the file went.

    The hashtag is that of the other files, where no person gave it. Raises what `import_files`
    raises; the folder is then as it was.
    """
    return _import(
        folder, (), ChatDetails(), progress, while_captured=False, gone=Gone(file=file, note=note)
    )


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is to be taken out, and the note of that."""

    file: FileRecord
    note: Edit


def _import(
    folder: ChatFolder,
    files: Sequence[Path],
    details: ChatDetails,
    progress: Progress,
    *,
    while_captured: bool,
    gone: Gone | None = None,
) -> ImportReport:
    with folder.change() as change:
        is_due = folder.is_made and is_removal_due(folder)
        removals = Removals(folder.read_removals(), folder.read_removal_key())
        made = read_into(
            change,
            folder,
            files,
            details,
            removals,
            progress,
            is_certain=not while_captured,
            gone=gone,
        )
        if is_due:
            from chinwag.workflows.clear_made import clear_made  # noqa: PLC0415 - loads templates

            removed = Removed(removals.asked, removals.key)
            clear_made(change, folder, made.chat, made.posts, made.ledger, removed)
    return ImportReport(
        folder=folder.root,
        chat=made.chat,
        ledger=made.ledger,
        measures=measure_chat(made.posts, ()),
        aside=made.aside,
        doubts=_doubt_questions(made.chat) if made.chat.questions else (),
    )


def _doubt_questions(chat: Chat) -> tuple[Note, ...]:
    """Return what looks wrong in an agenda; without one nothing is loaded for that."""
    from chinwag.steps.collect.doubts import doubt_agenda  # noqa: PLC0415

    return doubt_agenda(chat)


def is_removal_due(folder: ChatFolder) -> bool:
    """Return whether a removal has been noted since the posts were made."""
    return layout.REMOVED in folder.find_outdated().get(layout.POSTS, ())


class ReadAnew(NamedTuple):
    """What reading all files of a folder gave: the chat, its posts, its ledger, rows aside."""

    chat: Chat
    posts: tuple[Post, ...]
    ledger: Ledger
    aside: int


class Removals(NamedTuple):
    """What people asked to have taken out, and the folder's key for what is kept of it."""

    asked: Sequence[Removal]
    key: bytes

    def list_named_in(self) -> frozenset[str]:
        """Return the files under `raw/` in which somebody is named who is to be taken out."""
        return frozenset(file for removal in self.asked for file in removal.files)


def read_into(
    change: Change,
    folder: ChatFolder,
    files: Sequence[Path],
    details: ChatDetails,
    removals: Removals,
    progress: Progress,
    *,
    is_certain: bool = True,
    gone: Gone | None = None,
) -> ReadAnew:
    """Read all files of a folder again in a change of it, and those given; return what was done.

    `gone` is a file that is to be left out. Where it is not `is_certain` which posts have gone
    since the last import, as after a capture, nothing stays that may repeat their words. Raises
    what `import_files` raises.
    """
    removed = Removed(removals.asked, removals.key)
    with (
        DiskQueue(change.scratch / "posts", Post) as posts,
        DiskQueue(change.scratch / "aside", AsideRow) as aside,
    ):
        before = folder.read_chat() if folder.is_made else None
        earlier = seal_journals(change, folder) if before else ()
        kept = keep_files(change, files, details, removed, progress)
        replaced = {record.raw for record in kept} | ({gone.file.raw} if gone else set())
        sources = (*(record for record in earlier if record.raw not in replaced), *kept)
        looked_at = list_looked_at(kept, earlier) if not details.anyway else frozenset()
        told = list_told_aside(folder, earlier) if removed else {}
        marked = Marked(looked_at, removals.list_named_in(), told)
        taken = take_in(change, sources, details, (posts, aside), removed, progress, marked)
        if gone and before:
            before, near = forget_findings(change, folder, earlier, before, taken.timeline)
            details = msgspec.structs.replace(details, near=near)
        buried = list_buried(folder, removed)
        chat, archived, ledger = cut_out_chat(taken, details, before, buried)
        if removed:
            from chinwag.steps.collect import clear_chat  # noqa: PLC0415 - as clear_worked_on

            chat = clear_chat(chat, removed)
        ledger, redacted = clear_files(
            change, ledger, list_gone(archived, removals.asked, removals.key)
        )
        ledger = add_capture(change, ledger, archived, chat.hashtag)
        forget_words(change, folder, archived, removed, is_certain=is_certain)
        if gone:
            forget_raw(change, folder, archived, gone)
        if before:
            clear_worked_on(change, folder, archived, removed)
        change.write_chat(chat)
        change.write_posts(archived)
        change.write_aside(blank_rows(aside, taken.cleared | redacted, removed))
        change.write_ledger(ledger)
        change.note_made(layout.POSTS)
        return ReadAnew(chat, archived, ledger, len(aside))


def clear_files(change: Change, ledger: Ledger, gone: Redactions) -> tuple[Ledger, frozenset[str]]:
    """Take what is gone out of journals and, where a capture tells of it, out of given files.

    Returns the ledger, and the names of the files that were changed.
    """
    ledger, redacted = redact_files(change, ledger, gone)
    if not gone.ids or all(file.format != JOURNAL for file in ledger.files):
        return ledger, redacted
    files, cleared = clear_given(change, ledger.files, gone)
    return msgspec.structs.replace(ledger, files=files), redacted | cleared


def forget_findings(
    change: Change,
    folder: ChatFolder,
    files: Sequence[FileRecord],
    chat: Chat,
    timeline: Timeline,
) -> tuple[Chat, Window | None]:
    """Return the chat without what was found in its `files`, so that it is found in fewer of them.

    `timeline` is that of the files that stay. With it comes the time of those posts of the chat
    that they hold, near which the chat's hour lies: it stays the same chat.
    """
    whole = Timeline()
    details = ChatDetails()
    people = gather_people(open_sources(change, files, details, say_nothing))
    for file in files:
        records = read_source(open_told(change, file, details), FileCount(), people)
        for record in records:
            if isinstance(record, Post):
                whole.add(record)
    posts = folder.read_posts()
    known = timeline.find_known(post.id for post in posts)
    posts = tuple(post for post in posts if post.id in known)
    is_found = find_hashtag(whole) == chat.hashtag if len(whole) else False
    return leave_to_files(chat, is_hashtag_found=is_found), _span_posts(posts)


def _span_posts(posts: Sequence[Post]) -> Window | None:
    """Return the time from the first of some posts to the last, None where there is none."""
    times = [post.created_at for post in posts]
    return Window(start=min(times), end=max(times)) if times else None


def clear_worked_on(
    change: Change, folder: ChatFolder, posts: Sequence[Post], removed: Removed
) -> None:
    """Take out of editions, wordings and decisions what is gone.

    What they need is loaded here, so that a first import does not wait for it.
    """
    from chinwag.capture.editions import clear_editions  # noqa: PLC0415
    from chinwag.steps.collect import clear_rewordings  # noqa: PLC0415
    from chinwag.steps.deciding import keep_decisions  # noqa: PLC0415

    clear_editions(change, folder, posts, removed)
    change.write_rewordings(clear_rewordings(folder.read_rewordings(), posts, removed))
    change.write_decisions(keep_decisions(folder.read_decisions(), posts))


def forget_raw(change: Change, folder: ChatFolder, posts: Sequence[Post], gone: Gone) -> None:
    """Take the copy of a file out, and corrections of posts that only it held; note that."""
    ids = {id_ for post in posts for id_ in (post.id, *post.aliases)}
    lost = {post.id for post in folder.read_posts()} - ids
    corrections = folder.read_corrections()
    kept = [one for one in corrections if one.post not in lost]
    if len(kept) < len(corrections):
        change.write_corrections(kept)
    change.remove(gone.file.raw)
    change.write_edits((*folder.read_edits(), gone.note))


def list_told_aside(folder: ChatFolder, files: Sequence[FileRecord]) -> dict[str, list[AsideRow]]:
    """Return the rows that were kept aside of files which have been cleared, by their raw names.

    They have lost their text, and the file that they stood in. None where nobody can read them.
    """
    cleared = {file.name: file.raw for file in files if file.format == POSTS and file.aside}
    told: dict[str, list[AsideRow]] = {raw: [] for raw in cleared.values()}
    if not cleared:
        return told
    with suppress(DamagedFolder):  # which this import mends
        for row in folder.read_aside():
            raw = cleared.get(row.file.partition("/")[0])
            if raw and not row.text:
                told[raw].append(row)
    return told


def list_looked_at(new: Sequence[FileRecord], earlier: Sequence[FileRecord]) -> frozenset[str]:
    """Return the raw names of new files that could be of another chat: not one file alone."""
    strangers = {record.raw for record in new} - {record.raw for record in earlier}
    return frozenset(strangers if earlier or len(strangers) > 1 else ())


def list_buried(folder: ChatFolder, removed: Removed) -> frozenset[str]:
    """Return the ids that stand for posts of the chat that were taken out: their places stay."""
    if not (removed and folder.is_made and folder.has(layout.POSTS)):
        return frozenset()
    posts = folder.read_posts()
    return frozenset(
        removed.rename(post.id) for post in posts if post.removed or removed.covers(post)
    )


def forget_words(
    change: Change,
    folder: ChatFolder,
    posts: Sequence[Post],
    removed: Removed,
    *,
    is_certain: bool,
) -> None:
    """Take out what people said of posts that are gone: it may repeat their words.

    These are corrections of such posts, and earlier edits, since nobody can tell whose words an
    edit took up. Where it is not certain which posts have gone since the last import, as after a
    capture, that may have been any of them.
    """
    gone = {post.id for post in posts if post.deleted}
    known = _list_gone(folder) if folder.is_made else set()
    corrections = folder.read_corrections()
    if corrections:
        from chinwag.steps.collect import clear_corrections  # noqa: PLC0415 - as clear_worked_on

        kept = clear_corrections(corrections, posts, removed)
        if kept != list(corrections):
            change.write_corrections(kept)
    is_news = not gone <= known if is_certain else bool(gone)
    if is_news and folder.read_edits():
        change.write_edits(())


def _list_gone(folder: ChatFolder) -> set[str]:
    """Return the ids of posts that were gone before; none where `posts.jsonl` is damaged."""
    try:
        return {post.id for post in folder.read_posts() if post.deleted}
    except DamagedFolder:  # which this import mends
        return set()


def add_capture(change: Change, ledger: Ledger, posts: Sequence[Post], hashtag: str) -> Ledger:
    """Return the ledger with the account of the live capture, where there was one."""
    journals = [change.find_raw(file.raw) for file in ledger.files if file.format == JOURNAL]
    capture = account_for(journals, posts, hashtag)
    if capture is None:
        return ledger
    gaps, notes = tell_capture(capture)
    return msgspec.structs.replace(
        ledger,
        capture=capture,
        gaps=(*ledger.gaps, *gaps),
        notes=(*ledger.notes, *notes),
    )
