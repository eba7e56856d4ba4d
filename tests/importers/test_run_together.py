"""Records of which a broken byte made one: what is read of them is no mixture, and the rest is."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.importers.reasons import say_reason

from chinwag.importers import read_file
from chinwag.model import AsideRow, Post
from chinwag.records.contract import ReadOptions

EXAMPLES = Path(__file__).parents[2] / "examples"
PAYLOADS = Path(__file__).parents[1] / "payloads"
TOGETHER = "a name stands twice in it: two records have run into one"


def read(path: Path) -> tuple[set[str], list[tuple[int, str]]]:
    """Give the texts of the posts of a file, and the lines and reasons of what went aside."""
    posts, aside = set(), []
    for record in read_file(path, ReadOptions(time_zone="Europe/London")):
        if isinstance(record, Post):
            posts.add(record.text)
        elif isinstance(record, AsideRow):
            aside.append((record.line, say_reason(record)))
    return posts, aside


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("twitter-v2-jsonl/flat.raw.jsonl", '"referenced_tweets"'),
        ("twarc-v1-jsonl/week.raw.jsonl", '"user"'),
    ],
)
def test_two_lines_that_ran_together_are_no_post(tmp_path: Path, name: str, mark: str) -> None:
    lines = (PAYLOADS / name).read_text(encoding="utf-8").splitlines()
    pair = [line for line in lines if mark in line][:2]
    others = [line for line in lines if line not in pair]
    doubled = pair[0][:-1] + ", " + pair[1][1:]
    file, whole = tmp_path / "doubled.jsonl", tmp_path / "whole.jsonl"
    whole.write_text("\n".join(others), encoding="utf-8")
    file.write_text("\n".join([*others, doubled]), encoding="utf-8")
    expected = read(whole)

    posts, aside = read(file)

    assert posts == expected[0]
    assert aside == [*expected[1], (len(others) + 1, TOGETHER)]


def test_two_posts_of_a_feed_that_ran_together_go_aside_and_the_others_are_read(
    tmp_path: Path,
) -> None:
    feed = (EXAMPLES / "stackschat" / "bluesky-feed.json").read_text(encoding="utf-8")
    lines = feed.splitlines()
    file = tmp_path / "feed.json"
    whole, _ = read(EXAMPLES / "stackschat" / "bluesky-feed.json")
    one, other = lines[5], lines[6]
    rest = tmp_path / "rest.json"
    rest.write_text("\n".join([*lines[:5], *lines[7:]]), encoding="utf-8")
    # From within the words of one to within the handle of the next: every string closes.
    cut = one[: one.index('"text":"') + 30] + other[other.index('"handle":"') + 12 :]
    file.write_text("\n".join([*lines[:5], cut, *lines[7:]]), encoding="utf-8")

    posts, aside = read(file)

    assert posts == read(rest)[0] < whole
    assert aside == [(6, TOGETHER)]


def test_a_broken_byte_in_a_thread_costs_one_post(tmp_path: Path) -> None:
    lines = (EXAMPLES / "stackschat" / "bluesky-threads.json").read_text(encoding="utf-8")
    thread = max(lines.splitlines(), key=len)
    file = tmp_path / "thread.json"
    file.write_text(thread, encoding="utf-8")
    whole, none = read(file)
    key = thread.index('"post":{', len(thread) // 2)
    broken = {
        "not JSON": (thread[:key] + '"post":' + thread[key + 8 :], "it is not JSON"),
        "another key": (thread[:key] + '"pos!":{' + thread[key + 8 :], "it is not a post view"),
        "no words": (
            thread[:key] + thread[key:].replace('"text":', '"tex!":', 1),
            "it has no text",
        ),
    }

    assert none == []
    for what, (text, reason) in broken.items():
        file.write_text(text, encoding="utf-8")
        posts, aside = read(file)
        assert len(whole - posts) == 1, what
        assert posts < whole, what
        assert aside == [(1, reason)], what
