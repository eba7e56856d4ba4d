"""An hour with more posts than a chat can have is not taken for one: the hour is asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.snug_chat import CHAT, write_csv

from chinwag.cli.remedies import find_remedy
from chinwag.errors import InputError, Kept
from chinwag.workflows import crowded_time
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.import_files import import_files


@pytest.fixture(autouse=True)
def _limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a chat have 11 posts, and a time that a person gives 12."""
    monkeypatch.setattr(crowded_time, "MOST_POSTS", 11)
    monkeypatch.setattr(crowded_time, "MOST_HELD", 12)


def test_the_hour_of_a_crowd_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError) as asked:
        import_files([write_csv(tmp_path / "a.csv", CHAT)], tmp_path / "chat", ChatDetails())
    assert (asked.value.code, asked.value.kept) == ("window-too-full", Kept.UNCHANGED)
    assert str(asked.value) == (
        "12 posts lie from 2026-10-13 18:00 to 2026-10-13 18:58 UTC, and a chat of a few hours has"
        " no more than 11."
    )
    assert find_remedy(asked.value) == (
        "Say when the chat was. The hours with most people: --from 2026-10-13T18:00Z --to"
        " 2026-10-13T19:00Z (12 posts by 5 people)."
    )
    assert not (tmp_path / "chat").exists()


def test_a_time_that_is_given_may_hold_more(tmp_path: Path) -> None:
    hour = ChatDetails(
        start=datetime(2026, 10, 13, 18, tzinfo=UTC), end=datetime(2026, 10, 13, 19, tzinfo=UTC)
    )
    file = write_csv(tmp_path / "a.csv", CHAT)
    assert import_files([file], tmp_path / "chat", hour).ledger.archived == 12
    more = [*CHAT, ("13", "bo_stacks", "2026-10-13T18:59:00Z", "And lights #snugchat")]
    with pytest.raises(InputError) as refused:
        import_files([write_csv(tmp_path / "b.csv", more)], tmp_path / "other", hour)
    assert refused.value.code == "window-too-full"
