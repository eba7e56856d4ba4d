"""Of a text that is longer than any that people write, the beginning is read."""

from __future__ import annotations

import pytest

from chinwag.text.reach import MOST_READ, cut_reading


def test_a_text_of_usual_length_is_read_whole() -> None:
    text = "a " * (MOST_READ // 2)
    assert cut_reading(text) is text


def test_a_long_text_is_cut_between_words() -> None:
    assert cut_reading("drill " * MOST_READ) == ("drill " * (MOST_READ // 6)).rstrip()


def test_a_long_word_is_cut_where_the_reading_ends() -> None:
    assert cut_reading("a" * (MOST_READ + 1)) == "a" * MOST_READ


def test_twenty_thousand_characters_are_read() -> None:
    assert cut_reading("a" * 20_001) == "a" * 20_000


@pytest.mark.parametrize("blank", [" ", "\n"])
@pytest.mark.parametrize(("back", "read"), [(200, 19_800), (201, 20_000), (1, 19_999)])
def test_a_blank_is_looked_for_in_the_last_two_hundred_characters(
    blank: str, back: int, read: int
) -> None:
    text = f"{'a' * (MOST_READ - back)}{blank}{'b' * 500}"
    assert cut_reading(text) == text[:read]
