"""What stands in a reply column and names no post is no parent, whatever a tool writes there."""

from __future__ import annotations

from pathlib import Path

import pytest

from chinwag.importers import read_file
from chinwag.importers.cells import read_tweet_parent
from chinwag.model import Post
from chinwag.records.contract import ReadOptions

NOTHING = [
    *(
        "",
        " ",
        "[]",
        "{}",
        "none",
        "None",
        "null",
        "NaN",
        "nan",
        "<NA>",
        "-",
        "–",
        "0",
        "0.0",
        "-1",
    ),
    *("False", "@nell_rasp", "nell_rasp", "['nell_rasp']", '[{"screen_name": "nell_rasp"}]', "n/a"),
]


@pytest.mark.parametrize("said", NOTHING)
def test_nothing_by_any_name_is_no_tweet(said: str) -> None:
    assert read_tweet_parent(said) == ""


@pytest.mark.parametrize(
    ("said", "parent"),
    [
        ("1765076811248566274", "1765076811248566274"),
        (1765076811248566274, "1765076811248566274"),
        ("1765076811248566274.0", "1765076811248566274"),
        ("x1765076811248566274", "1765076811248566274"),
        ("'1765076811248566274", "1765076811248566274"),
        ("https://x.com/nell_rasp/status/1765076811248566274", "1765076811248566274"),
        ("1.76508E+18", "1.76508E+18"),
    ],
)
def test_a_tweet_in_any_dress_is_one(said: object, parent: str) -> None:
    assert read_tweet_parent(said) == parent


@pytest.mark.parametrize("nothing", ["[]", "none", "nan", "-", "0", "@nell_rasp"])
def test_a_table_as_a_whole_has_no_such_parent(tmp_path: Path, nothing: str) -> None:
    file = tmp_path / "chat.csv"
    rows = ["id,author,text,created_at,in_reply_to_status_id"]
    rows += [
        f"176507655295736627{at},nell,A drill,2024-03-05T18:0{at}:00+00:00,{nothing}"
        for at in range(3)
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    posts = [one for one in read_file(file, ReadOptions()) if isinstance(one, Post)]
    assert [post.reply_to for post in posts] == [None, None, None]
