"""A column whose name is misspelt, broken or missing is told by that name; nothing stands for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.importers.reasons import say_reason

from chinwag.errors import UnknownFormat
from chinwag.importers import read_file
from chinwag.importers.near_names import find_near
from chinwag.model import AsideRow, Post
from chinwag.records.contract import ReadOptions

NAMES = ["id", "author", "created_at", "text", "url", "reply_to_id", "lang", "author_name"]
EXAMPLES = Path(__file__).parents[2] / "examples" / "formats"


def make_row(number: int) -> list[str]:
    who, id_ = ("ana_reads", "tom_shelves")[number % 2], str(575391000000000000 + 7 * number**3)
    when, text = f"2015-03-10T20:0{number}:00Z", f"A{number} the maps come first"
    page = f"https://x.com/{who}/status/{id_}"
    return [id_, who, when, text, page, "575391000000000000", "en", who.title()]


def read(
    folder: Path, name: str, becomes: str | bytes, **columns: str
) -> tuple[list[Post], list[tuple[int, str, str]]]:
    """Read a table one of whose names is another; give its posts and the rows put aside."""
    head = ",".join(NAMES).encode()
    new = becomes if isinstance(becomes, bytes) else becomes.encode()
    assert f",{name},".encode() in b"," + head + b","
    head = (b"," + head + b",").replace(f",{name},".encode(), b"," + new + b",")[1:-1]
    rows = [",".join(make_row(number)).encode() for number in range(6)]
    file = folder / "sheet.csv"
    file.write_bytes(b"\n".join((head, *rows, b"")))
    records = list(read_file(file, ReadOptions(columns=columns)))
    aside = [one for one in records if isinstance(one, AsideRow)]
    told = [(row.line, say_reason(row), row.text.split(",")[0]) for row in aside]
    return [one for one in records if isinstance(one, Post)], told


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("txet", ["text"], "text"),
        ("te\ufffdt", ["text"], "text"),
        ("in_reply_to_statsu_id", ["in_reply_to_status_id"], "in_reply_to_status_id"),
        ("reply_tq_id", ["reply_to_id"], "reply_to_id"),
        ("te§t", ["text"], "text"),
        ("te\x11t", ["text"], "text"),
        ("Auhtor", ["author"], "author"),
        ("retweets", ["retweet"], ""),
        ("test", ["text"], ""),
        ("land", ["lang"], ""),
        ("text", ["text", "next"], ""),
        ("投稿者", ["nom", "who"], ""),
        ("sentiment", ["text", "author"], ""),
    ],
)
def test_what_a_name_was_meant_to_be(name: str, known: list[str], near: str) -> None:
    assert find_near(name, known) == near


@pytest.mark.parametrize(
    ("name", "becomes", "shown", "field"),
    [
        ("text", "txet", "txet", "text"),
        ("text", b"te\xfft", "teÿt", "text"),
        ("created_at", "craeted_at", "craeted_at", "created_at"),
        ("created_at", b"\xffreated_at", "ÿreated_at", "created_at"),
        ("author", "auhtor", "auhtor", "author"),
    ],
)
def test_a_name_without_which_nothing_can_be_read_is_asked_about(
    tmp_path: Path, name: str, becomes: str | bytes, shown: str, field: str
) -> None:
    with pytest.raises(UnknownFormat) as refused:
        read(tmp_path, name, becomes)
    assert refused.value.code == "columns-misspelt"
    assert f"The column “{shown}” of sheet.csv was not understood: is it {field}?" in str(
        refused.value
    )
    posts, told = read(tmp_path, name, becomes, **{field: shown})
    assert ([post.text for post in posts], told) == ([make_row(n)[3] for n in range(6)], [])
    assert {post.author for post in posts} == {"ana_reads", "tom_shelves"}


@pytest.mark.parametrize(
    ("name", "becomes", "reason"),
    [
        ("lang", "lnag", "its column lnag was not understood: is it lang?"),
        ("url", "ulr", "its column ulr was not understood: is it url?"),
        (
            "reply_to_id",
            b"reply_t\xff_id",
            "its column reply_tÿ_id was not understood: is it reply_to_id?",
        ),
        ("lang", "", "its column 7 has no name, and was not read"),
        ("id", "", "its column 1 has no name, and was not read"),
    ],
)
def test_a_name_that_is_not_understood_is_told_and_every_post_read(
    tmp_path: Path, name: str, becomes: str | bytes, reason: str
) -> None:
    posts, told = read(tmp_path, name, becomes)
    assert [post.text for post in posts] == [make_row(number)[3] for number in range(6)]
    ((line, said, _),) = told
    assert (line, said.startswith(reason)) == (1, True), said


@pytest.mark.parametrize("sign", ["", ";", "\x0b"])
def test_names_that_have_run_together_are_told(tmp_path: Path, sign: str) -> None:
    for name in ("twarc.csv", "tags.csv"):
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        head = text.partition("\n")[0]
        for column in head.split(",")[3::2]:
            file = tmp_path / name
            file.write_text(text.replace(f",{column}", sign + column, 1), "utf-8")
            with pytest.raises(UnknownFormat) as refused:
                list(read_file(file, ReadOptions()))
            known = ("names-too-few", "columns-missing", "columns-misspelt")
            assert refused.value.code in known, (column, str(refused.value))


def test_a_name_of_ones_own_is_no_matter(tmp_path: Path) -> None:
    assert read(tmp_path, "lang", "Sentiment")[1] == []


def test_a_column_that_counts_the_rows_is_no_matter(tmp_path: Path) -> None:
    file = tmp_path / "frame.csv"
    rows = [f"{number},{','.join(make_row(number))}" for number in range(6)]
    file.write_text("\n".join((",".join(("", *NAMES)), *rows, "")), encoding="utf-8")
    records = list(read_file(file, ReadOptions()))
    assert [type(one) for one in records] == [Post] * 6


def test_a_table_of_a_known_tool_is_told_of_as_well(tmp_path: Path) -> None:
    text = (EXAMPLES / "twarc.csv").read_text(encoding="utf-8")
    file = tmp_path / "twarc.csv"
    file.write_text(text.replace("in_reply_to_status_id", "in_reply_to_statsu_id", 1), "utf-8")
    first, *rest = list(read_file(file, ReadOptions()))
    assert isinstance(first, AsideRow)
    said = "its column in_reply_to_statsu_id was not understood: is it in_reply_to_status_id?"
    assert (first.line, say_reason(first)) == (1, said)
    assert {type(one) for one in rest} == {Post}


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.csv")), ids=lambda file: file.name)
def test_no_example_has_a_name_that_is_not_understood(file: Path) -> None:
    columns = {"text": "What they said", "created_at": "When", "author": "Who"}
    options = ReadOptions(
        time_zone="Europe/London", columns=columns if file.name == "generic.csv" else {}
    )
    assert not [one for one in read_file(file, options) if isinstance(one, AsideRow)]
