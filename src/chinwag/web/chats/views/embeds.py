"""A story or a point inside somebody else's page: no cookie, no login, framed from anywhere."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from chinwag.web.chats import access
from chinwag.web.chats.models import Chat, Entry, EntryKind
from chinwag.web.chats.queries.posts import show_point, show_posts
from chinwag.web.chats.views.sharing import write_address
from chinwag.web.chats.views.story import choose_page

_AGE = 24 * 60 * 60  # seconds for which an answer to oEmbed may be kept
_WIDTH, _STORY_HEIGHT, _POINT_HEIGHT = 640, 600, 260
_LEAST = 200
_STRANGER = AnonymousUser()  # whoever frames a page, it shows what everybody may read
# A page in a frame runs nothing and loads nothing but its own style.
_POLICY: dict[str, Any] = {
    "script-src": [NONE],
    "connect-src": [NONE],
    "form-action": [NONE],
    "img-src": [SELF, "data:"],
    "frame-ancestors": ["*"],
}


def _framed(view):
    """Let every page frame what this view shows."""
    return csp_replace(_POLICY)(xframe_options_exempt(require_safe(view)))


@_framed
def show_story(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show the write-up of a published story, to be framed."""
    chat = access.find_chat_with_story(_STRANGER, series, day)
    page = choose_page(chat)
    whole = write_address(reverse("story", args=[series, day]))
    shown = {"chat": chat, "series": chat.series, "page": page, "whole": whole}
    return render(request, "chats/embed_story.html", shown)


@_framed
def show_entry(request: HttpRequest, public: str) -> HttpResponse:
    """Show one point or one post, to be framed."""
    entry = access.find_entry(_STRANGER, public)
    language = get_language() or "en"
    shown: dict[str, Any] = {"chat": entry.chat, "series": entry.chat.series}
    shown["whole"] = write_address(reverse("entry", args=[public]))
    if entry.kind == EntryKind.POINT:
        shown["point"] = show_point(entry, language)
        return render(request, "chats/embed_point.html", shown)
    if entry.kind != EntryKind.POST:
        raise Http404
    (shown["post"],) = show_posts([entry], language)
    return render(request, "chats/embed_post.html", shown)


@require_safe
def tell_oembed(request: HttpRequest) -> HttpResponse:
    """Tell how an address of this site is shown inside another page (oembed.com, version 1.0)."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=501)
    kind, found = _find_shown(request.GET.get("url", ""))
    is_story = kind == "story"
    chat = cast(Chat, found) if is_story else cast(Entry, found).chat
    path = (
        reverse("embed_story", args=[chat.series.slug, chat.slug])
        if is_story
        else reverse("embed_entry", args=[cast(Entry, found).public])
    )
    width = _choose_size(request.GET.get("maxwidth"), _WIDTH)
    height = _choose_size(
        request.GET.get("maxheight"), _STORY_HEIGHT if is_story else _POINT_HEIGHT
    )
    frame = format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"'
        ' sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>',
        write_address(path),
        width,
        height,
        chat.title,
    )
    answer = JsonResponse(
        {
            "version": "1.0",
            "type": "rich",
            "provider_name": chat.series.name,
            "provider_url": write_address(reverse("series", args=[chat.series.slug])),
            "title": chat.title,
            "cache_age": _AGE,
            "thumbnail_url": write_address(
                reverse("chat_card", args=[chat.series.slug, chat.slug])
            ),
            "thumbnail_width": 1200,
            "thumbnail_height": 630,
            "html": frame,
            "width": width,
            "height": height,
        }
    )
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _find_shown(address: str) -> tuple[str, Chat | Entry]:
    """Return what stands at an address of this site, for everybody. Raises Http404."""
    ours = urlsplit(write_address("/"))
    try:
        parts = urlsplit(address)
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        raise Http404 from None
    if (parts.scheme, parts.netloc) != (ours.scheme, ours.netloc):
        raise Http404
    if found.url_name in ("story", "embed_story", "chat"):
        given = found.kwargs
        chat = access.find_chat_with_story(_STRANGER, given["series"], given["day"])
        choose_page(chat)
        return "story", chat
    if found.url_name in ("entry", "embed_entry"):
        entry = access.find_entry(_STRANGER, found.kwargs["public"])
        if entry.kind in (EntryKind.POST, EntryKind.POINT):
            return "entry", entry
    raise Http404


def _choose_size(most: str | None, usual: int) -> int:
    wanted = int(most) if most and most.isascii() and most.isdigit() and len(most) < 6 else usual
    return max(_LEAST, min(wanted, usual))
