"""People named in plain text."""

from __future__ import annotations

from chinwag.text.mentions import find_addressee, find_mentions


def test_handles_are_given_as_written_and_addresses_are_no_handles() -> None:
    text = "@Ana_R yes, and @tom: write to desk@shelf.example or see https://x.example/@mo (@Ana_R)"

    assert find_mentions(text) == ("Ana_R", "tom", "Ana_R")


def test_a_post_speaks_to_the_handle_with_which_it_starts() -> None:
    assert find_addressee(" @Ana_R, yes @tom") == "Ana_R"
    assert find_addressee(".@tom says so") == "tom"
    assert find_addressee("as @tom says") == ""
