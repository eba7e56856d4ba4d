"""JSON as tools leave it, cut into the texts of its values."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from chinwag.importers import json_items
from chinwag.importers.contract import RowError
from chinwag.importers.json_items import decode_item, read_json_items
from chinwag.importers.source import Source

A, B = {"id": 1, "text": 'a "q" ] } {'}, {"id": 2, "in": [{"x": "\n"}]}


def read(folder: Path, text: str) -> tuple[list[tuple[int, object]], list[tuple[int, str]]]:
    path = folder / "items.json"
    path.write_text(text, encoding="utf-8")
    source = Source.open(path)
    items = [(line, json.loads(text)) for line, text in read_json_items(source)]
    return items, [(row.line, row.text) for row in source.take_aside()]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{json.dumps(A)}\n{json.dumps(B)}\n", [1, 2]),
        (json.dumps([A, B]), [1, 1]),
        (json.dumps([A, B], indent=1), [2, 6]),
        (f"window.YTD.tweets.part0 = {json.dumps([A, B])};", [1, 1]),
        (f"{json.dumps(A, indent=1)}\n{json.dumps(B, indent=1)}", [1, 5]),
    ],
    ids=["lines", "array", "indented array", "assignment", "indented objects"],
)
def test_every_layout_gives_the_same_values(tmp_path: Path, text: str, lines: list[int]) -> None:
    assert read(tmp_path, text) == (list(zip(lines, [A, B], strict=True)), [])


def test_a_broken_value_goes_aside_and_the_next_is_read(tmp_path: Path) -> None:
    text = f'[\n{json.dumps(A)},\n{{"id": oops}},\n{json.dumps(B)}]'

    items, aside = read(tmp_path, text)

    assert items == [(2, A), (4, B)]
    assert [line for line, _ in aside] == [3]


def test_an_array_that_is_cut_off_gives_what_is_whole(tmp_path: Path) -> None:
    items, aside = read(tmp_path, json.dumps([A, B])[:-4])

    assert items == [(1, A)]
    assert aside == [(1, json.dumps(B)[:-3])]


def test_a_long_array_is_read_through_a_small_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_items, "CHUNK", 1_000)
    values = [{"id": number, "text": "x" * (number % 3_000)} for number in range(3_000)]

    items, aside = read(tmp_path, json.dumps(values))

    assert [value for _, value in items] == values
    assert aside == []


def test_deep_nesting_is_kept_aside_and_the_next_value_is_read(tmp_path: Path) -> None:
    items, aside = read(tmp_path, "[" + "[" * 100_000 + ']\n,{"id": 1}')

    assert (items, len(aside)) == ([(2, {"id": 1})], 1)


def test_half_a_surrogate_pair_costs_one_character() -> None:
    decode = msgspec.json.Decoder().decode

    assert decode_item(decode, r'{"a": "x\ud83d y \ude00", "b": "\ud83d\ude00"}', "value") == {
        "a": "x\ufffd y \ufffd",
        "b": "😀",
    }
    with pytest.raises(RowError, match="this is no value"):
        decode_item(decode, "{", "value")
