"""A file can be taken out again: the chat is as if it had never come."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.snug_chat import CHAT, Rows, write_csv

import chinwag
from chinwag.errors import InputError
from chinwag.model import Edit
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.correct_placement import Verdict, correct_placement
from chinwag.workflows.edit_chat import edit_chat, name_moderator
from chinwag.workflows.forget_file import forget_file
from chinwag.workflows.undo import undo

AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
NOTED = {"edits.jsonl", "SHA256SUMS"}

LATER: Rows = [
    ("71", "eli_maps", "2026-10-13T20:03:00Z", "A2: The ramp ices over #snugchat"),
    ("72", "fern_files", "2026-10-13T20:31:00Z", "A1: A baker before her shift #snugchat"),
    ("4", "bo_stacks", "2026-10-13T18:06:30Z", "A1: Night-shift nurses use our study rooms #snugchat"),
    ("73", "", "2026-10-13T20:40:00Z", "nobody wrote this"),
]  # fmt: skip
TAGGED: Rows = [
    (f"8{number}", f"friend{number % 3}", f"2026-10-13T18:{number}:00Z", "Yes! #bookishfolk")
    for number in range(10, 40)
]
AROUND: Rows = [
    ("91", "host_desk", "2026-10-13T14:10:00Z", "Tonight at seven: who stays late #snugchat"),
    *CHAT,
    *(
        (f"5{n}", f"guest{n % 7}", f"2026-10-13T18:{n}:30Z", f"A2: No bus after {n} past #snugchat")
        for n in range(25, 50)
    ),
    ("92", "fern_files", "2026-10-13T22:45:00Z", "A1: Late, but a baker before her shift #snugchat"),
]  # fmt: skip
UNTAGGED: Rows = [(id_, who, at, said.replace("#snugchat", "")) for id_, who, at, said in CHAT]

CASES: dict[str, tuple[Rows, Rows, ChatDetails]] = {
    "of later the same evening": (CHAT, LATER, ChatDetails()),
    "with posts around its hour, told twice": (AROUND, AROUND, ChatDetails()),
    "with posts around its hour": (AROUND, LATER, ChatDetails()),
    "of another year": (
        CHAT,
        [(f"6{id_}", who, f"2015-03-10{at[10:]}", said) for id_, who, at, said in CHAT],
        ChatDetails(anyway=True),
    ),
    "with another hashtag": (CHAT, TAGGED, ChatDetails(anyway=True)),
    "with the only hashtag": (UNTAGGED, TAGGED, ChatDetails(anyway=True)),
}


def read_tree(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


@pytest.mark.parametrize("case", CASES)
def test_the_folder_is_as_if_the_file_had_never_come(tmp_path: Path, case: str) -> None:
    first, second, details = CASES[case]
    one, other = write_csv(tmp_path / "one.csv", first), write_csv(tmp_path / "two.csv", second)
    chinwag.recap_files([one], tmp_path / "chat")
    before = read_tree(tmp_path / "chat")
    chinwag.recap_files([other], tmp_path / "chat", details)
    assert read_tree(tmp_path / "chat")["ledger.json"] != before["ledger.json"]

    report = forget_file(tmp_path / "chat", "two.csv", at=AT, who="ines")
    after = read_tree(tmp_path / "chat")
    assert {name for name in after if after[name] != before.get(name)} == NOTED
    assert before.keys() - after.keys() == set()
    assert report.file.name == "two.csv"
    assert ChatFolder.open(tmp_path / "chat").read_edits() == (
        Edit(who="ines", at=AT, before={"files": ["two.csv"]}, after={"files": []}),
    )
    assert check_folder(tmp_path / "chat").faults == ()


def test_what_people_said_stays_where_its_post_stays(tmp_path: Path, snug: Path) -> None:
    chinwag.recap_files([write_csv(tmp_path / "two.csv", LATER)], snug)
    edit_chat(snug, lambda chat: name_moderator(chat, "bo_stacks"), at=AT)
    correct_placement(snug, ["4"], Verdict(question="2"), at=AT)
    correct_placement(snug, ["71"], Verdict(question="1"), at=AT)
    forget_file(snug, "two.csv", at=AT)
    folder = ChatFolder.open(snug)
    assert [one.post for one in folder.read_corrections()] == ["4"]
    assert "bo_stacks" in [one.author for one in folder.read_chat().moderators]
    assert [sorted(edit.before) for edit in folder.read_edits()] == [["moderators"], ["files"]]


def test_it_cannot_be_undone_but_the_file_given_again(tmp_path: Path, snug: Path) -> None:
    two = write_csv(tmp_path / "two.csv", LATER)
    chinwag.recap_files([two], snug)
    with_it = read_tree(snug)
    forget_file(snug, "two.csv", at=AT)
    with pytest.raises(InputError) as refused:
        undo(snug)
    assert refused.value.code == "file-forgotten"
    assert str(refused.value) == (
        "The latest change is that two.csv was taken out of the chat: its copy is gone."
    )
    chinwag.recap_files([two], snug)
    again = read_tree(snug)
    assert {name for name in again if again[name] != with_it.get(name)} == NOTED


def test_of_two_files_of_one_name_the_copy_says_which(tmp_path: Path, snug: Path) -> None:
    (tmp_path / "b").mkdir()
    chinwag.recap_files([write_csv(tmp_path / "b" / "snug.csv", LATER)], snug)
    before = read_tree(snug)
    with pytest.raises(InputError) as refused:
        forget_file(snug, "snug.csv", at=AT)
    assert refused.value.code == "file-name-ambiguous"
    assert refused.value.fields["known"] == ["raw/snug.csv.gz", "raw/2-snug.csv.gz"]
    assert read_tree(snug) == before
    forget_file(snug, "raw/2-snug.csv.gz", at=AT)
    assert [post.id for post in ChatFolder.open(snug).read_posts()] == [row[0] for row in CHAT]


@pytest.mark.parametrize(
    ("name", "code"), [("snug.csv", "file-is-the-only-one"), ("no.csv", "file-not-in-chat")]
)
def test_what_cannot_be_taken_out_is_said(snug: Path, name: str, code: str) -> None:
    before = read_tree(snug)
    with pytest.raises(InputError) as refused:
        forget_file(snug, name, at=AT)
    assert refused.value.code == code
    assert read_tree(snug) == before
