"""The figures of a chat: counts, each with the entries behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, QuerySet
from markupsafe import Markup

from chinwag.messages import open_catalogue
from chinwag.model import Placement, Post, quote_note
from chinwag.steps.publish import Hours, build_story, clean_link, draw_chart, render_chart
from chinwag.steps.publish.safe import clean_text
from chinwag.web.chats.models import Chat, Entry, EntryKind
from chinwag.web.chats.queries.posts import (
    NO_LEDGER,
    NO_MEASURES,
    NO_SUMMARY,
    choose_catalogue,
    read_facts,
)

FEWEST_PEOPLE = 5  # where fewer people spoke, figures name nobody


class Speaker(NamedTuple):
    """Somebody who spoke: how often, and how many replies they gave to others and got."""

    handle: str
    posts: int
    replies_given: int
    replies_got: int


class Group(NamedTuple):
    """The people who spoke for the first time ("new") or came back ("returning")."""

    key: str
    speakers: list[Speaker]


class SharedAddress(NamedTuple):
    """A link that was shared: as shown, as opened ("" where it may not be), in how many posts."""

    shown: str
    address: str
    posts: int


class Figures(NamedTuple):
    """What a figures page shows. `speakers` and `groups` are empty where too few people spoke."""

    posts: int
    people: int
    new: int
    returning: int
    replies: int
    reposts: int
    shared: list[SharedAddress]
    speakers: list[Speaker]
    groups: list[Group]
    chart: Markup | None


def measure_chat(chat: Chat, language: str) -> Figures:
    """Return the figures of a chat; `language` is one of the site, for the chart's words."""
    spoken = chat.entries.exclude(speaker="")  # only posts have one
    speakers = list_speakers(spoken)
    known = _list_known(chat, [speaker.handle for speaker in speakers])
    new = [speaker for speaker in speakers if speaker.handle not in known]
    returning = [speaker for speaker in speakers if speaker.handle in known]
    may_name = len(speakers) >= FEWEST_PEOPLE
    return Figures(
        posts=sum(speaker.posts for speaker in speakers),
        people=len(speakers),
        new=len(new),
        returning=len(returning),
        replies=spoken.exclude(reply_to="").count(),
        reposts=chat.measures.get("reposts", 0),
        shared=_list_shared(spoken),
        speakers=speakers if may_name else [],
        groups=[Group("new", new), Group("returning", returning)] if may_name else [],
        chart=_draw_hour(chat, language),
    )


def list_speakers(spoken: QuerySet[Entry]) -> list[Speaker]:
    """Return those who said these posts, the one with the most posts first.

    Replies count where they answer somebody else of the same chat.
    """
    pairs = spoken.order_by().values_list("speaker", "answers").annotate(number=Count("*"))
    posts, given, got = Counter[str](), Counter[str](), Counter[str]()
    for speaker, answered, number in pairs:
        posts[speaker] += number
        if answered:
            given[speaker] += number
            got[answered] += number
    ordered = sorted(posts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Speaker(who, number, given[who], got[who]) for who, number in ordered]


def _list_known(chat: Chat, speakers: Sequence[str]) -> set[str]:
    """Return those of the speakers who had spoken in an earlier chat of the series."""
    earlier = Entry.objects.filter(
        chat__series=chat.series_id,
        chat__starts_at__lt=chat.starts_at,
        speaker__in=speakers,
    )
    return set(earlier.order_by().values_list("speaker", flat=True).distinct())


def _list_shared(spoken: QuerySet[Entry]) -> list[SharedAddress]:
    sharing = spoken.filter(links__gt=0).values_list("body__post__links", flat=True)
    counts = Counter(link for links in sharing for link in dict.fromkeys(links or ()))
    return [
        SharedAddress(clean_text(link), clean_link(link), number)
        for link, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _draw_hour(chat: Chat, language: str) -> Markup | None:
    """Return the story's own chart of the hour, drawn of times and questions alone."""
    posts = chat.entries.filter(kind=EntryKind.POST)
    rows = posts.values_list("key", "said_at", "question", "post_kind")
    words = open_catalogue(choose_catalogue(language))
    story = build_story(
        read_facts(chat),
        [_make_bare_post(key, said_at) for key, said_at, *_ in rows],
        list(_make_bare_placements(rows)),
        NO_SUMMARY,
        NO_LEDGER,
        NO_MEASURES,
    )
    chart = draw_chart(story, Hours(story, words)) if story.posts else None
    return render_chart(chart, words) if chart else None


def _make_bare_post(key: str, said_at: datetime) -> Post:
    return Post(id=key, author="", text="", created_at=said_at, reply_to=None, url="", source="")


def _make_bare_placements(rows: Iterable[tuple[str, datetime, str, str]]) -> Iterable[Placement]:
    nothing = quote_note("")
    for key, _said_at, question, kind in rows:
        yield Placement(
            post=key, question=question or None, reason=nothing, confidence=0, by="", kind=kind
        )
