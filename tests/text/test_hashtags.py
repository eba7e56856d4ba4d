"""Hashtags in plain text, and those that a network lists beside it."""

from __future__ import annotations

from chinwag.text.hashtags import find_hashtags, join_hashtags


def test_tags_are_given_as_written_and_numbers_and_addresses_are_no_tags() -> None:
    text = "#InkChat Q1 #inkchat, #2026 and #café see https://shelf.example/#top ＃本"

    assert find_hashtags(text) == ("InkChat", "inkchat", "café", "本")


def test_listed_tags_follow_where_the_text_does_not_have_them() -> None:
    listed = ["inkchat", "#Zines", " zines ", "", "#", "maps"]

    assert join_hashtags("Hello #InkChat", listed) == ("InkChat", "Zines", "maps")
