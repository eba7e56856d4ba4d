"""What a chat folder knows of its posts on blogs; every change of it is on the disk at once."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata

from chinwag.blogs.contract import Standing
from chinwag.model import Chat, Publication
from chinwag.stores.folder import ChatFolder
from chinwag.text.html import cut_comments

_LINK = re.compile(r"<a\s[^<>]*?href=[\"']([^\"'<>]*)[\"'][^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


class Publications:
    """The lines of `published.jsonl`."""

    def __init__(self, folder: ChatFolder) -> None:
        self._folder = folder

    def find(self, blog: str) -> Publication | None:
        """Return what is known of the post on a blog, None where there has been none."""
        return next((one for one in self._folder.read_published() if one.blog == blog), None)

    def put(self, publication: Publication) -> Publication:
        """Write a publication in place of what was known of that blog; return it."""
        with self._folder.change() as change:
            others = [one for one in self._folder.read_published() if one.blog != publication.blog]
            change.write_published([*others, publication])
        return publication


def make_slug(chat: Chat, blog: str) -> str:
    """Return what the post's address ends in: the same for a chat on a blog, and no other's."""
    start = chat.window.start.isoformat() if chat.window else ""
    key = hashlib.sha256("\0".join((chat.hashtag.casefold(), start, blog)).encode()).hexdigest()
    tag = unicodedata.normalize("NFKD", chat.hashtag).encode("ascii", "ignore").decode().lower()
    parts = [re.sub(r"[^a-z0-9]+", "-", tag).strip("-"), start[:10], key[:8]]
    return "-".join(part for part in parts if part)


def digest_words(title: str, text: str, excerpt: str) -> str:
    """Return a digest of what somebody reads there: words and addresses, however they are marked.

    A blog may write entities and elements in its own way without anybody having edited anything.
    """
    return hashlib.sha256("\0".join(map(_read_words, (title, text, excerpt))).encode()).hexdigest()


def digest_standing(standing: Standing) -> str:
    """Return the digest of what a blog has."""
    return digest_words(standing.title, standing.html, standing.excerpt)


def _read_words(text: str) -> str:
    text = _LINK.sub(lambda found: f" {found[1]} ", cut_comments(text))
    return "".join(html.unescape(_TAG.sub("", text)).split())
