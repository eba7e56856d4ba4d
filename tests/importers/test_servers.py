"""What real servers of Mastodon and Bluesky answered, and what must not be kept of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from tests.importers.reasons import say_reason

from chinwag.importers import read_file
from chinwag.model import AsideRow, Post
from chinwag.records.bluesky_posts import NO_STRANGERS
from chinwag.records.contract import ReadOptions


def list_answers(path: Path) -> list[str]:
    recorded = yaml.safe_load(path.read_text(encoding="utf-8"))
    kept = recorded.get("http_interactions") or recorded["interactions"]
    return [one["response"]["body"]["string"] for one in kept]


@pytest.mark.parametrize(
    ("folder", "format", "key", "posts"),
    [
        ("mastodon", "mastodon-json", '"in_reply_to_id"', 162),
        ("bluesky", "bluesky-json", '"at://', 23),
    ],
)
def test_recorded_answers_are_recognised_and_every_post_is_read(
    shared_data: Path, tmp_path: Path, folder: str, format: str, key: str, posts: int
) -> None:
    seen: Counter[str] = Counter()
    for cassette in sorted((shared_data / "raw" / folder).glob("*.y*ml")):
        for answer in list_answers(cassette):
            if key not in answer:
                continue
            path = tmp_path / "answer.json"
            path.write_text(answer, encoding="utf-8")
            reading = read_file(path, ReadOptions())
            for record in reading:
                reason = say_reason(record) if isinstance(record, AsideRow) else ""
                seen[reason or type(record).__name__] += 1
            assert reading.format == format, cassette.name

    assert seen["Post"] == posts
    assert set(seen) <= {"Post", NO_STRANGERS}


def test_every_post_of_a_real_search_is_read_or_kept_aside_as_its_author_asks(
    shared_data: Path,
) -> None:
    path = shared_data / "raw" / "bluesky" / "bluesky_searchPosts_tidytuesday_2025.json"

    reading = read_file(path, ReadOptions())
    records = list(reading)

    assert Counter(
        say_reason(record) if isinstance(record, AsideRow) else type(record).__name__
        for record in records
    ) == {"Post": 535, NO_STRANGERS: 40}
    assert all(record.text == "" for record in records if isinstance(record, AsideRow))
    posts = [record for record in records if isinstance(record, Post)]
    assert all("tidytuesday" in map(str.lower, post.hashtags) for post in posts)
