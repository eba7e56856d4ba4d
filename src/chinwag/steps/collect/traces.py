"""Traces: what a post or a person that was taken out is recognised by, as keyed digests.

Words are kept as digests of short stretches of them (20 letters, every third place), so that a
quotation of some length is recognised wherever it stands, although nobody can read it here.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta

from chinwag.model import Post
from chinwag.records.repairs import looks_rounded
from chinwag.steps.collect.match import fold_text, list_numbers, list_pages

STRETCH = 20  # letters of a stretch of words
STRETCH_DENSE = 10  # in scripts of which one sign says a syllable or a word
STEP = 3  # letters between two stretches that are kept
OPENING = 40  # letters by which a copy is recognised
FEWEST = 8  # letters of a short post that are recognised as a quotation
_DENSE = "\u2e80"  # where such scripts begin in Unicode
_READ = 20_000  # characters of a text that are read
_SKIPPED = re.compile(r"https?://\S+|[#＃@＠][\w.\-]+(?:@[\w.\-]+)?")
_LABEL = re.compile(r"^[aq]\d{1,2}")
_MADE = re.compile(r"-[0-9a-f]{20}\Z")  # the end of an id that an importer made of a row
_MINUTE = timedelta(minutes=1)

Digest = Callable[[str, str], str]


def make_digest(key: bytes) -> Digest:
    """Return the function that gives the digest of a kind of trace and its text: 20 hex digits."""

    def digest(kind: str, text: str) -> str:
        return hmac.digest(key, f"{kind}\x1f{text}".encode(), "sha256")[:10].hex()

    return digest


def trace_post(post: Post, digest: Digest, common: Collection[str] = ()) -> Iterator[str]:
    """Yield the digests by which a post is known again; `common` stretches are nobody's own."""
    for id_ in filter(None, (post.id, post.url, *post.aliases)):
        yield digest("id", id_)
        if tells_author(id_, post):
            yield digest("telling", id_)
    for page in list_own_pages(post):
        yield digest("page", page)
    for number in list_own_numbers(post):
        yield digest("number", number)
    for repost in post.reposts:
        yield digest("repost", repost.id)
    for name in list_names(post.author, post.author_name):
        yield digest("voice", name)
    for text in (post.text, *(version.text for version in post.versions)):
        if text and not post.text_lost:
            yield from _trace_text(post, text, digest, common)


def _trace_text(post: Post, text: str, digest: Digest, common: Collection[str]) -> Iterator[str]:
    essence = fold_text(text)
    for name in list_names(post.author, post.author_name):
        yield digest("said", f"{name}|{tell_minute(post.created_at)}|{essence}")
        yield digest("copy", f"{name}|{essence[:OPENING]}")
    letters, _ = list_letters(text)
    for stretch in list_stretches(letters, STEP):
        if stretch not in common:
            yield digest("words", stretch)
    bare = _LABEL.sub("", letters)
    for short in {letters, bare}:
        if FEWEST <= len(short) < STRETCH + STEP and short not in common:
            yield digest("short", short)


def tells_author(id_: str, post: Post) -> bool:
    """Return whether an id of a post tells who wrote it, or can be made again of what it says."""
    if _MADE.search(id_):
        return True
    low = id_.casefold()
    named = (*list_names(post.author, post.author_name), post.author_id.casefold())
    return any(name in low for name in named if name)


def list_own_pages(post: Post) -> list[str]:
    """Return the pages of a post; an address that no network is known by may be of an article."""
    return [page for page in list_pages(post) if "/" not in page]


def list_own_numbers(post: Post) -> list[str]:
    """Return the numbers that networks gave to a post, but for rounded ones."""
    return [number for number in list_numbers(post) if not looks_rounded(number)]


def trace_person(
    handles: Iterable[str],
    names: Iterable[str],
    digest: Digest,
    everyday: Collection[str] = (),
) -> Iterator[str]:
    """Yield the digests by which a person is known again.

    The first of `handles` is the one under which they wrote, "" where what they write may come in;
    the others are handles and numbers by which networks know them, `everyday` those of them that
    mean the person only where they stand as a handle. `names` are those by which a text can only
    mean them.
    """
    for place, handle in enumerate(handles):
        if handle:
            kind = "mention" if handle in everyday else "person"
            yield digest(kind if place else "author", fold_handle(handle))
    for name in names:
        yield digest("name", fold_name(name))


def list_names(author: str, name: str) -> set[str]:
    """Return what files may call an author: handle, handle without its server, name."""
    handle = fold_handle(author)
    return {handle, handle.partition("@")[0], fold_name(name)} - {""}


def fold_handle(handle: str) -> str:
    """Return a handle as it compares."""
    return handle.strip().lstrip("@＠").casefold()


def fold_name(name: str) -> str:
    """Return a name as it compares: in lower case, its words parted by one space."""
    return " ".join(name.split()).casefold()


def tell_minute(moment: datetime, later: int = 0) -> str:
    """Return the minute of a moment, or one some minutes later."""
    return f"{moment + later * _MINUTE:%Y%m%d%H%M}"


def list_letters(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of a text in lower case, and where in it each stands.

    Addresses, hashtags and handles are passed over: they are nobody's own words.
    """
    letters: list[str] = []
    places: list[int] = []
    at = 0
    text = text[:_READ]
    for skipped in (*_SKIPPED.finditer(text), None):
        end = skipped.start() if skipped else len(text)
        for place in range(at, end):
            for letter in text[place].casefold():
                if letter.isalnum():
                    letters.append(letter)
                    places.append(place)
        at = skipped.end() if skipped else end
    return "".join(letters), places


def list_stretches(letters: str, step: int = 1) -> Iterator[str]:
    """Yield the stretches of a text's letters, one at every `step` letters and the last one."""
    starts = list(range(0, len(letters), step))
    for start in (*starts, len(letters) - STRETCH, len(letters) - STRETCH_DENSE):
        if start >= 0 and (stretch := find_stretch(letters, start)):
            yield stretch


def find_stretch(letters: str, start: int) -> str:
    """Return the stretch that begins at a letter, "" where too few letters follow."""
    length = STRETCH_DENSE if letters[start] >= _DENSE else STRETCH
    stretch = letters[start : start + length]
    return stretch if len(stretch) == length else ""
