"""Whoever asks too often is refused in words, each kind and each visitor by themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django.fixtures import Settings

from chinwag.web.chats.models import Chat
from chinwag.web.intake import find_sender
from chinwag.web.settings import LIMITS

STORY = "/stackschat/2026-10-13/story/story.md"


@pytest.fixture(autouse=True)
def two_of_each(settings: Settings) -> Iterator[None]:
    caches["limits"].clear()
    settings.LIMITS = dict.fromkeys(LIMITS, (2, 100000))
    yield
    caches["limits"].clear()


def ask(browser: Client, times: int, address: str) -> list[int]:
    return [browser.get(address).status_code for _ in range(times)]


def test_searches_downloads_and_forms_are_counted_apart(
    chat: Chat, as_role: dict[str, Client]
) -> None:
    reader = Client()
    assert ask(reader, 3, "/search?q=library") == [200, 200, 429]
    assert ask(reader, 3, STORY) == [200, 200, 429]
    assert ask(reader, 3, "/stackschat/2026-10-13/archive/") == [200, 200, 200]
    host, plan = as_role["host"], "/desk/stackschat/new"
    assert [host.post(plan).status_code for _ in range(3)] == [200, 200, 429]
    assert [host.post("/desk/stackschat/import").status_code for _ in range(3)] == [200, 200, 429]
    assert ask(host, 3, plan) == [200, 200, 200]


def test_a_refusal_says_what_to_do_and_spares_everybody_else(
    chat: Chat, as_role: dict[str, Client]
) -> None:
    ask(Client(), 2, "/search?q=library")
    refused = Client().get("/search?q=library")
    assert (refused.status_code, refused["Retry-After"]) == (429, "100000")
    assert "try again: nothing was changed" in refused.content.decode()
    assert ask(Client(REMOTE_ADDR="203.0.113.9"), 1, "/search?q=library") == [200]
    assert ask(as_role["helper"], 3, "/search?q=library") == [200, 200, 429]
    assert ask(as_role["host"], 1, "/search?q=library") == [200]


@pytest.mark.parametrize(
    ("forwarded", "proxies", "sender"),
    [
        ("198.51.100.1", 0, "203.0.113.9"),
        ("198.51.100.1, 192.0.2.7", 1, "192.0.2.7"),
        ("198.51.100.1, 192.0.2.7", 2, "198.51.100.1"),
        ("192.0.2.7", 2, "203.0.113.9"),
        ("", 1, "203.0.113.9"),
    ],
)
def test_a_visitor_is_who_the_outermost_of_our_proxies_saw(
    forwarded: str, proxies: int, sender: str
) -> None:
    assert find_sender("203.0.113.9", forwarded, proxies) == sender
