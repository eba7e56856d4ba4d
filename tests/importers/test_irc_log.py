"""Logs of a channel, and the day on which it was."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chinwag.errors import InputError
from chinwag.importers import read_file
from chinwag.model import AsideRow, Post
from chinwag.records.contract import ReadOptions

LINES = "23:58 <ana> one\n00:01 <tom> two\n"


def read_times(path: Path, date: str = "") -> list[datetime]:
    records = read_file(path, ReadOptions(time_zone="UTC", date=date))
    return [post.created_at for post in records if isinstance(post, Post)]


@pytest.mark.parametrize("end", ["\x00", "x", "7", ")", ""])
def test_a_line_whose_end_is_damaged_takes_nobodys_words(tmp_path: Path, end: str) -> None:
    path = tmp_path / "log.txt"
    path.write_text(
        f"19:14 <ana> A1 maps{end}19:15 <tom> A1 bells\n19:16 <ana> at 19:15 <tom> sang\n"
    )
    found = list(read_file(path, ReadOptions(time_zone="UTC", date="2026-03-05")))
    posts = [one for one in found if isinstance(one, Post)]
    assert [(one.author, one.text.startswith("A1 maps")) for one in posts] == [
        ("ana", True),
        ("ana", False),
    ]
    assert posts[1].text == "at 19:15 <tom> sang"
    assert [one.text for one in found if isinstance(one, AsideRow)] == ["19:15 <tom> A1 bells"]


def test_the_day_comes_from_the_person_or_the_file_name_and_midnight_turns_it(
    tmp_path: Path,
) -> None:
    unnamed, named = tmp_path / "ink.log", tmp_path / "ink-2020-12-31.log"
    for path in (unnamed, named):
        path.write_text(LINES)
    midnight = [
        datetime(2020, 12, 31, 23, 58, tzinfo=UTC),
        datetime(2021, 1, 1, 0, 1, tzinfo=UTC),
    ]

    assert read_times(unnamed, "2020-12-31") == midnight
    assert read_times(named) == midnight
    with pytest.raises(InputError) as caught:
        read_times(unnamed)
    assert str(caught.value) == "ink.log gives the time of day only, and nothing tells the day."
    with pytest.raises(InputError, match="'New Year' is not a date"):
        read_times(unnamed, "New Year")


def test_joins_are_rows_without_a_post(tmp_path: Path) -> None:
    path = tmp_path / "ink.log"
    path.write_text("19:00 -!- ana [~a@host.example] has joined #ink\n19:01 < ana> hi\n")

    reading = read_file(path, ReadOptions(time_zone="UTC", date="2020-04-22"))

    assert [post.text for post in reading if isinstance(post, Post)] == ["hi"]
    assert (reading.rows, reading.posts, reading.aside) == (2, 1, 0)


def test_real_meetings_read_back_line_by_line(shared_data: Path, tmp_path: Path) -> None:
    meetings = (shared_data / "review-club" / "meetings.jsonl").read_text(encoding="utf-8")
    path, count = tmp_path / "meeting.log", 0
    for meeting in map(json.loads, meetings.splitlines()):
        said = [post for post in meeting["posts"] if post["author"]]
        if not said:
            continue
        lines = (f"{post['time']} <{post['author']}> {post['text']}\n" for post in said)
        path.write_bytes("".join(lines).encode())
        options = ReadOptions(time_zone="UTC", date=meeting["date"])
        posts = [post for post in read_file(path, options) if isinstance(post, Post)]
        assert [(post.author, post.text) for post in posts] == [
            (post["author"], re.sub(r"[\x02\x0f\x11\x1d]", "", post["text"]).strip())
            for post in said
        ], meeting["id"]
        assert len({post.id for post in posts}) == len(posts)
        count += 1
    assert count > 200


def test_a_german_client_s_day_stands_before_the_time(tmp_path: Path) -> None:
    path = tmp_path / "atlas.log"
    path.write_text("04.10.2022 18:00:25 <ada> maps\n", encoding="utf-8")

    (post,) = read_file(path, ReadOptions(time_zone="UTC"))

    assert isinstance(post, Post)
    assert (post.author, post.created_at) == ("ada", datetime(2022, 10, 4, 18, 0, 25, tzinfo=UTC))
