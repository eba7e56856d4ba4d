"""What a page says of itself to whoever shares it: title, words, picture, schema.org."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chinwag.web.chats.models import Chat, ChatState, Series

_MOST_WORDS = 40
_STATES = {ChatState.CANCELLED: "EventCancelled"}


class Shared(NamedTuple):
    """What stands in a page's head. `data` is schema.org's, `oembed` the address of its embed."""

    address: str
    title: str
    words: str
    site: str
    kind: str
    picture: str
    oembed: str = ""
    data: dict[str, Any] | None = None


def write_address(path: str) -> str:
    """Return the whole address of a path of this site."""
    return f"{settings.SITE.address}{path}"


def share_site() -> Shared:
    """Return what the site's front page says."""
    search = f"{write_address(reverse('search'))}?q={{words}}"
    return Shared(
        address=write_address(reverse("site")),
        title=_("Chats on this site"),
        words=_("The chats of these series: stories, archives, figures and a search."),
        site="Chinwag",
        kind="website",
        picture=write_address(reverse("site_card")),
        data={
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": "Chinwag",
            "url": write_address(reverse("site")),
            "potentialAction": {
                "@type": "SearchAction",
                "target": search,
                "query-input": "required name=words",
            },
        },
    )


def share_series(series: Series, path: str, title: str = "") -> Shared:
    """Return what a page of a series says; `title` is "" for its front page."""
    return Shared(
        address=write_address(path),
        title=title or series.name,
        words=_shorten(series.about) or f"#{series.hashtag}",
        site=series.name,
        kind="website",
        picture=write_address(reverse("series_card", args=[series.slug])),
        data=None if title else _describe_series(series),
    )


def share_chat(chat: Chat, path: str, title: str = "", *, oembed: bool = False) -> Shared:
    """Return what a page of a chat says; `title` is "" for the chat's own page."""
    address = write_address(path)
    return Shared(
        address=address,
        title=title or chat.title,
        words=_describe_words(chat),
        site=chat.series.name,
        kind="article",
        picture=write_address(reverse("chat_card", args=[chat.series.slug, chat.slug])),
        oembed=_find_oembed(address) if oembed else "",
        data=None if title else _describe_event(chat),
    )


def share_story(chat: Chat) -> Shared:
    """Return what a story's page says."""
    path = reverse("story", args=[chat.series.slug, chat.slug])
    about = share_chat(chat, path, chat.title, oembed=True)
    return about._replace(data=_describe_story(chat, about))


def _find_oembed(address: str) -> str:
    return f"{write_address(reverse('oembed'))}?{urlencode({'url': address})}"


def count_speech(chat: Chat) -> tuple[str, str]:
    """Return in words how many people wrote in a chat, and how many posts."""
    people = ngettext("%(people)s person", "%(people)s people", chat.people)
    posts = ngettext("%(posts)s post", "%(posts)s posts", chat.posts)
    return people % {"people": chat.people}, posts % {"posts": chat.posts}


def _describe_words(chat: Chat) -> str:
    if chat.posts:
        people, posts = count_speech(chat)
        said = _("%(people)s wrote %(posts)s under #%(tag)s.") % {
            "people": people,
            "posts": posts,
            "tag": chat.series.hashtag,
        }
        return f"{_shorten(chat.topic)} {said}".strip()
    return _shorten(chat.topic) or f"#{chat.series.hashtag}"


def _shorten(words: str) -> str:
    return Truncator(" ".join(words.split())).words(_MOST_WORDS)


def _describe_series(series: Series) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "EventSeries",
        "name": series.name,
        "description": series.about,
        "url": write_address(reverse("series", args=[series.slug])),
    }


def _describe_event(chat: Chat) -> dict[str, Any]:
    address = write_address(chat.get_absolute_url())
    series = chat.series
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": chat.title,
        "description": chat.topic or f"#{series.hashtag}",
        "url": address,
        "startDate": chat.starts_at.isoformat(),
        "endDate": chat.ends_at.isoformat(),
        "eventStatus": "https://schema.org/" + _STATES.get(ChatState(chat.state), "EventScheduled"),
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": address},
        "isAccessibleForFree": True,
        "superEvent": {
            "@type": "EventSeries",
            "name": series.name,
            "url": write_address(reverse("series", args=[series.slug])),
        },
    }


def _describe_story(chat: Chat, about: Shared) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": chat.title,
        "description": about.words,
        "url": about.address,
        "image": about.picture,
        "inLanguage": chat.language,
        "datePublished": chat.ends_at.isoformat(),
        "dateModified": (chat.indexed_at or chat.ends_at).isoformat(),
        "author": {"@type": "Organization", "name": chat.series.name},
        "about": {"@type": "Event", "name": chat.title, "startDate": chat.starts_at.isoformat()},
    }
