"""Somebody whose handle is an everyday word is taken out, and that word stays where it is one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import chinwag
from chinwag.model import LEFT_OUT_MARK
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.remove_posts import remove_posts

AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
ARTICLE = "https://paper.example/news/17-kettles"
SAID = (
    ("host", "Q1: What do you hear of the news at your repair table? #snugchat"),
    ("ada_k", "A1 The news comes with the kettles, and the news is late #snugchat"),
    ("ben_w", f"A1 I read it there: {ARTICLE} and the usual places #snugchat"),
    ("cleo_m", "A1 A lamp that hums brings more news than people do #snugchat"),
)
THEIRS = (("news", "A1 We print what the kettles say at noon #snugchat"),)
NAMING = (
    ("dora_p", "A1 Ask @news who printed it first, they keep the old papers #snugchat"),
    ("emil_r", "A1 It stood here: https://x.com/news/status/77 if you can open it #snugchat"),
)


def write(path: Path, said: tuple[tuple[str, str], ...], first: int) -> Path:
    rows = [
        {"id": str(at), "author": author, "text": text, "created_at": f"2026-10-13T18:{at}:00Z"}
        for at, (author, text) in enumerate(said, start=first)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    files = [
        write(tmp_path / "said.jsonl", SAID, 10),
        write(tmp_path / "theirs.jsonl", THEIRS, 20),
        write(tmp_path / "naming.jsonl", NAMING, 30),
    ]
    chinwag.recap_files(files, tmp_path / "chat")
    return tmp_path / "chat"


def test_only_files_that_name_the_person_are_written_anew(chat: Path) -> None:
    received = (chat / "raw" / "said.jsonl.gz").read_bytes()

    report = remove_posts(chat, [], "news", at=AT)

    assert (report.posts, report.files) == (1, 2)
    assert (chat / "raw" / "said.jsonl.gz").read_bytes() == received
    assert sorted(path.name for path in (chat / "raw").iterdir()) == [
        "naming.jsonl.posts.jsonl.gz",
        "said.jsonl.gz",
        "theirs.jsonl.posts.jsonl.gz",
    ]


def test_the_word_stays_where_it_means_nobody(chat: Path) -> None:
    remove_posts(chat, [], "news", at=AT)

    posts = {post.author: post for post in ChatFolder.open(chat).read_posts()}
    assert [posts[author].text for author, _ in SAID] == [text for _, text in SAID]
    assert posts["dora_p"].text == NAMING[0][1].replace("news", LEFT_OUT_MARK)
    assert posts["emil_r"].text == NAMING[1][1].replace(
        "https://x.com/news/status/77", LEFT_OUT_MARK
    )
    assert "We print" not in (chat / "posts.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "is_named"),
    [
        ("a.jsonl", '{"id": "40", "extra": "the news, \\"news\\" and /news/ again"%s}', False),
        ("b.jsonl", '{"id": "40", "tags": ["news", "lamps"]%s}', False),
        ("c.jsonl", '{"id": "40", "in_reply_to_screen_name": "News"%s}', True),
        ("d.jsonl", '{"id": "40", "seen": "by \\uff20news"%s}', True),
        ("e.jsonl", '{"id": "40", "seen": "https:\\/\\/twitter.com\\/news"%s}', True),
        ("f.jsonl", '{"id": "40", "seen": "@newsroom and @the-news"%s}', False),
    ],
)
def test_what_no_post_is_made_of_counts_where_it_stands_as_a_handle(
    chat: Path, tmp_path: Path, name: str, content: str, is_named: bool
) -> None:
    rest = ', "author": "fay", "text": "A1 Lamps #snugchat", "created_at": "2026-10-13T18:40:00Z"'
    file = tmp_path / name
    file.write_text(content % rest + "\n", encoding="utf-8")
    chinwag.recap_files([file], chat)

    report = remove_posts(chat, [], "news", at=AT)

    assert report.files == 2 + is_named
