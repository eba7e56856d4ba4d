"""A folder that somebody else made reaches nothing outside it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from tests.stores.test_chat_folder import CHAT, POSTS

from chinwag.errors import DamagedFolder
from chinwag.stores.folder import ChatFolder


@pytest.fixture
def folder(tmp_path: Path) -> ChatFolder:
    """Give a chat folder, and a file beside it."""
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside" / "thesis.txt").write_text("mine")
    made = ChatFolder.at(tmp_path / "chat")
    with made.change() as change:
        change.write_chat(CHAT)
        change.write_posts(POSTS)
        change.write_story({"index.html": b"<p>"})
    return made


def read_beside(folder: ChatFolder) -> dict[str, str]:
    return {path.name: path.read_text() for path in (folder.root.parent / "beside").iterdir()}


@pytest.mark.parametrize("name", ["../beside/thesis.txt", "story/../../beside/thesis.txt", "HERE"])
@pytest.mark.parametrize("what", ["remove", "move"])
def test_an_unfinished_change_touches_nothing_outside(
    folder: ChatFolder, what: str, name: str
) -> None:
    named = str(folder.root.parent / "beside" / "thesis.txt") if name == "HERE" else name
    pending = folder.root / ".pending"
    pending.mkdir()
    listing: dict[str, list[str]] = {"move": [], "remove": []} | {what: [named]}
    (pending / "COMMIT").write_bytes(msgspec.json.encode(listing))
    with pytest.raises(DamagedFolder) as refused:
        ChatFolder.open(folder.root)
    assert refused.value.code == "name-leads-outside"
    assert read_beside(folder) == {"thesis.txt": "mine"}


def test_a_story_that_is_a_link_is_not_written_into(folder: ChatFolder) -> None:
    (folder.root / "story" / "index.html").unlink()
    (folder.root / "story").rmdir()
    (folder.root / "story").symlink_to(folder.root.parent / "beside")
    with pytest.raises(DamagedFolder), folder.change() as change:
        change.write_story({"index.html": b"<p>new"})
    assert read_beside(folder) == {"thesis.txt": "mine"}


@pytest.mark.parametrize("name", ["raw/../../beside/thesis.txt", "/etc/hostname", "a\0b", ""])
def test_a_file_outside_is_not_read_as_received(folder: ChatFolder, name: str) -> None:
    with pytest.raises(DamagedFolder):
        folder.find_raw(name)
    with pytest.raises(DamagedFolder), folder.change() as change:
        change.find_raw(name)
