"""P21: what programs read of a series: feeds, a calendar, the map of the site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from chinwag.web.chats import access
from chinwag.web.chats.models import Chat
from chinwag.web.chats.queries.calendars import write_calendar
from chinwag.web.chats.queries.chats import list_public_chats, list_stories

_MOST_STORIES = 20


@require_safe
def show_atom(request: HttpRequest, series: str) -> HttpResponse:
    """Show the latest stories of a series as an Atom feed (RFC 4287)."""
    found = access.find_series(request.user, series)
    feed = Atom1Feed(
        title=found.name,
        link=_write_address(reverse("series", args=[series])),
        description=found.about,
        language=found.language,
        feed_url=_write_address(request.path),
    )
    for chat in list_stories(access.list_chats(found))[:_MOST_STORIES]:
        feed.add_item(
            title=chat.title,
            link=_find_story(chat),
            description=chat.topic or chat.title,
            unique_id=_find_story(chat),
            pubdate=chat.ends_at,
            updateddate=chat.indexed_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")


@require_safe
def show_json_feed(request: HttpRequest, series: str) -> HttpResponse:
    """Show the latest stories of a series as a JSON feed (jsonfeed.org, version 1.1)."""
    found = access.find_series(request.user, series)
    items = [_write_item(chat) for chat in list_stories(access.list_chats(found))[:_MOST_STORIES]]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": found.name,
        "description": found.about,
        "language": found.language,
        "home_page_url": _write_address(reverse("series", args=[series])),
        "feed_url": _write_address(request.path),
        "items": items,
    }
    return JsonResponse(feed, content_type="application/feed+json")


@require_safe
def show_calendar(request: HttpRequest, series: str) -> HttpResponse:
    """Give the chats of a series as a calendar."""
    found = access.find_series(request.user, series)
    return _answer_calendar(write_calendar(found.name, access.list_chats(found), _address()))


@require_safe
def show_chat_calendar(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Give one chat as a calendar entry."""
    chat = access.find_chat(request.user, series, day)
    return _answer_calendar(write_calendar(chat.title, [chat], _address()))


@require_safe
def show_sitemap(request: HttpRequest) -> HttpResponse:
    """List the public pages for search engines (sitemaps.org)."""
    series = access.list_series(request.user).filter(is_public=True)
    shown = {"address": _address(), "series": series, "chats": list_public_chats(series)}
    return render(request, "chats/sitemap.xml", shown, content_type="application/xml")


@require_safe
def show_robots(_request: HttpRequest) -> HttpResponse:
    """Ask robots to stay out of what is not for reading."""
    closed = ("/desk/", "/account/", "/site/", "/search", "/people/")
    lines = ("User-agent: *", *(f"Disallow: {path}" for path in closed))
    sitemap = f"Sitemap: {_write_address(reverse('sitemap'))}"
    return HttpResponse("\n".join((*lines, sitemap, "")), content_type="text/plain")


def _write_item(chat: Chat) -> dict[str, Any]:
    return {
        "id": _find_story(chat),
        "url": _find_story(chat),
        "title": chat.title,
        "content_text": chat.topic or chat.title,
        "date_published": chat.ends_at.isoformat(),
        "date_modified": (chat.indexed_at or chat.ends_at).isoformat(),
    }


def _find_story(chat: Chat) -> str:
    return _write_address(reverse("story", args=[chat.series.slug, chat.slug]))


def _write_address(path: str) -> str:
    return f"{_address()}{path}"


def _address() -> str:
    address: str = settings.SITE.address
    return address


def _answer_calendar(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
