"""Any table and any JSON: guessed names, mapped names, and what is said when neither will do."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from tests.importers.reasons import say_reason

from chinwag.errors import InputError, UnknownFormat
from chinwag.importers import read_file
from chinwag.importers.columns import NAMES, map_columns
from chinwag.importers.row_times import DAY_FIRST
from chinwag.model import AsideRow, Post, Repost, Sighting, Version
from chinwag.records.contract import ReadOptions
from chinwag.records.ids import ID_FROM_CONTENT

SENTENCES = "Who said it\tLine\tMoment\nana\tQ1: what do you read?\t2020-02-07 18:31\n"
LONDON = ReadOptions(time_zone="Europe/London")


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_that_cannot_be_guessed_are_named_with_the_way_to_map_them(tmp_path: Path) -> None:
    path = write(tmp_path, "table.tsv", SENTENCES)

    with pytest.raises(UnknownFormat) as caught:
        list(read_file(path, LONDON))

    assert str(caught.value) == (
        "table.tsv looks like a table, but nothing in it is called text or author or time; "
        "it has: Who said it, Line, Moment."
    )
    assert caught.value.fields["missing"] == ["text", "author", "time"]


def test_mapped_columns_are_read_whatever_they_are_called(tmp_path: Path) -> None:
    path = write(tmp_path, "table.tsv", SENTENCES)
    columns = {"author": "Who said it", "text": "line", "created_at": "Moment"}

    (post,) = read_file(path, ReadOptions(time_zone="Europe/London", columns=columns))

    assert isinstance(post, Post)
    assert (post.author, post.text) == ("ana", "Q1: what do you read?")
    assert post.created_at == datetime(2020, 2, 7, 18, 31, tzinfo=UTC)


def test_a_mapping_to_a_column_or_a_field_that_is_not_there_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, "table.tsv", SENTENCES)

    with pytest.raises(InputError, match="There is no column called 'Whom'"):
        list(read_file(path, ReadOptions(columns={"author": "Whom"})))
    with pytest.raises(InputError, match="There is no field called 'writer'"):
        list(read_file(path, ReadOptions(columns={"writer": "Who said it"})))


def test_json_without_any_known_name_is_refused_with_its_keys(tmp_path: Path) -> None:
    path = write(tmp_path, "odd.jsonl", '{"who": "ana", "what": {"was": "said"}}\n')

    with pytest.raises(UnknownFormat, match=r"called text or time; it has: who, what\.was\."):
        list(read_file(path, LONDON))


def test_no_column_is_taken_twice_and_no_name_stands_for_two_fields() -> None:
    columns = map_columns(["name", "text", "date", "time", "url"], {})

    assert columns == {
        "text": "text",
        "author": "name",
        "date": "date",
        "time": "time",
        "url": "url",
    }
    assert all(len(set(names)) == len(names) for names in NAMES.values())


@pytest.mark.parametrize(
    "header",
    ["Date,Time,User,Tweet", "fecha;hora;usuario;mensaje", "datum\tzeit\tbenutzer\tnachricht"],
)
def test_day_and_time_in_two_columns_are_joined_in_any_language(
    tmp_path: Path, header: str
) -> None:
    delimiter = next(one for one in ",;\t" if one in header)
    row = delimiter.join(("2020-02-07", "18:31:05", "@ana", "maps"))
    path = write(tmp_path, "table.csv", f"{header}\n{row}\n")

    (post,) = read_file(path, LONDON)

    assert isinstance(post, Post)
    assert (post.created_at, post.author, post.text) == (
        datetime(2020, 2, 7, 18, 31, 5, tzinfo=UTC),
        "ana",
        "maps",
    )


@pytest.mark.parametrize(
    ("said", "zone", "month", "repairs"),
    [
        ("05/10/2026 19:14:00", "Europe/London", 10, {DAY_FIRST: 1, ID_FROM_CONTENT: 1}),
        ("05/10/2026 19:14:00", "America/New_York", 5, {ID_FROM_CONTENT: 1}),
        ("13/10/2026 19:14:00", "Europe/London", 10, {ID_FROM_CONTENT: 1}),
        ("05.10.2026 19:14", "America/New_York", 10, {ID_FROM_CONTENT: 1}),
        ("2026-10-05 19:14", "Europe/London", 10, {ID_FROM_CONTENT: 1}),
    ],
)
def test_the_zone_tells_which_number_of_a_date_is_the_day(
    tmp_path: Path, said: str, zone: str, month: int, repairs: dict[str, int]
) -> None:
    path = write(tmp_path, "table.csv", f"author,text,when posted\nana,maps,{said}\n")
    columns = {"created_at": "When posted"}

    reading = read_file(path, ReadOptions(time_zone=zone, columns=columns))
    months = [post.created_at.month for post in reading if isinstance(post, Post)]

    assert (months, reading.repairs) == ([month], repairs)


def test_the_posts_of_a_chat_folder_read_back_as_they_were_written(tmp_path: Path) -> None:
    when = datetime(2020, 2, 7, 18, 31, tzinfo=UTC)
    posts = [
        Post(
            id="1",
            author="ana",
            text=" Q1?\n&amp; more ",
            created_at=when,
            reply_to=None,
            url="",
            source="mastodon",
            reposts=(Repost(id="9", author="mo", at=when),),
            versions=(Version(text="Q1", at=None),),
            sightings=(Sighting(route="mastodon", address="tag.json", line=3),),
            aliases=("mastodon:a.example:1",),
            text_lost=True,
        ),
        Post(
            id="2",
            author="",
            text="",
            created_at=when,
            reply_to="1",
            url="",
            source="x",
            deleted=True,
            sightings=(Sighting(route="x", address="y.json", line=1),),
        ),
    ]
    path = tmp_path / "posts.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(post) + b"\n" for post in posts))

    assert list(read_file(path, ReadOptions())) == posts


def test_our_own_posts_that_somebody_edited_are_read_as_any_other(tmp_path: Path) -> None:
    line = (
        '{"id": "1", "author": "@ana", "text": "Q1?\\r\\nMaps", "source": "", "url": "",'
        ' "created_at": "2020-02-07T19:31:00+01:00", "reply_to": null}\n'
    )
    gone = (
        '{"id": "2", "author": "", "text": "", "source": "", "url": "", "deleted": true,'
        ' "created_at": "2020-02-07T18:32:00Z", "reply_to": "1"}\n'
    )

    first, second = read_file(write(tmp_path, "posts.jsonl", line + gone), ReadOptions())

    assert isinstance(first, Post)
    assert (first.author, first.text) == ("ana", "Q1?\nMaps")
    assert first.created_at == datetime(2020, 2, 7, 18, 31, tzinfo=UTC)
    assert isinstance(second, Post)
    assert (second.id, second.source, second.deleted) == ("2", "generic-jsonl", True)


def test_real_chats_read_with_their_ids_in_order(shared_data: Path) -> None:
    files = sorted((shared_data / "chats").glob("*.jsonl"))

    for path in files:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        posts = list(read_file(path, ReadOptions()))
        assert [
            (post.id, post.author, post.reply_to, post.text_lost, post.repost_of == "?")
            for post in posts
            if isinstance(post, Post)
        ] == [
            (
                row["id"],
                row["author"],
                row.get("reply_to_id"),
                row.get("text_lost", False),
                row["is_rt"],
            )
            for row in rows
        ], path.name
    assert len(files) == 75


ROWS = "2020-02-07 18:31:05,ana,Q1: what do you read? #inkchat\n2020-02-07 18:32:05,bo,maps\n"
NUMBERS = {"created_at": "1", "author": "2", "text": "3"}


@pytest.mark.parametrize("above", ["", "When,Who,What\n"])
def test_columns_without_names_go_by_their_numbers(above: str, tmp_path: Path) -> None:
    path = write(tmp_path, "rows.csv", above + ROWS)

    posts = list(read_file(path, ReadOptions(time_zone="UTC", columns=NUMBERS)))

    assert [(post.author, post.text) for post in posts if isinstance(post, Post)] == [
        ("ana", "Q1: what do you read? #inkchat"),
        ("bo", "maps"),
    ]
    assert len(posts) == 2


def test_a_first_row_that_is_a_post_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat) as caught:
        list(read_file(write(tmp_path, "rows.csv", ROWS), LONDON))

    assert caught.value.code == "columns-unnamed"
    assert str(caught.value) == (
        "The first row of rows.csv is a post, not the names of columns: "
        "2020-02-07 18:31:05, ana, Q1: what do you read? #inkchat."
    )


def test_a_title_above_the_names_of_the_columns_is_put_aside(tmp_path: Path) -> None:
    text = (
        "Our chat; as saved on 8 February;\n\nauthor;text;created_at\nana;maps;2020-02-07 18:31\n"
    )

    title, post = read_file(write(tmp_path, "rows.csv", text), LONDON)

    assert isinstance(title, AsideRow)
    assert (title.line, say_reason(title)) == (1, "it stands above the names of the columns")
    assert isinstance(post, Post)
    assert (post.author, post.text, post.sightings[0].line) == ("ana", "maps", 4)


@pytest.mark.parametrize("title", ["Our chat", "Our chat\t\t"])
def test_below_a_title_too_the_columns_are_named_that_cannot_be_guessed(
    tmp_path: Path, title: str
) -> None:
    rows = "".join(f"ana\tA{n}: maps\t2020-02-07 18:{n}\n" for n in range(31, 41))
    path = write(tmp_path, "table.tsv", f"{title}\nWho\tWhat they said\tWhen\n{rows}")
    with pytest.raises(UnknownFormat, match="called text; it has: Who, What they said, When"):
        list(read_file(path, LONDON))


TABLE = [
    {"who": "ana", "what": "Q1: what do you read?", "when": "2020-02-07T18:31:00Z"},
    {
        "who": "bo",
        "what": "A1: whatever the tram leaves me time for",
        "when": "2020-02-07T18:33:00Z",
    },
]
NUMBERED = {str(number): row for number, row in enumerate(TABLE)}
FRAMES: dict[str, object] = {
    "rows": TABLE,
    "index": NUMBERED,
    "columns": {name: {place: row[name] for place, row in NUMBERED.items()} for name in TABLE[0]},
    "lists": {name: [row[name] for row in TABLE] for name in TABLE[0]},
    "split": {
        "columns": list(TABLE[0]),
        "index": [0, 1],
        "data": [list(row.values()) for row in TABLE],
    },
    "table": {"schema": {"fields": [{"name": "what", "type": "string"}]}, "data": TABLE},
}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("shape", FRAMES)
def test_a_data_frame_is_read_however_it_was_turned(
    shape: str, indent: int | None, tmp_path: Path
) -> None:
    path = write(tmp_path, "frame.json", json.dumps(FRAMES[shape], indent=indent))

    posts = [post for post in read_file(path, LONDON) if isinstance(post, Post)]

    assert [(post.author, post.text, post.created_at.isoformat()) for post in posts] == [
        ("ana", "Q1: what do you read?", "2020-02-07T18:31:00+00:00"),
        ("bo", "A1: whatever the tram leaves me time for", "2020-02-07T18:33:00+00:00"),
    ]


def test_a_data_frame_with_names_of_its_own_is_read_as_a_person_maps_it(tmp_path: Path) -> None:
    turned = {"voice": ["ana"], "line": ["Q1: what do you read?"], "moment": [1581100260000]}
    path = write(tmp_path, "frame.json", json.dumps(turned))
    columns = {"author": "voice", "text": "line", "time": "moment"}

    (post,) = read_file(path, ReadOptions(columns=columns))

    assert isinstance(post, Post)
    assert (post.author, post.text) == ("ana", "Q1: what do you read?")
    assert post.created_at == datetime(2020, 2, 7, 18, 31, tzinfo=UTC)


def test_columns_of_different_lengths_are_no_table(tmp_path: Path) -> None:
    turned = {"who": ["ana", "bo"], "what": ["Q1: what do you read?"], "when": ["2020-02-07"]}
    path = write(tmp_path, "frame.json", json.dumps(turned))

    assert [type(record) for record in read_file(path, LONDON)] == [AsideRow]
