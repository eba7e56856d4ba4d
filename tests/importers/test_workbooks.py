"""Excel workbooks are read as the CSV that Excel would save; hostile ones are refused in time."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chinwag.errors import InputError
from chinwag.importers import read_file, workbooks
from chinwag.model import AsideRow, Post
from chinwag.records.contract import ReadOptions

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
)

HEAD = ("id", "author", "created_at", "text", "url")
PAGE = "https://x.com/{}/status/{}"
DAY = 46308.75  # 13 October 2026, 18:00, as Excel counts days
ROWS = [
    HEAD,
    (1.9e18, "nell_rasp", DAY, "Q1: What do you mend? #mendchat", PAGE.format("nell_rasp", 19 * 10**17 + 7)),
    (1.9e18, "odo_chisel", DAY + 1 / 1440, "A1: Kettles, «mostly» #mendchat", PAGE.format("odo_chisel", 19 * 10**17 + 9)),
]  # fmt: skip


def write_cell(place: str, value: object) -> str:
    if isinstance(value, str):
        text = value.replace("&", "&amp;").replace("<", "&lt;")
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
    style = ' s="1"' if isinstance(value, float) and value < 1e6 else ""
    return f'<c r="{place}"{style}><v>{value!r}</v></c>'


def write_rows(rows: Sequence[tuple[object, ...]]) -> str:
    lines = (
        f'<row r="{number}">'
        + "".join(write_cell(f"{'ABCDEFG'[place]}{number}", cell) for place, cell in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def write_workbook(path: Path, sheets: dict[str, str], texts: str = "") -> Path:
    """Write a workbook of sheets, given as XML by their names; give the path."""
    numbers = range(1, len(sheets) + 1)
    entries = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    links += f'<Relationship Id="rId90" Type="{LINKS}/styles" Target="styles.xml"/>'
    links += f'<Relationship Id="rId91" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{LINKS}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{entries}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
    }
    files |= {
        f"xl/worksheets/sheet{n}.xml": xml for n, xml in zip(numbers, sheets.values(), strict=True)
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def read(path: Path, **said: str) -> list[Post | AsideRow]:
    found = list(read_file(path, ReadOptions(time_zone=said.get("time_zone"))))
    return [one for one in found if isinstance(one, Post | AsideRow)]


def test_a_sheet_is_read_with_its_dates_and_the_ids_that_excel_rounded(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "chat.xlsx", {"Archive": write_rows(ROWS)})
    first, second = read(path, time_zone="Europe/London")
    assert isinstance(first, Post)
    assert isinstance(second, Post)
    assert (first.id, second.id) == ("1900000000000000007", "1900000000000000009")
    assert first.created_at == datetime(2026, 10, 13, 17, 0, tzinfo=UTC)
    assert (first.author, first.text) == ("nell_rasp", "Q1: What do you mend? #mendchat")
    assert second.text == "A1: Kettles, «mostly» #mendchat"
    assert (second.sightings[0].address, second.sightings[0].line) == ("chat.xlsx/Archive", 3)


def test_rounded_ids_without_an_address_make_no_two_posts_one(tmp_path: Path) -> None:
    rows = [row[:4] for row in ROWS]
    path = write_workbook(tmp_path / "chat.xlsx", {"Archive": write_rows(rows)})
    found = [one for one in read(path, time_zone="UTC") if isinstance(one, Post)]
    assert len({one.id for one in found}) == 2
    assert [one.text for one in found] == [row[3] for row in ROWS[1:]]


def test_times_without_a_zone_are_asked_about_as_in_any_table(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "chat.xlsx", {"Archive": write_rows(ROWS)})
    with pytest.raises(InputError) as asked:
        read(path)
    assert asked.value.code == "no-time-zone"


def test_of_several_sheets_those_with_posts_are_read(tmp_path: Path) -> None:
    settings = write_rows([("Keyword", "#mendchat"), ("Updated", "daily"), ("Made by", "a tool")])
    sheets = {"Settings": settings, "Monday": write_rows(ROWS), "More": write_rows(ROWS[:2])}
    path = write_workbook(tmp_path / "chat.xlsx", sheets)
    found = read(path, time_zone="UTC")
    assert [one.sightings[0].address for one in found if isinstance(one, Post)] == [
        *["chat.xlsx/Monday"] * 2,
        "chat.xlsx/More",
    ]
    assert len(found) == 3


def test_a_workbook_without_posts_says_what_it_has(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"Bills": write_rows([("sum", "paid"), (3, "yes")])})
    with pytest.raises(InputError) as refused:
        read(path)
    assert refused.value.code == "columns-missing"
    assert "sum, paid" in str(refused.value)


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_workbook(tmp_path / "chat.xlsx", {"Archive": write_rows(ROWS)})
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(InputError) as refused:
        read(path)
    assert refused.value.code == "workbooks-not-installed"


SHEET = f'<worksheet xmlns="{MAIN}"><sheetData>{{}}</sheetData></worksheet>'
HOSTILE = {
    "a cell at the far end": SHEET.format('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "rows far down, and cells without a place": SHEET.format(
        '<row r="1048576"><c><v>1</v></c></row>'
    ),
    "one text named by many cells": SHEET.format(
        "".join(f'<row r="{n}"><c r="A{n}" t="s"><f/><v>0</v></c></row>' for n in range(1, 2000))
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_workbook_that_would_swell_is_refused_before_it_is_unpacked(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "MOST_TEXT", 1_000_000)
    texts = f"<si><t>{'long ' * 1000}</t></si>"
    path = write_workbook(tmp_path / "bomb.xlsx", {"Sheet": HOSTILE[kind]}, texts)
    monkeypatch.setitem(sys.modules, "python_calamine", None)  # it is not even asked for
    with pytest.raises(InputError) as refused:
        read(path)
    assert refused.value.code == "workbook-too-large"


def test_entities_of_xml_are_not_unfolded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    sheet = write_rows([HEAD, ("1", "nell_rasp", DAY, "lol", "")]).replace("lol", "&b;&b;")
    path = write_workbook(tmp_path / "bomb.xlsx", {"Sheet": bomb + sheet})
    with pytest.raises(InputError) as refused:
        read(path, time_zone="UTC")
    assert refused.value.code == "workbook-damaged"


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_workbook_that_is_cut_short_is_damaged(tmp_path: Path, cut: float) -> None:
    path = write_workbook(tmp_path / "chat.xlsx", {"Archive": write_rows(ROWS)})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * cut)])
    with pytest.raises(InputError) as refused:
        read(path)
    assert refused.value.code == "zip-damaged"
