"""Cut one chat out of what the files hold: find it, merge, fold, order, and say what is missing."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from chinwag.errors import InputError, NoChat
from chinwag.messages import open_catalogue
from chinwag.model import SPAM, Chat, Ledger, Post, Window, make_note
from chinwag.steps.collect import (
    FoundWindow,
    Timeline,
    count_removed,
    find_dropped,
    find_gaps,
    find_hashtag,
    find_windows,
    fold_reposts,
    is_firehose,
    keep_window,
    match_records,
    merge_posts,
    order_posts,
    select_posts,
    tell_hashtag,
    tell_matches,
    tell_windows,
)
from chinwag.workflows.chat_details import ChatDetails, describe_chat
from chinwag.workflows.crowded_time import refuse_crowd
from chinwag.workflows.strange_files import refuse_strange, refuse_useless
from chinwag.workflows.take_in import TakenIn


class CutOut(NamedTuple):
    """The chat, cut out of what the files hold."""

    chat: Chat
    posts: tuple[Post, ...]
    ledger: Ledger


def cut_out_chat(
    taken: TakenIn,
    details: ChatDetails,
    before: Chat | None,
    buried: Set[str] = frozenset(),
) -> CutOut:
    """Find the hashtag and the window, then select, merge, fold and order the chat's posts.

    `buried` are the ids of places that stay where a post of the chat was taken out. Raises NoChat
    where no post is left, InputError where a file seems to hold nothing of the chat.
    """
    timeline = taken.timeline
    if not details.anyway and not (details.start or details.end):
        refuse_strange(taken, before)
    hashtag, (found, *others) = find_chat(taken, details, before)
    window, only_tagged = found.window, is_firehose(timeline, hashtag)
    refuse_crowd(timeline, (found, *others), hashtag, only_tagged=only_tagged)
    selected = select_posts(
        taken.posts,
        found.takes,
        hashtag=hashtag,
        only_tagged=only_tagged,
        others=[other.window for other in others],
        buried=buried,
    )
    if not selected.posts:
        raise _miss_window(timeline, window)
    if not details.anyway:
        refuse_useless(taken, selected.posts, describe_chat(details, before, hashtag, window))
    matches = match_records(selected.posts)
    merged = merge_posts(selected.posts, taken.deletions, matches.pairs)
    folded = fold_reposts(merged.posts)
    posts = order_posts(folded.posts)
    ledger = Ledger(
        files=taken.files,
        archived=len(posts),
        folded=folded.folded,
        merged=merged.repeated,
        outside=selected.outside + selected.untagged,
        deleted=sum(post.deleted for post in posts),
        text_lost=sum(post.text_lost for post in posts),
        removed=count_removed(posts),
        spam=count_removed(posts, SPAM),
        gaps=(
            *find_dropped(timeline, selected.posts, found.takes, hashtag, only_tagged=only_tagged),
            *find_gaps(posts, hashtag=hashtag, window=window, unknown=merged.unknown),
        ),
        notes=(
            tell_hashtag(timeline, hashtag),
            *tell_windows((found, *others)),
            *tell_matches(matches),
            *merged.notes,
        ),
    )
    return CutOut(describe_chat(details, before, hashtag, window), posts, ledger)


def find_chat(
    taken: TakenIn, details: ChatDetails, before: Chat | None
) -> tuple[str, tuple[FoundWindow, ...]]:
    """Return the chat's hashtag and its window, and after it those of other chats in the files.

    Where everything has been taken out, they stay what they were. Raises NoChat where there is no
    post.
    """
    if not len(taken.timeline):
        if before is None or before.window is None or not len(taken.posts):
            raise _miss_posts(taken)
        was = before.window
        notes = (make_note("window-kept"),)
        gone = FoundWindow(window=was, takes=was, posts=0, people=0, notes=notes)
        return before.hashtag, (gone,)
    said = details.hashtag or (before.hashtag if before else "")
    hashtag = find_hashtag(taken.timeline, files_said=said)
    return hashtag, choose_window(taken.timeline, hashtag, details, before)


def choose_window(
    timeline: Timeline, hashtag: str, details: ChatDetails, before: Chat | None
) -> tuple[FoundWindow, ...]:
    """Return the chat's window, and after it those of other chats in the files.

    What a person gave stands, now or earlier; an end that was not given is that of the files.
    Raises InputError where it ends before it begins.
    """
    earlier = before.window if before else None
    found = _find_kept(timeline, hashtag, details, earlier)
    given = earlier if earlier and earlier.by == "person" else None
    start = details.start or (given and given.start)
    end = details.end or (given and given.end)
    if start is None and end is None:
        return found
    whole = found[0].takes
    window = Window(
        start=start or timeline.first or whole.start,
        end=end or timeline.last or whole.end,
        by="person",
    )
    if window.end < window.start:
        raise InputError(
            "The chat ends before it begins: from {start} to {end}.",
            code="window-crossed",
            start=window.start,
            end=window.end,
        )
    notes = (make_note("window-given"),)
    return (FoundWindow(window=window, takes=window, posts=0, people=0, notes=notes),)


def _find_kept(
    timeline: Timeline, hashtag: str, details: ChatDetails, earlier: Window | None
) -> tuple[FoundWindow, ...]:
    """Return the windows found, that of the chat as the folder knows it first."""
    found = find_windows(timeline, hashtag)
    if earlier:
        return keep_window(found, earlier)
    return keep_window(found, details.near, whole=False) if details.near else found


def _miss_posts(taken: TakenIn) -> NoChat:
    names = ", ".join(file.name for file in taken.files)
    first = next(iter(taken.aside), None)
    if first is None:
        return NoChat("There is no post in {files}.", code="no-post-in-files", files=names)
    return NoChat(
        "There is no post in {files}, read as {formats}. Rows that could not be read: {rows:,}. The"
        " first, line {line} of {file}: {reason}.",
        code="no-row-readable",
        files=names,
        formats=", ".join(dict.fromkeys(file.format for file in taken.files)),
        file=first.file,
        line=first.line,
        reason=open_catalogue().word_note(first.reason),
        rows=len(taken.aside),
    )


def _miss_window(timeline: Timeline, window: Window) -> NoChat:
    first, last = timeline.first or window.start, timeline.last or window.end
    return NoChat(
        "There is no post from {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}: the files hold posts"
        " from {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC.",
        code="no-post-in-window",
        start=window.start,
        end=window.end,
        first=first,
        last=last,
    )
