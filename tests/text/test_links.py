"""Addresses are found without the sentence around them, and shown without who shared them."""

from __future__ import annotations

import pytest

from chinwag.text.links import find_links, strip_tracking, trim_link


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (
            "See https://a.example/x, or http://b.example/y.",
            ("https://a.example/x", "http://b.example/y"),
        ),
        ("(https://a.example/wiki/Fine_(law))", ("https://a.example/wiki/Fine_(law)",)),
        ("[https://a.example/x]!?", ("https://a.example/x",)),
        ("https://a.example/x[1]", ("https://a.example/x[1]",)),
        ("pic.twitter.com/Ab1… t.co/xY9", ("pic.twitter.com/Ab1", "t.co/xY9")),
        ("“https://a.example/x”", ("https://a.example/x",)),
        ("no link", ()),
    ],
)
def test_links(text: str, links: tuple[str, ...]) -> None:
    assert find_links(text) == links


def test_an_address_without_a_lone_bracket_stays_whole() -> None:
    assert trim_link("https://a.example/(x)") == "https://a.example/(x)"
    assert trim_link("https://a.example/x") == "https://a.example/x"


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://a.example/x?utm_source=b&id=3#top", "https://a.example/x?id=3#top"),
        ("https://a.example/x?fbclid=1", "https://a.example/x"),
        ("https://a.example/x?b=2&a=", "https://a.example/x?b=2&a="),
        ("t.co/xY9", "https://t.co/xY9"),
        ("https://[broken", "https://[broken"),
    ],
)
def test_what_only_says_who_shared_it_goes(link: str, shown: str) -> None:
    assert strip_tracking(link) == shown
