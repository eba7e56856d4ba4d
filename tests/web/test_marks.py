"""Marks made while reading: kept with their post, for the team alone, gone with it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import address

from chinwag.model import Edition
from chinwag.stores.folder import ChatFolder
from chinwag.web.chats.models import Chat, Entry, EntryKind, LogEntry, Mark
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.drafts import take_up_draft
from chinwag.web.site import Site
from chinwag.workflows.edit_blocks import note_blocks, read_blocks
from chinwag.workflows.make_again import make_again
from chinwag.workflows.remove_posts import remove_posts


@pytest.fixture
def post(chat: Chat) -> Entry:
    """Return a post that says something."""
    posts = chat.entries.filter(kind=EntryKind.POST).exclude(text="").exclude(speaker="")
    return posts.order_by("said_at", "id")[5]


def mark(browser: Client, post: Entry, kind: str, back: str = "") -> Any:
    said = {"post": post.own_key, "kind": kind, "back": back}
    return browser.post(address(post.chat, "mark_post"), said)


def list_marks(chat: Chat) -> list[tuple[str, str, str]]:
    marks = Mark.objects.filter(chat=chat)
    return [(one.post, one.kind, str(one.made_by)) for one in marks]


def test_a_post_is_marked_with_who_and_when_and_unmarked(
    as_role: dict[str, Client], post: Entry
) -> None:
    back = f"{address(post.chat, 'archive')}?page=1"
    assert mark(as_role["helper"], post, "idea", back)["Location"] == back
    mark(as_role["host"], post, "idea", back)
    mark(as_role["host"], post, "question")
    assert list_marks(post.chat) == [
        (post.key, "idea", "Helper"),
        (post.key, "question", "Host"),
    ]
    page = as_role["host"].get(address(post.chat, "marks"))
    groups = page.context["groups"]
    assert [(one.name, [shown.entry.key for shown in one.posts]) for one in groups] == [
        ("Idea", [post.key]),
        ("Question for next time", [post.key]),
    ]
    assert "<bdi>Helper</bdi> <time" in page.content.decode()
    assert "1 marked post" in as_role["helper"].get(reverse("desk")).content.decode()
    mark(as_role["helper"], post, "off-question")
    mark(as_role["helper"], post, "off-question")
    assert list_marks(post.chat) == [(post.key, "idea", "Helper")]
    logged = LogEntry.objects.order_by("id").values_list("action", "data")
    assert list(logged) == [
        ("marked a post", {"kind": "idea"}),
        ("marked a post", {"kind": "question"}),
        ("unmarked a post", {"kind": "question"}),
    ]


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "desk", ""])
def test_marking_leads_back_to_this_site_alone(helper: Client, post: Entry, back: str) -> None:
    answer = mark(helper, post, "offer", back)
    assert answer["Location"] == address(post.chat, "marks")


def test_every_page_on_which_a_team_reads_marks_a_post(
    helper: Client, chat: Chat, site: Site, post: Entry
) -> None:
    take_up_draft(chat, site.chats / str(chat.folder))
    mark(helper, post, "idea")
    pages = ("archive", "sort", "write", "marks")
    for page in (*(address(chat, name) for name in pages), reverse("entry", args=[post.public])):
        said = helper.get(page).content.decode()
        assert f'action="{address(chat, "mark_post")}"' in said, page
    assert 'value="off-idea" aria-pressed="true"' in said


def test_strangers_see_no_marks(as_role: dict[str, Client], post: Entry) -> None:
    mark(as_role["helper"], post, "idea")
    for role in ("stranger", "visitor", "outsider"):
        for page in (address(post.chat, "archive"), reverse("entry", args=[post.public])):
            answer = as_role[role].get(page)
            assert ("marking" in answer.content.decode(), answer.status_code) == (False, 200)
        assert as_role[role].get(address(post.chat, "archive")).cookies == {}


def test_a_mark_goes_with_its_post_and_no_other(
    helper: Client, chat: Chat, site: Site, post: Entry
) -> None:
    others = chat.entries.filter(kind=EntryKind.POST).exclude(author_key=post.author_key)
    other = others.exclude(text="")[0]
    mark(helper, post, "idea")
    mark(helper, other, "idea")
    remove_posts(site.chats / str(chat.folder), [post.key], at=timezone.now())
    take_up(chat, site)
    assert list_marks(chat) == [(other.key, "idea", "Helper")]
    assert mark(helper, post, "idea").status_code == 404


def test_a_mark_stays_at_the_post_of_somebody_whose_name_is_hidden(
    helper: Client, chat: Chat, site: Site, post: Entry
) -> None:
    mark(helper, post, "offer")
    root = site.chats / str(chat.folder)
    before: Edition = read_blocks(root).edition
    hiding = msgspec.structs.replace(before, hidden=(post.author,), before=before.number)
    note_blocks(root, hiding, at=timezone.now())
    make_again(root)
    take_up(chat, site)
    assert ChatFolder.open(root).read_edition() is not None
    (group,) = helper.get(address(chat, "marks")).context["groups"]
    (shown,) = group.posts
    assert (shown.entry.own_key, shown.entry.key == post.key) == (post.key, False)
    mark(helper, shown.entry, "off-offer")
    assert list_marks(chat) == []


def test_with_a_script_the_page_hears_who_marked_it(helper: Client, post: Entry) -> None:
    said = {"post": post.own_key, "kind": "idea"}
    told = helper.post(
        address(post.chat, "mark_post"), said, headers={"accept": "application/json"}
    )
    assert told.json() == {"who": "Helper"}
