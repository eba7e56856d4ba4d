"""Answers as models give them: as asked for, wrapped in talk, cut off, or nothing of the kind."""

from __future__ import annotations

import pytest

from chinwag.steps.rewording.read_answer import Sentence, read_sentences

ROW = '{"point": "p1", "posts": ["a1"], "sentence": "The door is shut at six."}'
READ = Sentence(point="p1", posts=("a1",), text="The door is shut at six.")


@pytest.mark.parametrize(
    "answer",
    [
        f'{{"sentences": [{ROW}]}}',
        f"[{ROW}]",
        ROW,
        f'Sure, here is the JSON:\n```json\n{{"sentences": [{ROW}]}}\n```\nAnything else?',
        f'<think>{{"sentences": [{{}}]}}</think>{{"sentences": [{ROW}]}}',
        f'{{"sentences": [{ROW}, {{"point": "p2", "posts": ["a2"], "sentence": "The',
        f"{ROW}\n{{broken",
        f'{{"sentences": [{ROW}, {{"point": "p2"}}, 7, null, {{"sentence": 3}}]}}',
        '{"point": "p1", "posts": "a1", "sentence": "The door is shut at six."}',
    ],
)
def test_a_sentence_is_found_in_whatever_stands_around_it(answer: str) -> None:
    assert read_sentences(answer) == (READ,)


@pytest.mark.parametrize(
    "answer",
    ["", "I cannot help with that.", "{", "[[[[", "}{", '"sentence"', "null", "[" * 100_000],
)
def test_an_answer_without_a_sentence_gives_none(answer: str) -> None:
    assert read_sentences(answer) == ()
