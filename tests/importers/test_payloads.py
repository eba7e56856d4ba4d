"""Every pair under tests/payloads is a test: a file as some tool wrote it, and what it says.

`<format>/NAME.raw.EXT` is read without being told its format and must give, in order, the records
of `<format>/NAME.post.json`: a list of {"post": ...}, {"deletion": ...} and {"aside": ...}, with
fields that have their default value left out, and the reason of a row kept aside in words.
`<format>/NAME.options.json`, where there is one, holds the ReadOptions. Write a new pair's second
half with CHINWAG_WRITE_PAYLOADS=1, and read it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.importers.reasons import say_reason

from chinwag.importers import read_file
from chinwag.model import AsideRow, Deletion, Post
from chinwag.records.contract import ReadOptions

PAYLOADS = Path(__file__).parents[1] / "payloads"
RAWS = sorted(PAYLOADS.glob("*/*.raw.*"))
KINDS = {Post: "post", Deletion: "deletion", AsideRow: "aside"}


def show(record: Post | Deletion | AsideRow) -> dict[str, Any]:
    """Return a record's fields as JSON has them, the reason of a row kept aside in words."""
    fields: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record))
    if isinstance(record, AsideRow):
        fields["reason"] = say_reason(record)
    return fields


def name_pair(raw: Path) -> str:
    return f"{raw.parent.name}/{raw.name.split('.raw.')[0]}"


@pytest.mark.parametrize("raw", RAWS, ids=name_pair)
def test_a_file_says_what_its_pair_says(raw: Path) -> None:
    base = raw.parent / raw.name.split(".raw.")[0]
    options_file = base.with_name(f"{base.name}.options.json")
    options = ReadOptions()
    if options_file.exists():
        options = msgspec.json.decode(options_file.read_bytes(), type=ReadOptions)

    reading = read_file(raw, options)
    records = [{KINDS[type(record)]: show(record)} for record in reading]

    pair = base.with_name(f"{base.name}.post.json")
    if os.environ.get("CHINWAG_WRITE_PAYLOADS") and not pair.exists():
        pair.write_bytes(msgspec.json.format(msgspec.json.encode(records), indent=1) + b"\n")
    assert reading.format == raw.parent.name
    assert records == msgspec.json.decode(pair.read_bytes())


def test_there_is_a_pair_for_every_second_half() -> None:
    raws = {name_pair(raw) for raw in RAWS}
    halves = {
        f"{half.parent.name}/{half.name.removesuffix('.post.json')}"
        for half in PAYLOADS.glob("*/*.post.json")
    }

    assert halves == raws
