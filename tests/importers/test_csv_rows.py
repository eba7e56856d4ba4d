"""CSV as spreadsheets and tools leave it, cut into rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from chinwag.importers import csv_rows
from chinwag.importers.csv_rows import find_delimiter, read_header, read_rows, split_leniently
from chinwag.importers.source import Source


def read(folder: Path, text: str) -> tuple[list[tuple[int, dict[str, str]]], list[tuple[int, str]]]:
    path = folder / "rows.csv"
    path.write_text(text, encoding="utf-8", newline="")
    source = Source.open(path)
    rows = list(read_rows(source))
    return rows, [(row.line, row.text) for row in source.take_aside()]


def test_rows_are_numbered_by_the_line_where_they_begin(tmp_path: Path) -> None:
    text = 'id,text\n1,"two\nlines, ""quoted"""\n\n2,"x"\n'

    assert read(tmp_path, text) == (
        [(2, {"id": "1", "text": 'two\nlines, "quoted"'}), (5, {"id": "2", "text": "x"})],
        [],
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_line_end_and_delimiter_gives_the_same_rows(
    tmp_path: Path, end: str, delimiter: str
) -> None:
    text = end.join(delimiter.join(row) for row in (("id", "text"), ("1", "a"), ("2", "b"))) + end

    assert read(tmp_path, "\ufeff" + text) == (
        [(2, {"id": "1", "text": "a"}), (3, {"id": "2", "text": "b"})],
        [],
    )


def test_of_columns_with_one_name_the_first_that_is_filled_counts(tmp_path: Path) -> None:
    assert read(tmp_path, "name,text,name\n,x,ana\ntom,y,\n")[0] == [
        (2, {"name": "ana", "text": "x"}),
        (3, {"name": "tom", "text": "y"}),
    ]


def test_a_stray_quotation_mark_costs_one_line(tmp_path: Path) -> None:
    text = 'id,text,at\n1,"never closed,x\n2,b,y\n3,"c",z\n4,"d\ne",z\n'

    assert read(tmp_path, text) == (
        [
            (3, {"id": "2", "text": "b", "at": "y"}),
            (4, {"id": "3", "text": "c", "at": "z"}),
            (5, {"id": "4", "text": "d\ne", "at": "z"}),
        ],
        [(2, '1,"never closed,x')],
    )


def test_a_stray_mark_does_not_swallow_a_long_file(tmp_path: Path) -> None:
    lines = [f"{number},text {number},x" for number in range(30_000)]
    lines[7] = '7,"text 7,x'

    rows, aside = read(tmp_path, "id,text,at\n" + "\n".join(lines))

    assert [row["id"] for _, row in rows] == [str(n) for n in range(30_000) if n != 7]
    assert [line for line, _ in rows[6:8]] == [8, 10]
    assert aside == [(9, '7,"text 7,x')]


def test_unescaped_marks_within_a_cell_are_read_as_they_are(tmp_path: Path) -> None:
    text = 'id,text,at\n1,"she said "yes" to\nall of it",x\n2,5" of snow,y\n'

    assert read(tmp_path, text) == (
        [
            (2, {"id": "1", "text": 'she said "yes" to\nall of it', "at": "x"}),
            (4, {"id": "2", "text": '5" of snow', "at": "y"}),
        ],
        [],
    )


def test_a_row_with_too_many_cells_goes_aside_and_a_short_one_lacks_columns(
    tmp_path: Path,
) -> None:
    assert read(tmp_path, "id,text\n1,a,b,c\n2\n3,c\n") == (
        [(3, {"id": "2"}), (4, {"id": "3", "text": "c"})],
        [(2, "1,a,b,c")],
    )


def test_zero_bytes_and_huge_cells_are_no_obstacle(tmp_path: Path) -> None:
    huge = "x" * 300_000

    assert read(tmp_path, f"id,text\n1,a\0b\n2,{huge}\n")[0] == [
        (2, {"id": "1", "text": "ab"}),
        (3, {"id": "2", "text": huge}),
    ]


def test_a_line_that_is_too_long_goes_aside_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_rows, "LONGEST_ROW", 1_000)
    monkeypatch.setattr(csv_rows, "LONGEST_MENDED", 100)
    long = "1," + "x" * 4_500
    assert read(tmp_path, f"id,text,author\n{long},ana\n2,maps,bo\n") == (
        [(3, {"id": "2", "text": "maps", "author": "bo"})],
        [(2, long[:1_000])],
    )


def test_headers_and_delimiters_are_found_in_the_head() -> None:
    assert read_header('\ufeffid, "from user" ;x\n1') == ["id", '"from user" ;x']
    assert read_header("a;b;c,d\n") == ["a", "b", "c,d"]
    assert read_header("") == []
    assert find_delimiter("a\tb\n,,,,") == "\t"


def test_lenient_splitting() -> None:
    assert split_leniently('1,"a, ""b""",', ",") == ["1", 'a, "b"', ""]
    assert split_leniently('1,"a "b" c",2', ",") == ["1", 'a "b" c', "2"]
    assert split_leniently('1,"open', ",") is None


TABLE = "id,who,said,at\n1001,ana,one,2020-10-04\n{}\n1004,cem,four,2020-10-07\n"


def test_a_row_that_a_stray_mark_swallowed_is_read_and_the_mark_s_row_put_aside(
    tmp_path: Path,
) -> None:
    swallowing = '1002,bo,"two,2020-10-05\n1003,cem,three",2020-10-06'

    rows, aside = read(tmp_path, TABLE.format(swallowing))

    assert [(line, row["id"], row["said"]) for line, row in rows] == [
        (2, "1001", "one"),
        (4, "1003", 'three"'),
        (5, "1004", "four"),
    ]
    assert aside == [(3, '1002,bo,"two,2020-10-05')]


def test_rows_between_two_stray_marks_are_read(tmp_path: Path) -> None:
    swallowing = '1002,bo,"two,2020-10-05\n1003,cem,three,2020-10-06\n1003,di,again",2020-10-06'

    rows, aside = read(tmp_path, TABLE.format(swallowing))

    assert [row["said"] for _, row in rows] == ["one", "three", 'again"', "four"]
    assert [line for line, _ in aside] == [3]


def test_a_text_with_as_many_commas_as_a_row_stays_in_its_row(tmp_path: Path) -> None:
    said = "I bought, of 1001 things\nmaps, globes, an atlas, 12\nand, of 1002, one more"

    rows, aside = read(tmp_path, TABLE.format(f'1002,bo,"{said}",2020-10-05'))

    assert [row["said"] for _, row in rows] == ["one", said, "four"]
    assert aside == []


def test_a_file_of_which_not_even_the_names_can_be_read_ends(tmp_path: Path) -> None:
    assert read(tmp_path, '\n"id" 1,text\n') == ([], [(2, '"id" 1,text')])


def test_a_torn_line_with_fewer_cells_than_times_and_ids_reach_costs_itself(tmp_path: Path) -> None:
    head = "id,author,created_at,text"
    rows = [f"10000{n},bo,2026-10-13T18:00:0{n}Z,globes" for n in range(2, 7)]
    lines = [head, ",ann,2026-10-13T18:00:01Z,maps", *rows, "1", '"100008,cy']

    found, aside = read(tmp_path, "\n".join(lines) + "\n")

    assert [line for line, _ in found] == [2, 3, 4, 5, 6]
    assert aside == [(7, rows[-1]), (8, "1"), (9, '"100008,cy')]
