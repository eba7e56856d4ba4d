"""What a page needs to follow its chat while it runs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import QueryDict
from django.utils import timezone

from chinwag.web.chats.models import Chat, ChatState, Entry

_BEFORE = timedelta(hours=1)  # for so long before the hour an open page waits for it
_OWN = ("page", "question")  # what of an address a page that shows posts by itself may have


class Live(NamedTuple):
    """Where a page hears what happens, and from which event on.

    `shows` is "here" where new posts belong on the page itself, "elsewhere" where the page shows
    something else, and leads to them by `way`. `question` is the one whose posts it shows.
    """

    address: str
    after: int
    shows: str
    way: str
    question: str


def describe_live(chat: Chat, page: Page[Entry], asked: QueryDict, language: str) -> Live | None:
    """Return how a page of a chat's posts follows the chat; None where nothing is to come."""
    if not is_followed(chat):
        return None
    is_plain = not any(value for name, value in asked.items() if name not in _OWN)
    is_last = page.number == page.paginator.num_pages
    address = f"{chat.get_absolute_url()}live"
    return Live(
        address=f"{address}?{urlencode({'language': language})}",
        after=chat.last_seq,
        shows="here" if is_plain and is_last else "elsewhere",
        way=f"{chat.get_absolute_url()}archive/?page={page.paginator.num_pages}",
        question=asked.get("question", "") if is_plain else "",
    )


def is_followed(chat: Chat, now: datetime | None = None) -> bool:
    """Return whether posts are to come: the chat runs, or is about to."""
    now = now or timezone.now()
    is_near = chat.starts_at - _BEFORE <= now <= chat.ends_at
    return chat.state == ChatState.LIVE or (chat.state == ChatState.PLANNED and is_near)
