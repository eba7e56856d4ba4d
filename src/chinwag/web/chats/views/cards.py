"""The pictures that go with links to this site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from chinwag.web.chats import access
from chinwag.web.chats.queries.cards import Card, draw_card

_AGE = 24 * 60 * 60  # seconds for which others may keep a picture


@require_safe
def show_site_card(_request: HttpRequest) -> HttpResponse:
    """Show the picture of the whole site."""
    return _answer(Card("Chinwag", "", ""), is_public=True)


@require_safe
def show_series_card(request: HttpRequest, series: str) -> HttpResponse:
    """Show the picture of a series."""
    found = access.find_series(request.user, series)
    return _answer(Card(found.name, f"#{found.hashtag}", ""), is_public=found.is_public)


@require_safe
def show_chat_card(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show the picture of a chat and of its story."""
    chat = access.find_chat(request.user, series, day)
    held = date_format(chat.starts_at, "j F Y")
    card = Card(chat.title, f"#{chat.series.hashtag} · {chat.series.name}", held)
    return _answer(card, is_public=chat.series.is_public)


def _answer(card: Card, *, is_public: bool) -> HttpResponse:
    answer = HttpResponse(draw_card(card), content_type="image/png")
    answer["Cache-Control"] = f"public, max-age={_AGE}" if is_public else "private, no-store"
    return answer
