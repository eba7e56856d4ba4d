"""Gaps: what is missing from the archive, and why, in sentences for hosts and readers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from chinwag.model import Deletion, Gap, Post, Window
from chinwag.text.hashtags import find_hashtags, fold_tag

_SILENCE = timedelta(minutes=10)  # shorter ones are nothing, however lively the chat
_UNUSUAL = 0.001  # a silence that chance brings about less often than this is told
_MOST_SILENCES = 5
_ENDS = 0.05  # of the posts, at the beginning and at the end, may come as they like
_ASYNCHRONOUS = timedelta(hours=6)
_TAG_ONLY = 0.95


def find_gaps(
    posts: Sequence[Post],
    *,
    hashtag: str = "",
    window: Window | None = None,
    unknown: Iterable[Deletion] = (),
    follows_threads: bool = False,
) -> tuple[Gap, ...]:
    """Give what is missing among the posts of a chat (merged, folded, in time order).

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
        *_find_deleted(posts, tuple(unknown)),
        *_find_lost_tags(posts, hashtag),
        *_find_silences(posts, window),
        *_find_threadless(posts),
        *(() if follows_threads else _find_unseen_replies(posts, hashtag)),
    )
    return tuple(found)


def _find_missing_parents(posts: Sequence[Post], known: set[str], hashtag: str) -> Iterator[Gap]:
    orphans = [post for post in posts if post.reply_to and post.reply_to not in known]
    if not orphans:
        return
    parents = len({post.reply_to for post in orphans})
    why = "What they answer was written at another time, was deleted, or was not collected."
    if _hold_tag_only(posts, hashtag):
        why = f"The files hold only posts with #{hashtag}; what was said without it is not there."
    if len(orphans) == 1:
        what = "1 reply answers a post that is not in the archive."
        why = why.replace("What they answer", "What it answers")
    else:
        what = (
            f"{len(orphans)} replies answer {_count(parents, 'post')} that"
            f" {'is' if parents == 1 else 'are'} not in the archive."
        )
    yield Gap(what=what, why=why, posts=tuple(post.id for post in orphans))


def _hold_tag_only(posts: Sequence[Post], hashtag: str) -> bool:
    """Say whether so many of the posts carry the tag that it must have been what was asked for."""
    if not hashtag:
        return False
    spoken = [post for post in posts if not (post.deleted or post.repost_of or post.text_lost)]
    folded = fold_tag(hashtag)
    tagged = sum(
        folded in {fold_tag(tag) for tag in post.hashtags or find_hashtags(post.text)}
        for post in spoken
    )
    return tagged >= _TAG_ONLY * max(1, len(spoken))


def _find_lost_tags(posts: Sequence[Post], hashtag: str) -> Iterator[Gap]:
    if not hashtag:
        return
    lost = [
        post
        for post in posts
        if any(_has_tag(version.text, hashtag) for version in post.versions)
        and not _has_tag(post.text, hashtag)
        and fold_tag(hashtag) not in {fold_tag(tag) for tag in post.hashtags}
    ]
    if lost:
        has = "has" if len(lost) == 1 else "have"
        yield Gap(
            what=f"{_count(len(lost), 'post')} had #{hashtag} once and {has} it no more.",
            why="Taken out by an edit. What was seen with the hashtag is kept.",
            posts=tuple(post.id for post in lost),
        )


def _has_tag(text: str, hashtag: str) -> bool:
    return fold_tag(hashtag) in {fold_tag(tag) for tag in find_hashtags(text)}


def _find_missing_originals(posts: Sequence[Post]) -> Iterator[Gap]:
    standing = [post for post in posts if post.repost_of and not post.deleted]
    if not standing:
        return
    number = len(standing)
    yield Gap(
        what=f"{_count(number, 'post')} that {'was' if number == 1 else 'were'} reposted"
        f" {'is' if number == 1 else 'are'} not in the archive.",
        why="Only the reposts were collected. The earliest repost stands for each of them and is"
        " not quoted as its author's own words.",
        posts=tuple(post.id for post in standing),
    )


