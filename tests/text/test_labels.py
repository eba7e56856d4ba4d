"""Labels are found in every form that people write, and false friends are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinwag.text.labels import Label, find_labels, strip_labels


def read(text: str) -> list[tuple[str, int, str, str]]:
    return [(label.role, label.number, label.part, label.where) for label in find_labels(text)]


@pytest.mark.parametrize(
    ("text", "role", "number", "part", "rest"),
    [
        ("A1: we do", "answer", 1, "", "we do"),
        ("A1. we do", "answer", 1, "", "we do"),
        ("A1) we do", "answer", 1, "", "we do"),
        ("A1 - we do", "answer", 1, "", "we do"),
        ("A1-We do", "answer", 1, "", "We do"),
        ("A1... we do", "answer", 1, "", "we do"),
        ("a1 we do", "answer", 1, "", "we do"),
        ("A 1: we do", "answer", 1, "", "we do"),
        ("A.2. we do", "answer", 2, "", "we do"),
        ("A12 we do", "answer", 12, "", "we do"),
        ("A1.2 we do", "answer", 1, "2", "we do"),
        ("A1, p2 we do", "answer", 1, "2", "we do"),
        ("A3P2: we do", "answer", 3, "2", "we do"),
        ("A1.a: we do", "answer", 1, "a", "we do"),
        ("A1a we do", "answer", 1, "a", "we do"),
        ("A1B: we do", "answer", 1, "b", "we do"),
        ("A1 cont we do", "answer", 1, "", "we do"),
        ("A1 (cont.) we do", "answer", 1, "", "we do"),
        ("A1 continued: we do", "answer", 1, "", "we do"),
        ("A3ish: we do", "answer", 3, "", "we do"),
        ("A1I think so", "answer", 1, "", "I think so"),
        ("A4most of us", "answer", 4, "", "most of us"),
        ("Ans 2 we do", "answer", 2, "", "we do"),
        ("Answer 3: we do", "answer", 3, "", "we do"),
        ("#A2 we do", "answer", 2, "", "we do"),
        ("Q4: we do", "question", 4, "", "we do"),
        ("Q5(?): we do", "question", 5, "", "we do"),
        ("Q 3 what is it?", "question", 3, "", "what is it?"),
        ("Q1️⃣ what is it?", "question", 1, "", "what is it?"),
        ("Q9 part 2: what is it?", "question", 9, "2", "what is it?"),
        ("Q9b what is it?", "question", 9, "b", "what is it?"),
        ("Question 7, in case you missed it", "question", 7, "", "in case you missed it"),
        ("Q2 coming up!", "question", 2, "", "coming up!"),
        ("T0: what is it?", "topic", 0, "", "what is it?"),
        ("Topic 2 what is it?", "topic", 2, "", "what is it?"),
        ("Frage 3: was nun?", "question", 3, "", "was nun?"),
        ("F3: was nun?", "question", 3, "", "was nun?"),
        ("Antwort 3: nichts", "answer", 3, "", "nichts"),
        ("R3 : rien", "answer", 3, "", "rien"),
        ("Pregunta 2: ¿qué hacer?", "question", 2, "", "¿qué hacer?"),
        ("P2: ¿qué hacer?", "question", 2, "", "¿qué hacer?"),
        ("Soru 4: ne yapmalı?", "question", 4, "", "ne yapmalı?"),
        ("C4: hiçbir şey", "answer", 4, "", "hiçbir şey"),
        ("س1: ما العمل؟", "question", 1, "", "ما العمل؟"),
        ("ج٢: لا شيء", "answer", 2, "", "لا شيء"),
        ("السؤال 3: ما العمل؟", "question", 3, "", "ما العمل؟"),
        ("質問4：どうする？", "question", 4, "", "どうする？"),
        ("Ｑ３　どうする？", "question", 3, "", "どうする？"),
        ("A1何もしない", "answer", 1, "", "何もしない"),
        ("回答2 何もしない", "answer", 2, "", "何もしない"),
    ],
)
def test_a_label_that_opens_a_text(text: str, role: str, number: int, part: str, rest: str) -> None:
    assert read(text) == [(role, number, part, "start")]
    assert strip_labels(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "a 3 legged stool",
        "A 24-hour day",
        "a 1 hour chat",
        "we had a 6 hour drive",
        "a 3-D printer in a K-12 school",
        "Q and A",
        "1/2 of us",
        "A4 paper is dear",
        "an A2 level course",
        "the traffic on the A1 today",
        "Q1 results 2020",
        "Our Q4 budget is gone",
        "T1 diabetes",
        "B2B and H1N1",
        "A11y is for all",
        "A1c levels rose",
        "We have to answer 3 mails",
        "We use a Q1/A1 format",
        "See https://a.example/Q4 for it",
        "@a1lib is here",
        "",
    ],
)
def test_a_false_friend_is_no_label(text: str) -> None:
    assert find_labels(text) == ()
    assert strip_labels(text, everywhere=True) == text


@pytest.mark.parametrize(
    ("text", "expected", "stripped"),
    [
        (
            "@ann.bsky.social @bo #tag A1: yes",
            ("answer", 1, "", "start"),
            "@ann.bsky.social @bo #tag yes",
        ),
        ("RT @ann: A2 no", ("answer", 2, "", "start"), "RT @ann: no"),
        ("2/2 A2 and more", ("answer", 2, "", "start"), "2/2 and more"),
        ("Yes, we do. #tag A2", ("answer", 2, "", "end"), "Yes, we do. #tag"),
        (
            "Yes, we do. A2 #tag https://a.example/b",
            ("answer", 2, "", "end"),
            "Yes, we do.  #tag https://a.example/b",
        ),
        ("Yes (A2) we do", ("answer", 2, "", "bracket"), "Yes we do"),
        (
            "This brings us to Q2: what now?",
            ("question", 2, "", "midst"),
            "This brings us to Q2: what now?",
        ),
        (
            "Only to say, re A1, that we do",
            ("answer", 1, "", "midst"),
            "Only to say, re A1, that we do",
        ),
        ("As for Q1 we never did", ("question", 1, "", "midst"), "As for Q1 we never did"),
    ],
)
def test_where_a_label_stands(
    text: str, expected: tuple[str, int, str, str], stripped: str
) -> None:
    assert read(text) == [expected]
    assert strip_labels(text) == stripped


@pytest.mark.parametrize(
    "text", ["A1/2 both", "A1 & A2 both", "A1/A2: both", "A1 and A2: both", "A1&2 both"]
)
def test_two_labels_in_one(text: str) -> None:
    assert read(text) == [("answer", 1, "", "start"), ("answer", 2, "", "start")]
    assert strip_labels(text) == "both"


def test_labels_on_lines_of_their_own() -> None:
    text = "Tonight:\nQ1: who are you?\nQ2: why are you here?"
    assert find_labels(text) == (
        Label(role="question", number=1, start=9, end=13, where="line", marked=True),
        Label(role="question", number=2, start=26, end=30, where="line", marked=True),
    )


def test_everywhere_hides_what_stands_in_the_midst() -> None:
    assert strip_labels("As for Q1 we never did", everywhere=True) == "As for  we never did"


@given(st.text(alphabet="aAqQtT123 .:/&()-#@\npartcontI’é", max_size=60))
def test_labels_are_in_order_and_inside_the_text(text: str) -> None:
    labels = find_labels(text)
    spans = [(label.start, label.end) for label in labels]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert len(strip_labels(text, everywhere=True)) <= len(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("A1/2: both", [1, 2]),
        ("A1 & A2: both", [1, 2]),
        ("A1, A2 both", [1, 2]),
        ("A1 and 2: both", [1, 2]),
        ("A1/A2/A3 all", [1, 2, 3]),
        ("A2/2: the second of two", [2]),  # a counter
        ("A2/1: not back", [2]),
        ("A1 and 2 of us", [1]),
        ("A1-2: no list", [1]),
        ("A1 a2 small letters do not go on", [1]),
    ],
)
def test_which_numbers_go_on_with_a_label(text: str, numbers: list[int]) -> None:
    assert [label.number for label in find_labels(text)] == numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q2.7. How do you lend?", [("question", 2, "7", "Q2.7. ")]),
        ("A1.5. We lend", [("answer", 1, "5", "A1.5. ")]),
        ("Q2: 7. How do you lend?", [("question", 2, "7", "Q2: 7. ")]),
        ("Q2. 7) How do you lend?", [("question", 2, "7", "Q2. 7) ")]),
        ("Q2: 2. Oil it. 3. Lend it.", [("question", 2, "", "Q2: ")]),
        ("Q2: 1. Oil it.", [("question", 2, "1", "Q2: 1. ")]),
        ("Q2: 7 people came", [("question", 2, "", "Q2: ")]),
        ("A2: 7. Oil it", [("answer", 2, "", "A2: ")]),
    ],
)
def test_a_part_may_stand_behind_a_point_or_apart(
    text: str, expected: list[tuple[str, int, str, str]]
) -> None:
    found = find_labels(text)
    assert [(one.role, one.number, one.part, text[: one.end]) for one in found] == expected


def test_very_many_labels_are_all_found() -> None:
    assert [one.number for one in find_labels("A1 A2 A3 " * 2_000)] == [1, 2, 3] * 2_000
    assert len(find_labels("#A1 " * 2_000)) == 2_000
    assert len(find_labels("A1 https://a.example/b " * 1_000)) == 1_000
