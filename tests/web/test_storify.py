"""What Storify left behind goes on: its export or a scrape becomes a story, edited and shared on."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from tests.blogs.memory_blog import MemoryBlog
from tests.web.conftest import address
from tests.web.test_imports import APRIL, SAID, bring, decide, look
from tests.web.test_share import connect, do_due, keep, shelf
from tests.web.test_write import change, list_points

from chinwag.model import PointBlock
from chinwag.stores.folder import ChatFolder
from chinwag.web.chats.models import Chat, Series
from chinwag.web.site import Site

__all__ = ["shelf"]

INTRODUCTION = "Thirteen people, two rooms and one key."
OPENING = "Fourteen years ago we met about two empty rooms."


def write_export() -> tuple[str, bytes]:
    """Return a story as Storify gave it to its author, with words of the author's own."""
    elements: list[dict[str, object]] = [
        {"type": "text", "permalink": "", "data": {"text": f"<p>{INTRODUCTION}</p>"}, "source": {}}
    ]
    for number, (author, text) in enumerate(SAID):
        at = APRIL + timedelta(minutes=5 * number)
        elements.append(
            {
                "type": "quote",
                "permalink": f"http://twitter.com/{author}/status/20070000000000{number:04}",
                "posted_at": f"{at:%Y-%m-%dT%H:%M:%S.000Z}",
                "source": {"name": "twitter", "username": author, "href": "http://twitter.com"},
                "attribution": {"name": author.capitalize(), "username": author},
                "data": {"quote": {"username": author, "text": text}},
                "meta": {},
            }
        )
    story = {
        "sid": "s",
        "title": "Two rooms",
        "permalink": "http://storify.com/host/two-rooms",
        "elements": elements,
    }
    return "two-rooms.json", json.dumps({"code": 200, "content": story}).encode()


def write_scrape() -> tuple[str, bytes]:
    """Return what people saved of its pages: three columns, minutes alone, no ids."""
    rows = StringIO()
    table = csv.writer(rows)
    table.writerow(("time", "username", "text"))
    for number, (author, text) in enumerate(SAID):
        at = APRIL + timedelta(minutes=5 * number)
        table.writerow((f"{at:%m/%d/%y %H:%M}", author, text))
    return "two-rooms.csv", rows.getvalue().encode()


@pytest.mark.parametrize(
    ("file", "format_"), [(write_export(), "storify-json"), (write_scrape(), "storify-csv")]
)
def test_a_storify_becomes_a_story_that_is_edited_and_shared_on(
    as_role: dict[str, Client],
    series: Series,
    site: Site,
    shelf: MemoryBlog,
    file: tuple[str, bytes],
    format_: str,
) -> None:
    host = as_role["host"]
    brought = look(bring(host, reverse("imports", args=[series.slug]), file), site)
    assert [one["format"] for one in brought.found[0]["files"]] == [format_]
    decide(host, brought, do="keep", **{"into-0": "new"})
    look(brought, site)
    chat = Chat.objects.get(pk=brought.made[0])
    if format_ == "storify-json":  # which tells a story, and not posts alone
        assert brought.found[0]["notes"][0][0]["code"] == "story-told"
        assert chat.title == "Two rooms"
        assert INTRODUCTION in host.get(address(chat, "write")).content.decode()
    assert (chat.posts, chat.people) == (6, 4)

    exams = next(row for row in list_points(chat, "1") if "exams" in row.body["bullet"]["text"])
    shorter = "a quiet room for exams"
    assert change(host, chat, exams, "word", text=shorter).json() == {"revision": 2}
    host.post(address(chat, "add_block"), {"kind": "paragraph", "text": OPENING})
    host.post(address(chat, "publish_story"), {"do": "publish"})
    chat = keep(site, chat)
    edition = ChatFolder.open(site.chats / str(chat.folder)).read_edition()
    assert edition is not None
    points = [one.bullet for one in edition.blocks if isinstance(one, PointBlock)]
    assert [(one.author, one.origin) for one in points if one.text == shorter] == [
        ("ben", "quoted")
    ]

    page = host.get(address(chat, "share")).content.decode()
    assert f"{chat.get_absolute_url()}story/" in page
    for name in ("story.html", "story.md", "print.html"):
        assert address(chat, "story_file", name) in page
        shared = Client().get(address(chat, "story_file", name)).content.decode()
        assert (OPENING in shared, shorter in shared) == (True, True)
    packed = ZipFile(BytesIO(Client().get(address(chat, "story_file", "story.zip")).content))
    (index,) = (name for name in packed.namelist() if name.endswith("index.html"))
    assert OPENING in packed.read(index).decode()

    account = connect(as_role["owner"], chat, "https://blog.example")
    host.post(address(chat, "publish_on_blog", account.pk), {"tags": "a", "publish": "on"})
    do_due("publication", site)
    assert (OPENING in shelf.only.html, shorter in shelf.only.html) == (True, True)
