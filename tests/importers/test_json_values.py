"""JSON as tools leave it, cut into values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chinwag.importers.json_values import parse_json, split_json
from chinwag.importers.source import Source
from chinwag.model import AsideRow

A: dict[str, Any] = {"id": 1, "text": 'a "quoted" {word}', "more": {"x": [1, {"y": []}]}}
B: dict[str, Any] = {"id": 2, "text": "b\nc\\"}


def split(path: Path, text: str) -> list[object]:
    file = path / "values.json"
    file.write_text(text, encoding="utf-8")
    return list(split_json(Source.open(file)))


def test_every_layout_gives_the_same_values(tmp_path: Path) -> None:
    one, two = json.dumps(A), json.dumps(B)
    layouts = {
        "lines": f"{one}\n{two}\n",
        "lines with blank ones": f"\n{one}\n\n{two}",
        "a list on one line": json.dumps([A, B]),
        "a list over many lines": json.dumps([A, B], indent=1),
        "a list, one value a line": f"[\n{one},\n{two}\n]",
        "lists one after the other": f"[{one}]\n[{two}]",
        "values one after the other": f"{one}{two}",
        "indented values": f"{json.dumps(A, indent=2)}\n{json.dumps(B, indent=2)}",
    }

    for layout, text in layouts.items():
        values = [found[1] for found in split(tmp_path, text) if isinstance(found, tuple)]
        assert values == [A, B], layout


def test_lines_are_numbered_as_an_editor_numbers_them(tmp_path: Path) -> None:
    assert split(tmp_path, '[\n {\n  "id": 1\n },\n {\n  "id": 2\n }\n]') == [
        (2, {"id": 1}),
        (5, {"id": 2}),
    ]


def test_a_broken_value_is_kept_aside_and_the_rest_is_read(tmp_path: Path) -> None:
    assert split(tmp_path, '{"id": 1}\n{"id": 2\n{"id": 3}\n') == [
        (1, {"id": 1}),
        AsideRow(file="values.json", line=2, reason="it is not JSON", text='{"id": 2'),
        (3, {"id": 3}),
    ]
    assert split(tmp_path, '[{"id": 1}, {"id": x2}, {"id": 3}]') == [
        (1, {"id": 1}),
        AsideRow(file="values.json", line=1, reason="it is not JSON", text='{"id": x2}'),
        (1, {"id": 3}),
    ]


def test_a_page_that_is_cut_off_gives_its_whole_elements(tmp_path: Path) -> None:
    assert split(tmp_path, '{"posts": [{"id": 1}, {"id": 2}, {"id": "3') == [
        (1, {"posts": [{"id": 1}, {"id": 2}]}),
        AsideRow(
            file="values.json",
            line=1,
            reason="the file ends in the middle of a record",
            text='{"id": "3',
        ),
    ]


def test_a_list_of_many_megabytes_on_one_line_is_read_whole(tmp_path: Path) -> None:
    values = [{"id": number, "text": 'x\\"{[' * 30} for number in range(20_000)]

    found = split(tmp_path, json.dumps(values))

    assert found == [(1, value) for value in values]


def test_half_a_surrogate_pair_and_nan_do_not_cost_the_value() -> None:
    assert parse_json('{"a": "x\\ud83d y", "b": NaN}') == {"a": "x\ufffd y", "b": None}
    assert parse_json('{"a": "\\ud83d\\ude00"}') == {"a": "😀"}


@given(st.text(alphabet=st.sampled_from('{}[]",:\\ \n1au'), max_size=80))
def test_no_text_whatever_makes_it_stumble(tmp_path_factory: Any, text: str) -> None:
    path = tmp_path_factory.mktemp("json")
    for found in split(path, "[" + text):
        assert isinstance(found, AsideRow | tuple)
