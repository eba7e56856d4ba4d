"""A model's places for posts in doubt: cost told first, each that is taken a person's correction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.utils import timezone
from tests.engines.chat_server import ChatServer, Reply, say, serve_chat
from tests.web.conftest import address
from tests.web.test_sort import decide, follow, read_corrections
from tests.web.test_suggest import named, tell_words

from chinwag.web.chats.models import Advice, Change, Chat, Entry, EntryKind, Suggestion
from chinwag.web.keeper.advice import run_advice
from chinwag.web.keeper.drafts import take_up_draft
from chinwag.web.keeper.kinds import KINDS
from chinwag.web.site import Site
from chinwag.workflows.remove_posts import remove_posts

__all__ = ["named"]
STALE = "What it is about has changed meanwhile. Nothing was done, and the suggestion is gone."


def put_elsewhere(body: dict[str, Any]) -> Reply:
    """Answer that the first three posts in doubt belong to Q3, or one of them nowhere."""
    sent = msgspec.json.decode(body["messages"][1]["content"])
    moves = [
        {"post": number, "question": "none" if place == 2 else "3", "kind": ""}
        for place, number in enumerate(sent["doubtful"][:3])
    ]
    return say(msgspec.json.encode({"placed": moves}).decode())


@pytest.fixture
def server(named: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    """Return the model that the settings name."""
    with serve_chat(put_elsewhere) as server:
        monkeypatch.setenv("CHINWAG_MODEL_ADDRESS", server.address)
        yield server


def go(host: Client, chat: Chat, do: str, site: Site) -> Advice:
    """Press a button of the page, and let the keeper do what is due."""
    host.post(address(chat, "place_advice"), {"do": do}, follow=True)
    for due in KINDS["advice"].list_due():
        run_advice(due, site)
    return Advice.objects.latest("id")


@pytest.fixture
def suggested(host: Client, draft: Chat, site: Site, server: ChatServer) -> list[Suggestion]:
    """Return what the model suggests, once it was asked."""
    assert go(host, draft, "count", site).state == "found"
    assert go(host, draft, "ask", site).state == "done"
    return list_open(draft)


def list_open(chat: Chat) -> list[Suggestion]:
    return list(Suggestion.objects.filter(advice__chat=chat, state="open"))


def find_post(chat: Chat, row: Suggestion) -> Entry:
    return chat.entries.get(kind=EntryKind.POST, key=row.body["post"])


def answer(browser: Client, chat: Chat, row: Suggestion, do: str) -> Any:
    said, asked = {"do": do}, {"Accept": "application/json"}
    return browser.post(address(chat, "decide_suggestion", row.pk), said, headers=asked)


def test_what_it_costs_is_told_before_anything_is_sent(
    host: Client, draft: Chat, site: Site, server: ChatServer
) -> None:
    advice = go(host, draft, "count", site)
    assert (advice.task, advice.state, server.asked) == ("place", "found", [])
    page = tell_words(host.get(address(draft, "place_advice")).content.decode())
    told = advice.estimate
    sent = f"the words of {told['posts']} posts, {told['letters']} characters."
    assert f"Sent to {server.address}: {sent}" in page
    assert f"It costs at most about {told['cost']:.2f} USD." in page
    assert "Nothing is asked yet" in host.get(address(draft, "advice")).content.decode()


def test_it_suggests_at_the_posts_and_changes_nothing(
    host: Client, helper: Client, draft: Chat, site: Site, suggested: list[Suggestion]
) -> None:
    assert [row.kind for row in suggested] == ["place"] * len(suggested)
    assert suggested
    assert (Change.objects.count(), read_corrections(site, draft)) == (0, ())
    page = helper.get(address(draft, "sort"), {"suggested": "on"})
    shown = {
        one.post.entry.key: (one.suggested.pk, one.suggested.question)
        for one in page.context["items"]
    }
    assert shown == {row.body["post"]: (row.pk, row.body["question"] or "") for row in suggested}
    assert page.context["may_ask"] is False
    assert host.get(address(draft, "sort")).context["may_ask"] is True
    assert helper.get(address(draft, "write")).context["suggested"].all == 0


def test_one_by_one_they_are_taken_or_left(
    helper: Client, draft: Chat, site: Site, suggested: list[Suggestion]
) -> None:
    first, second, *_ = suggested
    post = find_post(draft, first)
    told = answer(helper, draft, first, "take").json()
    assert told["said"] == "The post is placed."
    post.refresh_from_db()
    assert (post.question, post.placed_by) == (first.body["question"] or "", "person")
    assert answer(helper, draft, second, "leave").json() == {"said": "The suggestion is left."}
    assert answer(helper, draft, first, "take").status_code == 409
    follow(site, draft)
    (noted,) = read_corrections(site, draft)
    assert (noted.post, noted.question, noted.who) == (post.key, first.body["question"], "Helper")
    helper.post(told["take_back"])
    post = draft.entries.get(kind=EntryKind.POST, key=post.key)  # indexed anew meanwhile
    assert (post.question, post.placed_by) == (first.seen["question"], first.seen["by"])
    page = helper.get(address(draft, "sort"))
    assert page.context["suggested"][1:] == (1, 1, 0)


def test_all_together_become_one_persons_corrections(
    helper: Client, draft: Chat, site: Site, suggested: list[Suggestion]
) -> None:
    said = {"task": "place", "do": "take"}
    page = helper.post(address(draft, "decide_all"), said, follow=True)
    assert page.redirect_chain[-1][0] == address(draft, "sort")
    follow(site, draft)
    noted = {one.post: (one.question, one.who) for one in read_corrections(site, draft)}
    assert noted == {row.body["post"]: (row.body["question"], "Helper") for row in suggested}
    assert list_open(draft) == []


def test_all_can_be_left(helper: Client, draft: Chat, suggested: list[Suggestion]) -> None:
    helper.post(address(draft, "decide_all"), {"do": "leave"})
    assert list_open(draft) == suggested  # that was about the draft
    helper.post(address(draft, "decide_all"), {"task": "place", "do": "leave"})
    assert (list_open(draft), Change.objects.count()) == ([], 0)


def test_what_a_person_placed_meanwhile_stays(
    helper: Client, draft: Chat, suggested: list[Suggestion]
) -> None:
    first, second, *_ = suggested
    decide(helper, draft, find_post(draft, first), "1")
    first.refresh_from_db()
    assert (first.state, first.body) == ("left", {})
    chat_entry = find_post(draft, second)
    chat_entry.question, chat_entry.placed_by = "1", "reply"
    chat_entry.save()
    refused = answer(helper, draft, second, "take")
    assert (refused.status_code, refused.json()["said"]) == (409, STALE)
    chat_entry.refresh_from_db()
    assert chat_entry.question == "1"


def test_of_a_removed_post_nothing_stays(
    draft: Chat, site: Site, suggested: list[Suggestion]
) -> None:
    root, row = site.chats / str(draft.folder), suggested[0]
    post = row.body["post"]
    remove_posts(root, [post], at=timezone.now() - timedelta(seconds=1))
    take_up_draft(draft, root)
    row.refresh_from_db()
    assert (row.state, row.why, row.body) == ("stale", "suggestion-gone", {})
    assert post not in str(list(Advice.objects.values_list("decisions", flat=True)))


def test_only_hosts_ask(helper: Client, draft: Chat, server: ChatServer) -> None:
    assert helper.post(address(draft, "place_advice"), {"do": "count"}).status_code == 403
    assert not Advice.objects.exists()
