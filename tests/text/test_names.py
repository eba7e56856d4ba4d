"""Names of people are found as whole words, in whatever case, the longest first."""

from __future__ import annotations

import pytest

from chinwag.text.names import compile_names


@pytest.mark.parametrize("names", [[], ["", "  "], ["@"], [" @ "]])
def test_no_names_make_no_pattern(names: list[str]) -> None:
    assert compile_names(names) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ann said so", ["Ann"]),
        ("ANN and ann", ["ANN", "ann"]),
        ("Ann Hill said so", ["Ann Hill"]),  # the longer of two that begin alike
        ("Joanna, Annie and ann_2", []),
        ("@ann said so", []),  # a handle is another name
        ("@bo said so, and bo did not", ["@bo"]),
        ("mail@bo.example and @@bo", []),
        ("c.d or c-d", ["c.d"]),  # a dot is a dot
    ],
)
def test_names_are_found_as_whole_words(text: str, found: list[str]) -> None:
    pattern = compile_names(["Ann", " Ann Hill ", "@bo", "c.d", "@", ""])
    assert pattern is not None
    assert pattern.findall(text) == found
