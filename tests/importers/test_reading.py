"""One file from its path to its records: the care that is the same for every format."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.importers.reasons import say_reason

from chinwag.errors import InputError, NoTimeZone, UnknownFormat
from chinwag.importers import read_file
from chinwag.importers.registry import list_formats
from chinwag.model import AsideRow, Deletion, Post, Sighting
from chinwag.records.contract import ReadOptions

HEADER = "id_str,from_user,text,created_at,time,status_url\n"
GOOD = (
    "839131000045537797,ana_reads,A1: this &amp; that,,07/03/2017 15:13:37,"
    "http://twitter.com/ana_reads/statuses/839131000045537797\n"
)
BAD = (
    "839131000045537798,ana_reads,A1: no time,,soon,"
    "http://twitter.com/ana_reads/statuses/839131000045537798\n"
)
LONDON = ReadOptions(time_zone="Europe/London")
POST = Post(
    id="839131000045537797",
    author="ana_reads",
    text="A1: this & that",
    created_at=datetime(2017, 3, 7, 15, 13, 37, tzinfo=UTC),
    reply_to=None,
    url="http://twitter.com/ana_reads/statuses/839131000045537797",
    source="tags-csv",
    repairs=("HTML entities undone",),
    sightings=(Sighting(route="tags-csv", address="sheet.csv", line=3),),
)


def write(folder: Path, text: str, name: str = "sheet.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_broken_row_is_kept_aside_and_the_rest_goes_in(tmp_path: Path) -> None:
    reading = read_file(write(tmp_path, HEADER + BAD + GOOD), LONDON)

    first, second = reading

    assert isinstance(first, AsideRow)
    assert (first.file, first.line) == ("sheet.csv", 2)
    assert say_reason(first) == "the time 'soon' cannot be read"
    assert "A1: no time" in first.text
    assert second == POST
    assert (reading.format, reading.rows, reading.posts, reading.aside) == ("tags-csv", 2, 1, 1)
    assert reading.repairs == Counter({"HTML entities undone": 1})


def test_a_missing_time_zone_stops_the_file_for_only_the_person_can_answer(tmp_path: Path) -> None:
    reading = read_file(write(tmp_path, HEADER + GOOD), ReadOptions())

    with pytest.raises(NoTimeZone) as caught:
        list(reading)
    assert str(caught.value).startswith("The time '07/03/2017 15:13:37' states no time zone")


def test_progress_is_told_up_to_the_whole_size(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + GOOD * 2_000)
    told: list[tuple[int, int]] = []

    list(read_file(path, LONDON, on_progress=lambda done, size: told.append((done, size))))

    size = path.stat().st_size
    assert told == sorted(told)
    assert len(told) == 5
    assert told[-1] == (size, size)


def test_a_zip_of_several_exports_is_read_one_after_the_other(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("one/sheet.csv", HEADER + GOOD)
        archive.writestr("one/stream.jsonl", '{"delete":{"status":{"id":5,"id_str":"5"}}}')
        archive.writestr("one/read.me", "Nothing but prose, and no posts at all.")
        archive.writestr("one/picture", b"\x89PNG\r\n\x1a\n and so on")
    path = tmp_path / "week.zip"
    path.write_bytes(target.getvalue())

    reading = read_file(path, LONDON)
    records = list(reading)

    assert reading.format == "tags-csv, twarc-v1-jsonl"
    aside = [record for record in records[:2] if isinstance(record, AsideRow)]
    assert [(row.file, row.line, say_reason(row), row.text) for row in aside] == [
        (
            "week.zip/one/read.me",
            0,
            "week.zip/one/read.me is in no known format.",
            "",
        ),
        (
            "week.zip/one/picture",
            0,
            "week.zip/one/picture is a PNG picture, not an export of posts.",
            "",
        ),
    ]
    post, deletion = records[2:]
    assert isinstance(post, Post)
    assert isinstance(deletion, Deletion)
    assert post.sightings[0].address == "week.zip/one/sheet.csv"


def test_an_unknown_format_names_what_there_is(tmp_path: Path) -> None:
    path = write(tmp_path, "Dear diary, nothing here is a post.\nNothing at all.\n")

    with pytest.raises(UnknownFormat) as caught:
        read_file(path, LONDON)
    assert str(caught.value) == "sheet.csv is in no known format."
    assert caught.value.fields["known"] == [importer.name for importer in list_formats()]
    with pytest.raises(InputError, match="There is no format called 'tagz'"):
        read_file(path, LONDON, format="tagz")


def test_a_format_is_forced_upon_every_file_of_a_zip(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("one.csv", HEADER + GOOD)
        archive.writestr("two.csv", HEADER + GOOD)
    path = tmp_path / "sheets.zip"
    path.write_bytes(target.getvalue())

    reading = read_file(path, LONDON, format="tags-csv")

    assert [type(record) for record in reading] == [Post, Post]


def test_a_format_can_be_forced(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + GOOD)

    reading = read_file(path, LONDON, format="twarc-v1-csv")

    assert [type(record) for record in reading] == [AsideRow]
    assert reading.format == "twarc-v1-csv"


def test_a_row_without_a_zone_costs_itself_where_others_state_theirs(tmp_path: Path) -> None:
    rows = "ana,maps,2020-10-04T17:03:20Z\nbo,globes,2020-10-04 17:04:20\n"
    path = write(tmp_path, f"author,text,created_at\n{rows}")

    reading = read_file(path, ReadOptions())
    post, row = reading

    assert isinstance(post, Post)
    assert isinstance(row, AsideRow)
    assert (row.line, say_reason(row)) == (3, "its time states no zone, as others in the file do")
    assert (reading.posts, reading.aside) == (1, 1)


def test_an_importer_that_reads_no_row_leaves_the_file_to_the_next(tmp_path: Path) -> None:
    record = (
        '[{"id": "7", "full_text": "maps", "screen_name": "ana", "retweet_count": 0,'
        ' "created_at": "2020-10-04T17:03:20Z"}]'
    )
    path = write(tmp_path, record, "export.json")

    reading = read_file(path, ReadOptions())
    records = list(reading)

    assert [record.id for record in records if isinstance(record, Post)] == ["7"]
    assert (reading.format, reading.rows, reading.aside) == ("generic-jsonl", 1, 0)


def test_a_format_that_was_asked_for_is_kept_though_it_reads_nothing(tmp_path: Path) -> None:
    record = '[{"id": "7", "full_text": "maps", "screen_name": "ana", "created_at": "x"}]'

    reading = read_file(
        write(tmp_path, record, "export.json"), ReadOptions(), format="twarc-v1-jsonl"
    )

    assert [type(record) for record in reading] == [AsideRow]
    assert reading.format == "twarc-v1-jsonl"


@pytest.mark.parametrize("broken", ["Q1: two", '"Q1: two'])
def test_a_broken_post_of_an_api_page_costs_itself_alone(broken: str, tmp_path: Path) -> None:
    posts = [
        {"id": f"131280564273106944{number}", "author_id": "7", "text": f"Q1: {said}"}
        | {"created_at": "2020-10-04T17:03:20Z"}
        for number, said in enumerate(("one", "two", "three"))
    ]
    page = {"data": posts, "includes": {"users": [{"id": "7", "username": "ana"}]}}
    sound = json.dumps({**page, "data": posts[:1]})
    text = json.dumps(page).replace('"Q1: two"', broken)
    path = write(tmp_path, f"{sound}\n{text}\n", "pages.jsonl")

    reading = read_file(path, ReadOptions(), format="twitter-v2-jsonl")
    records = list(reading)

    assert [(post.author, post.text) for post in records if isinstance(post, Post)] == [
        ("ana", "Q1: one"),
        ("ana", "Q1: one"),
        ("ana", "Q1: three"),
    ]
    assert [broken in row.text for row in records if isinstance(row, AsideRow)] == [True]
