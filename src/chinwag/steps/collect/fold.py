"""Folding: reposts go under their originals, counted, and out of the conversation.

A repost is known by its `repost_of`, or by its text: "RT @ann: ..." that says what a post of ann's
says, or its beginning. Whoever adds words of their own has said something: that stays a post, as a
quotation. A repost whose original is not in the archive is not lost either: the earliest one of
each original stays as a post with `repost_of` set ("?" where nothing tells the id), so that the
point is in the archive and nobody is credited with another's words; the others go under it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from html import unescape
from typing import NamedTuple

import msgspec

from chinwag.model import Post, Repost
from chinwag.text.links import LINK

_REPOST = re.compile(
    r"^\s*(?:RT|MT)\s+@?(?P<author>[\w.\-]+(?:@[\w.\-]+)?)(?:\s*:\s*|\s+)(?P<text>.*)", re.DOTALL
)
_QUOTE = re.compile(
    r"(?:(?<=\s)|^)(?:RT|MT)\s+@?(?P<author>[\w.\-]+(?:@[\w.\-]+)?)(?:\s*:\s*|\s+)(?P<text>.+)",
    re.DOTALL,
)
_MARKS = ("RT", "MT")  # without which neither of the two fits
_ALIKE = 88.0  # of 100: what is left when a client cuts, re-links or swallows a character
_ALIKE_MODIFIED = 75.0  # "MT" says that the text was shortened by hand
_CLOCKS = timedelta(minutes=2)  # times told to the minute may put a repost before its original
_SHORT = 12  # characters; shorter texts are compared letter by letter
_LATEST = 300  # posts of an author that are compared, the latest before the repost
_OWN_WORDS = 12  # characters after the original's end that are more than a stray tag


class Folded(msgspec.Struct, frozen=True, kw_only=True):
    """The posts that stand, in the order given; `folded` is how many reposts went under them.

    `standing` are the ids of reposts that stand for originals which are not in the archive.
    """

    posts: tuple[Post, ...]
    folded: int = 0
    standing: tuple[str, ...] = ()


def fold_reposts(posts: Iterable[Post]) -> Folded:
    """Put every pure repost under its original, or under the earliest repost of the same.

    Every id given is afterwards the id of a post or of one of the `reposts` under a post.
    Tombstones stay as they are.
    """
    given = {post.id: post for post in posts}
    in_order = sorted(given.values(), key=lambda post: (post.created_at, post.id))
    finder = _OriginalFinder(in_order)
    under: dict[str, str] = {}
    stands_for: dict[tuple[str, str], str] = {}
    changed: dict[str, Post] = {}
    for post in in_order:
        if post.deleted:
            continue
        original, comment = finder.find(post)
        if comment:
            if original and not post.quote_of:
                changed[post.id] = msgspec.structs.replace(post, quote_of=original)
        elif original:
            under[post.id] = original
        elif key := _identify(post):
            first = stands_for.setdefault(key, post.id)
            if first != post.id:
                under[post.id] = first
            elif not post.repost_of:
                changed[post.id] = msgspec.structs.replace(post, repost_of="?")
    return _put_under(given, changed, _follow_chains(under), tuple(stands_for.values()))


class _Said(NamedTuple):
    """What one author said, each with its essence, the earliest first."""

    all: Sequence[tuple[str, Post]]
    by_opening: Mapping[str, Sequence[tuple[str, Post]]]


class _OriginalFinder:
    """Finds what a repost repeats, by id, or by author and words.

    The words of an author are looked at when a repost names that author, not before.
    """

    def __init__(self, in_order: Iterable[Post]) -> None:
        self.ids: dict[str, str] = {}
        self.by_author: defaultdict[str, list[Post]] = defaultdict(list)
        self.read: dict[str, _Said] = {}
        for post in in_order:
            self.ids[post.id] = post.id
            if post.aliases:
                self.ids.update(dict.fromkeys(post.aliases, post.id))
            if not (post.repost_of or post.deleted or post.text_lost):
                self.by_author[post.author.casefold()].append(post)

    def _read(self, author: str) -> _Said:
        """Return what an author said, all of it and by its openings, the earliest first."""
        if author not in self.read:
            said = [(_find_essence(post.text), post) for post in self.by_author.get(author, ())]
            openings: defaultdict[str, list[tuple[str, Post]]] = defaultdict(list)
            for pair in said:
                openings[pair[0][:_SHORT]].append(pair)
            self.read[author] = _Said(said, openings)
        return self.read[author]

    def find(self, post: Post) -> tuple[str, bool]:
        """Return the id of the original ("" where it is not here), and whether words were added."""
        if post.text_lost and not post.repost_of:
            return "", False
        if post.repost_of in self.ids and self.ids[post.repost_of] != post.id:
            return self.ids[post.repost_of], False
        if post.repost_of:
            return self._find_by_words(post, _read_innermost(post.text)[1:])[0], False
        if not any(mark in post.text for mark in _MARKS):
            return "", False
        said = _REPOST.match(post.text)
        if not said:
            quoted = _QUOTE.search(post.text)
            return self._find_by_words(post, quoted.groups() if quoted else ())[0], bool(quoted)
        return self._find_by_words(post, _read_innermost(post.text)[1:])

    def _find_by_words(self, post: Post, said: tuple[str, ...]) -> tuple[str, bool]:
        if not said:
            return "", False
        author, text = said
        alike_enough = _ALIKE_MODIFIED if post.text.lstrip().startswith("MT") else _ALIKE
        essence, is_cut = _find_essence(text), _is_cut(text)
        best, best_id, added = 0.0, "", False
        for group in self._list_likely(author.casefold(), essence, post):
            for original, candidate in group:
                alike = _compare(original, essence, is_cut=is_cut)
                if alike > best:
                    best, best_id = alike, candidate.id
                    added = len(essence) - len(original) >= _OWN_WORDS
            if best >= alike_enough:
                return best_id, added
        return "", False

    def _list_likely(
        self, author: str, essence: str, post: Post
    ) -> Iterator[list[tuple[str, Post]]]:
        """Return the author's earlier posts that begin alike, then the latest few hundred."""
        until = post.created_at + _CLOCKS
        said = self._read(author)
        groups = (said.by_opening.get(essence[:_SHORT], ()), said.all)
        for group in groups:
            earlier = bisect_right(group, until, key=lambda pair: pair[1].created_at)
            latest = group[max(0, earlier - _LATEST) : earlier]
            yield [pair for pair in latest if pair[1].id != post.id]


