"""The draft of a capture: worked out while nothing comes, and the very one that a recap makes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from tests.networks.fake_server import START
from tests.workflows.evening import Evening

from chinwag.steps import summarise
from chinwag.stores.folder import ChatFolder, layout
from chinwag.workflows import edit_blocks, place_chat
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.draft_ahead import DraftAhead
from chinwag.workflows.edit_blocks import read_blocks
from chinwag.workflows.import_files import import_files
from chinwag.workflows.make_again import make_again
from chinwag.workflows.prepared import Prepared
from chinwag.workflows.recap_files import recap_files
from chinwag.workflows.remove_posts import remove_posts

# Its clock does not wait, so that an hour is over in a moment.
EVENING = ChatDetails(hashtag="inkchat", start=START, end=START + timedelta(days=365))


class Workshop:
    """Counts how often posts are placed as a whole, and a chat is summed up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.did: list[str] = []
        self._count(monkeypatch, place_chat, "place_posts")
        self._count(monkeypatch, summarise, "summarise_chat")
        self._count(monkeypatch, edit_blocks, "list_candidates")

    def _count(self, monkeypatch: pytest.MonkeyPatch, room: ModuleType, name: str) -> None:
        work = getattr(room, name)

        def counted(*given: object, **more: object) -> object:
            made = work(*given, **more)
            self.did.append(name)
            return made

        monkeypatch.setattr(room, name, counted)


LAMPS = "lamps and a long table"
WORK = ["place_posts", "summarise_chat", "list_candidates"]


def test_what_was_worked_out_ahead_is_what_is_written_up(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening.pin_all()
    evening.run(evening.capture(details=EVENING))
    folder, prepared = ChatFolder.open(evening.root), Prepared()
    chat = folder.read_chat()
    with folder.change() as change:  # while it runs it is not called after its day yet
        change.write_chat(msgspec.structs.replace(chat, title=chat.series))
    shop = Workshop(monkeypatch)
    for step in DraftAhead(folder, EVENING, prepared).list_steps():
        step()
    import_files([], evening.root, EVENING)
    also = (layout.SUMMARY, layout.STORY)
    assert make_again(evening.root, also=also, prepared=prepared).left == ()
    evening.drafts.append(read_blocks(evening.root, prepared))
    assert shop.did == WORK
    check_draft(evening)


def test_what_was_worked_out_ahead_of_a_post_is_not_used_after_it(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Workshop(monkeypatch)

    async def talk() -> None:
        evening.pin_all()
        await evening.until(lambda: shop.did[-3:] == WORK)
        evening.board.pin("dee", f"A1: {LAMPS} #inkchat", START + timedelta(minutes=5), 1)
        await evening.until(lambda: evening.count_posts() == 5)

    evening.run(evening.capture_while(talk, details=EVENING, writes_up=True))
    assert LAMPS in str(evening.drafts[0].candidates)
    check_draft(evening)


def test_what_was_taken_out_after_it_was_worked_out_ahead_is_in_no_draft(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Workshop(monkeypatch)

    async def talk() -> None:
        evening.pin_all()
        await evening.until(lambda: shop.did[-3:] == WORK)
        remove_posts(evening.root, [], "cem", at=START)

    evening.run(evening.capture_while(talk, details=EVENING, writes_up=True))
    assert "quiet room" not in str(read_story_files(evening.root))
    assert "quiet room" not in str(evening.drafts)
    check_draft(evening)


def read_story_files(root: Path) -> dict[str, bytes]:
    names = ("posts.jsonl", "placements.jsonl", "summary.json", "story/index.html")
    return {name: (root / name).read_bytes() for name in names}


def check_draft(evening: Evening) -> None:
    """Hold the draft, the summary and the story against those of a recap of the same folder."""
    (draft,) = evening.drafts
    made = read_story_files(evening.root)
    assert draft == read_blocks(evening.root)
    recap_files([], evening.root)
    assert read_story_files(evening.root) == made
