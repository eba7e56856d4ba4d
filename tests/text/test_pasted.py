"""Copied posts: where one ends, and what its lines say."""

from __future__ import annotations

from typing import Any

import pytest

from chinwag.text.pasted import PastedPost, cut_posts, read_pasted


def is_address(line: str) -> bool:
    return line.startswith("https://x.com/")


def said(**fields: Any) -> PastedPost:
    base = PastedPost(
        author="bo", name="Bo", time="", ago="", answers="", words="So true", is_cut=False
    )
    return base._replace(**fields)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bo @bo · 2h\nSo true", said(ago="2h")),
        ("Bo\n@bo\n·\nOct 13\nSo true\n2\n1.2K", said(ago="Oct 13")),
        ("Bo\n@bo\n· 13 Oct 2026\nSo true", said(ago="13 Oct 2026")),
        ("2h *\nBo\n@bo\nSo true", said(ago="2h *")),
        ("Bo\n@bo\n·\n2時間\nSo true", said(ago="2時間")),
        ("Bo\n@bo\n·\n2 Std.\nSo true", said(ago="2 Std.")),
        (
            "Bo\n@bo\nSo true\n7:02 PM · Oct 13, 2026\n·\n1,204\nViews",
            said(time="7:02 PM · Oct 13, 2026"),
        ),
        (
            "Bo\n@bo\n·\n2h\nReplying to\n@ines\nand\n@cleo\nSo true\nShow more",
            said(ago="2h", answers="ines", is_cut=True),
        ),
        ("Bo\n@bo\nSo true\n7", said(words="So true\n7")),
        ("So true", said(author="", name="")),
        ("", said(author="", name="", words="")),
    ],
)
def test_what_the_lines_of_a_post_say(text: str, found: PastedPost) -> None:
    assert read_pasted(text) == found


def test_a_handle_inside_the_words_begins_no_post() -> None:
    text = "Bo\n@bo\n·\n2h\nThanks\n@ines\nfor asking\nSo true @cleo\nGood night"
    assert cut_posts(text, is_address) == (text,)


def test_what_is_the_page_s_own_alone_is_no_post() -> None:
    text = "Post\n\n\n\nBo\n@bo\n·\n2h\nSo true\n3\n\n\n\nShow replies\n12"
    assert cut_posts(text, is_address) == ("Bo\n@bo\n·\n2h\nSo true\n3",)


@pytest.mark.parametrize("sign", ["@", "a ", "@a ", "·", "1:", "1,", "a@", "\n@a", "\n·\n"])
def test_hostile_lines_are_read_to_their_end(sign: str) -> None:
    text = sign * 4_000
    assert "".join("".join(cut_posts(text, is_address)).split()) in "".join(text.split())
    assert isinstance(read_pasted(text), PastedPost)
