"""Whole weeks and years of real hashtags: the chat in them is found, and its posts with it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from chinwag.importers import read_file
from chinwag.model import Post
from chinwag.records.contract import ReadOptions
from chinwag.steps.collect import (
    FoundWindow,
    Selected,
    Timeline,
    find_hashtag,
    find_windows,
    fold_reposts,
    is_firehose,
    merge_posts,
    select_posts,
)

WEEKS = [
    ("mar102015.csv", "critlib-2015-03-10"),
    ("mar102015.json", "critlib-2015-03-10"),
    ("apr072015.csv", "critlib-2015-04-07"),
    ("may022015.csv", "critlib-2015-04-28"),
    ("may192015.csv", "critlib-2015-05-19"),
    ("may192015.json", "critlib-2015-05-19"),
]


class Line(msgspec.Struct):
    """What these tests need of a line of a chat told by people."""

    id: str
    is_rt: bool
    a_labels: list[str | int]
    q_labels: list[str | int]


def read_posts(path: Path, time_zone: str | None = None) -> list[Post]:
    return [
        one for one in read_file(path, ReadOptions(time_zone=time_zone)) if isinstance(one, Post)
    ]


def find_chat(posts: list[Post]) -> tuple[str, tuple[FoundWindow, ...], Selected]:
    timeline = Timeline()
    for post in posts:
        timeline.add(post)
    hashtag = find_hashtag(timeline)
    windows = find_windows(timeline, hashtag)
    selected = select_posts(
        posts,
        windows[0].takes,
        hashtag=hashtag,
        only_tagged=is_firehose(timeline, hashtag),
        others=[found.window for found in windows[1:]],
    )
    return hashtag, windows, selected


@pytest.mark.parametrize(("file", "chat"), WEEKS)
def test_the_chat_is_found_in_its_week(shared_data: Path, file: str, chat: str) -> None:
    posts = read_posts(shared_data / "raw" / "critlib" / file)
    hashtag, _windows, selected = find_chat(posts)
    lines = (shared_data / "chats" / f"{chat}.jsonl").read_bytes().splitlines()
    told = [msgspec.json.decode(line, type=Line) for line in lines]
    ids, taken = {line.id for line in told}, {post.id for post in selected.posts}
    labelled = {line.id for line in told if (line.a_labels or line.q_labels) and not line.is_rt}
    assert hashtag == "critlib"
    assert taken <= ids
    assert len(taken) >= 0.97 * len(ids)
    assert labelled <= taken


@pytest.mark.parametrize(("file", "chat"), WEEKS)
def test_reposts_of_a_week_are_folded(shared_data: Path, file: str, chat: str) -> None:
    posts = read_posts(shared_data / "raw" / "critlib" / file)
    folded = fold_reposts(merge_posts(find_chat(posts)[2].posts).posts)
    lines = (shared_data / "chats" / f"{chat}.jsonl").read_bytes().splitlines()
    reposts = {
        line.id for line in (msgspec.json.decode(one, type=Line) for one in lines) if line.is_rt
    }
    under = {repost.id for post in folded.posts for repost in post.reposts}
    standing = {post.id for post in folded.posts}
    said = [post for post in folded.posts if post.id in reposts and not post.repost_of]
    assert not [post.text for post in said if post.text.startswith("RT @")]
    assert len(reposts & under) >= 0.9 * len(reposts & (under | standing))


@pytest.mark.parametrize("name", ["mar102015", "may192015"])
def test_a_sheet_and_the_lines_it_was_made_of_are_one_archive(shared_data: Path, name: str) -> None:
    folder = shared_data / "raw" / "critlib"
    sheet, whole = read_posts(folder / f"{name}.csv"), read_posts(folder / f"{name}.json")
    merged = merge_posts([*sheet, *whole])
    assert {post.id for post in merged.posts} == {post.id for post in whole}
    assert merged.repeated == len(sheet) + len(whole) - len(merged.posts)
    assert merged.notes == ()


def test_one_file_of_many_years_holds_its_chats(shared_data: Path) -> None:
    (path,) = (shared_data / "raw" / "ngsschat-storify").glob("*.csv")
    posts = read_posts(path, time_zone="America/New_York")
    hashtag, windows, selected = find_chat(posts)
    days = {f"{found.window.start:%Y-%m}" for found in windows}
    assert hashtag.casefold() == "ngsschat"
    assert 30 <= len(windows) <= 42
    assert {"2012-05", "2013-04", "2014-10", "2015-03"} <= days
    assert windows[0].window.start == max(found.window.start for found in windows)
    assert len(selected.posts) + selected.outside == len(posts)


def test_a_transcript_of_one_chat_is_taken_whole(shared_data: Path) -> None:
    files = sorted((shared_data / "raw" / "pstweetchat").glob("*/*Chat_*20.md"))
    read = [read_posts(file) for file in files]
    assert len(read) >= 10
    assert [len(find_chat(posts)[2].posts) for posts in read] == [len(posts) for posts in read]


@pytest.mark.parametrize("name", ["edchat_gdrive", "lak13_gdrive", "dsetonline_2017"])
def test_a_sheet_without_a_burst_is_taken_whole(shared_data: Path, name: str) -> None:
    posts = read_posts(shared_data / "raw" / "tags" / f"{name}.tags.csv")
    hashtag, windows, selected = find_chat(posts)
    assert hashtag.casefold() == name.partition("_")[0]
    assert len(windows) == 1
    assert len(selected.posts) >= 0.95 * len(posts)
