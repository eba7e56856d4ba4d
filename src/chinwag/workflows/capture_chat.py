"""Capture a chat live: everything that comes, by every route, on the disk before anything else.

`capture_chat` is the recipe: open the folder, take in what an earlier run left, capture, and make
the story. What happens between a network and the disk is in the room `capture`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec

from chinwag.capture.capture import Capture
from chinwag.capture.decisions import DecisionReader
from chinwag.capture.disk import Disk
from chinwag.capture.journals import finalise_journals
from chinwag.capture.live_chat import LiveChat
from chinwag.capture.state import read_state
from chinwag.capture.threads import run_to_end, wait_for_all
from chinwag.capture.view import Listener
from chinwag.capture.watch import CaptureEnd, Clock
from chinwag.errors import InputError, NoChat
from chinwag.model import Chat, Ledger, Measures, Note
from chinwag.networks.contract import Route
from chinwag.stores.folder import ChatFolder, layout
from chinwag.workflows.chat_details import ChatDetails, describe_new_chat, find_window
from chinwag.workflows.draft_ahead import DraftAhead
from chinwag.workflows.edit_blocks import BlockMaterial, read_blocks
from chinwag.workflows.encoders import warm_encoder
from chinwag.workflows.import_files import import_files
from chinwag.workflows.make_again import make_again
from chinwag.workflows.prepared import Prepared
from chinwag.workflows.show_folder import show_folder

_MINUTE = timedelta(minutes=1)
_EMPTY = Ledger(files=(), archived=0, folded=0, merged=0, outside=0, deleted=0, text_lost=0)


class CaptureReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a capture left in the folder: the chat, its ledger, its figures, and how many records
    it kept.

    `failed` says by route why it was given up, where no other took its place. `due` is when it
    would have ended by itself, None where it did, or where nobody said when.
    """

    folder: Path
    chat: Chat
    ledger: Ledger
    measures: Measures
    kept: int
    failed: Mapping[str, Note] = {}
    due: datetime | None = None


async def capture_chat(
    into: Path,
    details: ChatDetails,
    routes: Sequence[Route],
    *,
    clock: Clock,
    listener: Listener,
    stop: asyncio.Event,
    jitter: Callable[[], float],
    ending: CaptureEnd | None = None,
    writes_up: Callable[[], bool] | None = None,
    show_draft: Callable[[BlockMaterial], None] = lambda _: None,
) -> CaptureReport:
    """Capture a chat in the folder `into`, made or opened, until it ends or `stop` is set.

    `details` say the hashtag and the window of a chat that is new; `jitter` returns numbers from 0
    to 1 for the waits between tries. A grace that `ending` gives is kept for the next time. When
    it has ended it asks `writes_up` whether the summary and the story are to be made, too. They are
    made of what was worked out of the posts meanwhile: where nothing has come for a while, that is
    where each stands, and the summary. `show_draft` is given the draft as soon as the summary
    stands, before the story is made; it is called in a thread. Run it again at any time: it goes
    on where it was, and adds what is missing. Raises InputError where no hashtag is known,
    FolderError where the folder cannot be written or is being captured already; what has been
    received until then is kept.
    """
    disk = Disk(into, clock.pause, listener)
    ending = ending or CaptureEnd()
    folder = await disk.write(partial(open_folder, into, details, ending.grace), stop)
    with ExitStack() as until_the_end:
        await run_to_end(partial(until_the_end.enter_context, folder.hold_capture()))
        await disk.write(partial(take_in_what_was_left, folder, ChatDetails()), stop)
        reader = DecisionReader(folder)
        chat = await run_to_end(lambda: LiveChat(folder, reader.read()))
        journal = await disk.write(partial(folder.begin_journal, clock.now()), stop)
        warm = asyncio.create_task(run_to_end(warm_encoder))
        prepared = Prepared(lambda: chat.placing.readings)
        hour = ChatDetails(start=details.start, end=details.end)
        ahead = DraftAhead(folder, hour, prepared) if writes_up else None
        capture = Capture(chat, reader, journal, clock, listener, ending, details.start, ahead)
        try:
            await capture.run(routes, stop, jitter)
        finally:
            journal.close()
            await wait_for_all([warm])
        await run_to_end(partial(_take_in, chat, hour, listener))
        is_wanted = writes_up is not None and writes_up()
        finish = partial(_write_up, folder, prepared, show_draft, is_wanted=is_wanted)
        await run_to_end(finish)
    view = show_folder(into)
    return CaptureReport(
        folder=into,
        chat=view.chat,
        ledger=view.ledger,
        measures=view.measures,
        kept=capture.kept,
        failed=capture.list_given_up(),
        due=capture.find_early_end(),
    )


def open_folder(into: Path, details: ChatDetails, grace: timedelta | None = None) -> ChatFolder:
    """Open the chat folder, or make it. Raises InputError for another hashtag than it has."""
    folder = ChatFolder.at(into)
    if not folder.is_made:
        if not details.hashtag:
            raise InputError("No hashtag was given.", code="hashtag-missing")
        with folder.change() as change:
            change.write_chat(_take_down(describe_new_chat(details), details, grace))
            change.write_posts(())
            change.write_placements(())
            change.write_ledger(_EMPTY)
        return folder
    chat = folder.read_chat()
    if details.hashtag and details.hashtag.casefold() != chat.hashtag.casefold():
        raise InputError(
            "{folder} is a chat of #{found}, not of #{wanted}.",
            code="folder-of-other-chat",
            folder=into,
            found=chat.hashtag,
            wanted=details.hashtag,
        )
    said = _take_down(chat, details, grace)
    if said != chat:
        with folder.change() as change:
            change.write_chat(said)
    return folder


def _take_down(chat: Chat, details: ChatDetails, grace: timedelta | None) -> Chat:
    """Return the chat with the hour, and the minutes to follow it, that were given this time."""
    window = find_window(details) or chat.window
    minutes = chat.grace if grace is None else grace / _MINUTE
    return msgspec.structs.replace(chat, window=window, grace=minutes)


def take_in_what_was_left(folder: ChatFolder, details: ChatDetails) -> None:
    """Seal open journals, and import everything that the folder holds again."""
    if not folder.list_open_journals():
        return
    finalise_journals(folder)
    with suppress(NoChat):  # nothing has come yet, and the folder says so already
        import_files([], folder.root, details, while_captured=True)


def _take_in(chat: LiveChat, details: ChatDetails, listener: Listener) -> None:
    """Import what the capture has left, and tell which posts the folder holds then.

    The questions are found anew in a moment; until then those stand that were found meanwhile.
    """
    folder = chat.folder
    take_in_what_was_left(folder, details)
    state = folder.read_steadily(partial(read_state, folder))
    listener.hear_written(state._replace(chat=chat.chat))


def _write_up(
    folder: ChatFolder,
    prepared: Prepared,
    show_draft: Callable[[BlockMaterial], None],
    *,
    is_wanted: bool,
) -> None:
    """Make what is out of date, and what is there not yet where that `is_wanted`."""

    def hear_made(name: str) -> None:
        if is_wanted and name == layout.SUMMARY:
            show_draft(read_blocks(folder.root, prepared))

    also = (layout.SUMMARY, layout.STORY) if is_wanted and folder.read_posts() else ()
    make_again(folder.root, while_captured=True, also=also, prepared=prepared, hear_made=hear_made)
