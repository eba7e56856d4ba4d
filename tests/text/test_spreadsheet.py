"""Cells that a spreadsheet would run are marked, others are not, and the mark can be taken away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinwag.text.spreadsheet import free_cell, guard_cell

SIGNS = "'=+-@\t\r\n＝＠ (|ab"


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+44 20 7946 0000",
        "-1",
        "- first thing",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "＠ines",
        "@SUM(1+1)",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        '@HYPERLINK ("https://bad.example","Prize")',
        "@cmd|' /C calc'!A0",
        "@A1+B2",
        "@ines WEBSERVICE(A1)",
        "@",
        "@ ines",
    ],
)
def test_what_could_run_is_marked(cell: str) -> None:
    assert guard_cell(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    [
        "@maren hi",
        "@maren",
        "@maren@glam.example, and you?",
        "@bo.example @maren So true (and late) - yes!",
        "@maren.example see https://quire.example/?page=2",
        "'Tis the season",
        "'quoted' and more",
        "'",
        "plain",
        "A2: 1+1=2",
        "#stackschat = us",
        "",
    ],
)
def test_what_is_only_words_stays(cell: str) -> None:
    assert guard_cell(cell) == cell


@given(st.one_of(st.text(), st.text(alphabet=SIGNS)))
def test_the_mark_can_be_taken_away(cell: str) -> None:
    assert free_cell(guard_cell(cell)) == cell


@given(st.text(alphabet=SIGNS))
def test_nothing_that_is_written_begins_with_a_sign_that_always_runs(cell: str) -> None:
    assert not guard_cell(cell).startswith(("=", "+", "-", "\t", "\r", "\n", "＝", "＠"))
