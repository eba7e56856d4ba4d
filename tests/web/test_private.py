"""What is shown to people who are signed in is kept by nobody between them and the site."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.conftest import address

from chinwag.web.chats.models import Chat


@pytest.mark.parametrize(
    ("name", "more"),
    [("story", ()), ("story_file", ("story.md",)), ("archive", ()), ("write", ()), ("sort", ())],
)
def test_a_page_of_the_team_is_theirs_alone(
    draft: Chat, host: Client, name: str, more: tuple[str, ...]
) -> None:
    draft.series.is_public = False
    draft.series.save()
    answer = host.get(address(draft, name, *more))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-cache")


def test_a_page_for_everybody_may_be_kept_and_one_that_says_so_is_left(
    chat: Chat, host: Client
) -> None:
    assert not Client().get(address(chat, "story")).has_header("Cache-Control")
    assert "public" in host.get(address(chat, "chat_card"))["Cache-Control"]
    stale = Client()
    stale.cookies["sessionid"] = "gone"
    assert not stale.get(address(chat, "story")).has_header("Cache-Control")
