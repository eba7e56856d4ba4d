"""Feeds, calendars, the map of the site and a story's files say what is public, and no more."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from chinwag.web.chats.models import Chat
from chinwag.web.chats.queries.ical import write_lines, write_text, write_zone
from chinwag.web.keeper.chats import take_up
from chinwag.web.site import Site
from chinwag.workflows.edit_chat import Particulars, edit_chat, set_particulars

STORY = "http://127.0.0.1:8000/stackschat/2026-10-13/story/"


def test_a_feed_lists_the_stories_that_are_public(chat: Chat) -> None:
    atom = Client().get("/stackschat/feed.atom").content.decode()
    assert re.findall(r"<entry>.*?<id>([^<]*)</id>", atom, re.DOTALL) == [STORY]
    feed = json.loads(Client().get("/stackschat/feed.json").content)
    assert [(item["url"], item["title"]) for item in feed["items"]] == [
        (STORY, "Libraries after dark")
    ]
    Chat.objects.update(is_published=False)
    assert b"<entry>" not in Client().get("/stackschat/feed.atom").content
    assert json.loads(Client().get("/stackschat/feed.json").content)["items"] == []


def test_a_calendar_brings_the_zone_that_its_hours_are_in(chat: Chat) -> None:
    chat.topic = "Hours; doors, and\nnights"
    chat.save(update_fields=["topic"])
    for address in ("/stackschat/calendar.ics", "/stackschat/2026-10-13/calendar.ics"):
        answer = Client().get(address)
        assert answer["Content-Type"].startswith("text/calendar")
        calendar = Calendar.from_ical(answer.content)
        assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
        (event,) = calendar.walk("VEVENT")
        assert event["dtstart"].params["tzid"] == "Europe/London"
        assert event.decoded("dtstart") == chat.starts_at.replace(microsecond=0)
        assert str(event["description"]) == chat.topic
        assert str(event["url"]) == "http://127.0.0.1:8000/stackschat/2026-10-13/"


@pytest.mark.parametrize(
    "named",
    [
        "Europe/London",
        "Europe/Dublin",
        "Africa/Casablanca",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
    ],
)
def test_the_zone_of_a_calendar_shows_the_hours_that_its_clocks_show(named: str) -> None:
    zone = ZoneInfo(named)
    first, last = datetime(2016, 1, 12, 19, tzinfo=UTC), datetime(2026, 10, 13, 18, tzinfo=UTC)
    lines = ["BEGIN:VCALENDAR", *write_zone(zone, named, [last, first]), "END:VCALENDAR"]
    written: Any = Calendar.from_ical(write_lines(lines)).walk("VTIMEZONE")[0]
    read = written.to_tz(lookup_tzid=False)
    hours = [first + timedelta(hours=number) for number in range(0, 94_300, 5)]
    assert hours[-1] > last
    assert [
        hour
        for hour in hours
        if hour.astimezone(read).utcoffset() != hour.astimezone(zone).utcoffset()
    ] == []


def test_a_line_of_a_calendar_is_short_and_says_what_was_said() -> None:
    said = "Où? Là; \\o/, and\non " + "été " * 60 + "\a\u2028end\r"
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", f"DESCRIPTION:{write_text(said)}", "END:VEVENT"]
    written = write_lines([*lines, "END:VCALENDAR"])
    assert max(map(len, written.split(b"\r\n"))) <= 75
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert str(event["description"]) == said.replace("\a", "").replace("\u2028", "").strip("\r")


def test_the_map_of_the_site_holds_what_is_public(chat: Chat) -> None:
    listed = re.findall(r"<loc>http://127.0.0.1:8000([^<]*)</loc>", _read("/sitemap.xml"))
    assert listed == [
        "/stackschat/",
        "/stackschat/2026-10-13/",
        "/stackschat/2026-10-13/story/",
        "/stackschat/2026-10-13/archive/",
    ]
    chat.series.is_public = False
    chat.series.save()
    assert "<loc>" not in _read("/sitemap.xml")
    assert "Disallow: /desk/" in _read("/robots.txt")


def test_the_files_of_a_story_are_those_of_its_folder(
    chat: Chat, site: Site, as_role: dict[str, Client]
) -> None:
    made = site.chats / str(chat.folder) / "story"
    for name in ("story.md", "story.json", "posts.csv", "bullets.csv", "story.epub", "print.html"):
        answer = Client().get(f"/stackschat/2026-10-13/story/{name}")
        assert answer.content == (made / name).read_bytes()
    for name in ("index.html", "chat.toml", "..%2fchat.toml", "story.md%00"):
        assert Client().get(f"/stackschat/2026-10-13/story/{name}").status_code == 404
    Chat.objects.update(is_published=False)
    address = "/stackschat/2026-10-13/story/story.md"
    assert [as_role[who].get(address).status_code for who in ("stranger", "helper")] == [404, 200]


def test_every_link_of_the_story_page_leads_somewhere(chat: Chat) -> None:
    address = "/stackschat/2026-10-13/story/"
    page = _read(address)
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    for link in sorted(set(re.findall(r'href="([^"]+)"', page))):
        if link.startswith("#"):
            assert link.removeprefix("#") in ids, link
        elif re.match(r"[\w.]+$", link):
            assert Client().get(address + link).status_code == 200, link
        elif link.startswith("/") and not link.startswith("/static/"):
            assert Client().get(link).status_code in (200, 302), link


def test_what_changes_in_the_folder_changes_here(chat: Chat, site: Site) -> None:
    folder = site.chats / str(chat.folder)
    titled = Particulars(title="Libraries at noon")
    now = datetime(2026, 11, 1, tzinfo=UTC)
    edit_chat(folder, lambda before: set_particulars(before, titled), at=now)
    assert take_up(chat, site)
    assert "Libraries at noon" in _read_file(site.stories / str(chat.folder) / "story.md")
    assert "Libraries at noon" in _read("/stackschat/2026-10-13/story/")


def _read(address: str) -> str:
    return Client().get(address).content.decode()


def _read_file(path: Path) -> str:
    return path.read_text("utf-8")
