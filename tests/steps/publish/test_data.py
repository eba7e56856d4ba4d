"""The files for programs and spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import msgspec

from chinwag.importers import read_file
from chinwag.model import Placement, Post, Story
from chinwag.records.contract import ReadOptions
from chinwag.steps.publish import render_bullets_csv, render_json, render_posts_csv


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
        "author_name": "Priya at the Ward Library",
        "deleted": "",
        "text_lost": "",
    }


def test_the_table_of_posts_is_read_back_without_loss(story: Story, tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    texts = ("@ines So true", "=1+1", "'=2", "'Tis “late”,\nand “dark”", "-", "@SUM(1)")
    changed = [
        msgspec.structs.replace(post, text=text)
        for post, text in zip(story.posts, texts, strict=False)
    ]
    posts = (*changed, *story.posts[len(texts) :])
    table = render_posts_csv(msgspec.structs.replace(story, posts=posts))
    path.write_text(table, encoding="utf-8-sig", newline="")

    reading = read_file(path, ReadOptions())
    read = [post for post in reading if isinstance(post, Post)]

    assert reading.format == "story-csv"
    assert list(map(pick, read)) == [
        msgspec.structs.replace(
            pick(post),
            text="" if post.text_lost else post.text,
            repost_count=max(len(post.reposts), post.repost_count),
        )
        for post in posts
    ]


def pick(post: Post) -> Post:
    """Return a post with what the table says of it, and nothing else."""
    return Post(
        id=post.id,
        author=post.author,
        text=post.text,
        created_at=post.created_at,
        reply_to=post.reply_to,
        url=post.url,
        source="",
        author_name=post.author_name,
        repost_count=post.repost_count,
        deleted=post.deleted,
        text_lost=post.text_lost,
    )


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
        "agreed": "0",
    }


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
        "edition",
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
        "themes": [],
        "links": [],
        "left_out": ["900136", "900137", "900138"],
    }
