"""What others are told of a page: pictures, schema.org, oEmbed, and pages inside theirs."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from tests.web.conftest import DAY

from chinwag.web.chats.models import Chat, EntryKind
from chinwag.web.chats.queries.cards import Card, draw_card

CHAT = f"/stackschat/{DAY}/"
HOME = "http://127.0.0.1:8000"
HOSTILE = "</script><script>document.title = 'taken'</script>"


def read_data(address: str) -> Any:
    page = Client().get(address).content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(block)


def name(chat: Chat, kind: str) -> str:
    return chat.entries.filter(kind=kind).order_by("id")[2].public


def test_search_engines_are_told_what_a_page_is(chat: Chat) -> None:
    Chat.objects.update(topic=HOSTILE)
    assert read_data("/")["@type"] == "WebSite"
    assert read_data("/stackschat/")["@type"] == "EventSeries"
    event = read_data(CHAT)
    assert (event["@type"], event["name"]) == ("Event", "Libraries after dark")
    assert event["description"] == HOSTILE
    assert event["startDate"] == chat.starts_at.isoformat()
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    story = read_data(f"{CHAT}story/")
    assert (story["@type"], story["url"]) == ("Article", f"{HOME}{CHAT}story/")
    assert story["image"] == f"{HOME}{CHAT}card.png"


def test_a_page_names_itself_and_its_picture(chat: Chat) -> None:
    page = Client().get(f"{CHAT}story/").content.decode()
    assert f'<link rel="canonical" href="{HOME}{CHAT}story/">' in page
    assert '<meta property="og:title" content="Libraries after dark">' in page
    assert f'<meta property="og:image" content="{HOME}{CHAT}card.png">' in page


def test_pictures_are_made_of_titles(chat: Chat) -> None:
    for address in ("/card.png", "/stackschat/card.png", f"{CHAT}card.png"):
        answer = Client().get(address)
        assert answer["Content-Type"] == "image/png"
        assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    chat.series.is_public = False
    chat.series.save()
    assert Client().get(f"{CHAT}card.png").status_code == 404


@pytest.mark.parametrize(
    "title",
    ["", "x" * 3000, "word " * 200, "\u202eturned", "日本語のタイトル", "\uffff\ue000", "😀"],
)
def test_no_title_breaks_a_picture(title: str) -> None:
    assert Image.open(io.BytesIO(draw_card(Card(title, "#tag", "8 May 2026")))).format == "PNG"


def test_a_long_title_is_set_smaller_and_a_short_one_larger() -> None:
    drawn = {draw_card(Card(title, "", "")) for title in ("Doors", "Doors " * 12, "Doors " * 40)}
    assert len(drawn) == 3


def test_an_embed_may_be_framed_and_leaves_no_cookie(chat: Chat) -> None:
    point, post = name(chat, EntryKind.POINT), name(chat, EntryKind.POST)
    for path in (CHAT, f"/p/{point}", f"/p/{post}"):
        answer = Client().get(f"/embed{path}")
        assert (answer.status_code, answer.cookies) == (200, {})
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert "script-src 'none'" in answer["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer
        framed = Client().get(path)
        assert framed["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in framed["Content-Security-Policy"]


def test_an_embed_shows_what_everybody_may_read_whoever_asks(
    chat: Chat, as_role: dict[str, Client]
) -> None:
    point, post = name(chat, EntryKind.POINT), name(chat, EntryKind.POST)
    paths = [f"/embed{CHAT}", f"/embed/p/{point}", f"/embed/p/{post}"]
    Chat.objects.update(is_published=False)
    assert [as_role["owner"].get(path).status_code for path in paths] == [404, 404, 200]
    chat.series.is_public = False
    chat.series.save()
    assert [as_role["owner"].get(path).status_code for path in paths] == [404, 404, 404]


def test_an_embed_of_a_story_is_its_write_up_without_its_archive(chat: Chat) -> None:
    page = Client().get(f"/embed{CHAT}").content.decode()
    assert page.count("<h2>") > 8
    assert "The bus timetable is our opening hours." in page
    assert 'class="post"' not in page
    assert f'href="{HOME}{CHAT}story/"' in page


def test_others_are_told_how_to_embed(chat: Chat) -> None:
    point = name(chat, EntryKind.POINT)
    for path, inside in (
        (f"{CHAT}story/", f"/embed{CHAT}"),
        (f"/p/{point}", f"/embed/p/{point}"),
    ):
        page = Client().get(path).content.decode()
        found = re.search(r'type="application/json\+oembed"[^>]* href="([^"]+)"', page)
        assert found
        told = Client().get(found.group(1).removeprefix(HOME).replace("&amp;", "&")).json()
        assert (told["version"], told["type"], told["title"]) == (
            "1.0",
            "rich",
            "Libraries after dark",
        )
        assert f'<iframe src="{HOME}{inside}"' in told["html"]
    small = Client().get("/oembed", {"url": f"{HOME}{CHAT}story/", "maxwidth": "300"}).json()
    assert (small["width"], 'width="300"' in small["html"]) == (300, True)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 404),
        ({"url": "https://elsewhere.example/"}, 404),
        ({"url": f"{HOME}/stackschat/"}, 404),
        ({"url": f"{HOME}/nowhere/at/all"}, 404),
        ({"url": "http://[broken"}, 404),
        ({"url": f"{HOME}{CHAT}story/", "format": "xml"}, 501),
        ({"url": f"{HOME}{CHAT}story/", "maxwidth": "9" * 5000}, 200),
    ],
)
def test_what_cannot_be_embedded_is_refused(asked: dict[str, str], status: int, chat: Chat) -> None:
    assert Client().get("/oembed", asked).status_code == status


def test_a_hidden_story_is_told_of_to_nobody(chat: Chat, as_role: dict[str, Client]) -> None:
    Chat.objects.update(is_published=False)
    asked = {"url": f"{HOME}{CHAT}story/"}
    assert as_role["owner"].get("/oembed", asked).status_code == 404


def test_a_title_that_is_hostile_stays_a_title(chat: Chat) -> None:
    Chat.objects.update(title=HOSTILE)
    told = Client().get("/oembed", {"url": f"{HOME}{CHAT}story/"}).json()
    assert (told["title"], "<script" in told["html"]) == (HOSTILE, False)
    assert read_data(CHAT)["name"] == HOSTILE
