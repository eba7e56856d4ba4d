"""People named in plain text."""

from __future__ import annotations

from chinwag.text.mentions import (
    bare_handle,
    find_addressee,
    find_mentions,
    says_repost,
    write_handle,
)


def test_handles_are_given_as_written_and_addresses_are_no_handles() -> None:
    text = "@Ana_R yes, and @tom: write to desk@shelf.example or see https://x.example/@mo (@Ana_R)"

    assert find_mentions(text) == ("Ana_R", "tom", "Ana_R")


def test_a_post_speaks_to_the_handle_with_which_it_starts() -> None:
    assert find_addressee(" @Ana_R, yes @tom") == "Ana_R"
    assert find_addressee(".@tom says so") == "tom"
    assert find_addressee("as @tom says") == ""


def test_a_handle_is_bared_of_every_sign_and_blank_before_it() -> None:
    said = ["ana", "@ana", "@@ana ", " @ ＠ana", "ana@shelf.example", "@", ""]

    assert [bare_handle(one) for one in said] == [
        *["ana"] * 4,
        "ana@shelf.example",
        "",
        "",
    ]


def test_a_handle_is_printed_with_its_sign_and_a_name_as_it_is() -> None:
    authors = ("ana", "@ana", "ana@shelf.example", "Ana Lind", "@Ana Lind")
    assert [write_handle(author) for author in authors] == [
        "@ana",
        "@ana",
        "@ana@shelf.example",
        "Ana Lind",
        "Ana Lind",
    ]


def test_a_repost_is_told_by_how_its_text_opens() -> None:
    said = ["RT @ana: maps", "RT @ana maps", "As RT @ana: maps", "RT if you like maps", "RT"]

    assert [says_repost(one) for one in said] == [True, True, False, False, False]
