"""One suite for every importer of the registry: whatever it is given, it keeps its promise.

With CHINWAG_TEST_PROFILE=thorough each importer gets 10,000 inputs of each kind and every prefix of
every payload; otherwise a sample of them.
"""

from __future__ import annotations

import os
import re
from datetime import UTC
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinwag.errors import ChinwagError
from chinwag.importers import Importer, list_formats, read_file
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Deletion, Post
from chinwag.records.contract import ReadOptions

PAYLOADS = Path(__file__).parents[1] / "payloads"
THOROUGH = os.environ.get("CHINWAG_TEST_PROFILE") == "thorough"
PREFIXES = 60  # of each payload, spread evenly, unless thorough
OPTIONS = ReadOptions(time_zone="Europe/London", date="2020-05-01", hashtag="inkchat")

every_importer = pytest.mark.parametrize("importer", list_formats(), ids=lambda one: one.name)


def find_payloads(importer: Importer) -> list[Path]:
    return sorted((PAYLOADS / importer.name).glob("*.raw.*"))


def read_all(path: Path, importer: Importer) -> list[Post | Deletion | AsideRow]:
    """Read a file as this format and check what the contract says of every record.

    A refusal of the family of errors is an answer too; anything else is a failure.
    """
    try:
        reading = read_file(path, OPTIONS, format=importer.name)
        records = list(reading)
    except ChinwagError:
        return []
    for record in records:
        check_record(record)
    assert reading.posts == sum(isinstance(record, Post) for record in records)
    assert reading.aside == sum(isinstance(record, AsideRow) for record in records)
    return records


def check_record(record: Post | Deletion | AsideRow) -> None:
    if isinstance(record, AsideRow):
        assert record.file
        assert record.reason
        assert len(record.text) <= 2_000
    elif isinstance(record, Deletion):
        assert record.id
    else:
        assert record.id
        assert record.source
        assert record.sightings
        assert record.created_at.tzinfo is UTC
        assert not record.author.startswith("@")
        assert "\r" not in record.text
        msgspec.json.encode(record)  # no half surrogate pair, nothing that a file cannot hold


def test_every_format_has_its_own_name_and_says_what_it_is() -> None:
    formats = list_formats()

    assert len({one.name for one in formats}) == len(formats)
    for one in formats:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one.name)
        assert one.title
        assert one.about.endswith(".")


@every_importer
def test_every_format_has_a_payload(importer: Importer) -> None:
    assert find_payloads(importer)


@every_importer
def test_its_own_payloads_hold_posts(importer: Importer) -> None:
    for path in find_payloads(importer):
        assert any(not isinstance(one, AsideRow) for one in read_all(path, importer)), path.name


@every_importer
def test_a_file_cut_anywhere_is_read_as_far_as_it_goes(importer: Importer, tmp_path: Path) -> None:
    for path in find_payloads(importer):
        whole = path.read_bytes()
        step = 1 if THOROUGH else max(1, len(whole) // PREFIXES)
        target = tmp_path / path.name
        for end in range(0, len(whole), step):
            target.write_bytes(whole[:end])
            read_all(target, importer)


@every_importer
@given(data=st.binary(min_size=1, max_size=400))
def test_any_bytes_are_read_or_refused(
    importer: Importer, data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    read_bytes(data, importer, tmp_path_factory)


@every_importer
@given(data=st.data())
def test_a_mutated_payload_is_read_or_refused(
    importer: Importer, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    original = data.draw(st.sampled_from(find_payloads(importer))).read_bytes()
    read_bytes(data.draw(mutate(original)), importer, tmp_path_factory)


@every_importer
@given(data=st.data())
def test_values_of_any_type_in_its_shape_are_read_or_kept_aside(
    importer: Importer, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    original = data.draw(st.sampled_from(find_payloads(importer))).read_bytes()
    read_bytes(data.draw(reshape(original)), importer, tmp_path_factory)


@every_importer
@given(data=st.binary(max_size=300))
def test_sniffing_never_raises_and_stays_between_0_and_1(
    importer: Importer, data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = get_target(tmp_path_factory)
    path.write_bytes(b"{ " + data)
    try:
        source = Source.open(path)
    except ChinwagError:
        return
    assert 0.0 <= importer.sniff(source) <= 1.0


def get_target(factory: pytest.TempPathFactory) -> Path:
    """Give one file for all the inputs of a run: a folder for each would take most of the time."""
    folder = factory.getbasetemp() / "generated"
    folder.mkdir(exist_ok=True)
    return folder / "input"


def read_bytes(data: bytes, importer: Importer, factory: pytest.TempPathFactory) -> None:
    path = get_target(factory)
    path.write_bytes(data)
    read_all(path, importer)


@st.composite
def mutate(draw: st.DrawFn, original: bytes) -> bytes:
    """Cut, repeat, move and overwrite stretches of a payload."""
    data = bytearray(original)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(0, len(data) - 1)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        match draw(st.sampled_from(["cut", "repeat", "write", "tear"])):
            case "cut":
                del data[start:end]
            case "repeat":
                data[start:start] = data[start:end]
            case "write":
                data[start:end] = draw(st.binary(max_size=12) | st.sampled_from(MARKS))
            case _:
                del data[end:]
    return bytes(data)


MARKS = [
    b'"',
    b"\n",
    b"\r",
    b",",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\\",
    b"\\ud83d",
    b"&amp;",
    b"\xff",
    b"0",
    b"@",
]
STRING = re.compile(rb'"(?:[^"\\]|\\.)*"|(?<=[:,\[ ])-?\d+(?:\.\d+)?|true|false|null')
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(["2015-03-10T20:01:00Z", "1e400", "", "0", "9" * 30, "RT @x: y"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=5,
)


@st.composite
def reshape(draw: st.DrawFn, original: bytes) -> bytes:
    """Put values of any type where a payload has strings and numbers."""
    places = list(STRING.finditer(original))
    if not places:
        return draw(mutate(original))
    data = original
    chosen = draw(
        st.lists(st.sampled_from(range(len(places))), min_size=1, max_size=5, unique=True)
    )
    for index in sorted(chosen, reverse=True):
        start, end = places[index].span()
        value = msgspec.json.encode(draw(VALUES), enc_hook=str)
        data = data[:start] + value + data[end:]
    return data
