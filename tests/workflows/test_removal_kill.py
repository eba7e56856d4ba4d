"""A kill at any instant of a removal leaves the folder as it was, or without the words."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.workflows.removal_kinds import KINDS, TAG, WORDS, find_anywhere

import chinwag
from chinwag.stores.folder import ChatFolder
from chinwag.workflows import remove_posts as room
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.make_again import make_again
from chinwag.workflows.remove_posts import note_removal, remove_posts

AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)


class Killed(BaseException):
    """What stands in for a kill: nothing in the library catches it."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a chat in which somebody is quoted, written up."""
    root = tmp_path_factory.mktemp("made")
    kind = KINDS["Mastodon"]
    (root / kind.file).write_bytes(kind.pack(kind.make()))
    chinwag.recap_files([root / kind.file], root / "chat", ChatDetails(hashtag=TAG))
    return root / "chat"


@pytest.fixture
def chat(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "chat"))


def find_wanted(chat: Path) -> str:
    posts = ChatFolder.open(chat).read_posts()
    return next(post.id for post in posts if post.text.startswith(f"A1 {WORDS}"))


def kill(*_: object, **__: object) -> Any:
    raise Killed


def read_all(chat: Path) -> dict[str, bytes]:
    files = (path for path in sorted(chat.rglob("*")) if path.is_file())
    return {str(path.relative_to(chat)): path.read_bytes() for path in files}


@pytest.mark.parametrize(
    "where", ["chinwag.workflows.import_files.take_in", "chinwag.workflows.remove_posts.clear_made"]
)
def test_killed_before_the_change_counts_nothing_has_changed(
    chat: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    before, wanted = read_all(chat), find_wanted(chat)
    monkeypatch.setattr(where, kill)
    with pytest.raises(Killed):
        remove_posts(chat, [wanted], at=AT)
    assert read_all(chat) == before


@pytest.mark.parametrize("moved", [0, 1, 5])
def test_killed_while_files_move_the_next_command_ends_it(
    chat: Path, monkeypatch: pytest.MonkeyPatch, moved: int
) -> None:
    wanted, replace = find_wanted(chat), Path.replace
    moves: list[Path] = []

    def move(path: Path, target: Path) -> Path:
        if (chat / ".pending" / "COMMIT").exists():
            if len(moves) == moved:
                raise Killed
            moves.append(path)
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", move)
        with pytest.raises(Killed):
            remove_posts(chat, [wanted], at=AT)
    ChatFolder.open(chat)
    assert find_anywhere(chat, (WORDS,)) == []
    assert make_again(chat).left == ()
    assert check_folder(chat).faults == ()


def test_killed_right_after_the_change_no_word_is_left_and_the_story_says_so(
    chat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = find_wanted(chat)
    monkeypatch.setattr(room, "make_again", kill)
    with pytest.raises(Killed):
        remove_posts(chat, [wanted], at=AT)
    assert find_anywhere(chat, (WORDS,)) == []
    assert set(ChatFolder.open(chat).find_outdated()) == {
        "placements.jsonl",
        "summary.json",
        "story",
    }
    monkeypatch.undo()
    assert remove_posts(chat, [wanted], at=AT).posts == 0
    assert find_anywhere(chat, (WORDS,)) == []
    assert check_folder(chat).faults == ()


def test_a_noted_removal_is_carried_out_in_one_change_too(
    chat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_removal(chat, [find_wanted(chat)], at=AT)
    assert find_anywhere(chat, (WORDS,)) != []
    monkeypatch.setattr("chinwag.workflows.make_again.place_chat", kill)
    with pytest.raises(Killed):
        make_again(chat)
    assert find_anywhere(chat, (WORDS,)) == []


def test_the_last_post_of_a_chat_leaves_its_place(chat: Path) -> None:
    before = ChatFolder.open(chat).read_posts()
    first, last = before[0], before[-1]
    remove_posts(chat, [last.id], at=AT)
    remove_posts(chat, [first.id], at=AT)
    after = ChatFolder.open(chat).read_posts()
    assert len(after) == len(before)
    assert [bool(post.removed) for post in (after[0], after[-1])] == [True, True]
    chinwag.recap_files([], chat)
    assert len(ChatFolder.open(chat).read_posts()) == len(before)


@pytest.mark.parametrize("given", ["another id", "no id"])
def test_a_post_that_comes_again_under_another_id_or_none_stays_out(
    chat: Path, tmp_path: Path, given: str
) -> None:
    posts = ChatFolder.open(chat).read_posts()
    post = next(one for one in posts if one.text.startswith(f"A1 {WORDS}"))
    remove_posts(chat, [post.id], at=AT)
    rows = [["id"] * (given == "another id") + ["author", "text", "created_at"]]
    for number, one in enumerate(posts):
        own = [f"row{number}"] * (given == "another id")
        rows.append([*own, one.author, f'"{one.text}"', f"{one.created_at:%Y-%m-%dT%H:%M:%SZ}"])
    later = tmp_path / "later.csv"
    later.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    chinwag.recap_files([later], chat)
    assert find_anywhere(chat, (WORDS,)) == []
