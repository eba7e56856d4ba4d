"""The figures of a series over time: who came, who came back, what was said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from chinwag.steps.publish import choose_top
from chinwag.web.chats.models import Chat, Entry
from chinwag.web.chats.queries.figures import FEWEST_PEOPLE

_MOST_NAMED = 50
_FOOT, _HEIGHT = 156, 140  # pixels of the chart: its axis, and its highest bar
_FEWEST_SLOTS = 12  # bars of few chats are no wider than those of a year of months
_EDGE = 5  # per cent of the width that the numbers take


class ChatFigures(NamedTuple):
    """The figures of one chat of a series."""

    chat: Chat
    people: int
    new: int
    returning: int
    posts: int
    replies: int
    links: int


class Regular(NamedTuple):
    """Somebody who spoke: in how many chats, how often, replies given to others and got."""

    handle: str
    chats: int
    posts: int
    replies_given: int
    replies_got: int


class Bar(NamedTuple):
    """A chat's bar: who came back below, who was new above; per cent across, pixels down."""

    left: float
    width: float
    y: float
    height: float
    new_y: float
    new_height: float


class Level(NamedTuple):
    """A number beside the axis."""

    number: int
    y: float
    words_y: float


class Year(NamedTuple):
    """Where a year begins."""

    year: int
    left: float


class SeriesChart(NamedTuple):
    """People of each chat, drawn."""

    bars: list[Bar]
    levels: list[Level]
    years: list[Year]


class SeriesFigures(NamedTuple):
    """What the figures page of a series shows; `chats` are the latest first.

    `speakers` is empty where too few people spoke.
    """

    chats: list[ChatFigures]
    people: int
    regulars: int
    posts: int
    replies: int
    links: int
    speakers: list[Regular]
    chart: SeriesChart


class _Cast(NamedTuple):
    """Who spoke in which chat how often, whom they answered."""

    by_chat: dict[int, set[str]]
    posts: Counter[str]
    given: Counter[str]
    got: Counter[str]


def measure_series(chats: QuerySet[Chat]) -> SeriesFigures:
    """Return the figures of a series by its chats, those that the visitor may know of."""
    held = [chat for chat in chats.order_by("starts_at", "id") if chat.posts]
    cast = _read_cast(held)
    told = list(_measure_chats(held, cast))
    came = Counter(who for speakers in cast.by_chat.values() for who in speakers)
    return SeriesFigures(
        chats=told[::-1],
        people=len(came),
        regulars=sum(number > 1 for number in came.values()),
        posts=sum(one.posts for one in told),
        replies=sum(one.replies for one in told),
        links=sum(one.links for one in told),
        speakers=_list_regulars(came, cast) if len(came) >= FEWEST_PEOPLE else [],
        chart=_draw(told),
    )


def _read_cast(held: Sequence[Chat]) -> _Cast:
    """Count who spoke and who was answered: two questions that one index answers by itself."""
    cast = _Cast(defaultdict(set), Counter(), Counter(), Counter())
    inside = [chat.pk for chat in held]
    spoken = Entry.objects.filter(chat__in=inside).exclude(speaker="").order_by()
    speakers = spoken.values_list("chat", "speaker").annotate(
        posts=Count("*"), given=Count("answers", filter=~Q(answers=""))
    )
    for chat, speaker, posts, given in speakers.iterator(chunk_size=5000):
        cast.by_chat[chat].add(speaker)
        cast.posts[speaker] += posts
        cast.given[speaker] += given
    answered = spoken.exclude(answers="").values_list("answers").annotate(got=Count("*"))
    cast.got.update(dict(answered))
    return cast


def _measure_chats(held: list[Chat], cast: _Cast) -> list[ChatFigures]:
    seen: set[str] = set()
    told = []
    for chat in held:
        speakers = cast.by_chat.get(chat.pk, set())
        new = len(speakers - seen)
        seen |= speakers
        told.append(
            ChatFigures(
                chat=chat,
                people=len(speakers),
                new=new,
                returning=len(speakers) - new,
                posts=chat.posts,
                replies=chat.measures.get("replies", 0),
                links=chat.measures.get("links", 0),
            )
        )
    return told


def _list_regulars(came: Counter[str], cast: _Cast) -> list[Regular]:
    order = sorted(came, key=lambda who: (-came[who], -cast.posts[who], who))
    return [
        Regular(who, came[who], cast.posts[who], cast.given[who], cast.got[who])
        for who in order[:_MOST_NAMED]
    ]


def _draw(told: list[ChatFigures]) -> SeriesChart:
    top = choose_top(max((one.people for one in told), default=0))
    slot = (100 - _EDGE) / max(len(told), _FEWEST_SLOTS)
    scale = _HEIGHT / top
    bars, years = [], list[Year]()
    for place, one in enumerate(told):
        below = one.returning * scale
        above = one.new * scale
        left = round(_EDGE + place * slot, 3)
        bars.append(
            Bar(
                left=round(left + slot * 0.12, 3),
                width=round(slot * 0.76, 3),
                y=round(_FOOT - below, 2),
                height=round(below, 2),
                new_y=round(_FOOT - below - above, 2),
                new_height=round(above, 2),
            )
        )
        year = one.chat.starts_at.year
        if not years or (years[-1].year != year and left - years[-1].left >= 10):
            years.append(Year(year, left))
    levels = [
        Level(number, round(_FOOT - number * scale, 2), round(_FOOT - number * scale - 4, 2))
        for number in (top // 2, top)
    ]
    return SeriesChart(bars, levels, years)
