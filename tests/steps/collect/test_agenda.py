"""Agendas as hosts keep them."""

from __future__ import annotations

import pytest

from chinwag.errors import InputError
from chinwag.model import Question
from chinwag.steps.collect import read_agenda


def ask(*pairs: tuple[str, str]) -> tuple[Question, ...]:
    return tuple(Question(label=label, text=text, by="agenda") for label, text in pairs)


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("1. Why maps?\n2. Why not?\n", [("1", "Why maps?"), ("2", "Why not?")]),
        (
            "i) Why maps?\nii) Why not?\niii) Who?",
            [("1", "Why maps?"), ("2", "Why not?"), ("3", "Who?")],
        ),
        ("(i) Why maps?\n(ii) Why not?", [("1", "Why maps?"), ("2", "Why not?")]),
        ("a) Why maps?\nb) Why not?", [("1", "Why maps?"), ("2", "Why not?")]),
        # words that begin as a month does
        (
            "1. Main?\na) Why?\nb) How?\n2. March where?\n3. Octopus?",
            [
                ("1", "Main?"),
                ("1.1", "Why?"),
                ("1.2", "How?"),
                ("2", "March where?"),
                ("3", "Octopus?"),
            ],
        ),
        (
            "PostIndex chat, 13 October\n\nQ1: Why maps?\nQ9 part 2: And then?\n9c) Or else?\n\nBye!",
            [("1", "Why maps?"), ("9.2", "And then?"), ("9.3", "Or else?")],
        ),
        (
            "Question 3 - What is a 3-D map?\nquestion 4: Who\n  draws it,\nand when?",
            [("3", "What is a 3-D map?"), ("4", "Who draws it, and when?")],
        ),
        ("Q1\nWhy maps?\n\nQ2\nWhy not?", [("1", "Why maps?"), ("2", "Why not?")]),
        ("### 1. Why maps?\n\n### 2. Why not?", [("1", "Why maps?"), ("2", "Why not?")]),
        ("**Q1** Why maps?\n**Q2: Why not?**", [("1", "Why maps?"), ("2", "Why not?")]),
        ("9.1 Why maps?\n9.2. Why not?", [("9.1", "Why maps?"), ("9.2", "Why not?")]),
        ("9. Maps:\n  a) who?\n  b) when?", [("9", "Maps:"), ("9.1", "who?"), ("9.2", "when?")]),
        ("10.30 Welcome\n1. 3 maps or 4?", [("1", "3 maps or 4?")]),
        ("- Why maps?\n- Why\n  not?\n", [("1", "Why maps?"), ("2", "Why not?")]),
        ("# Maps\n\nWhy maps?\nWhy not?\n", [("1", "Why maps?"), ("2", "Why not?")]),
        ("Our maps\n\nWhy maps?\nWhy not?\n", [("1", "Why maps?"), ("2", "Why not?")]),
        (
            "What do you think of the\nnew maps?\n\nTell us of yours.",
            [("1", "What do you think of the new maps?"), ("2", "Tell us of yours.")],
        ),
        ('questions = ["Why maps?", "Why not?"]', [("1", "Why maps?"), ("2", "Why not?")]),
        (
            '[[questions]]\nlabel = "Q9 part 2"\ntext = "Why maps?"\n'
            '[[questions]]\nlabel = 3\ntext = "Why not?"\n',
            [("9.2", "Why maps?"), ("3", "Why not?")],
        ),
        ("\ufeff1. Why maps?\r\n2. Why not?\r\n", [("1", "Why maps?"), ("2", "Why not?")]),
        *(
            (f"{first} Why maps?\n{second} Why not?", [("1", "Why maps?"), ("2", "Why not?")])
            for first, second in (
                ("(1)", "(2)"),
                ("[1]", "[2]"),
                ("1.)", "2.)"),
                ("①", "②"),
                ("1️⃣", "2️⃣"),
                ("Q1/2", "Q2/2"),
                ("Question One:", "Question Two:"),
                ("First question:", "Second question:"),
                ("V1:", "V2:"),
                ("I.", "II."),
                ("A)", "B)"),
                ("•\t", "•\t"),
                ("\uf0b7", "\uf0b7"),
                ("o\t", "o\t"),
                ("▪", "▪"),
            )
        ),
        (
            "Maps, in October\n13 October 2026\nhttps://a.example/maps\nWhy maps?\nTell us of yours.",
            [("1", "Why maps?"), ("2", "Tell us of yours.")],
        ),
        ("13. Oktober 2026\n1. Why maps?\n2. Why not?", [("1", "Why maps?"), ("2", "Why not?")]),
        (
            "Tuesday, October 13th, 7 pm\nWhy maps?\nWhy not?",
            [("1", "Why maps?"), ("2", "Why not?")],
        ),
        ("- 13.10.2026\n- Why maps?\n- Why not?", [("1", "Why maps?"), ("2", "Why not?")]),
        (
            "1. Why maps?\nhttps://a.example\n2. May we ask?",
            [("1", "Why maps?"), ("2", "May we ask?")],
        ),
    ],
)
def test_an_agenda_is_read(text: str, questions: list[tuple[str, str]]) -> None:
    assert read_agenda(text) == ask(*questions)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "The agenda holds no question."),
        ("# Title\n\n", "The agenda holds no question."),
        ("questions = []", "The agenda holds no question."),
        ("1. Why?\n2.\n3. How?", "Line 2 of the agenda gives question 2 no words."),
        (
            "1. Why?\n\n1. How?",
            "Line 3 of the agenda gives the number 1 again; line 1 has it already.",
        ),
        ('questions = "Why?"', "The agenda's “questions” is not a list."),
        ("questions = [1]", "Question 1 of the agenda (line 1) is not text: 1."),
        ("a\0b", "The agenda is not text."),
    ],
)
def test_a_bad_agenda_is_refused_with_its_line(text: str, what: str) -> None:
    with pytest.raises(InputError) as raised:
        read_agenda(text)
    assert str(raised.value) == what


def test_toml_that_cannot_be_read_is_refused_with_its_line() -> None:
    with pytest.raises(InputError, match="Line 2 of the agenda is not TOML"):
        read_agenda('questions = [\n"Why maps?" "Why not?"\n]')
