"""The files for programs and spreadsheets."""

from __future__ import annotations

import csv
import io
import json

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from chinwag.model import Placement, Post, Story
from chinwag.steps.publish import render_bullets_csv, render_json, render_posts_csv
from chinwag.steps.publish.data import guard_cell


def read_table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_of_posts_csv(story: Story) -> None:
    rows = read_table(render_posts_csv(story))
    assert len(rows) == 43
    assert next(row for row in rows if row["id"] == "900115") == {
        "id": "900115",
        "time": "2024-05-14T19:16:00Z",
        "author": "ward_librarian",
        "text": "A2: Never ask “can I help you?” first. Say what you are doing, and let them join "
        "in. #quietpages",
        "question": "2",
        "reason": "says A2",
        "confidence": "0.97",
        "by": "label",
        "kind": "answer",
        "url": "https://books.example/@ward_librarian/900115",
        "reply_to": "",
        "reposts": "3",
    }


def test_lost_and_deleted_texts_are_in_no_table(story: Story) -> None:
    texts = {row["id"]: row["text"] for row in read_table(render_posts_csv(story))}
    assert [texts[post.id] for post in story.posts if post.deleted or post.text_lost] == ["", ""]


def test_a_row_of_bullets_csv(story: Story) -> None:
    rows = read_table(render_bullets_csv(story))
    assert len(rows) == 11
    assert rows[0] == {
        "question": "1",
        "question_text": "What is the first thing you do when you open the library in the morning?",
        "number": "1",
        "kind": "shared",
        "people": "4",
        "author": "tobias.reads",
        "text": "I walk the whole floor before I touch a computer.",
        "quoted": "900106",
        "posts": "900106 900107 900108 900109",
        "url": "https://books.example/@tobias.reads/900106",
        "origin": "quoted",
        "answers": "",
    }


def test_no_cell_begins_like_a_formula_and_the_mark_can_be_taken_away() -> None:
    cells = ["=1+1", "+44", "-1", "@maren hi", "\t=1", "\r=1", "＝1", "'quoted'", "plain", ""]
    assert [guard_cell(cell) for cell in cells] == [
        "'=1+1",
        "'+44",
        "'-1",
        "'@maren hi",
        "'\t=1",
        "'\r=1",
        "'＝1",
        "''quoted'",
        "plain",
        "",
    ]


@given(st.text())
def test_taking_one_mark_away_gives_back_the_cell(text: str) -> None:
    guarded = guard_cell(text)
    assert (guarded[1:] if guarded.startswith("'") else guarded) == text


def test_a_formula_in_a_post_is_text_in_the_table(story: Story) -> None:
    post = msgspec.structs.replace(story.posts[0], text='=HYPERLINK("https://x.example")\n,"')
    hostile = msgspec.structs.replace(story, posts=(post,))
    assert read_table(render_posts_csv(hostile))[0]["text"] == f"'{post.text}"


def test_the_json_holds_the_whole_story(story: Story) -> None:
    document = json.loads(render_json(story))
    assert list(document) == [
        "format",
        "version",
        "made_with",
        "chat",
        "measures",
        "questions",
        "unplaced",
        "posts",
        "placements",
        "ledger",
    ]
    assert (document["format"], document["version"]) == ("chinwag-story", 2)
    assert msgspec.convert(document["posts"], tuple[Post, ...]) == story.posts
    assert msgspec.convert(document["placements"], tuple[Placement, ...]) == story.placements
    assert document["placements"][5]["reason"] == {
        "code": "asks",
        "parts": {"question": "1", "numbered": True},
        "words": "asks Q1",
    }
    assert document["ledger"]["notes"] == [
        {
            "code": "said",
            "parts": {"text": "The hours were found in the posts: from 20:00 to 21:00."},
            "words": "The hours were found in the posts: from 20:00 to 21:00.",
        }
    ]
    assert document["questions"][3] == {
        "label": "4.2",
        "text": "And what would you never do again?",
        "asked_at": "2024-05-14T19:41:00Z",
        "by": "posts",
        "asked": ["900134"],
        "posts": ["900135", "900136", "900137", "900138"],
        "people": 4,
        "lead": [],
        "bullets": [
            {
                "text": "A suggestion box with a lock. We lost the key for eleven months.",
                "posts": ["900135"],
                "people": 1,
                "kind": "single",
                "quoted": "900135",
                "author": "ruthbytes",
            }
        ],
        "links": [],
        "left_out": ["900136", "900137", "900138"],
    }
