"""P7: the story, as the library rendered it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from chinwag.web.chats import access
from chinwag.web.chats.queries.posts import choose_catalogue


@require_safe
def show_story(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show the story in the reader's language where it was made, else in any."""
    chat = access.find_chat_with_story(request.user, series, day)
    pages = {page.language: page for page in chat.story_pages.all()}
    wanted = choose_catalogue(get_language() or "en")
    page = pages.get(wanted) or next(iter(pages.values()), None)
    if page is None:
        raise Http404
    return render(
        request,
        "chats/story.html",
        {"chat": chat, "series": chat.series, "tab": "story", "page": page},
    )
