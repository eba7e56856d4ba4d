"""What chats are about, and addresses that lead on for ever."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from chinwag.web.chats.models import Chat, LogEntry, Series, Tag, name_public

ABOUT = "/desk/stackschat/2026-10-13/about"
PLAN = {"title": "Weeding", "topic": "What goes", "starts_at": "2027-07-01T19:00", "minutes": 60}


def list_chats(address: str) -> list[str]:
    page = Client().get(address)
    assert page.status_code == 200, address
    return re.findall(r'<li><a href="[^"]+"><bdi>([^<]+)</bdi></a>\n', page.content.decode())


@pytest.fixture
def owner(as_role: dict[str, Client]) -> Client:
    return as_role["owner"]


def set_categories(owner: Client, words: str) -> None:
    page = owner.get("/desk/stackschat/settings")
    fields = {name: value for name, value in page.context["form"].initial.items() if value}
    kept = owner.post("/desk/stackschat/settings", {**fields, "categories": words})
    assert kept.status_code == 302, kept.context["form"].errors


def test_chats_are_found_by_tag_and_category(chat: Chat, owner: Client) -> None:
    set_categories(owner, "Work, Reading , work")
    assert list(Tag.objects.values_list("name", "is_category")) == [
        ("Reading", True),
        ("Work", True),
    ]
    kept = owner.post(ABOUT, {"topic": "", "category": "Work", "tags": "Öffnungszeiten, evenings"})
    assert kept.status_code == 302
    for address in (
        "/stackschat/categories/work",
        "/stackschat/tags/evenings",
        "/stackschat/tags/öffnungszeiten",
    ):
        assert list_chats(address) == ["Libraries after dark"]
        assert b"<entry>" in Client().get(f"{address}/feed.atom").content
    assert Client().get("/stackschat/tags/work").status_code == 404
    page = Client().get("/stackschat/chats").content.decode()
    assert re.findall(r"<bdi>(\w+)</bdi></a> <span class=\"count\">1", page) == [
        "Work",
        "evenings",
        "Öffnungszeiten",
    ]
    assert b"evenings" in Client().get("/stackschat/feed.json").content
    assert b'term="evenings"' in Client().get("/stackschat/feed.atom").content


def test_a_tag_that_no_chat_has_is_gone(chat: Chat, owner: Client) -> None:
    owner.post(ABOUT, {"topic": "", "tags": "evenings, doors"})
    owner.post(ABOUT, {"topic": "", "tags": "Doors"})
    assert list(Tag.objects.values_list("name", flat=True)) == ["doors"]
    assert Client().get("/stackschat/tags/evenings").status_code == 404
    set_categories(owner, "Work")
    owner.post(ABOUT, {"topic": "", "category": "Work", "tags": ""})
    set_categories(owner, "")
    assert (Tag.objects.count(), chat.tags.count()) == (0, 0)


def test_names_of_signs_alone_have_addresses_of_their_own(chat: Chat, owner: Client) -> None:
    owner.post(ABOUT, {"topic": "", "tags": "?!, ¿?"})
    addresses = [tag.get_absolute_url() for tag in Tag.objects.all()]
    assert len(set(addresses)) == 2
    assert [list_chats(address) for address in addresses] == [["Libraries after dark"]] * 2


def test_what_a_folder_says_of_a_chat_is_not_asked(chat: Chat, owner: Client) -> None:
    assert list(owner.get(ABOUT).context["form"].fields) == ["topic", "tags"]
    owner.post(ABOUT, {"title": "Another", "topic": "Doors", "tags": ""})
    chat.refresh_from_db()
    assert (chat.title, chat.topic, chat.slug) == ("Libraries after dark", "Doors", "2026-10-13")


def test_a_chat_that_moves_is_found_at_its_old_address_for_ever(
    series: Series, owner: Client
) -> None:
    owner.post("/desk/stackschat/new", PLAN)
    moved = owner.post(
        "/desk/stackschat/2027-07-01/about", PLAN | {"starts_at": "2027-07-08T19:00"}
    )
    assert moved["Location"] == "/stackschat/2027-07-08/"
    again = owner.post(
        "/desk/stackschat/2027-07-08/about", PLAN | {"starts_at": "2027-07-15T19:00"}
    )
    assert again["Location"] == "/stackschat/2027-07-15/"
    for old in ("2027-07-01", "2027-07-08"):
        led = Client().get(f"/stackschat/{old}/calendar.ics?x=1")
        assert (led.status_code, led["Location"]) == (
            301,
            "/stackschat/2027-07-15/calendar.ics?x=1",
        )
    other = owner.post("/desk/stackschat/new", PLAN)
    assert other["Location"] == "/stackschat/2027-07-01-2/"
    back = owner.post("/desk/stackschat/2027-07-15/about", PLAN)
    assert back["Location"] == "/stackschat/2027-07-01-3/"


def test_an_old_address_of_a_series_leads_on_and_nobody_takes_it(
    series: Series, as_role: dict[str, Client]
) -> None:
    owner = as_role["site-owner"]
    fields = {"name": "Stacks", "hashtag": "stackschat", "time_zone": "UTC", "language": "en"}
    public = {**fields, "is_public": "on"}
    owner.post("/desk/stackschat/settings", {**public, "slug": "stacks"})
    owner.post("/desk/stacks/settings", {**public, "slug": "shelves"})
    led = Client().get("/stackschat/2026-10-13/archive/?page=2", follow=True)
    assert led.redirect_chain == [("/shelves/2026-10-13/archive/?page=2", 301)]
    taken = owner.post("/site/series", {**fields, "slug": "stackschat"})
    assert b"Another series had this address." in taken.content
    owner.post("/desk/shelves/settings", {**public, "slug": "stackschat"})
    assert Client().get("/stackschat/").status_code == 200
    assert Client().get("/stacks/")["Location"] == "/stackschat/"
    assert LogEntry.objects.filter(action="changed settings").count() == 3


def test_an_address_that_moved_tells_nothing_of_what_is_hidden(
    series: Series, as_role: dict[str, Client]
) -> None:
    fields = {"name": "Stacks", "hashtag": "stackschat", "time_zone": "UTC", "language": "en"}
    as_role["owner"].post("/desk/stackschat/settings", {**fields, "slug": "stacks"})
    led = Client().get("/stackschat/", follow=True)
    assert led.status_code == 404


def test_the_short_names_of_posts_stay_when_a_series_moves(
    chat: Chat, as_role: dict[str, Client]
) -> None:
    before = name_public(chat, "post", "1")
    Series.objects.filter(pk=chat.series_id).update(slug="moved")
    assert name_public(Chat.objects.get(pk=chat.pk), "post", "1") == before
