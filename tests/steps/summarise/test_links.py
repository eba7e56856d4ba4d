"""Resources are listed once, without tracking; pictures, posts and notices are none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from chinwag.model import Media, Placement, Post, SharedLink, quote_note
from chinwag.steps.measure import measure_chat
from chinwag.steps.reading import ReadPost
from chinwag.steps.reading.appended import appends_links
from chinwag.steps.summarise.links import gather_links
from chinwag.text.links import find_links, strip_tracking


def place(one: str, text: str, kind: str = "answer", **more: Any) -> tuple[ReadPost, Placement]:
    post = Post(
        id=one,
        author=f"by{one}",
        text=text,
        created_at=datetime(2026, 3, 3, tzinfo=UTC),
        reply_to=None,
        url="",
        source="t",
        **more,
    )
    placement = Placement(
        post=one, question="1", reason=quote_note(""), confidence=1, by="time", kind=kind
    )
    return ReadPost(post), placement


def test_the_most_shared_comes_first() -> None:
    placed = [
        place("1", "See https://a.example/x?utm_source=t"),
        place("2", "Our guide: https://b.example/guide?page=2&fbclid=1."),
        place("3", "short.example", links=("https://b.example/guide?page=2",)),
        place(
            "4", "My cat pic.twitter.com/abc https://t.co/abc", media=(Media(url="https://p/1"),)
        ),
        place("5", "As said https://twitter.com/ann/status/123"),
        place("6", "Join us https://chat.example/next", kind="announcement"),
        place("7", "Cut off https://c.example/lo…"),
        place("8", "https://d.example/lost", text_lost=True),
        place("9", "Old files", links=("ftp://e.example/files",)),
    ]
    assert gather_links(placed) == (
        SharedLink(url="https://b.example/guide?page=2", posts=("2", "3")),
        SharedLink(url="https://a.example/x", posts=("1",)),
    )


SAID = (
    "Tea at the desk #lend https://t.co/a1",
    "Tea: https://t.co/a2",
    "Lamps https://t.co/a3 #lend",
    "Kettles, and more\nhttps://t.co/a4 https://t.co/a5",
    "Agreed https://t.co/a6",
    "Chairs https://t.co/a7",
    "Benches https://t.co/a8",
)


def test_short_links_that_a_client_appended_are_no_resources() -> None:
    placed = [place(str(number), text) for number, text in enumerate(SAID)]
    placed += [place(f"x{number}", "No link at all") for number in range(26)]
    assert appends_links([read.post for read, _ in placed])
    assert [link.url for link in gather_links(placed, appended=True)] == [
        "https://t.co/a2", "https://t.co/a3", "https://t.co/a4",
    ]  # fmt: skip


def test_short_links_are_resources_where_few_posts_end_in_one() -> None:
    placed = [place(str(number), text) for number, text in enumerate(SAID)]
    placed += [place(f"x{number}", "No link at all") for number in range(27)]
    assert not appends_links([read.post for read, _ in placed])
    assert len(gather_links(placed)) == 8
    few = [read.post for read, _ in placed[:5]]
    assert not appends_links(few)


def test_links_are_counted_as_they_are_listed() -> None:
    told = [place(str(number), text, links=find_links(text)) for number, text in enumerate(SAID)]
    assert len(gather_links(told, appended=True)) == 3
    assert measure_chat([read.post for read, _ in told], []).links == 3
    assert measure_chat([read.post for read, _ in told[:5]], []).links == 6


def test_a_source_that_tells_where_short_links_lead_is_believed() -> None:
    placed = [place(str(number), text, links=(f"https://a.example/{number}",))
              for number, text in enumerate(SAID)]  # fmt: skip
    assert not appends_links([read.post for read, _ in placed])
    assert len(gather_links(placed, appended=True)) == len(SAID)


@pytest.mark.parametrize(
    ("link", "stripped"),
    [
        ("https://a.example/p?utm_medium=x&id=7#part", "https://a.example/p?id=7#part"),
        ("https://a.example/p?ref=nav", "https://a.example/p?ref=nav"),
        ("https://a.example/p?a=%20&b", "https://a.example/p?a=%20&b"),
        ("t.co/x1", "https://t.co/x1"),
        ("https://[broken", "https://[broken"),
    ],
)
def test_only_tracking_goes(link: str, stripped: str) -> None:
    assert strip_tracking(link) == stripped
