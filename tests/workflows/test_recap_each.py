"""Every chat that a file holds is written up in a folder of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cli.snug_chat import CHAT, Rows, write_csv

from chinwag.cli.main import main
from chinwag.errors import NoChat
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.recap_each import MadeChat, recap_each


def shift(hours: int) -> Rows:
    """Return the chat's rows, without the last, as of so many hours later, under other ids."""
    return [
        (f"{hours}{id_}", who, (datetime.fromisoformat(at) + timedelta(hours=hours)).isoformat(), said)
        for id_, who, at, said in CHAT[:-1]
    ]  # fmt: skip


YEAR = [*shift(1000), *shift(24 * 70 - 13), *shift(24 * 70), *shift(4000)]
NAMES = [
    "2026-11-24-snugchat",
    "2026-12-22-0500-snugchat",
    "2026-12-22-1800-snugchat",
    "2027-03-29-snugchat",
]


def read_tree(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def test_each_chat_gets_a_folder_named_after_its_day(tmp_path: Path) -> None:
    year = write_csv(tmp_path / "year.csv", YEAR)
    report = recap_each([year], tmp_path / "chats", ChatDetails(time_zone="UTC"))
    folders = sorted((tmp_path / "chats").iterdir())
    assert [one.folder for one in report.made] == folders
    assert [one.name for one in folders] == NAMES
    assert report.refused == ()
    assert report.made[0] == MadeChat(
        folder=folders[0],
        title="#snugchat, 24 November 2026",
        posts=11,
        people=5,
        questions=2,
    )
    ids = [[post.id for post in ChatFolder.open(one).read_posts()] for one in folders]
    starts = (1000, 24 * 70 - 13, 24 * 70, 4000)
    assert ids == [[row[0] for row in shift(start)] for start in starts]
    assert [check_folder(one).faults for one in folders] == [()] * 4

    before = read_tree(tmp_path / "chats")
    recap_each([year], tmp_path / "chats", ChatDetails(time_zone="UTC"))
    assert read_tree(tmp_path / "chats") == before


def test_what_one_chat_is_refused_for_stops_no_other(tmp_path: Path) -> None:
    year = write_csv(tmp_path / "year.csv", [*shift(1000), *shift(4000)])
    taken = tmp_path / "chats" / "2026-11-24-snugchat"
    taken.mkdir(parents=True)
    (taken / "letters.txt").write_text("mine")
    report = recap_each([year], tmp_path / "chats", ChatDetails(time_zone="UTC"))
    assert [one.folder.name for one in report.made] == ["2027-03-29-snugchat"]
    assert [(one.folder, one.why.code) for one in report.refused] == [
        (taken, "folder-holds-other-files")
    ]
    assert (taken / "letters.txt").read_text() == "mine"


def test_a_file_without_a_post_holds_no_chat(tmp_path: Path) -> None:
    with pytest.raises(NoChat):
        recap_each([write_csv(tmp_path / "a.csv", [])], tmp_path / "chats")
    assert not (tmp_path / "chats").exists()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    write_csv(tmp_path / "year.csv", [*shift(1000), *shift(4000)])
    words = ("recap", "year.csv", "--each", "--into", "chats")
    return lambda *more: CliRunner().invoke(main, [*words, *more])


def test_the_command_lists_what_was_made(run: Callable[..., Result]) -> None:
    assert [" ".join(line.split()) for line in run().output.splitlines()] == [
        "Folder Posts People Questions",
        "2026-11-24-snugchat 11 5 2",
        "2027-03-29-snugchat 11 5 2",
        "2 chats written up; 0 refused. Each story is in story/index.html.",
    ]
    made = json.loads(run("--json").output)["made"]
    assert [one["folder"] for one in made] == [
        "chats/2026-11-24-snugchat",
        "chats/2027-03-29-snugchat",
    ]


@pytest.mark.parametrize("more", [("--title", "Snug"), ("--from", "2026-11-24T10:00")])
def test_what_holds_for_one_chat_alone_is_refused(
    run: Callable[..., Result], tmp_path: Path, more: tuple[str, str]
) -> None:
    refused = run(*more)
    assert (refused.exit_code, "one chat alone" in refused.output) == (2, True)
    assert not (tmp_path / "chats").exists()


def test_files_of_one_chat_each_are_written_up_each_by_itself(tmp_path: Path) -> None:
    files = [
        write_csv(tmp_path / "november.csv", shift(1000)),
        write_csv(tmp_path / "march.csv", shift(4000)),
    ]
    report = recap_each(files, tmp_path / "chats", ChatDetails(time_zone="UTC"))
    assert (len(report.made), report.refused) == (2, ())
    held = [sorted(file.name for file in (one.folder / "raw").iterdir()) for one in report.made]
    assert [len(names) for names in held] == [1, 1]