def _find_missing_quotes(posts: Sequence[Post], known: set[str]) -> Iterator[Gap]:
    quoting = [post for post in posts if post.quote_of and post.quote_of not in known]
    if quoting:
        number = len(quoting)
        yield Gap(
            what=f"{_count(number, 'post')} {'quotes' if number == 1 else 'quote'}"
            " posts that are not in the archive.",
            why="The quoted posts were not collected, or lie outside the chat's time.",
            posts=tuple(post.id for post in quoting),
        )


def _find_lost_texts(posts: Sequence[Post]) -> Iterator[Gap]:
    lost = tuple(post.id for post in posts if post.text_lost)
    if lost:
        yield Gap(
            what=f"The words of {_count(len(lost), 'post')} are lost.",
            why="The file carries another post's text in their place, so they are counted but"
            " never quoted or summarised.",
            posts=lost,
        )


def _find_deleted(posts: Sequence[Post], unknown: Sequence[Deletion]) -> Iterator[Gap]:
    deleted = tuple(post.id for post in posts if post.deleted)
    if deleted:
        yield Gap(
            what=f"{_count(len(deleted), 'post')}"
            f" {'was' if len(deleted) == 1 else 'were'} deleted.",
            why="What an author takes back is not shown: nothing but its place stands in the chat.",
            posts=deleted,
        )
    if unknown:
        yield Gap(
            what=f"{_count(len(unknown), 'deletion')} in the files"
            f" {'concerns a post' if len(unknown) == 1 else 'concern posts'}"
            " of which nothing else is here.",
            why="What was deleted before it could be collected cannot be told apart from what"
            " belongs to another time.",
        )


def _find_silences(posts: Sequence[Post], window: Window | None) -> Iterator[Gap]:
    """Tell silences that are improbable at the pace of the posts around them.

    With n posts arriving by chance in a time T, a silence as long as s is expected about
    n * exp(-s * n / T) times (Poisson arrivals); the pace is that of the 10 posts before and after.
    """
    times = [
        post.created_at
        for post in posts
        if window is None or window.start <= post.created_at <= window.end
    ]
    if len(times) < 2 or times[-1] - times[0] > _ASYNCHRONOUS:
        return
    silences: list[tuple[timedelta, int]] = []
    ends = max(2, round(_ENDS * len(times)))  # people come one by one and leave one by one
    for at, (before, after) in enumerate(pairwise(times)):
        if not ends <= at + 1 <= len(times) - ends:
            continue
        if after - before >= _SILENCE and _is_unusual(times, at):
            silences.append((after - before, at))
    for length, at in sorted(silences, reverse=True)[:_MOST_SILENCES]:
        yield Gap(
            what=f"Nobody posts for {int(length.total_seconds() // 60)} minutes from"
            f" {times[at]:%H:%M} UTC.",
            why="That is long at the pace of this chat: posts may not have been collected.",
        )


def _is_unusual(times: Sequence[datetime], at: int) -> bool:
    near = [*times[max(0, at - 10) : at + 1], *times[at + 1 : at + 12]]
    middle = min(at, 10)
    steps = [(after - before).total_seconds() for before, after in pairwise(near)]
    silence = steps.pop(middle)
    usual = sum(steps) / len(steps) if len(steps) >= 10 else math.inf
    return len(times) * math.exp(-silence / max(usual, 1.0)) < _UNUSUAL


def _find_threadless(posts: Sequence[Post]) -> Iterator[Gap]:
    """Tell of sources in which no post says what it answers; networks always say it."""
    telling = {post.source for post in posts if post.reply_to or ":" in post.source}
    silent = [post for post in posts if post.source not in telling and not post.deleted]
    counted = len(silent)
    if counted >= 20:
        yield Gap(
            what=f"{counted} posts do not say which post they answer.",
            why="Their files do not record replies; only mentions and times tell who answers whom.",
        )


def _find_unseen_replies(posts: Sequence[Post], hashtag: str) -> Iterator[Gap]:
    if len(posts) >= 20 and _hold_tag_only(posts, hashtag):
        yield Gap(
            what=f"Replies that were written without #{hashtag} are not in the archive.",
            why="The files were collected by the hashtag alone.",
        )


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
