"""Gaps: what is missing from the archive, and why."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from chinwag.model import SPAM, Deletion, Gap, Post, Window, make_note
from chinwag.steps.collect.tagging import has_tag, lost_tag
from chinwag.text.reach import MOST_READ

_SILENCE = timedelta(minutes=10)  # shorter ones are nothing, however lively the chat
_UNUSUAL = 0.001  # a silence less likely by chance than this is reported
_MOST_SILENCES = 5
_ENDS = 0.05  # of the posts, at the beginning and at the end, are not looked at
_ASYNCHRONOUS = timedelta(hours=6)  # in a longer chat silences are usual
_TAG_ONLY = 0.95  # of the posts carry the tag in files that were collected by it
_MANY = 20  # posts; what so many or more all lack, they do not lack by chance


def find_gaps(
    posts: Sequence[Post],
    *,
    hashtag: str = "",
    window: Window | None = None,
    unknown: Iterable[Deletion] = (),
    follows_threads: bool = False,
) -> tuple[Gap, ...]:
    """Return what is missing among the posts of a chat (merged, folded, in time order).

    Missing parents, originals of reposts, quoted posts, texts that are lost, deletions, hashtags
    taken out, silences that the chat's own pace does not explain, and sources that tell no replies.
    With `follows_threads` replies were looked for that lack the hashtag.
    """
    known = {id_ for post in posts for id_ in (post.id, *post.aliases)}
    known |= {repost.id for post in posts for repost in post.reposts}
    found = (
        *_find_missing_parents(posts, known, hashtag),
        *_find_missing_originals(posts),
        *_find_missing_quotes(posts, known),
        *_find_lost_texts(posts),
        *_find_long_texts(posts),
        *_find_deleted(posts, tuple(unknown)),
        *_find_lost_tags(posts, hashtag),
        *_find_silences(posts, window),
        *_find_threadless(posts),
        *(() if follows_threads else _find_unseen_replies(posts, hashtag)),
    )
    return tuple(found)


def _find_long_texts(posts: Sequence[Post]) -> Iterator[Gap]:
    """Yield a gap for texts of which only the beginning is read."""
    long = [post for post in posts if len(post.text) > MOST_READ]
    if long:
        yield Gap(
            what=make_note("texts-long", posts=len(long)),
            why=make_note("texts-read-in-part", most=MOST_READ),
            posts=_list_ids(long),
        )


def _find_missing_parents(posts: Sequence[Post], known: set[str], hashtag: str) -> Iterator[Gap]:
    orphans = [post for post in posts if post.reply_to and post.reply_to not in known]
    if not orphans:
        return
    parents = {post.reply_to for post in orphans}
    why = make_note("parents-not-collected", replies=len(orphans))
    if _hold_tag_only(posts, hashtag):
        why = make_note("only-tagged", hashtag=hashtag)
    yield Gap(
        what=make_note("parents-missing", replies=len(orphans), posts=len(parents)),
        why=why,
        posts=_list_ids(orphans),
    )


def _hold_tag_only(posts: Sequence[Post], hashtag: str) -> bool:
    """Return whether so many posts carry the tag that the files must have been collected by it."""
    if not hashtag:
        return False
    spoken = [post for post in posts if not (post.deleted or post.repost_of or post.text_lost)]
    tagged = sum(has_tag(post, hashtag) for post in spoken)
    return tagged >= _TAG_ONLY * max(1, len(spoken))


def _find_lost_tags(posts: Sequence[Post], hashtag: str) -> Iterator[Gap]:
    lost = [post for post in posts if hashtag and lost_tag(post, hashtag)]
    if lost:
        yield Gap(
            what=make_note("hashtag-lost", posts=len(lost), hashtag=hashtag),
            why=make_note("hashtag-edited-away"),
            posts=_list_ids(lost),
        )


def _find_missing_originals(posts: Sequence[Post]) -> Iterator[Gap]:
    standing = [post for post in posts if post.repost_of and not post.deleted]
    if standing:
        yield Gap(
            what=make_note("originals-missing", posts=len(standing)),
            why=make_note("only-reposts"),
            posts=_list_ids(standing),
        )


def _find_missing_quotes(posts: Sequence[Post], known: set[str]) -> Iterator[Gap]:
    quoting = [post for post in posts if post.quote_of and post.quote_of not in known]
    if quoting:
        yield Gap(
            what=make_note("quoted-missing", posts=len(quoting)),
            why=make_note("quoted-not-collected"),
            posts=_list_ids(quoting),
        )


def _find_lost_texts(posts: Sequence[Post]) -> Iterator[Gap]:
    lost = [post for post in posts if post.text_lost]
    if lost:
        yield Gap(
            what=make_note("texts-lost", posts=len(lost)),
            why=make_note("texts-of-others"),
            posts=_list_ids(lost),
        )


def _find_deleted(posts: Sequence[Post], unknown: Sequence[Deletion]) -> Iterator[Gap]:
    deleted = [post for post in posts if post.deleted and not post.removed]
    if deleted:
        yield Gap(
            what=make_note("posts-deleted", posts=len(deleted)),
            why=make_note("taken-back"),
            posts=_list_ids(deleted),
        )
    yield from _find_removed(posts)
    if unknown:
        yield Gap(
            what=make_note("deletions-unmatched", deletions=len(unknown)),
            why=make_note("deleted-unseen"),
        )


def _find_removed(posts: Sequence[Post]) -> Iterator[Gap]:
    """Yield how many posts were taken out; which, and when they were written, is told nowhere."""
    spam = sum(post.removed == SPAM for post in posts)
    asked = sum(bool(post.removed) for post in posts) - spam
    if asked:
        yield Gap(what=make_note("posts-removed", posts=asked))
    if spam:
        yield Gap(what=make_note("spam-removed", posts=spam))


def _find_silences(posts: Sequence[Post], window: Window | None) -> Iterator[Gap]:
    """Yield silences that are improbable at the pace of the posts around them, the longest first.

    With n posts arriving by chance in a time T, a silence as long as s is expected about
    n * exp(-s * n / T) times (Poisson arrivals); the pace is that of the 10 posts before and after.
    """
    times = [post.created_at for post in posts if _is_within(post.created_at, window)]
    if len(times) < 2 or times[-1] - times[0] > _ASYNCHRONOUS:
        return
    silences = sorted(_list_silences(times), reverse=True)
    for length, at in silences[:_MOST_SILENCES]:
        minutes = int(length.total_seconds() // 60)
        yield Gap(
            what=make_note("silence", minutes=minutes, start=times[at]),
            why=make_note("silence-is-long"),
        )


def _is_within(moment: datetime, window: Window | None) -> bool:
    return window is None or window.start <= moment <= window.end


def _list_silences(times: Sequence[datetime]) -> Iterator[tuple[timedelta, int]]:
    """Yield each unusual silence with the place of the post before it."""
    ends = max(2, round(_ENDS * len(times)))  # people come one by one and leave one by one
    for at in range(ends - 1, len(times) - ends):
        length = times[at + 1] - times[at]
        if length >= _SILENCE and _is_unusual(times, at):
            yield length, at


def _is_unusual(times: Sequence[datetime], at: int) -> bool:
    near = [*times[max(0, at - 10) : at + 1], *times[at + 1 : at + 12]]
    middle = min(at, 10)
    steps = [(after - before).total_seconds() for before, after in pairwise(near)]
    silence = steps.pop(middle)
    usual = sum(steps) / len(steps) if len(steps) >= 10 else math.inf
    return len(times) * math.exp(-silence / max(usual, 1.0)) < _UNUSUAL


def _find_threadless(posts: Sequence[Post]) -> Iterator[Gap]:
    """Yield a gap for sources in which no post says what it answers; networks always say it."""
    telling = {post.source for post in posts if post.reply_to or ":" in post.source}
    silent = [post for post in posts if post.source not in telling and not post.deleted]
    if len(silent) >= _MANY:
        yield Gap(
            what=make_note("replies-untold", posts=len(silent)),
            why=make_note("replies-not-recorded"),
        )


def _find_unseen_replies(posts: Sequence[Post], hashtag: str) -> Iterator[Gap]:
    if len(posts) >= _MANY and _hold_tag_only(posts, hashtag):
        yield Gap(
            what=make_note("untagged-replies-missing", hashtag=hashtag),
            why=make_note("collected-by-hashtag"),
        )


def _list_ids(posts: Iterable[Post]) -> tuple[str, ...]:
    return tuple(post.id for post in posts)
