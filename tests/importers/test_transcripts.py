"""Transcripts of real chats, in Markdown and as plain text."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from chinwag.errors import InputError
from chinwag.importers import read_file
from chinwag.importers.days import read_day
from chinwag.model import AsideRow, Post
from chinwag.records.contract import ReadOptions
from chinwag.records.ids import ID_FROM_CONTENT, TIME_FROM_ID, tell_time


def test_a_snowflake_tells_its_millisecond_and_other_numbers_tell_nothing() -> None:
    assert tell_time("1225850400000000000") == datetime.fromisoformat("2020-02-07T18:34:45.216Z")
    assert [tell_time(one) for one in ("20", "1.22585E+18", "", "٣", "9" * 25)] == [None] * 5


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("#chan_20200422.log", "2020-04-22"),
        ("--- Day changed Wed Apr 22 2020", "2020-04-22"),
        ("--- Log opened Wed Apr 22 19:00:00 2020", "2020-04-22"),
        ("on 22 April 2020, or 2021-01-01", "2020-04-22"),
        ("2020-13-41", None),
        ("nothing", None),
    ],
)
def test_the_first_date_in_a_text_is_found(text: str, day: str | None) -> None:
    found = read_day(text)

    assert (found.isoformat() if found else None) == day


def test_every_post_of_real_markdown_transcripts_is_read(shared_data: Path) -> None:
    known: dict[str, dict[str, str]] = {}
    for path in sorted((shared_data / "chats").glob("pstweetchat-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            known[row["id"]] = row
    met = 0
    for path in sorted((shared_data / "raw" / "pstweetchat").glob("*/*.md")):
        text = path.read_text(encoding="utf-8")
        headings = len(re.findall(r"^### ", text, re.MULTILINE))
        if not headings:
            continue
        reading = read_file(path, ReadOptions())
        posts = [post for post in reading if isinstance(post, Post)]
        assert reading.format == "transcript-markdown"
        assert len(posts) == headings, path.name
        for post in posts:
            if TIME_FROM_ID not in post.repairs and (row := known.get(post.id)):
                met += 1
                assert post.author == row["author"]
                assert post.created_at.replace(microsecond=0) == datetime.fromisoformat(
                    row["created_at"]
                )
            assert post.id.isdecimal() or ID_FROM_CONTENT in post.repairs
    assert met > 1_300


WHOLE = """\
### [@ana](https://birds.example/ana) \\<Ana\\>

*2026-03-05 19:10:01Z*
> [A1 we lend maps #InkChat](https://birds.example/ana/status/2110072454250961497)

### [@tom](https://birds.example/tom) \\<Tom\\>

*2026-03-05 19:11:02Z*
> [A1 and bells, from
9:30 on #InkChat](https://birds.example/tom/status/2110072483611661846)
"""


def test_a_post_whose_end_is_missing_takes_nobodys_words(tmp_path: Path) -> None:
    path = tmp_path / "evening.md"
    for text, read, aside in (
        (WHOLE, ["ana", "tom"], 0),
        # from within the first one's address to within the second one's name
        (
            WHOLE.replace(
                WHOLE[WHOLE.index("ps://birds.example/ana/st") : WHOLE.index("m\\>")], ""
            ),
            ["tom"],
            1,
        ),
        # from within that address to within the second one's time
        (WHOLE.replace(WHOLE[WHOLE.index("61497)") : WHOLE.index("11:02Z*")], ""), ["tom"], 1),
        # only the first one's address
        (WHOLE.replace("](https://birds.example/ana/status/2110072454250961497)", ""), ["tom"], 1),
    ):
        path.write_text(text)
        found = list(read_file(path, ReadOptions()))
        posts = [one for one in found if isinstance(one, Post)]
        assert [one.author for one in posts] == read
        assert posts[-1].text == "A1 and bells, from\n9:30 on #InkChat"
        assert len(found) - len(posts) == aside


def test_an_authors_broken_heading_goes_aside_with_what_stands_in_it(tmp_path: Path) -> None:
    page = "https://twitter.com/{0}/status/122585000000000000{1}"
    entry = (
        "### [@{0}](https://twitter.com/{0})\n\n*2020-02-07 18:31:0{1}Z*\n> [{2}](" + page + ")\n\n"
    )
    said = [("ana", 1, "Maps, please"), ("cem", 2, "Globes for once"), ("bo", 3, "Atlases")]
    whole = "## Q1: what first?\n\n" + "".join(entry.format(*one) for one in said)
    start, end = whole.index("tter.com/cem)"), whole.index("[Globes")
    path = tmp_path / "chat.md"
    path.write_text(whole[:start] + whole[end:], encoding="utf-8")
    records = list(read_file(path, ReadOptions()))
    assert [one.text for one in records if isinstance(one, Post)] == ["Maps, please", "Atlases"]
    (aside,) = [one for one in records if isinstance(one, AsideRow)]
    assert "Globes for once" in aside.text


def test_a_real_page_of_plain_text_is_read_and_wants_its_day(shared_data: Path) -> None:
    path = shared_data / "raw" / "pstweetchat" / "2020" / "Feb2020-tchat.txt"
    known: dict[str, datetime] = {}
    chat = shared_data / "chats" / "pstweetchat-2020-02-07.jsonl"
    for line in chat.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        known.setdefault(row["text"], datetime.fromisoformat(row["created_at"]))

    options = ReadOptions(time_zone="America/New_York", date="2020-02-07")
    posts = [post for post in read_file(path, options) if isinstance(post, Post)]

    assert len(posts) == 109
    apart = [
        (known[post.text] - post.created_at).total_seconds()
        for post in posts
        if post.text in known and not post.repost_of
    ]
    assert len(apart) > 40
    assert sorted(apart)[len(apart) // 10] >= 0
    assert sorted(apart)[-len(apart) // 10] < 60
    with pytest.raises(InputError, match="nothing tells the day"):
        list(read_file(path, ReadOptions(time_zone="America/New_York")))
