"""The figures of a chat: counts, each with the entries behind it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

from chinwag.web.chats.models import Chat, Entry, EntryKind

FEWEST_PEOPLE = 5  # where fewer people spoke, figures name nobody
_SLICES = 18  # of the chart


class Speaker(NamedTuple):
    """Somebody who spoke: how often, how many replies they got, whether for the first time."""

    handle: str
    posts: int
    replies_got: int
    is_new: bool


class Slice(NamedTuple):
    """Some minutes of a chat, and how many posts were written in them."""

    begins: datetime
    posts: int
    height: int  # of 100

    @property
    def top(self) -> int:
        """Where its bar begins, from above."""
        return 102 - self.height


class Figures(NamedTuple):
    """What a figures page shows. `speakers` is empty where too few people spoke."""

    posts: int
    people: int
    new: int
    returning: int
    replies: int
    links: int
    reposts: int
    speakers: list[Speaker]
    slices: list[Slice]


def measure_chat(chat: Chat) -> Figures:
    """Return the figures of a chat."""
    posts = chat.entries.filter(kind=EntryKind.POST).exclude(author_key="")
    rows = list(posts.values_list("key", "author_key", "author", "reply_to", "said_at"))
    known = _list_known(chat, {author for _, author, *_ in rows})
    authors = Counter(author for _, author, *_ in rows)
    names = {author: shown for _, author, shown, *_ in rows}
    by_key = {key: author for key, author, *_ in rows}
    got = Counter(
        by_key[parent]
        for _, author, _, parent, _ in rows
        if parent in by_key and by_key[parent] != author
    )
    speakers = [
        Speaker(names[author], count, got[author], author not in known)
        for author, count in authors.most_common()
    ]
    return Figures(
        posts=chat.posts,
        people=chat.people,
        new=sum(author not in known for author in authors),
        returning=sum(author in known for author in authors),
        replies=chat.measures.get("replies", 0),
        links=chat.measures.get("links", 0),
        reposts=chat.measures.get("reposts", 0),
        speakers=speakers if len(speakers) >= FEWEST_PEOPLE else [],
        slices=_cut_hour(chat, [said_at for *_, said_at in rows]),
    )


def _list_known(chat: Chat, authors: set[str]) -> set[str]:
    """Return those who had spoken in an earlier chat of the series."""
    earlier = Entry.objects.filter(
        chat__series=chat.series_id, kind=EntryKind.POST, chat__starts_at__lt=chat.starts_at
    )
    return set(earlier.order_by().values_list("author_key", flat=True).distinct()) & authors


def _cut_hour(chat: Chat, times: list[datetime]) -> list[Slice]:
    inside = [time for time in times if chat.starts_at <= time <= chat.ends_at]
    if not inside:
        return []
    width = max((chat.ends_at - chat.starts_at) / _SLICES, timedelta(seconds=1))
    counts = Counter(min(int((time - chat.starts_at) / width), _SLICES - 1) for time in inside)
    most = max(counts.values())
    return [
        Slice(chat.starts_at + n * width, counts[n], round(100 * counts[n] / most))
        for n in range(_SLICES)
    ]
