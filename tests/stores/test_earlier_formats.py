"""A folder of an earlier format opens, loses nothing, and is of this format once it is changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from chinwag.errors import DamagedFolder
from chinwag.model import Correction, Gap, Placement, make_note, quote_note
from chinwag.stores.folder import FORMAT, ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.import_files import import_files
from chinwag.workflows.place_chat import place_chat

MADE_BY_FORMAT_1 = Path(__file__).parent / "format1" / "evening"
ONE_ORIGIN = "All routes look through the same eyes, so that none tells what another missed."
HEAR_HEAR = "https://social.example/users/dot/statuses/117435000568077367"
SEARCH_ROOM = "https://libraries.example/users/bea/statuses/117434950273266378"


@pytest.fixture
def folder(tmp_path: Path) -> ChatFolder:
    return ChatFolder.open(Path(shutil.copytree(MADE_BY_FORMAT_1, tmp_path / "evening")))


def read_rows(root: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (root / name).read_text(encoding="utf-8").splitlines()]


def read_all(folder: ChatFolder) -> tuple[object, ...]:
    return (
        folder.read_chat(),
        folder.read_placements(),
        folder.read_corrections(),
        folder.read_ledger(),
        folder.read_summary(),
    )


def change_nothing(folder: ChatFolder) -> None:
    with folder.change():
        pass


def test_sentences_are_shown_as_they_were(folder: ChatFolder) -> None:
    before = read_rows(MADE_BY_FORMAT_1, "placements.jsonl")
    assert folder.read_placements() == tuple(
        Placement(**{**row, "reason": quote_note(row["reason"])}) for row in before
    )
    assert folder.read_corrections() == (
        Correction(
            post=HEAR_HEAR,
            question="2",
            reason=quote_note("It answers Q2, says Tamsin"),
            confidence=1.0,
            by="person",
            kind="agreement",
        ),
        Correction(
            post=SEARCH_ROOM,
            question=None,
            reason=quote_note("A person said so"),
            confidence=1.0,
            by="person",
            kind="answer",
        ),
    )


def test_the_ledger_loses_no_sentence(folder: ChatFolder) -> None:
    before = json.loads((MADE_BY_FORMAT_1 / "ledger.json").read_text(encoding="utf-8"))
    ledger = folder.read_ledger()
    assert ledger.notes == tuple(map(quote_note, before["notes"]))
    assert ledger.gaps == tuple(
        Gap(what=quote_note(gap["what"]), why=quote_note(gap["why"]) if gap["why"] else None)
        for gap in before["gaps"]
    )
    capture = ledger.capture
    assert capture is not None
    assert [(one.said, one.why) for one in capture.completeness] == [
        (quote_note(before["gaps"][2]["what"]), quote_note(ONE_ORIGIN)),
        (quote_note(before["gaps"][3]["what"]), None),
    ]
    assert [(one.what, one.todo) for route in capture.routes for one in route.notices] == [
        (quote_note("The connection to glam.example broke."), None),
        (
            quote_note("social.example shows its tag pages to members alone."),
            quote_note("Give a token with `chinwag login`."),
        ),
    ]


def test_the_summary_loses_no_sentence(folder: ChatFolder) -> None:
    before = json.loads((MADE_BY_FORMAT_1 / "summary.json").read_text(encoding="utf-8"))
    summary = folder.read_summary()
    assert summary.lead == (quote_note(before["lead"]),)
    assert [one.lead for one in summary.questions] == [
        (quote_note(question["lead"]),) for question in before["questions"]
    ]
    assert [bullet.text for one in summary.questions for bullet in one.bullets] == [
        bullet["text"] for question in before["questions"] for bullet in question["bullets"]
    ]


def test_whose_words_a_bullet_is_in_has_its_new_name(folder: ChatFolder) -> None:
    path = folder.root / "summary.json"
    summary = json.loads(path.read_text(encoding="utf-8"))
    summary["questions"][0]["bullets"][0]["wording"] = "machine"
    path.write_text(json.dumps(summary), encoding="utf-8")
    assert [bullet.origin for bullet in folder.read_summary().questions[0].bullets] == [
        "machine",
        "quoted",
        "quoted",
        "quoted",
        "quoted",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b'{"questions": 1, "lead": 2}',
        b'{"questions": [3]}',
        b'{"questions": [{"bullets": [4]}]}',
    ],
)
def test_a_file_of_another_shape_is_refused_with_its_name(
    folder: ChatFolder, content: bytes
) -> None:
    (folder.root / "summary.json").write_bytes(content)
    with pytest.raises(DamagedFolder, match=r"summary\.json"):
        folder.read_summary()


def test_reading_changes_nothing(folder: ChatFolder) -> None:
    folder.read_placements()
    assert (folder.root / "chat.toml").read_bytes() == (MADE_BY_FORMAT_1 / "chat.toml").read_bytes()


def test_a_change_brings_every_file_to_this_format(folder: ChatFolder) -> None:
    before = read_all(folder)
    change_nothing(folder)
    assert f"format = {FORMAT}\n" in (folder.root / "chat.toml").read_text(encoding="utf-8")
    assert read_rows(folder.root, "corrections.jsonl")[1]["reason"] == {
        "code": "said",
        "parts": {"text": "A person said so"},
    }
    assert read_all(folder) == before
    assert check_folder(folder.root).faults == ()


def test_the_method_of_words_has_its_new_name(folder: ChatFolder) -> None:
    path = folder.root / "placements.jsonl"
    path.write_text(path.read_text().replace('"by":"time"', '"by":"wording"'))
    change_nothing(folder)
    assert {row["by"] for row in read_rows(folder.root, "placements.jsonl")} == {
        "label",
        "reply",
        "words",
        "person",
    }


def test_the_next_run_makes_the_reasons_anew_and_keeps_what_people_said(folder: ChatFolder) -> None:
    place_chat(folder.root)
    placed = {placement.post: placement for placement in folder.read_placements()}
    first = next(post for post in folder.read_posts() if post.text.startswith("Q1: When"))
    assert placed[first.id].reason == make_note("asks", question="1", numbered=True)
    assert placed[HEAR_HEAR].reason == quote_note("It answers Q2, says Tamsin")


def test_the_next_import_makes_the_ledger_anew(folder: ChatFolder) -> None:
    import_files((), folder.root, ChatDetails())
    ledger = folder.read_ledger()
    assert [note.code for note in ledger.notes] == [
        "hashtag-on-posts",
        "window-of-hours",
        "two-texts",
    ]
    assert [gap.what.code for gap in ledger.gaps] == [
        "untagged-replies-missing",
        "said",  # the capture's journal keeps what its routes said, word for word
        "completeness-unknown",
        "hardly-any-missing",
    ]


def test_a_line_that_cannot_be_read_stays_for_whoever_reads_it(folder: ChatFolder) -> None:
    path = folder.root / "corrections.jsonl"
    with path.open("a", encoding="utf-8") as file:
        file.write("{cut off\n")
    change_nothing(folder)
    assert path.read_text(encoding="utf-8").splitlines()[-1] == "{cut off"
