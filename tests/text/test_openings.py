"""A text may begin with a number in any script, by signs and by words; much else is none."""

from __future__ import annotations

import pytest

from chinwag.text.numerals import SIGN, fold_signs, read_numeral
from chinwag.text.openings import Opening, find_openings


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("𝗤𝟭 Ｑ２ Q³ Q₄", "Q1 Q2 Q3 Q4"),
        ("①❷1️⃣🔟", f"1{SIGN}2{SIGN}1{SIGN}10{SIGN}"),
        ("Ⅳ ⒈ ⑴ ٣ १", f"4{SIGN} 1. (1) 3 1"),
        ("🅠 Ⓠ 🇶 ꞯ", "Q Q Q Q"),
        ("🥇 🕑 ⚂", f"1{SIGN} 2{SIGN} 3{SIGN}"),
        ("½ é Вопрос 1ª 😀", "½ é Вопрос 1ª 😀"),
    ],
)
def test_signs_in_fancy_dress_are_plain(written: str, plain: str) -> None:
    folded = fold_signs(written)
    assert folded.text == plain
    assert len(folded.places) == len(plain) + 1
    assert folded.places[-1] == len(written)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("7", 7), ("IV", 4), ("十二", 12), ("二十一", 21), ("Three", 3), ("dritte", 3), ("x", None)],
)
def test_the_value_of_a_numeral(numeral: str, value: int | None) -> None:
    assert read_numeral(numeral) == value


def test_an_opening_as_a_whole() -> None:
    assert find_openings("@ann Q 2/5: What now?") == (
        Opening("q", "digits", 2, "", 5, 5, 12, marked=True, said="Q 2/5"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Вопрос 2. Кто?", [("вопрос", 2, "Вопрос 2")]),
        ("② What?", [("", 2, "②")]),
        ("𝟮. What?", [("", 2, "𝟮")]),
        ("QVI What?", [("q", 6, "QVI")]),
        ("9th question: what?", [("question", 9, "9th question")]),
        ("#shed #3 What?", [("", 3, "#3")]),
        ("Here comes question five: what?", [("question", 5, "Here comes question five")]),
        ("1. this 2. that", []),
        ("① this ② that", []),
        ("10:30 tomorrow", []),
        ("2-1 for us", []),
        ("3-D printing", []),
        ("A one-off", []),
        ("5% of us", []),
        ("We have 3 of them", []),
        ("I think so", []),
        ("Q and A", []),
        ("", []),
    ],
)
def test_what_a_text_opens_with(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert [(one.mark, one.number, one.said) for one in find_openings(text)] == expected
