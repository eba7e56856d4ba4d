"""Resources shared on a question: addresses without tracking, and the posts that share them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chinwag.model import Placement, Post, SharedLink
from chinwag.steps.reading.appended import find_appended
from chinwag.steps.reading.read_post import ReadPost
from chinwag.text.links import find_links, strip_tracking

_NO_RESOURCE_KINDS = frozenset({"announcement", "spam", "housekeeping", "question"})
_PICTURE = re.compile(
    r"pic\.twitter\.com/|pbs\.twimg\.com/|/photo/\d+$|/video/\d+$|twitpic\.com/|yfrog\.com/"
    r"|instagram\.com/p/|giphy\.com/|tenor\.com/|\.(?:gif|jpe?g|png|webp)(?:\?|$)",
    re.IGNORECASE,
)
_POST = re.compile(
    r"//(?:www\.|mobile\.)?(?:twitter|x)\.com/\w+/status|//bsky\.app/profile/\S+/post/"
)
_SHORT_LINK = re.compile(r"^https?://t\.co/", re.IGNORECASE)


def gather_links(
    placed: Iterable[tuple[ReadPost, Placement]], *, appended: bool = False
) -> tuple[SharedLink, ...]:
    """Return the resources of a question, the most shared first, then in order of appearance.

    Pictures, other posts and the chat's own announcements are no resources; with `appended`
    (`appends_links`) neither is a short link with which a post ends and which nothing leads up to.
    """
    sharers: dict[str, list[str]] = {}
    for read, placement in placed:
        if placement.kind in _NO_RESOURCE_KINDS or read.is_silent:
            continue
        post = read.post
        last = find_appended(post) if appended else ""
        for link in dict.fromkeys(map(strip_tracking, _find_addresses(post))):
            if link != last and _is_resource(link, post):
                sharers.setdefault(link, []).append(post.id)
    order = {link: place for place, link in enumerate(sharers)}
    ranked = sorted(sharers, key=lambda link: (-len(sharers[link]), order[link]))
    return tuple(SharedLink(url=link, posts=tuple(sharers[link])) for link in ranked)


def _find_addresses(post: Post) -> tuple[str, ...]:
    """Return the addresses that a source tells, or else those in the text that were not cut off."""
    whole = post.text.rstrip()
    cut = find_links(whole)[-1:] if whole.endswith("…") and not whole[-2:-1].isspace() else ()
    return post.links or tuple(link for link in find_links(whole) if link not in cut)


def _is_resource(link: str, post: Post) -> bool:
    if not link.lower().startswith(("http://", "https://")):
        return False
    if _PICTURE.search(link) or _POST.search(link):
        return False
    return not (_SHORT_LINK.match(link) and post.media)
