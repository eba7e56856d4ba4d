"""Figures of a chat and of a series: each is the length of the list behind it."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client
from tests.web.conftest import DAY

from chinwag.web.chats.models import Chat, Entry, EntryKind
from chinwag.web.chats.queries.figures import Speaker, measure_chat
from chinwag.web.chats.queries.series_figures import measure_series

CHAT = f"/stackschat/{DAY}/"


def count_posts(query: str) -> int:
    page = Client().get(f"{CHAT}archive/?{query}").content.decode()
    found = re.search(r"(\d+) posts?, in the order", page)
    assert found
    return int(found.group(1))


def say(chat: Chat, **posts: str) -> None:
    """Let people speak in a chat: who says what whose post answers, by the post's key."""
    Entry.objects.bulk_create(
        Entry(
            chat=chat,
            kind=EntryKind.POST,
            key=key,
            public=f"{chat.pk}{key}",
            author=who.partition(">")[0],
            author_key=who.partition(">")[0],
            speaker=who.partition(">")[0],
            answers=who.partition(">")[2],
            reply_to="x" if ">" in who else "",
            said_at=chat.starts_at,
        )
        for key, who in posts.items()
    )
    Chat.objects.filter(pk=chat.pk).update(posts=len(posts), people=len(set(posts.values())))


def add_chat(chat: Chat, days: int) -> Chat:
    starts_at = chat.starts_at + timedelta(days=days)
    return Chat.objects.create(
        series=chat.series,
        slug=f"{starts_at.date()}",
        title=f"After {days}",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        state="closed",
    )


def test_a_figure_is_as_long_as_its_list(chat: Chat) -> None:
    figures = measure_chat(chat, "en")
    told = chat.measures
    counted = (figures.posts, figures.people, figures.replies, len(figures.shared))
    assert counted == (told["posts"], told["people"], told["replies"], told["links"])
    assert counted == (355, 33, 154, 8)
    assert count_posts("only=said") == figures.posts
    assert count_posts("only=replies") == figures.replies
    assert (figures.new, figures.returning) == (33, 0)
    assert [len(group.speakers) for group in figures.groups] == [33, 0]
    first = figures.speakers[0]
    assert count_posts(f"only=said&person={first.handle}") == first.posts
    assert sum(one.replies_given for one in figures.speakers) == sum(
        one.replies_got for one in figures.speakers
    )


def test_who_spoke_before_comes_back_and_hosts_are_one_person(chat: Chat) -> None:
    earlier = add_chat(chat, -7)
    say(earlier, a="tamsin@glam.example", b="nobody@glam.example")
    figures = measure_chat(chat, "en")
    assert (figures.new, figures.returning) == (32, 1)
    assert [one.handle for one in figures.groups[1].speakers] == ["tamsin@glam.example"]
    handles = [one.handle for one in figures.speakers]
    assert "stackschat@glam.example" in handles
    assert "stackschat.bsky.example" not in handles


def test_a_series_over_time(chat: Chat) -> None:
    Chat.objects.all().delete()
    first = Chat.objects.create(
        series=chat.series,
        slug="2026-01-06",
        title="First",
        starts_at=chat.starts_at,
        ends_at=chat.ends_at,
        state="closed",
    )
    second = add_chat(first, 7)
    add_chat(first, 14)  # nobody came
    say(first, a="ana", b="ben", c="cy>ana", d="dee>ben", e="ed")
    say(second, a="ana", b="fay>ana", c="ana>fay")
    figures = measure_series(Chat.objects.filter(series=chat.series))
    assert [(one.chat.title, one.people, one.new, one.returning) for one in figures.chats] == [
        ("After 7", 2, 1, 1),
        ("First", 5, 5, 0),
    ]
    assert (figures.people, figures.regulars) == (6, 1)
    assert [one[:5] for one in figures.speakers[:2]] == [("ana", 2, 3, 1, 2), ("ben", 1, 1, 0, 1)]
    heights = [(bar.height, bar.new_height) for bar in figures.chart.bars]
    assert heights == [(0.0, 116.67), (23.33, 23.33)]


def test_nobody_is_named_where_fewer_than_five_spoke(chat: Chat) -> None:
    Chat.objects.exclude(pk=chat.pk).delete()
    Entry.objects.filter(chat=chat).delete()
    say(chat, a="ana", b="ben>ana", c="cy", d="dee")
    assert measure_chat(chat, "en").speakers == []
    for address in (f"{CHAT}figures/", "/stackschat/figures"):
        page = Client().get(address).content.decode()
        assert "Fewer than five people spoke" in page
        assert "@ana" not in page
    Entry.objects.create(
        chat=chat, kind=EntryKind.POST, key="e", public="e", speaker="ed", said_at=chat.starts_at
    )
    assert measure_chat(chat, "en").speakers == [
        Speaker("ana", 1, 0, 1),
        Speaker("ben", 1, 1, 0),
        Speaker("cy", 1, 0, 0),
        Speaker("dee", 1, 0, 0),
        Speaker("ed", 1, 0, 0),
    ]
    assert "@ana" in Client().get(f"{CHAT}figures/").content.decode()


def test_the_figures_of_a_hidden_series_are_hidden(chat: Chat) -> None:
    chat.series.is_public = False
    chat.series.save()
    for address in (f"{CHAT}figures/", "/stackschat/figures"):
        assert Client().get(address).status_code == 404
