"""JSON as tools leave it, cut into the texts of its values, and these read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.reasons import say_reason

from chinwag.importers import json_values
from chinwag.importers.json_doubles import REASON as DOUBLED
from chinwag.importers.json_doubles import refuse_doubles
from chinwag.importers.json_parsing import decode_item, parse_json
from chinwag.importers.json_values import CUT_OFF, NO_JSON, cut_json, split_json
from chinwag.importers.source import Source
from chinwag.model import AsideRow
from chinwag.records.contract import RowError

A: dict[str, Any] = {"id": 1, "text": 'a "quoted" {word}', "more": {"x": [1, {"y": []}]}}
B: dict[str, Any] = {"id": 2, "text": "b\nc\\"}
C: dict[str, Any] = {"id": 1, "text": 'a "q" ] } {'}
D: dict[str, Any] = {"id": 2, "in": [{"x": "\n"}]}


def split(path: Path, text: str) -> list[object]:
    file = path / "values.json"
    file.write_text(text, encoding="utf-8")
    source = Source.open(file)
    found: list[object] = []
    for located in split_json(source):
        found += [*source.take_aside(), located]
    return [*found, *source.take_aside()]


def cut(folder: Path, text: str) -> tuple[list[tuple[int, object]], list[tuple[int, str]]]:
    path = folder / "items.json"
    path.write_text(text, encoding="utf-8")
    source = Source.open(path)
    items: list[tuple[int, object]] = []
    for line, one in cut_json(source):
        try:
            items.append((line, json.loads(one)))
        except ValueError:
            source.put_aside(line, NO_JSON, one)  # as reading does for a RowError
    return items, [(row.line, row.text) for row in source.take_aside()]


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
        AsideRow(file="values.json", line=2, reason=NO_JSON, text='{"id": 2'),
        (3, {"id": 3}),
    ]
    assert split(tmp_path, '[{"id": 1}, {"id": x2}, {"id": 3}]') == [
        (1, {"id": 1}),
        AsideRow(file="values.json", line=1, reason=NO_JSON, text='{"id": x2}'),
        (1, {"id": 3}),
    ]


def test_a_page_that_is_cut_off_gives_its_whole_elements(tmp_path: Path) -> None:
    assert split(tmp_path, '{"posts": [{"id": 1}, {"id": 2}, {"id": "3') == [
        (1, {"posts": [{"id": 1}, {"id": 2}]}),
        AsideRow(
            file="values.json",
            line=1,
            reason=CUT_OFF,
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
    for found in split(tmp_path_factory.getbasetemp(), "[" + text):
        assert isinstance(found, AsideRow | tuple)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{json.dumps(C)}\n{json.dumps(D)}\n", [1, 2]),
        (json.dumps([C, D]), [1, 1]),
        (json.dumps([C, D], indent=1), [2, 6]),
        (f"window.YTD.tweets.part0 = {json.dumps([C, D])};", [1, 1]),
        (f"{json.dumps(C, indent=1)}\n{json.dumps(D, indent=1)}", [1, 5]),
    ],
    ids=["lines", "array", "indented array", "assignment", "indented objects"],
)
def test_every_layout_gives_the_same_texts(tmp_path: Path, text: str, lines: list[int]) -> None:
    assert cut(tmp_path, text) == (list(zip(lines, [C, D], strict=True)), [])


def test_a_broken_value_goes_aside_and_the_next_is_cut(tmp_path: Path) -> None:
    text = f'[\n{json.dumps(C)},\n{{"id": oops}},\n{json.dumps(D)}]'

    items, aside = cut(tmp_path, text)

    assert items == [(2, C), (4, D)]
    assert [line for line, _ in aside] == [3]


def test_an_array_that_is_cut_off_gives_what_is_whole(tmp_path: Path) -> None:
    items, aside = cut(tmp_path, json.dumps([C, D])[:-4])

    assert items == [(1, C)]
    assert aside == [(1, json.dumps(D)[:-3])]


def test_a_long_array_is_read_through_a_small_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_values, "CHUNK", 1_000)
    values = [{"id": number, "text": "x" * (number % 3_000)} for number in range(3_000)]

    items, aside = cut(tmp_path, json.dumps(values))

    assert [value for _, value in items] == values
    assert aside == []


def test_deep_nesting_is_kept_aside_and_the_next_value_is_cut(tmp_path: Path) -> None:
    items, aside = cut(tmp_path, "[" + "[" * 100_000 + ']\n,{"id": 1}')

    assert (items, len(aside)) == ([(2, {"id": 1})], 1)


def test_half_a_surrogate_pair_costs_one_character() -> None:
    decode = msgspec.json.Decoder().decode

    assert decode_item(decode, r'{"a": "x\ud83d y \ude00", "b": "\ud83d\ude00"}', "value") == {
        "a": "x\ufffd y \ufffd",
        "b": "😀",
    }
    with pytest.raises(RowError, match="this is no value"):
        decode_item(decode, "{", "value")


def test_a_value_that_never_closes_costs_itself_alone(tmp_path: Path) -> None:
    assert split(tmp_path, '[{"id": 1}, {"in": [{2}, {"id": 3}, {"id": 4}]') == [
        (1, {"id": 1}),
        AsideRow(file="values.json", line=1, reason=NO_JSON, text='{"in": [{2}'),
        (1, {"id": 3}),
        (1, {"id": 4}),
    ]


def test_a_record_that_the_end_cuts_off_is_kept_aside_in_one_piece(tmp_path: Path) -> None:
    assert split(tmp_path, '[{"id": 1},\n {"id": 2, "in": {"of": [{"a": 1}, {"b": 2}, {"c') == [
        (1, {"id": 1}),
        AsideRow(
            file="values.json",
            line=2,
            reason=CUT_OFF,
            text='{"id": 2, "in": {"of": [{"a": 1}, {"b": 2}, {"c',
        ),
    ]


PAGE = [
    {"uri": f"at://{n}", "by": {"uri": "me", "did": "d"}, "text": f"word {n}"} for n in range(4)
]


@pytest.mark.parametrize(("whole", "broken"), [('"word 1"', '"word 1'), ('"word 1"', "word 1")])
@pytest.mark.parametrize("indent", [None, 1])
def test_one_broken_byte_costs_one_element_of_a_page(
    tmp_path: Path, whole: str, broken: str, indent: int | None
) -> None:
    text = json.dumps({"cursor": "c", "posts": PAGE}, indent=indent).replace(whole, broken)

    *records, last = split(tmp_path, text)

    values = [one for one in (*records, last) if isinstance(one, tuple)]
    rows = [one for one in (*records, last) if isinstance(one, AsideRow)]
    assert [one for _, value in values for one in value.get("posts", [value])] == [
        PAGE[0],
        *PAGE[2:],
    ]
    assert [(say_reason(row), broken in row.text) for row in rows] == [("it is not JSON", True)]


def test_a_control_character_in_a_string_costs_nothing(tmp_path: Path) -> None:
    text = json.dumps(PAGE).replace("word 1", "word\x011")

    assert split(tmp_path, text) == [
        (1, one | {"text": "word\x011"} if one is PAGE[1] else one) for one in PAGE
    ]


BROKEN = [
    '{"post": {"id": {3, "in": [{"a": 1}]}}',
    '{"post": {"id: 3, "in": [{"a": 1}]}}',
    '{"post": "id": 3, "in": [{"a": 1}]}}',
]


def write_page(between: str, third: str) -> str:
    elements = [f'{{"post": {{"id": {number}, "in": [{{"a": 1}}]}}}}' for number in range(6)]
    elements[3] = third
    return f'{{"cursor": "x", "feed": [{between}' + f",{between}".join(elements) + f"{between}]}}"


def read_page(path: Path, page: str) -> tuple[list[object], list[str]]:
    """Return the ids of the posts in a page, and what was put aside."""
    found = split(path, page)
    rows = [one.text for one in found if isinstance(one, AsideRow)]
    values: list[Any] = [one[1] for one in found if isinstance(one, tuple)]
    posts = [post for value in values for post in value.get("feed", [value])]
    return [one["post"]["id"] for one in posts], rows


@pytest.mark.parametrize("broken", BROKEN)
def test_one_broken_element_of_a_page_costs_itself_alone(tmp_path: Path, broken: str) -> None:
    ids, (row,) = read_page(tmp_path, write_page(" ", broken))
    assert (ids, row.strip(", ")) == ([0, 1, 2, 4, 5], broken)


@pytest.mark.parametrize("broken", BROKEN)
def test_the_first_element_may_be_the_broken_one(tmp_path: Path, broken: str) -> None:
    page = write_page(" ", '{"post": {"id": 3, "in": [{"a": 1}]}}')
    first = '{"post": {"id": 0, "in": [{"a": 1}]}}'
    ids, (row,) = read_page(tmp_path, page.replace(first, broken))
    assert (ids, row.strip(", ")) == ([1, 2, 3, 4, 5], broken)


def test_a_broken_first_key_costs_the_first_element_alone(tmp_path: Path) -> None:
    page = write_page(" ", '{"post": {"id": 3, "in": [{"a": 1}]}}')
    ids, (row,) = read_page(tmp_path, page.replace('{"post"', '{"post', 1))
    assert (ids, row.strip(", ")) == ([1, 2, 3, 4, 5], '{"post: {"id": 0, "in": [{"a": 1}]}}')


def test_a_page_that_is_cut_off_in_its_first_element_is_kept_aside_in_one_piece(
    tmp_path: Path,
) -> None:
    text = '{"feed": [\n{"post": {"uri": "at://1", "by": {"name": "a"}, "in": [{"a": 1}], "text'
    assert read_page(tmp_path, text) == ([], [text])


@pytest.mark.parametrize(
    ("third", "aside", "read"),
    [
        # the end of the one before and the beginning of the next are missing
        ('{"post": {"id": 3, "in": [{"a": 1}]}},"in": [{"a": 1}]}}', 1, []),
        ('{"post": {"id": 3, "in": [{"a": 1}]}}}}', 1, []),
        # a piece stands there twice
        ('{"post": {"id": 3, "in": [{"a": 1}]}}"in": [{"a": 1}]}}', 1, []),
        ('{"post": {"id": 3, "in": [{"a": 1}, {"post": {"id": 3, "in": [{"a": 1}]}}', 1, [3]),
        ('{"post": {"id": 3, "in": [{"a": 1}]}} x', 0, [3]),  # nothing but a stray letter
    ],
)
def test_brackets_that_do_not_match_cost_the_elements_they_join(
    tmp_path: Path, third: str, aside: int, read: list[int]
) -> None:
    ids, rows = read_page(tmp_path, write_page(" ", third))
    assert (ids, len(rows)) == ([0, 1, 2, *read, 4, 5], aside)


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_element_on_a_line_of_its_own_is_put_aside_whole(
    tmp_path: Path, broken: str
) -> None:
    ids, rows = read_page(tmp_path, write_page("\n", broken))
    assert ids == [0, 1, 2, 4, 5]
    assert broken in rows


def test_a_string_that_goes_on_on_the_next_line_costs_nothing(tmp_path: Path) -> None:
    third = '{"post": {"id": "3\n", "in": [{"a": "[{"}]}}'
    assert read_page(tmp_path, write_page(" ", third)) == ([0, 1, 2, "3\n", 4, 5], [])


def keep_aside(line: int, text: str, reason: Any = NO_JSON) -> AsideRow:
    return AsideRow(file="values.json", line=line, reason=reason, text=text)


WELDED = '{"id": 2, "by": {"name": "Ann", "at": 1}, "text": "b", "by": {"name": "Bo"}, "text": "c"}'
RECORDS = [f'{{"id": {number}, "by": {{"name": "Cy"}}, "text": "said"}}' for number in (1, 3, 4)]
FIRST, SECOND, THIRD = ((1, json.loads(record)) for record in RECORDS)


@pytest.mark.parametrize(
    ("layout", "lines"),
    [
        ("{0}\n{1}\n{2}\n", (1, 2, 3)),
        ("[{0},\n{1},\n{2}]", (1, 2, 3)),
        ('{{"posts": [{0},\n{1},\n{2}], "cursor": "x"}}', (1, 2, 3)),
        ('{{"above": [], "below": [{0},\n{1},\n{2}]}}', (1, 2, 3)),
        ('{{"above": [{0}],\n"below": [{1},\n{2}]}}', (1, 2, 3)),
    ],
    ids=["lines", "list", "page", "page after an empty list", "page of two lists"],
)
def test_two_records_that_ran_into_one_go_aside_and_the_others_are_read(
    tmp_path: Path, layout: str, lines: tuple[int, int, int]
) -> None:
    text = layout.format(RECORDS[0], WELDED, RECORDS[1])

    assert split(tmp_path, text) == [
        (lines[0], FIRST[1]),
        keep_aside(lines[1], WELDED, DOUBLED),
        (lines[2], SECOND[1]),
    ]


def test_a_name_that_says_the_same_twice_or_nothing_costs_no_record(tmp_path: Path) -> None:
    said = '{"id": 1, "text": "a", "id": 1, "tags": null, "tags": ["x"], "text": "a"}'

    assert split(tmp_path, said) == [(1, {"id": 1, "text": "a", "tags": ["x"]})]


def test_a_name_that_stands_twice_is_refused_where_a_decoder_would_not_see_it() -> None:
    refuse_doubles('{"id": 1, "text": "a"}', "text", 1)
    refuse_doubles('{"text": "a", "more": {"text": "b"}}', "text", 1)
    with pytest.raises(RowError, match="two records have run into one"):
        refuse_doubles('{"id": 1, "text": "a", "text": "b"}', "text", 1)


TREE = (
    '{"thread": {"kind": "post", "post": {"id": 1, "text": "a"}, "replies": [\n'
    '{"post": {"id": 2, "text": "b"}, "replies": [\n'
    '{"post": {"id": 3, "text": "c"}}]}]}}'
)


def test_what_is_broken_in_a_tree_costs_one_post_of_it(tmp_path: Path) -> None:
    def split_tree(text: str) -> list[object]:
        (tmp_path / "tree.json").write_text(text, encoding="utf-8")
        source = Source.open(tmp_path / "tree.json")
        found = [value for _, value in split_json(source, inner="post")]
        return [*found, *(row.text for row in source.take_aside())]

    posts = [{"post": {"id": number, "text": text}} for number, text in ((1, "a"), (2, "b"))]
    last = {"post": {"id": 3, "text": "c"}}
    broken = TREE.replace('"id": 2,', '"id": 2x,')
    doubled = TREE.replace('"text": "b"', '"text": "b", "id": 9')
    between = TREE.replace('"kind": "post"', '"kind": post"')

    assert split_tree(broken) == [
        posts[0],
        last,
        '"post": {"id": 2x, "text": "b"}, "replies": [\n{',
    ]
    assert split_tree(doubled) == [
        posts[0],
        last,
        '"post": {"id": 2, "text": "b", "id": 9}, "replies": [\n{',
    ]
    assert split_tree(between) == [*posts, last, between[:-1]]
    assert split_tree(TREE[:-3]) == [*posts, last, TREE[:-3]]


def test_a_record_that_ends_too_early_takes_no_other_with_it(tmp_path: Path) -> None:
    early = RECORDS[0].replace('"Cy"}', '"Cy"}}')
    text = f'{{"posts": [{early},\n{RECORDS[1]},\n{RECORDS[2]}]}}'

    assert split(tmp_path, text) == [
        keep_aside(1, early),
        (2, SECOND[1]),
        (3, THIRD[1]),
    ]


def test_a_bracket_lost_in_a_list_of_records_with_lists_costs_one_of_them(tmp_path: Path) -> None:
    records = [record[:-1] + ', "tags": [{"name": "x"}]}' for record in RECORDS]
    broken = records[0].replace('"tags": [{', '"tags": {[{')
    text = f"[{broken},\n{records[1]},\n{records[2]}]"

    assert split(tmp_path, text) == [
        keep_aside(1, broken),
        *((line, json.loads(record)) for line, record in ((2, records[1]), (3, records[2]))),
    ]


def test_a_text_that_is_too_long_goes_aside_and_the_next_line_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_values, "CHUNK", 100)
    monkeypatch.setattr(json_values, "LONGEST_VALUE", 1_000)
    long, a, b = json.dumps({"id": 2, "text": "x" * 5_000}), {"id": 1}, {"id": 3}
    read = split(tmp_path, "[" + json.dumps(a) + ",\n" + long + ",\n" + json.dumps(b) + "]\n")
    (first, aside, last) = read
    assert (first, last) == ((1, a), (3, b))
    assert isinstance(aside, AsideRow)
    assert (aside.line, aside.reason.code) == (2, "record-too-long")
    assert long.startswith(aside.text)
