"""Real files of Twitter posts, beside the chats that others cut out of the same files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from chinwag.importers import read_file
from chinwag.model import AsideRow, Deletion, Post
from chinwag.records.contract import ReadOptions
from chinwag.records.repairs import undo_entities
from chinwag.records.tweets import split_repost
from chinwag.steps.collect.parents import restore_parents

CHATS = {
    "critlib-2015-03-10": ["mar102015.csv", "mar102015.json"],
    "critlib-2015-04-07": ["apr072015.csv"],
    "critlib-2015-04-28": ["may022015.csv"],
    "critlib-2015-05-19": ["may192015.csv", "may192015.json"],
}
PAIRS = [(chat, file) for chat, files in CHATS.items() for file in files]
LINK = re.compile(r"https?://\S+|https?:?/?/?…?$")


def read_posts(path: Path) -> list[Post]:
    records: list[Post] = []
    for record in read_file(path, ReadOptions()):
        assert not isinstance(record, AsideRow), record
        if isinstance(record, Post):
            records.append(record)
    return records


def normalise(text: str) -> str:
    """Take off what the importers write out or take away on purpose: addresses, entities."""
    plain = undo_entities(text)[0]
    told = split_repost(plain)
    return " ".join(LINK.sub("", told[1] if told else plain).split())


@pytest.mark.parametrize(("chat", "file"), PAIRS)
def test_every_post_of_the_reference_chat_is_found_with_its_words(
    shared_data: Path, chat: str, file: str
) -> None:
    lines = (shared_data / "chats" / f"{chat}.jsonl").read_text(encoding="utf-8").splitlines()
    reference = {row["id"]: row for row in map(json.loads, lines)}

    posts = {post.id: post for post in read_posts(shared_data / "raw" / "critlib" / file)}

    found = [posts[identifier] for identifier in reference if identifier in posts]
    missing = sorted(set(reference) - set(posts))
    assert missing == []
    for post in found:
        row = reference[post.id]
        assert post.author == row["author"]
        assert post.created_at.strftime("%Y-%m-%dT%H:%M:%SZ") == row["created_at"]
        assert bool(post.repost_of) == row["is_rt"] or not post.repost_of
        if not post.repost_of:
            assert normalise(post.text) == normalise(row["text"])


def test_csv_and_json_of_the_same_week_say_the_same(shared_data: Path) -> None:
    folder = shared_data / "raw" / "critlib"
    for week in ("mar102015", "may192015"):
        csv = {post.id: post for post in read_posts(folder / f"{week}.csv")}
        full = {post.id: post for post in read_posts(folder / f"{week}.json")}

        assert set(csv) <= set(full)
        for identifier, post in csv.items():
            other = full[identifier]
            assert (post.author, post.created_at, post.repost_of, post.reply_to) == (
                other.author,
                other.created_at,
                other.repost_of,
                other.reply_to,
            )
            if not post.repost_of:
                assert normalise(post.text) == normalise(other.text)


def test_ids_that_a_spreadsheet_rounded_are_restored(shared_data: Path) -> None:
    posts = read_posts(shared_data / "raw" / "critlib" / "may022015.csv")

    assert [post.id for post in posts] == [post.url.rsplit("/", 1)[1] for post in posts]
    ids = {post.id for post in posts}
    before = sum(post.reply_to in ids for post in posts)
    after = sum(post.reply_to in ids for post in restore_parents(posts))
    assert (before, after) == (1, 162)


@pytest.mark.parametrize(
    ("file", "format", "rows", "posts"),
    [
        ("critlib/apr072015.csv", "twarc-v1-csv", 1681, 1681),
        ("critlib/mar102015.json", "twarc-v1-jsonl", 625, 928),
        ("tags/dsetonline_2017.tags.csv", "tags-csv", 180, 180),
        ("tags/edchat_gdrive.tags.csv", "tags-csv", 1499, 1499),
        ("tags/lak13_gdrive.tags.csv", "tags-csv", 260, 260),
        ("twarc-v2/2sets.jsonl", "twitter-v2-jsonl", 201, 366),
        ("twarc-v2/cashtags.jsonl", "twitter-v2-jsonl", 1, 1),
        ("twarc-v2/cotweet.jsonl", "twitter-v2-jsonl", 1, 1),
        ("twarc-v2/edited.jsonl", "twitter-v2-jsonl", 1, 1),
        ("twarc-v2/flat.jsonl", "twitter-v2-jsonl", 100, 186),
    ],
)
def test_every_row_of_a_real_file_becomes_a_post(
    shared_data: Path, file: str, format: str, rows: int, posts: int
) -> None:
    reading = read_file(shared_data / "raw" / file, ReadOptions())

    records = list(reading)

    assert reading.format == format
    assert (reading.rows, reading.posts, reading.aside) == (rows, posts, 0)
    assert not any(isinstance(record, Deletion) for record in records)


def test_three_fetches_of_an_edited_post_give_one_post_with_its_first_wording(
    shared_data: Path,
) -> None:
    found: set[tuple[str, tuple[str, ...]]] = set()
    for name in ("edited_before", "edited_after", "edited"):
        (post,) = read_posts(shared_data / "raw" / "twarc-v2" / f"{name}.jsonl")
        found.add((post.id, tuple(version.id for version in post.versions)))
        assert post.versions[0].at == post.created_at
        assert post.edited_at is not None
        assert post.edited_at > post.created_at
    assert len(found) == 1
