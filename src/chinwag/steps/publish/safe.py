"""Hostile text made harmless: addresses, anchors, languages, and characters that hide or turn text.

Jinja escapes HTML by itself; what is here is what escaping alone does not do.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from chinwag.model import Post
from chinwag.text.links import LINK, trim_link
from chinwag.text.reach import MOST_READ

# ISO 639-1; other codes are left out, since a browser can do nothing with them.
_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da  de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht "
    "hu hy  hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky "
    "la lb lg  li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny "
    "oc oj om or  os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss "
    "st su sv sw ta  te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo "
    "za zh zu "
)
_LANGUAGES = frozenset(_CODES.split())
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"}
_OPENERS |= {"\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_CLOSERS = frozenset("\u202c\u2069")
_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REL = "nofollow noopener ugc"


def make_anchor(post_id: str) -> str:
    """Return the id of the element that holds a post: letters, digits and hyphens, always the same.

    Ids with other characters become a digest, under another prefix, so that none can take the place
    of another.
    """
    if _PLAIN_ID.fullmatch(post_id):
        return f"post-{post_id}"
    return f"mark-{hashlib.sha256(post_id.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"


def clean_link(address: str) -> str:
    """Return a web address that may be clicked, percent-encoded where it must be, else ""."""
    address = address.strip()
    if _CONTROLS.search(address) or re.search(r"\s", address):
        return ""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    return quote(address, safe=":/?#[]@!$&'()*+,;=-._~%")


def name_site(address: str) -> str:
    """Return the site of an address, without "www.", or "" where the address is none."""
    if not clean_link(address):
        return ""
    return (urlsplit(address.strip()).hostname or "").removeprefix("www.")


def find_profile(post: Post) -> str:
    """Return the address of the author's page, or "" where the permalink does not name the author.

    Nothing is guessed: the permalink's own path is cut behind the part that is the handle.
    """
    link = clean_link(post.url)
    if not link or not post.author:
        return ""
    parts = urlsplit(link)
    names = {post.author.casefold(), post.author.split("@")[0].casefold()}
    steps = parts.path.split("/")
    for place, step in enumerate(steps):
        if step.removeprefix("@").casefold() in names and place < len(steps) - 1:
            return f"{parts.scheme}://{parts.netloc}{'/'.join(steps[: place + 1])}"
    return ""


def clean_language(tag: str) -> str:
    """Return the language of a BCP 47 tag where browsers know it, else ""."""
    language = tag.replace("_", "-").split("-")[0].lower()
    return language if language in _LANGUAGES else ""


def clean_text(text: str) -> str:
    """Return a text whose control characters are visible and whose turned directions end with it.

    Control characters become U+FFFD. Direction overrides and isolates that are left open are
    closed at the end of their line, so that nothing after the text is turned. Words are untouched.
    """
    text = _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not any(mark in text for mark in _OPENERS):
        return text
    return "\n".join(line + _close_directions(line) for line in text.split("\n"))


def _close_directions(line: str) -> str:
    closing: list[str] = []
    due = dict.fromkeys(_CLOSERS, 0)  # how many of each are in `closing`
    for letter in line:
        if letter in _OPENERS:
            closing.append(_OPENERS[letter])
            due[closing[-1]] += 1
        elif letter in _CLOSERS and due[letter]:
            while (closed := closing.pop()) != letter:
                due[closed] -= 1
            due[letter] -= 1
    return "".join(reversed(closing))


def drop_directions(text: str) -> str:
    """Return a text on one line and without direction marks, for titles and file cells' heads."""
    marks = {ord(mark): None for mark in (*_OPENERS, *_CLOSERS)}
    return " ".join(clean_text(text).translate(marks).split())


def mark_links(text: str) -> Markup:
    """Return a text as HTML, escaped, with its web addresses clickable and nothing else.

    Those that begin after the first `MOST_READ` characters stay plain text.
    """
    text = clean_text(text)
    parts: list[str] = []  # joined at the end: adding one by one would copy all of it for each link
    start = 0
    for found in LINK.finditer(text):
        if found.start() >= MOST_READ:
            break
        shown = trim_link(found.group())
        address = clean_link(shown)
        if not address:
            continue
        link = f'<a href="{escape(address)}" rel="{_REL}">{escape(shown)}</a>'
        parts += (escape(text[start : found.start()]), link)
        start = found.start() + len(shown)
    return Markup("".join((*parts, escape(text[start:]))))  # noqa: S704 - each part is escaped
