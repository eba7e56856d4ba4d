"""Dropped: what the hashtag or the window leaves out, where that is most of an hour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from chinwag.model import Gap, Post, Window, make_note
from chinwag.steps.collect.timeline import Timeline

HOUR = 3600.0


def find_dropped(
    timeline: Timeline, posts: Sequence[Post], window: Window, hashtag: str, *, only_tagged: bool
) -> tuple[Gap, ...]:
    """Return what to say about posts that were left out: more than half of those of an hour.

    `posts` are those taken, and `only_tagged` says that the others of the window were left out for
    want of the hashtag. An hour before the window and one after it are looked at, too.
    """
    taken = list({post.id: post.created_at.timestamp() for post in posts}.values())
    start, end = window.start.timestamp() - HOUR, window.end.timestamp() + HOUR

    def list_there(hashtag: str) -> list[float]:
        there = timeline.list_moments(hashtag, reposts=True)
        return list(there.cut(there.find_from(start), there.find_after(end)).list_times())

    return (
        *(_find_untagged(list_there(""), taken, window, hashtag) if only_tagged else ()),
        *_find_around(list_there(hashtag if only_tagged else ""), taken, window),
    )


def _find_untagged(
    everybody: Iterable[float], taken: Iterable[float], window: Window, hashtag: str
) -> Iterator[Gap]:
    there, kept = (_count_hours(moments, window) for moments in (everybody, taken))
    hours = [hour for hour in there if there[hour] > 2 * kept[hour]]
    if hours:
        said = sum(there[hour] for hour in hours)
        dropped = said - sum(kept[hour] for hour in hours)
        yield Gap(
            what=make_note("left-out-untagged", posts=dropped, all_posts=said, hashtag=hashtag)
        )


def _count_hours(moments: Iterable[float], window: Window) -> Counter[int]:
    """Return how many of the moments fall into each hour of the window, counted from its start."""
    start, end = window.start.timestamp(), window.end.timestamp()
    return Counter(int((at - start) // HOUR) for at in moments if start <= at <= end)


def _find_around(everybody: Iterable[float], taken: list[float], window: Window) -> Iterator[Gap]:
    start, end = window.start.timestamp(), window.end.timestamp()

    def count(moments: Iterable[float], *spans: tuple[float, float]) -> int:
        return sum(first < at < last for at in moments for first, last in spans)

    beside = ((start - HOUR, start), (end, end + HOUR))
    dropped = count(everybody, *beside) - count(taken, *beside)
    inside = sum(start <= at <= end for at in taken)
    if dropped > inside:
        yield Gap(
            what=make_note(
                "left-out-around", posts=dropped, taken=inside, start=window.start, end=window.end
            )
        )
