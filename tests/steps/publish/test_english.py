"""The catalogue: every sentence is used, and every number takes its right form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chinwag.steps.publish import english
from chinwag.steps.publish.english import COUNTED, TEXT, count, join_words

ROOM = Path(english.__file__).parent


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (0, "post", "0 posts"),
        (1, "post", "1 post"),
        (2, "post", "2 posts"),
        (1, "person", "1 person"),
        (4, "person", "4 people"),
        (1, "time", "once"),
        (3, "time", "3 times"),
        (1204, "post", "1,204 posts"),
        (1, "outside", "1 post in the files lies outside the hours of this chat and is not shown."),
    ],
)
def test_plural_forms(number: int, noun: str, words: str) -> None:
    assert count(number, noun) == words


def test_lists() -> None:
    assert [join_words(one) for one in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_no_sentence_is_left_over() -> None:
    sources = [path for path in ROOM.rglob("*") if path.suffix in (".py", ".jinja")]
    code = "\n".join(path.read_text() for path in sources if path.name != "english.py")
    said = set(re.findall(r"[\"'](\w+)[\"']", code))
    built = {key for key in TEXT if key.startswith(("method_", "worded_"))}
    built |= {"label_part", "label_spoken_part"}
    assert {*TEXT, *COUNTED} - built - said == set()
