"""The invented chat of library_chat.json as a story, and a way to make small stories."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from chinwag.model import Chat, Ledger, Measures, Placement, Post, Story, Summary
from chinwag.steps.publish import build_story


class Parts(msgspec.Struct, frozen=True):
    """What build_story takes, as library_chat.json holds it."""

    chat: Chat
    posts: tuple[Post, ...]
    placements: tuple[Placement, ...]
    summary: Summary
    ledger: Ledger
    measures: Measures

    def build(self) -> Story:
        return build_story(
            self.chat,
            self.posts,
            self.placements,
            self.summary,
            self.ledger,
            self.measures,
            made_with="0.1.0",
        )


@pytest.fixture(scope="session")
def parts() -> Parts:
    """Return an hour of an invented library chat: 43 posts, 12 people, five questions."""
    path = Path(__file__).with_name("library_chat.json")
    return msgspec.json.decode(path.read_bytes(), type=Parts)


@pytest.fixture(scope="session")
def story(parts: Parts) -> Story:
    return parts.build()
