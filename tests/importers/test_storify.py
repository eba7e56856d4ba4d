"""Storify's scrapes: lost texts, and ids that stay; its exports: the story that they tell."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.importers.storify_story import FIRST, SAID, write_story

from chinwag.importers import read_file
from chinwag.importers.told_words import read_told_words
from chinwag.model import AsideRow, Post
from chinwag.records.contract import ReadOptions

EASTERN = ReadOptions(time_zone="America/New_York")
HEADER = "time,username,text\n"
ROWS = [
    '5/10/12 20:01,ana,"Hello, all #InkChat"\n',
    '5/10/12 20:02,tom,"Hello, all #InkChat"\n',
    '5/10/12 20:02,tom,"Hello, all #InkChat"\n',
    "5/10/12 20:03,tom,A1: maps\n",
    "5/17/12 20:01,ana,A1: maps\n",
]


def read_posts(path: Path) -> list[Post]:
    return [post for post in read_file(path, EASTERN) if isinstance(post, Post)]


def test_a_text_said_again_within_a_day_is_not_its_authors_own(tmp_path: Path) -> None:
    path = tmp_path / "scrape.csv"
    path.write_text(HEADER + "".join(ROWS))

    posts = read_posts(path)

    assert [(post.author, post.text_lost, post.thread) for post in posts] == [
        ("ana", False, ""),
        ("tom", True, posts[0].id),
        ("tom", True, posts[0].id),
        ("tom", False, ""),
        ("ana", False, ""),
    ]
    assert len({post.id for post in posts}) == 5


def test_ids_are_the_same_in_a_slice_of_the_file(tmp_path: Path) -> None:
    whole, piece = tmp_path / "whole.csv", tmp_path / "piece.csv"
    whole.write_text(HEADER + "".join(ROWS))
    piece.write_text(HEADER + "".join(ROWS[1:4]))

    assert [post.id for post in read_posts(piece)] == [post.id for post in read_posts(whole)][1:4]


DAMAGED = [
    ("5/10/12 2#:03,tom,A2: maps\n", "5/10/12 2#:03"),
    ("510/12 20:03,tom,A2: maps\n", "510/12 20:03"),
    ("5/10/12 20.03,@tom,A2: maps\n", "5/10/12 20.03"),
    ("5/10/12 \n0:03,tom,A2: maps\n", "5/10/12 \n0:03"),
    ("5/10\n12 20:03,tom,A2: maps\n", "5/10\n12 20:03"),
    ("5/10/12 20:03xtom,A2: maps\n", "5/10/12 20:03xtom"),
    ("5/10/12 20:om,A2: maps\n", "5/10/12 20:om"),
]


@pytest.mark.parametrize(("damaged", "time"), DAMAGED)
def test_a_row_with_a_damaged_time_is_put_in_nobodys_mouth(
    tmp_path: Path, damaged: str, time: str
) -> None:
    path = tmp_path / "scrape.csv"
    path.write_text(HEADER + ROWS[0] + damaged + ROWS[4])

    ana, row, again = read_file(path, EASTERN)

    assert isinstance(ana, Post)
    assert isinstance(again, Post)
    assert [ana.text, again.text] == ["Hello, all #InkChat", "A1: maps"]
    assert isinstance(row, AsideRow)
    assert row.reason.parts["text"] == time


@pytest.mark.parametrize(
    "more",
    ["10,000 of them\n", "and so, tom, we went at 10:30\n", "5/10\n", "at 10:30, by hand, I\n"],
)
def test_a_line_of_a_text_stays_with_it(tmp_path: Path, more: str) -> None:
    path = tmp_path / "scrape.csv"
    path.write_text(HEADER + ROWS[3] + more + ROWS[4])

    assert [post.text for post in read_posts(path)] == [f"A1: maps\n{more}".strip(), "A1: maps"]


def test_a_username_that_is_a_sentence_goes_aside_with_it(tmp_path: Path) -> None:
    path = tmp_path / "scrape.csv"
    glued = "5/10/12 20:04,cem-A1: globes, for once"
    path.write_text(HEADER + "".join(ROWS) + glued + "\n")
    records = list(read_file(path, EASTERN))
    assert len([one for one in records if isinstance(one, Post)]) == len(ROWS)
    (aside,) = [one for one in records if isinstance(one, AsideRow)]
    assert (aside.line, aside.reason.code) == (7, "cells-misplaced")
    assert "cem-A1: globes" in aside.text


def test_lost_texts_of_real_chats_are_recognised(shared_data: Path) -> None:
    scrape = shared_data / "raw" / "ngsschat-storify" / "all_storify_data_to_may_2015.csv"
    mine: dict[tuple[str, str], list[Post]] = defaultdict(list)
    for post in read_posts(scrape):
        minute = post.created_at.astimezone(ZoneInfo("America/New_York"))
        mine[minute.strftime("%Y-%m-%dT%H:%M"), post.author].append(post)
    known: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for path in sorted((shared_data / "chats").glob("ngsschat-201[2-5]*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            known[row["created_at"], row["author"]].append(row)

    seen = Counter(
        (row.get("text_lost", False), post.text_lost)
        for key, rows in known.items()
        for row, post in zip(rows, mine.get(key, []), strict=False)
    )

    assert seen.total() > 10_000
    assert seen[True, True] / (seen[True, True] + seen[True, False]) > 0.995  # recall
    assert seen[True, True] / (seen[True, True] + seen[False, True]) > 0.98  # precision


def test_a_story_tells_its_authors_words_and_its_posts_in_order(tmp_path: Path) -> None:
    reading = read_file(write_story(tmp_path / "two-rooms.json"), ReadOptions())
    (story,) = reading.list_told()

    assert (story.title, story.author, story.author_name) == ("Two rooms", "ana_r", "Ana Reis")
    assert story.address == "http://storify.com/ana_r/two-rooms"
    assert story.at == datetime(2012, 4, 14, 8, 0, tzinfo=UTC)
    assert [(part.kind, part.text or part.post) for part in story.parts] == [
        ("paragraph", "We met about **two empty rooms**. Here is the [plan](http://a.example/p)."),
        ("post", str(FIRST)),
        ("heading", "Q1: Two empty rooms"),
        ("post", str(FIRST + 1)),
        ("post", str(FIRST + 2)),
        ("post", str(FIRST + 3)),
        ("heading", "Who pays"),
        ("paragraph", "edition: money came up at once, as dev said."),
        ("post", str(FIRST + 4)),
        ("post", str(FIRST + 2)),
        ("heading", "Asking people"),
        ("post", str(FIRST + 5)),
        ("post", str(FIRST + 6)),
        ("post", str(FIRST + 7)),
        ("link", "Tools"),
        ("paragraph", "What became of it:"),
        ("paragraph", "- a workshop\n- a room"),
    ]
    records = list(reading)
    said = [one.text for one in records if isinstance(one, Post)]
    assert list(dict.fromkeys(said)) == [text for _who, text in SAID]


def test_a_scrape_tells_no_story(tmp_path: Path) -> None:
    path = tmp_path / "scrape.csv"
    path.write_text(HEADER + "".join(ROWS))
    assert read_file(path, EASTERN).list_told() == ()


TOLD_WORDS = [
    ("one\n\ntwo * [x]", [("paragraph", "one"), ("paragraph", "two \\* \\[x\\]")]),
    ("<h1>A <b>bold</b> one</h1>x<br>y", [("heading", "A bold one"), ("paragraph", "x\ny")]),
    ("<blockquote>so they <i>said</i></blockquote>", [("paragraph", "> so they *said*")]),
    ("<a href='javascript:x'>no</a><script>no</script>", [("paragraph", "no")]),
    ("<a href='http://a.example'>http://a.example</a>", [("paragraph", "<http://a.example>")]),
    ("<p> </p><b></b>", []),
    ("a <unclosed", [("paragraph", "a \\<unclosed")]),
]


@pytest.mark.parametrize(("html", "told"), TOLD_WORDS)
def test_words_between_posts_become_markdown(html: str, told: list[tuple[str, str]]) -> None:
    assert [(part.kind, part.text) for part in read_told_words(html)] == told
