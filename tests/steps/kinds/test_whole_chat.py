"""Every post of a whole chat that may ask, scored to the digit.

`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

from pathlib import Path

from tests.steps.sample import hold_rows, read_sample

from chinwag.steps.kinds.asking import find_askings
from chinwag.steps.reading.read_post import read_in_time

ROWS = Path(__file__).parent / "whole_chat.askings.tsv"


def test_what_may_ask_in_a_whole_chat_is_scored_to_the_digit() -> None:
    askings = find_askings(read_in_time(read_sample()))
    rows = [
        f"{one.at}\t{one.number}\t{one.part or '-'}\t{one.score}\t{one.wording[:60]}"
        for one in askings
    ]
    hold_rows(ROWS, rows)