def _read_innermost(text: str) -> tuple[str, ...]:
    """Return lead, author and words of the innermost of "RT @ann: RT @ben: words"."""
    said: tuple[str, ...] = ()
    while found := _REPOST.match(text):
        text = found["text"]
        said = ("RT", found["author"], text)
    return said


def _compare(original: str, repeated: str, *, is_cut: bool) -> float:
    """Return from 0 to 100 how surely `repeated` is `original`: whole, cut, or with words after it.

    `is_cut` tells that the client marked it as cut.
    """
    length = min(len(original), len(repeated))
    if not length:
        return 0.0
    if not is_cut and length < 0.5 * len(original):
        return 0.0
    if length >= _SHORT:
        from rapidfuzz import fuzz  # noqa: PLC0415 - where ids tell every original, none is compared

        return fuzz.ratio(original[:length], repeated[:length])
    is_whole = original == repeated
    is_opening = is_cut and original.startswith(repeated)
    return 100.0 if is_whole or is_opening else 0.0


def _find_essence(text: str) -> str:
    """Return a text as it compares: no links, no case, single spaces, nothing of a cut."""
    return " ".join(LINK.sub(" ", unescape(text)).split()).rstrip("… .").casefold()


def _is_cut(text: str) -> bool:
    return LINK.sub("", text).rstrip().endswith(("…", "..."))


def _identify(post: Post) -> tuple[str, str] | None:
    """Return what a repost repeats: its original's id, or author and words; None if no repost."""
    if post.repost_of not in ("", "?"):
        return "id", post.repost_of
    said = _read_innermost(post.text) if not post.text_lost else ()
    if said:
        return said[1].casefold(), _find_essence(said[2])
    return ("?", _find_essence(post.text) or post.id) if post.repost_of else None


def _follow_chains(under: dict[str, str]) -> dict[str, str]:
    """Put the repost of a repost under the first original; a circle stays open at one end."""
    roots: dict[str, str] = {}
    for id_ in under:
        chain = [id_]
        while (original := under.get(chain[-1])) and original not in chain:
            chain.append(original)
        # Of a circle the same one stays open, wherever the chain came in.
        root = min(chain[chain.index(original) :]) if original else chain[-1]
        if root != id_:
            roots[id_] = root
    return roots


def _put_under(
    given: dict[str, Post],
    changed: dict[str, Post],
    under: dict[str, str],
    standing: tuple[str, ...],
) -> Folded:
    reposts: defaultdict[str, set[Repost]] = defaultdict(set)
    for id_, original in under.items():
        post = given[id_]
        reposts[original].update(post.reposts)
        reposts[original].add(Repost(id=id_, author=post.author, at=post.created_at))
    stand: list[Post] = []
    for id_, post in given.items():
        if id_ in under:
            continue
        post = changed.get(id_, post)
        if mine := reposts.get(id_):
            all_ = sorted({*mine, *post.reposts}, key=lambda repost: (repost.at, repost.id))
            post = msgspec.structs.replace(post, reposts=tuple(all_))
        stand.append(post)
    return Folded(
        posts=tuple(stand),
        folded=len(under),
        standing=tuple(id_ for id_ in standing if id_ not in under),
    )
