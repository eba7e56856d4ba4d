"""Hostile text made harmless, one function at a time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinwag.model import Post
from chinwag.steps.publish.safe import (
    clean_language,
    clean_link,
    clean_text,
    drop_directions,
    find_profile,
    make_anchor,
    mark_links,
    name_site,
)
from chinwag.text.reach import MOST_READ


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://books.example/a?b=c&d=é#f", "https://books.example/a?b=c&d=%C3%A9#f"),
        (" HTTP://books.example/ ", "HTTP://books.example/"),
        ('https://books.example/"><script>', "https://books.example/%22%3E%3Cscript%3E"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)//https://books.example", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,<script>", ""),
        ("//books.example/no-scheme", ""),
        ("https://", ""),
        ("https://[::1", ""),
        ("https://books.example/a b", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_may_be_clicked(address: str, clean: str) -> None:
    assert clean_link(address) == clean


def test_ids_become_anchors_that_cannot_break_out_or_meet() -> None:
    assert make_anchor("585610827098644480") == "post-585610827098644480"
    odd = ["at://did:plc:abc/app.bsky.feed.post/3k", "a b", 'x" onclick="y', "", "é", "x" * 65]
    anchors = [make_anchor(one) for one in odd]
    assert len(set(anchors)) == len(odd)
    assert all(anchor.replace("-", "").isalnum() and anchor.isascii() for anchor in anchors)
    assert [make_anchor(one) for one in odd] == anchors


@pytest.mark.parametrize(
    ("author", "url", "profile"),
    [
        ("maren", "https://x.example/maren/status/1", "https://x.example/maren"),
        ("maren", "https://books.example/@maren/1", "https://books.example/@maren"),
        ("maren@books.example", "https://books.example/@maren/1", "https://books.example/@maren"),
        (
            "m.example",
            "https://s.example/profile/m.example/post/1",
            "https://s.example/profile/m.example",
        ),
        ("maren", "https://x.example/i/web/status/1", ""),
        ("maren", "javascript://x.example/maren/status/1", ""),
        ("maren", "", ""),
    ],
)
def test_a_profile_is_linked_only_where_the_permalink_names_it(
    author: str, url: str, profile: str
) -> None:
    post = Post(
        id="1",
        author=author,
        text="",
        created_at=datetime(2024, 5, 14, tzinfo=UTC),
        reply_to=None,
        url=url,
        source="csv",
    )
    assert find_profile(post) == profile


def test_directions_left_open_end_with_their_line() -> None:
    assert clean_text("a \u202eb\u2067c\nd") == "a \u202eb\u2067c\u2069\u202c\nd"
    assert clean_text("a \u2066b\u2069 c") == "a \u2066b\u2069 c"
    assert drop_directions("a \u202eb\n\u2067c") == "a b c"


def test_control_characters_are_shown_and_words_are_not_touched() -> None:
    assert clean_text("a\x00b\x1bc\r\nd\te") == "a\ufffdb\ufffdc\nd\te"
    assert clean_text("नमस्ते 👩‍💻 z̸̢a") == "नमस्ते 👩‍💻 z̸̢a"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


def test_links_in_a_text_are_clickable_and_the_rest_is_escaped() -> None:
    text = "<b>see</b> (https://maps.example/a?b=1&c=2). javascript:x pic.twitter.com/abc"
    assert str(mark_links(text)) == (
        '&lt;b&gt;see&lt;/b&gt; (<a href="https://maps.example/a?b=1&amp;c=2" '
        'rel="nofollow noopener ugc">https://maps.example/a?b=1&amp;c=2</a>). '
        "javascript:x pic.twitter.com/abc"
    )


def test_languages_that_browsers_know_and_no_others() -> None:
    tags = ["pt", "pt-BR", "PT_br", "und", "zxx", "", '"><', "xx"]
    assert [clean_language(tag) for tag in tags] == ["pt", "pt", "pt", "", "", "", "", ""]


def test_the_site_of_an_address() -> None:
    assert [name_site(one) for one in ("https://www.books.example/x", "ftp://x", "")] == [
        "books.example",
        "",
        "",
    ]


def test_very_many_turned_directions_are_closed_in_step_with_their_number() -> None:
    assert clean_text("\u2067" * 50_000 + "\u202c" * 50_000).count("\u2069") == 50_000
    assert clean_text("\u2067\u202ea\u2069b") == "\u2067\u202ea\u2069b"
    assert clean_text("\u202e\u2067a\u202cb") == "\u202e\u2067a\u202cb"
    assert clean_text("\u202ea\u2069\u202cb\u2067") == "\u202ea\u2069\u202cb\u2067\u2069"


def test_links_far_into_a_long_post_stay_plain() -> None:
    words = "word " * (MOST_READ // 5 - 5)
    near, far = "https://a.example/near", "https://a.example/<far>"
    text = f"{words}{near} {words}{far}"

    assert str(mark_links(text)) == (
        f'{words}<a href="{near}" rel="nofollow noopener ugc">{near}</a> {words}'
        "https://a.example/&lt;far&gt;"
    )
