"""Ask when the chat was, where its time holds more posts than a chat of a few hours can have."""

from __future__ import annotations

from chinwag.errors import InputError, Kept
from chinwag.steps.collect import MOST_POSTS, FoundWindow, Timeline, find_busiest_hours

MOST_HELD = 200_000  # posts of one chat, which is loaded whole: some 2 kB each


def refuse_crowd(
    timeline: Timeline, found: tuple[FoundWindow, ...], hashtag: str, *, only_tagged: bool
) -> None:
    """Raise InputError where the chat's time was found, and holds too many posts for a chat.

    A time that a person gave may hold four times as many.
    """
    tag = hashtag if only_tagged else ""
    best = found[0]
    moments = timeline.list_moments(tag, reposts=True)
    start, end = (moment.timestamp() for moment in (best.takes.start, best.takes.end))
    posts = moments.find_after(end) - moments.find_from(start)
    is_given = best.takes.by == "person"
    if posts <= (MOST_HELD if is_given else MOST_POSTS):
        return
    raise InputError(
        "{posts:,} posts lie from {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC, and a chat of"
        " a few hours has no more than {most:,}.",
        code="window-too-full",
        kept=Kept.UNCHANGED,
        posts=posts,
        start=best.takes.start,
        end=best.takes.end,
        most=MOST_HELD if is_given else MOST_POSTS,
        hours=_list_hours(timeline, tag),
    )


def _list_hours(timeline: Timeline, tag: str) -> tuple[dict[str, object], ...]:
    """Return the likeliest hours, those with most people, as they are typed."""
    return tuple(
        {
            "start": f"{hour.window.start:%Y-%m-%dT%H:%MZ}",
            "end": f"{hour.window.end:%Y-%m-%dT%H:%MZ}",
            "posts": hour.posts,
            "people": hour.people,
        }
        for hour in find_busiest_hours(timeline, tag)
    )
