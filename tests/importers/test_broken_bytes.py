"""One broken byte in a table: what is read of it is what stood there, and the rest goes aside."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.importers.reasons import say_reason

from chinwag.errors import ChinwagError
from chinwag.importers import read_file
from chinwag.model import AsideRow, Post
from chinwag.records.contract import ReadOptions

SEED = 20150310
SAMPLE = 110  # changed bytes of each table
BYTES = '",\n\t\0'
MISFIT = "the row does not fit the {} columns, or a quotation mark never closes"

WHO = ("ana_reads", "tom_shelves", "cem")
SAID = (
    "Q1: Which shelf first? #inkchat",
    "@ana_reads A1: the maps, of course #inkchat",
    'He said "never", twice #inkchat',
    "A1: two lines\nof it #inkchat",
    "Globes and atlases #inkchat",
    "A2 no more shelves, no #inkchat",
    "Goodbye all #inkchat",
)


def list_tweets() -> Iterator[dict[str, str]]:
    for number, text in enumerate(SAID, start=1):
        who, identifier = WHO[number % 3], str(575391000000000000 + number * 60000 * 4194304 + 7)
        yield {
            "id": identifier,
            "id_str": identifier,
            "tweet_url": f"https://twitter.com/{who}/status/{identifier}",
            "status_url": f"http://twitter.com/{who}/statuses/{identifier}",
            "created_at": f"Tue Mar 10 20:0{number}:00 +0000 2015",
            "parsed_created_at": f"2015-03-10 20:0{number}:00+00:00",
            "time": f"10/03/2015 20:0{number}:00",
            "when": f"2015-03-10T20:0{number}:00Z",
            "user_screen_name": who,
            "from_user": who,
            "author": who,
            "text": text,
            "tweet_type": "reply" if number == 2 else "original",
            "hashtags": "inkchat",
            "in_reply_to_screen_name": "ana_reads" if number == 2 else "",
            "lang": "en",
            "possibly_sensitive": "False",
            "retweet_count": "0",
            "user_id": str(1000 + number % 3),
            "user_name": who.title(),
            "user_statuses_count": str(number * 31),
            "user_verified": "False",
            "entities_str": '{"hashtags":[{"text":"inkchat"}]}',
        }


TWARC = [
    *("id", "tweet_url", "created_at", "parsed_created_at", "user_screen_name", "text"),
    *("tweet_type", "hashtags", "in_reply_to_screen_name", "in_reply_to_status_id", "lang"),
    *("possibly_sensitive", "retweet_count", "user_id", "user_name", "user_statuses_count"),
    "user_verified",
]
TAGS = [
    *("id_str", "from_user", "text", "created_at", "time", "geo_coordinates", "user_lang"),
    *("in_reply_to_screen_name", "in_reply_to_status_id_str", "source", "user_location"),
    *("status_url", "entities_str"),
]
SHEET = ["id", "when", "author", "text", "lang"]


def write_table(names: list[str], delimiter: str = ",") -> str:
    held = io.StringIO()
    table = csv.DictWriter(held, names, "", "ignore", delimiter=delimiter, lineterminator="\n")
    table.writeheader()
    table.writerows(list_tweets())
    return held.getvalue()


TABLES = {
    "twarc.csv": write_table(TWARC),
    "tags.csv": write_table(TAGS),
    "sheet.tsv": write_table(SHEET, "\t"),
}


def read(path: Path, text: str) -> tuple[dict[str, Post], list[AsideRow]]:
    path.write_text(text, encoding="utf-8", newline="")
    records = list(read_file(path, ReadOptions(time_zone="UTC")))
    posts = [record for record in records if isinstance(record, Post)]
    return (
        {post.id: post for post in posts},
        [record for record in records if isinstance(record, AsideRow)],
    )


def squeeze(text: str) -> str:
    """Give the letters alone: a changed byte may take one of them, or a sign that none is."""
    return text.translate({ord(sign): "" for sign in BYTES + " "})


def is_one_off(said: str, text: str) -> bool:
    said, text = squeeze(said), squeeze(text)
    return said == text or any(said == text[:at] + text[at + 1 :] for at in range(len(text)))


def change(text: str) -> Iterator[tuple[int, str]]:
    """Give places below the names of the columns, and what the byte there is turned into."""
    below = range(text.index("\n") + 1, len(text) - 1)
    chosen = random.Random(SEED)
    made = 0
    while made < SAMPLE:
        at, sign = chosen.choice(below), chosen.choice(BYTES)
        if text[at] != sign:
            made += 1
            yield at, sign


@pytest.mark.parametrize("name", TABLES)
def test_a_changed_byte_makes_no_post_that_nobody_wrote(tmp_path: Path, name: str) -> None:
    whole, _ = read(tmp_path / name, TABLES[name])
    assert [post.text for post in whole.values()] == list(SAID)

    for at, sign in change(TABLES[name]):
        text = TABLES[name][:at] + sign + TABLES[name][at + 1 :]
        posts, aside = read(tmp_path / name, text)

        held = squeeze(" ".join(row.text.replace("\\u0000", "") for row in aside))
        where = (name, at, sign, text[at - 20 : at + 20])
        for identifier, post in posts.items():
            assert identifier in whole, where
            original = whole[identifier]
            assert (post.author, post.created_at) == (original.author, original.created_at), where
            assert is_one_off(post.text, original.text), where
        for identifier, post in whole.items():
            words = squeeze(post.text)
            is_held = words[:8] in held or words[-12:] in held
            assert identifier in posts or is_held, where


@pytest.mark.parametrize("at", range(len("id,tweet_url")))
def test_a_comma_in_the_names_of_the_columns_shifts_no_row(tmp_path: Path, at: int) -> None:
    text = TABLES["twarc.csv"]

    try:
        posts, _ = read(tmp_path / "twarc.csv", text[:at] + "," + text[at + 1 :])
    except ChinwagError:
        return

    assert all(post.text in SAID and post.author in WHO for post in posts.values())


def test_a_row_whose_cells_are_shifted_stands_aside_with_its_words(tmp_path: Path) -> None:
    text = TABLES["twarc.csv"]
    line = text.splitlines()[1]
    shifted = line.replace("tom_shelves,Q1", 'tom_shelves"Q1')

    posts, aside = read(tmp_path / "twarc.csv", text.replace(line, shifted))

    assert [post.text for post in posts.values()] == list(SAID[1:])
    assert [(row.file, row.line, say_reason(row), row.text) for row in aside] == [
        ("twarc.csv", 2, MISFIT.format(len(TWARC)), shifted)
    ]


def test_a_row_with_stray_marks_that_fits_its_columns_is_read(tmp_path: Path) -> None:
    text = TABLES["twarc.csv"].replace('"He said ""never"", twice', '"He said "never" to, twice')

    posts, aside = read(tmp_path / "twarc.csv", text)

    assert [post.text for post in posts.values()][2] == 'He said "never" to, twice #inkchat'
    assert aside == []


def test_a_row_whose_text_broke_over_two_lines_is_joined(tmp_path: Path) -> None:
    text = TABLES["sheet.tsv"].replace("Globes and", "Globes\nand")

    posts, aside = read(tmp_path / "sheet.tsv", text)

    assert [post.text for post in posts.values()][4] == "Globes\nand atlases #inkchat"
    assert aside == []


def test_pieces_of_a_text_at_the_end_of_its_row_go_aside_together(tmp_path: Path) -> None:
    text = write_table(["id", "when", "author", "text"]).replace("Globes and", "Globes\nand")

    posts, aside = read(tmp_path / "last.csv", text)

    assert [post.text for post in posts.values()] == [*SAID[:4], *SAID[5:]]
    assert [(row.line, row.text[-18:]) for row in aside] == [
        (7, ":05:00Z,cem,Globes"),
        (8, "d atlases #inkchat"),
    ]


def test_rows_that_a_spreadsheet_left_without_their_last_empty_cells_are_read(
    tmp_path: Path,
) -> None:
    names = ["id", "when", "author", "text", "in_reply_to_status_id"]
    text = write_table(names).replace(",\n", "\n").replace("lines\n", "lines ")

    posts, aside = read(tmp_path / "short.csv", text.replace("all #inkchat", "all #inkchat,7"))

    assert [post.text for post in posts.values()] == [
        text.replace("lines\n", "lines ") for text in SAID
    ]
    assert aside == []


@pytest.mark.parametrize(
    "row",
    [
        "7,2015-03-10T20:09:00Z,False,Who is this? #inkchat,https://one.example/7",
        "7,2015-03-10T20:09:00Z,ana,https://one.example/7,https://one.example/7",
        "7,2015-03-10T20:09:00Z,ana,2015-03-10T20:09:00Z,https://one.example/7",
    ],
)
def test_a_post_is_neither_by_a_flag_nor_its_own_address_or_time(tmp_path: Path, row: str) -> None:
    sound = "8,2015-03-10T20:10:00Z,ana,True,https://one.example/8"

    posts, aside = read(tmp_path / "rows.csv", f"id,when,author,text,url\n{row}\n{sound}\n")

    assert [post.text for post in posts.values()] == ["True"]
    assert [(one.line, say_reason(one)) for one in aside] == [
        (2, "what stands for its author or its text belongs to another column")
    ]


def write_rows(rows: list[list[str]], delimiter: str) -> list[str]:
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return held.getvalue().splitlines()


def list_broken(
    names: list[str], many: int, delimiter: str, at: int
) -> Iterator[tuple[list[str], int]]:
    """Give a table with one line end at either edge of a cell of one row, and that row's number."""
    rows = [[tweet[name] for name in names] for tweet in list_tweets()][:many]
    for column in range(len(names)):
        for broken in ("\n{}", "{}\n", "{} \n", "\n\n{}", "{}\n\n"):
            lines = write_rows([names, *rows], delimiter)
            cells = [write_rows([[cell, "x"]], delimiter)[0][:-2] for cell in rows[at]]
            cells[column] = broken.format(cells[column])
            lines[at + 1] = delimiter.join(cells)
            yield lines, at


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("many", [2, 6])
@pytest.mark.parametrize(
    "names",
    [
        ["id", "author", "when", "text"],
        ["text", "author", "when", "id"],
        ["when", "author", "text"],
        ["author", "when", "text", "in_reply_to_screen_name"],
    ],
)
def test_a_line_end_at_the_edge_of_a_cell_leaves_no_post_without_its_words(
    tmp_path: Path, names: list[str], many: int, delimiter: str
) -> None:
    tweets = list(list_tweets())
    said = {(one["author"], one["text"]) for one in tweets}
    for at in range(0, many, 5):
        for lines, number in list_broken(names, many, delimiter, at):
            posts, aside = read(tmp_path / "sheet.csv", "\n".join((*lines, "")))
            told = squeeze(" ".join(row.text for row in aside))
            found = {(post.author, post.text) for post in posts.values()}
            assert found <= said, lines
            words = squeeze(tweets[number]["text"])
            is_whole = (tweets[number]["author"], tweets[number]["text"]) in found
            assert is_whole or words[-12:] in told, (lines, told)


