"""The sample discussion in nine languages: every part is there, and courtesies are no bullets."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from chinwag.importers import read_file
from chinwag.model import Chat, Post
from chinwag.records.contract import ReadOptions
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions
from chinwag.steps.summarise import summarise_chat

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "languages"
LANGUAGES = ("en", "fr", "de", "es", "pt", "it", "tr", "ar", "ja")
TRUTH = [
    json.loads(line) for line in (FOLDER / "truth.jsonl").read_text(encoding="utf-8").splitlines()
]


def read_posts(language: str) -> list[Post]:
    records = list(read_file(FOLDER / f"{language}.jsonl", ReadOptions()))
    posts = [record for record in records if isinstance(record, Post)]
    assert len(posts) == len(records)
    return posts


def test_nine_languages_say_the_same() -> None:
    kinds = {
        language: Counter(
            (one["kind"], one["point"]) for one in TRUTH if one["language"] == language
        )
        for language in LANGUAGES
    }
    assert len(TRUTH) == 14 * 9
    assert [kinds[language] for language in LANGUAGES] == [kinds["en"]] * 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_become_bullets_and_courtesies_do_not(language: str) -> None:
    posts = read_posts(language)
    kinds = {one["post"]: one["kind"] for one in TRUTH}
    chat = find_questions(Chat(series="#stackschat", hashtag="stackschat", title="x"), posts)
    summary = summarise_chat(chat, posts, place_posts(chat, posts))
    quoted = {kinds[bullet.quoted] for one in summary.questions for bullet in one.bullets}
    assert quoted <= {"answer", "reply"}
    assert sum(len(one.bullets) for one in summary.questions) >= 4
