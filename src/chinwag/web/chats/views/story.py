"""The story, as the library rendered it, and its files."""

from __future__ import annotations

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from chinwag.web.chats import access
from chinwag.web.chats.models import Chat, StoryPage
from chinwag.web.chats.queries.downloads import NAMES, find_download
from chinwag.web.chats.queries.posts import choose_catalogue
from chinwag.web.chats.views.sharing import share_story, write_address


@require_safe
def show_story(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show the story in the reader's language where it was made, else in any."""
    chat = access.find_chat_with_story(request.user, series, day)
    shown = {
        "chat": chat,
        "series": chat.series,
        "tab": "story",
        "page": choose_page(chat),
        "embed": write_address(reverse("embed_story", args=[series, day])),
        "shared": share_story(chat),
    }
    return render(request, "chats/story.html", shown)


def choose_page(chat: Chat, *, is_draft: bool = False) -> StoryPage:
    """Return a chat's story in the language of this request, else in any. Raises Http404.

    The draft is another page only where something was written since the story was published.
    """
    found = chat.story_pages.filter(is_draft=is_draft)
    pages = {page.language: page for page in found}
    wanted = choose_catalogue(get_language() or "en")
    page = pages.get(wanted) or next(iter(pages.values()), None)
    if page is None:
        raise Http404
    return page


# The page to print brings its own style, and lets it in by its digest.
@csp_replace({"style-src": [UNSAFE_INLINE], "script-src": [NONE]})  # type: ignore[arg-type]
@require_safe
def hand_out(request: HttpRequest, series: str, day: str, name: str) -> HttpResponse:
    """Hand out a file of the story."""
    chat = access.find_chat_with_story(request.user, series, day)
    path = find_download(settings.SITE.stories, chat, name)
    if path is None:
        raise Http404
    answer = HttpResponse(path.read_bytes(), content_type=NAMES[name])
    if name != "print.html":
        answer["Content-Disposition"] = f'attachment; filename="{series}-{day}-{name}"'
    return answer
