"""The chat's hashtag: the one that most people use, in the posts and in their busiest hour."""

from __future__ import annotations

from heapq import nlargest

from chinwag.errors import NoChat
from chinwag.model import Note, make_note
from chinwag.steps.collect.moments import Moments
from chinwag.steps.collect.timeline import Timeline

_HOUR = 3600
_LIKELY = 20  # tags that are looked at closely, those with most people
_RARELY = 0.1  # a tag on fewer of the posts around it is named in passing, not used as the tag
_FEW_PEOPLE = 0.25  # a tag of fewer of the people around it, likewise
_MOSTLY = 0.5  # with the tag on fewer of all posts, the file is no capture of the tag


def find_hashtag(timeline: Timeline, *, files_said: str = "") -> str:
    """Return the chat's tag without `#`, in the case most often written; "" where there is none.

    `files_said` is the tag that a person or a file names; it stands, whatever the posts carry.
    Otherwise each tag is weighed by its people times its people in its busiest hour, then by its
    posts. A tag that a log names only now and then is not the hashtag. Raises NoChat where there is
    no post at all.
    """
    if files_said.strip("#\uff03 "):
        return timeline.spell_tag(files_said)
    if not len(timeline):
        raise NoChat("The files hold no posts.", code="files-without-posts")
    likely = nlargest(_LIKELY, timeline.list_tags(), key=lambda tag: _count(timeline, tag))
    tag = max(likely, key=lambda tag: _weigh(timeline, tag), default="")
    return timeline.spell_tag(tag) if tag and not _is_rare(timeline, tag) else ""


def tell_hashtag(timeline: Timeline, hashtag: str) -> Note:
    """Return how the hashtag was found, for the ledger's notes."""
    if not hashtag:
        return make_note("hashtag-none")
    posts, people = timeline.count_carriers(hashtag)
    if not posts:
        return make_note("hashtag-on-no-post", hashtag=hashtag)
    if len(timeline) == 1:
        return make_note("hashtag-on-one-post", hashtag=hashtag, people=people)
    return make_note(
        "hashtag-on-posts", hashtag=hashtag, posts=posts, all_posts=len(timeline), people=people
    )


def is_firehose(timeline: Timeline, hashtag: str) -> bool:
    """Return whether the file holds much besides the tag, as an account's archive does.

    In a capture of the tag (and in a file without any) an untagged post belongs to the chat: it
    came in as a reply, or its author forgot the tag.
    """
    posts, _people = timeline.count_carriers(hashtag) if hashtag else (0, 0)
    return bool(posts) and posts < _MOSTLY * len(timeline)


def _count(timeline: Timeline, tag: str) -> tuple[int, int]:
    posts, people = timeline.count_carriers(tag)
    return people, posts


def _weigh(timeline: Timeline, tag: str) -> tuple[int, int, int, str]:
    posts, people = timeline.count_carriers(tag)
    spoken = timeline.list_moments(tag) or timeline.list_moments(tag, reposts=True)
    busiest = _find_busiest_hour(spoken)
    there = _cut_hour(spoken, busiest).count_people()
    return people * there, posts, -len(tag), tag


def _is_rare(timeline: Timeline, tag: str) -> bool:
    """Return whether a tag is named in passing: on few of the posts, or by few of the people.

    Around it lies everything within an hour of its own posts in their busiest hour, so that it does
    not matter where in the clock's hour somebody said it.
    """
    with_tag = timeline.list_moments(tag, reposts=True)
    busiest = _find_busiest_hour(with_tag)
    carrying = _cut_hour(with_tag, busiest)
    first, last = carrying[0].at - _HOUR, carrying[-1].at + _HOUR
    everybody = timeline.list_moments(reposts=True)
    around = everybody.cut(everybody.find_from(first), everybody.find_after(last))
    few_posts = len(carrying) < _RARELY * len(around)
    few_people = carrying.count_people() < _FEW_PEOPLE * around.count_people()
    return few_posts or few_people


def _find_busiest_hour(moments: Moments) -> int:
    """Return the hour (since 1970) in which most people wrote; the earliest of equals."""
    hours = {int(at // _HOUR): None for at in moments.list_times()}
    people = {hour: _cut_hour(moments, hour).count_people() for hour in hours}
    return max(people, key=lambda hour: (people[hour], -hour))


def _cut_hour(moments: Moments, hour: int) -> Moments:
    start = hour * _HOUR
    return moments.cut(moments.find_from(start), moments.find_from(start + _HOUR))