def test_commas_that_people_write_among_tabs_stay(tmp_path: Path) -> None:
    rows = [
        [
            "57539125165824000" + str(n),
            f"2015-03-10T20:0{n}:00Z",
            "ana",
            f"A1, {n}, yes,no",
            "7",
            "",
        ]
        for n in range(8)
    ]
    rows[3][4:] = ["1,234", "Leeds, UK"]
    names = ["id", "when", "author", "text", "likes", "place"]
    posts, aside = read(tmp_path / "sheet.tsv", "\n".join(write_rows([names, *rows], "\t")))
    assert ([post.text for post in posts.values()], aside) == ([row[3] for row in rows], [])


def test_a_comma_in_an_id_a_time_or_a_name_among_tabs_puts_the_row_aside(tmp_path: Path) -> None:
    for place in ("575391503316480007", "2015-03-10T20:02:00Z", "cem"):
        line = next(line for line in TABLES["sheet.tsv"].splitlines() if place in line)
        broken = line.replace(place, f"{place[:2]},{place[3:]}")
        posts, aside = read(tmp_path / "sheet.tsv", TABLES["sheet.tsv"].replace(line, broken))
        assert [row.text for row in aside] == [broken]
        assert len(posts) == len(SAID) - 1


def test_a_table_of_tabs_that_names_time_nick_and_text_is_no_log(tmp_path: Path) -> None:
    lines = [f'2015-03-10T20:0{n}:00Z\tana\t"He said ""{n}"""' for n in range(5)]
    posts, aside = read(tmp_path / "sheet.tsv", "\n".join(("created_at\tauthor\ttext", *lines)))
    assert [post.text for post in posts.values()] == [f'He said "{n}"' for n in range(5)]
    assert aside == []


def test_a_file_that_is_cut_loses_the_cut_row_alone(tmp_path: Path) -> None:
    text = TABLES["tags.csv"]
    starts = [text.index(f"\n{tweet['id']}") + 1 for tweet in list_tweets()]
    for number, start in enumerate(starts[4:], start=4):
        for cut in (start + 2, start + 20, start + 40):
            posts, aside = read(tmp_path / "tags.csv", text[:cut])
            assert [post.text for post in posts.values()] == list(SAID[:number])
            assert [row.text for row in aside] == [text[start:cut]]


@pytest.mark.parametrize("glue", ['"A', "\rA"])
def test_an_author_that_is_two_cells_goes_aside(tmp_path: Path, glue: str) -> None:
    rows = [f"Ana Reads,A{n}: maps and globes,2015-03-10T20:0{n}:00Z,en" for n in range(6)]
    rows[3] = f'Bo Shelves{glue}3, atlases",2015-03-10T20:03:00Z,en'
    posts, aside = read(
        tmp_path / "sheet.csv", "\n".join(("author,text,created_at,lang", *rows, ""))
    )
    assert {post.author for post in posts.values()} == {"Ana Reads"}
    assert "atlases" in "".join(row.text for row in aside)
