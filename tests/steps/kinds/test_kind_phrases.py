"""Many choices in one pattern are tried at the edges of words alone, and find the same."""

from __future__ import annotations

import re

from chinwag.steps.kinds.kind_phrases import _join_from_words

PARTS = (
    r"\b(?:red|blue \(dark)\b|^\W*green|\bgrey[|a-c]",
    r"\bpink\|white|[^\]|]{2}black",
)
TEXTS = [
    "a red door",
    "reddish",
    "blue (dark and light",
    "- green",
    "ever green",
    "grey|",
    "greyb",
    "greyd",
    "pink|white",
    "pink",
    "xxblack",
    "||black",
    "",
]


def test_joined_choices_are_found_where_each_by_itself_is() -> None:
    plain, joined = re.compile("|".join(PARTS)), re.compile(_join_from_words(*PARTS))
    found = [text for text in TEXTS if joined.search(text)]
    assert found == [text for text in TEXTS if plain.search(text)]
    assert found == [
        "a red door",
        "blue (dark and light",
        "- green",
        "grey|",
        "greyb",
        "pink|white",
        "xxblack",
    ]
    assert joined.pattern.count(r"\b(?:(?:red|blue \(dark)\b|grey[|a-c]|pink\|white)") == 1
