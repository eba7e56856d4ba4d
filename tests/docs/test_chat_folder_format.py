"""docs/chat-folder-format.md says what the files hold, field by field: no more, no less."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from chinwag.model import (
    AsideRow,
    Bullet,
    CaptureRecord,
    Chat,
    Completeness,
    Correction,
    Decision,
    Edit,
    Edition,
    FileRecord,
    Gap,
    GoneBlock,
    HeadingBlock,
    KeptFile,
    Ledger,
    LinkBlock,
    Note,
    ParagraphBlock,
    PictureBlock,
    Placement,
    PointBlock,
    Post,
    Publication,
    Question,
    QuestionSummary,
    QuotationBlock,
    Quote,
    Removal,
    Rewording,
    RouteNotice,
    RouteRecord,
    Sent,
    Summary,
    Upload,
)

DOCUMENT = Path(__file__).parents[2] / "docs" / "chat-folder-format.md"
ROW = re.compile(r"^\| `(\w+)` \| (\*\*always\.\*\*)?", re.MULTILINE)
TABLES: list[tuple[str, type[msgspec.Struct], set[str]]] = [
    ("## `chat.toml`", Chat, {"format"}),
    ("A question has:", Question, set()),
    ("## `posts.jsonl`", Post, set()),
    ("## `placements.jsonl`", Placement, set()),
    ("## `corrections.jsonl`", Correction, set()),
    ("## `edits.jsonl`", Edit, set()),
    ("## Notes", Note, set()),
    ("## `removed.jsonl`", Removal, set()),
    ("## `outbox.jsonl`", Sent, set()),
    ("## `published.jsonl`", Publication, set()),
    ("An upload has:", Upload, set()),
    ("## `summary.json`", Summary, set()),
    ("A question has:", QuestionSummary, set()),
    ("A bullet has:", Bullet, set()),
    ("A quote has:", Quote, set()),
    ("## `wordings.jsonl`", Rewording, set()),
    ("## `decisions.jsonl`", Decision, set()),
    ("## `edition.json`", Edition, set()),
    ("A block of the type `heading` has:", HeadingBlock, set()),
    ("A block of the type `paragraph` has:", ParagraphBlock, set()),
    ("A block of the type `point` has:", PointBlock, set()),
    ("A block of the type `quotation` has:", QuotationBlock, set()),
    ("A block of the type `picture` has:", PictureBlock, set()),
    ("A block of the type `link` has:", LinkBlock, set()),
    ("A block of the type `gone` has:", GoneBlock, set()),
    ("## `files.jsonl`", KeptFile, set()),
    ("## `aside.jsonl`", AsideRow, set()),
    ("## `ledger.json`", Ledger, set()),
    ("A gap has:", Gap, set()),
    ("A file has:", FileRecord, set()),
    ("A capture has:", CaptureRecord, set()),
    ("A route has:", RouteRecord, set()),
    ("A notice has:", RouteNotice, set()),
    ("An estimate has:", Completeness, set()),
]


def read_tables() -> list[tuple[str, dict[str, bool]]]:
    """Give each table that lists fields: the line above it, and {field: is it always there}."""
    blocks = DOCUMENT.read_text(encoding="utf-8").split("\n\n")
    headings = tuple({heading for heading, _noun, _besides in TABLES} | {"## "})
    tables = []
    above = ""
    for block in blocks:
        if block.startswith(headings):
            above = block.splitlines()[0]
        if block.startswith("| field |"):
            tables.append((above, {name: bool(always) for name, always in ROW.findall(block)}))
    return tables


def always_there(noun: type[msgspec.Struct]) -> set[str]:
    """Give the fields that are written even where they are empty."""
    fields = msgspec.structs.fields(noun)
    if not noun.__struct_config__.omit_defaults:
        return {field.name for field in fields}
    return {field.name for field in fields if field.required}


@pytest.mark.parametrize("place", range(len(TABLES)))
def test_a_table_lists_the_fields_of_its_file(place: int) -> None:
    above, noun, besides = TABLES[place]
    said_above, said = read_tables()[place]
    assert said_above == above
    assert set(said) == {field.name for field in msgspec.structs.fields(noun)} | besides
    promised = {name for name, always in said.items() if always}
    assert promised - besides <= always_there(noun)


def test_every_table_is_compared() -> None:
    assert len(read_tables()) == len(TABLES)


def test_what_other_programs_rely_on_is_always_there() -> None:
    assert always_there(Post) >= {
        "id",
        "author",
        "text",
        "created_at",
        "reply_to",
        "url",
        "source",
    }
    assert always_there(Placement) >= {"post", "question", "reason", "confidence", "by"}
    assert always_there(Summary) >= {"questions", "unplaced"}
    assert always_there(QuestionSummary) >= {
        "label",
        "text",
        "posts",
        "people",
        "bullets",
        "links",
        "left_out",
    }
    assert always_there(Bullet) >= {"text", "posts", "people", "kind"}
