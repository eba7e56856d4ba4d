"""Counters, and other signs that a text is one of several by the same person."""

from __future__ import annotations

import pytest

from chinwag.text.parts import (
    Counter,
    breaks_off,
    cut_counters,
    find_counters,
    goes_on,
    is_next,
    takes_up,
)


@pytest.mark.parametrize(
    ("text", "counters"),
    [
        ("We lend lamps (1/2)", [Counter(1, 2, 14, 19)]),
        ("2 of 3: and bulbs", [Counter(2, 3, 0, 6)]),
        ("[2/n] and shades", [Counter(2, 0, 0, 5)]),
        ("1/2 and 2/2", [Counter(1, 2, 0, 3), Counter(2, 2, 8, 11)]),
        # A date, a score, an address, a share of more, and no number at all.
        ("On 24/7, won 3/2, see a.example/1/2 and 12/31", []),
        ("We lend lamps", []),
    ],
)
def test_counters_are_found_where_they_count_parts(text: str, counters: list[Counter]) -> None:
    assert list(find_counters(text)) == counters


def test_counters_are_cut_out_with_their_brackets() -> None:
    assert cut_counters("(1/2) We lend lamps [2/n] here") == "  We lend lamps   here"


def test_the_next_of_a_row_follows() -> None:
    one, two, other = (find_counters(text)[0] for text in ("1/3", "2/3", "2/4"))
    assert [is_next(two, one), is_next(one, two), is_next(other, one)] == [True, False, False]
    assert not is_next(two, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Also, we lend lamps", (True, False, False)),
        ("@ann and bulbs", (True, False, False)),
        ("2/3 and shades", (True, False, False)),
        ("… and shades", (True, False, True)),
        ("(cont) the shades", (False, False, True)),
        ("We lend lamps, and…", (False, True, False)),
        ("We lend lamps (cont'd)", (False, True, False)),
        ("Lamps are lent here", (False, False, False)),
    ],
)
def test_what_goes_on_breaks_off_and_takes_up(text: str, expected: tuple[bool, bool, bool]) -> None:
    assert (goes_on(text), breaks_off(text), takes_up(text)) == expected


@pytest.mark.parametrize("blank", [" ", "  ", "\n\n"])
def test_a_post_to_very_many_people_is_read_in_step_with_their_number(blank: str) -> None:
    people = f"@ann{blank}" * 3_000
    assert not goes_on(f"{people}Friday")
    assert goes_on(f"{people}also Friday")
    assert goes_on(f"{people}.. Friday")


@pytest.mark.parametrize("signs", ["→" * 4_000, "." * 4_000, "- " * 4_000])
def test_a_row_of_signs_breaks_off_only_at_the_end(signs: str) -> None:
    assert breaks_off(f"wait{signs}") is (signs[0] != "-")
    assert not breaks_off(f"wait{signs}a")
