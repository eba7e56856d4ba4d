"""What programs read of a series: feeds, a calendar, the map of the site."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from chinwag.web.chats import access
from chinwag.web.chats.models import Chat, Series
from chinwag.web.chats.queries.calendars import write_calendar
from chinwag.web.chats.queries.chats import list_public_chats, list_stories
from chinwag.web.chats.views.sharing import write_address

_MOST_STORIES = 20


@require_safe
def show_atom(request: HttpRequest, series: str) -> HttpResponse:
    """Show the latest stories of a series as an Atom feed (RFC 4287)."""
    found = access.find_series(request.user, series)
    return _answer_atom(request, found, found.name, access.list_chats(found))


@require_safe
def show_tag_atom(
    request: HttpRequest, series: str, tag: str, *, is_category: bool
) -> HttpResponse:
    """Show the latest stories of a category or with a tag as an Atom feed."""
    found = access.find_series(request.user, series)
    about = access.find_tag(found, tag, is_category=is_category)
    chats = access.list_chats(found).filter(tags=about)
    return _answer_atom(request, found, f"{found.name}: {about.name}", chats)


@require_safe
def show_json_feed(request: HttpRequest, series: str) -> HttpResponse:
    """Show the latest stories of a series as a JSON feed (jsonfeed.org, version 1.1)."""
    found = access.find_series(request.user, series)
    items = [_write_item(chat) for chat in _list_latest_stories(access.list_chats(found))]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": found.name,
        "description": found.about,
        "language": found.language,
        "home_page_url": write_address(reverse("series", args=[series])),
        "feed_url": write_address(request.path),
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
    sitemap = f"Sitemap: {write_address(reverse('sitemap'))}"
    return HttpResponse("\n".join((*lines, sitemap, "")), content_type="text/plain")


def _answer_atom(
    request: HttpRequest, series: Series, title: str, chats: QuerySet[Chat]
) -> HttpResponse:
    feed = Atom1Feed(
        title=title,
        link=write_address(reverse("series", args=[series.slug])),
        description=series.about,
        language=series.language,
        feed_url=write_address(request.path),
    )
    for chat in _list_latest_stories(chats):
        feed.add_item(
            title=chat.title,
            link=_find_story(chat),
            description=chat.topic or chat.title,
            unique_id=_find_story(chat),
            pubdate=chat.ends_at,
            updateddate=chat.indexed_at,
            categories=[tag.name for tag in chat.tags.all()],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")


def _list_latest_stories(chats: QuerySet[Chat]) -> QuerySet[Chat]:
    return list_stories(chats).prefetch_related("tags")[:_MOST_STORIES]


def _write_item(chat: Chat) -> dict[str, Any]:
    return {
        "id": _find_story(chat),
        "url": _find_story(chat),
        "title": chat.title,
        "tags": [tag.name for tag in chat.tags.all()],
        "content_text": chat.topic or chat.title,
        "date_published": chat.ends_at.isoformat(),
        "date_modified": (chat.indexed_at or chat.ends_at).isoformat(),
    }


def _find_story(chat: Chat) -> str:
    return write_address(reverse("story", args=[chat.series.slug, chat.slug]))


def _address() -> str:
    return write_address("")


def _answer_calendar(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
