"""What is mended, and what must not be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinwag.records.repairs import (
    looks_rounded,
    mend_lines,
    restore_id,
    undo_encoding,
    undo_entities,
)

ADDRESS = "https://twitter.com/ana_reads/status/594577123655649792"


@pytest.mark.parametrize(
    "given",
    [
        "594577123655650000",
        "594577123655649000",
        "5.94577E+17",
        "5.9457712365565E+17",
        "5,94577E+17",
        "",
        " ",
    ],
)
def test_a_rounded_id_is_restored_from_the_address(given: str) -> None:
    assert restore_id(given, ADDRESS) == ("594577123655649792", True)


@pytest.mark.parametrize(
    "given",
    ["594577123655649792", "111", "594577123655850000", "5.1E+17", "694577123655649792", "abc"],
)
def test_an_id_that_is_not_rounded_stays(given: str) -> None:
    assert restore_id(given, ADDRESS) == (given, False)
    assert restore_id(given, "https://example.org/594577123655649792") == (given, False)


def test_ids_that_may_have_been_rounded_are_told() -> None:
    rounded = ["594577123655650000", "5.94577E+17", "1000000000000000000"]
    exact = ["594577123655649792", "20", "100000", "", "594577123655649700"]

    assert [looks_rounded(one) for one in rounded] == [True] * 3
    assert [looks_rounded(one) for one in exact] == [False] * 5


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("donâ€™t", "don’t"),
        ("cafÃ©, dÃ©jÃ\xa0 vu", "café, déjà vu"),
        ("â€œquotedâ€\x9d", "“quoted”"),
        ("‚Äúquoted‚Äù", "“quoted”"),
    ],
)
def test_double_mis_encoding_is_undone(broken: str, mended: str) -> None:
    assert undo_encoding(broken) == (mended, True)


@pytest.mark.parametrize(
    "good",
    [
        "plain",
        "don’t “quote” – café… 🎉",
        "Ünïcödé Straße Ærø",
        "Привет, мир",
        "日本語 #読書",
        "مرحبا",
        "SÃO PAULO",
        "100 € – 5 £ ½",
        "ﬁne ＡＢＣ",
    ],
)
def test_good_text_is_left_alone(good: str) -> None:
    assert undo_encoding(good) == (good, False)


def test_entities_are_undone_once() -> None:
    assert undo_entities("a &amp; b &lt;3 &quot;q&quot; &#39;s") == ('a & b <3 "q" \'s', True)
    assert undo_entities("&amp;amp; &amp;lt;") == ("&amp; &lt;", True)
    assert undo_entities("AT&T &c. &copy; R&D;") == ("AT&T &c. &copy; R&D;", False)


def test_line_ends_are_mended() -> None:
    assert mend_lines("a\r\nb\rc\n\nd") == ("a\nb\nc\n\nd", True)
    assert mend_lines("a\nb") == ("a\nb", False)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_no_text_of_plain_ascii_is_ever_re_encoded(text: str) -> None:
    assert undo_encoding(text) == (text, False)
