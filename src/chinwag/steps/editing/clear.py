"""What a removal takes out of an edition: the posts' words, also where the host has used them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

import msgspec

from chinwag.model import (
    Block,
    Edition,
    GoneBlock,
    HeadingBlock,
    LinkBlock,
    ParagraphBlock,
    PictureBlock,
    PointBlock,
    Post,
    QuotationBlock,
    Quote,
    make_note,
)
from chinwag.steps.editing.keep import Keeper
from chinwag.steps.editing.points import list_quotes
from chinwag.steps.tracing import stands_in
from chinwag.text.names import compile_names
from chinwag.text.words import split_words

RUN = 4  # words in a row that are a post's own if they are in no other post
_FEWEST = 2  # words of a post that are looked for as a whole
_SHORTEST_NAME = 4  # letters of a name by which somebody is looked for without "@"

Run = tuple[str, ...]


def find_gone(before: Iterable[Post], after: Iterable[Post]) -> tuple[Post, ...]:
    """Return the posts, as they were, of which only a tombstone is left."""
    taken = {post.id for post in after if post.deleted}
    return tuple(post for post in before if post.id in taken and not post.deleted)


def clear_edition(edition: Edition, gone: Sequence[Post], posts: Sequence[Post]) -> Edition:
    """Return an edition without anything of the posts `gone`, which are as they were before.

    `posts` are those that are there now. Points lose their voices as in `keep_edition`, and so they
    do where a post that stays has lost words that they quote. Words of
    the host's own that name the author, or repeat RUN words of theirs that nobody else wrote, go;
    a point is then in the words of its other voices again, and where a paragraph or a heading
    stood, a note does.
    """
    ids = {post.id for post in gone} - {post.id for post in posts if not post.deleted}
    if not ids:
        return edition
    there = [post for post in posts if post.id not in ids]
    clearer = _Clearer(ids, [post for post in gone if post.id in ids], there)
    names = {who: name for who, name in edition.names.items() if clearer.may_name(who)}
    return msgspec.structs.replace(
        edition,
        blocks=tuple(map(clearer.clear_block, edition.blocks)),
        hidden=tuple(filter(clearer.may_name, edition.hidden)),
        names=names,
        seen=tuple(one for one in edition.seen if one not in ids),
    )


class _Clearer:
    """Takes some posts out of the blocks of editions."""

    def __init__(self, ids: Container[str], gone: Sequence[Post], there: Sequence[Post]) -> None:
        self._ids = ids
        self._keeper = Keeper(there)
        self._there = {post.id: post for post in there}
        self._said = {word for post in there for word in split_words(post.text)}
        others = {run for post in there for run in _list_runs(post.text)}
        self._runs = {run for post in gone for run in _list_runs(post.text)} - others
        staying = {post.author.casefold() for post in there if not post.deleted}
        left = [post for post in gone if post.author.casefold() not in staying]
        self._handles = frozenset(post.author.casefold() for post in left if post.author)
        names = {f"@{handle}" for handle in self._handles}
        names |= {post.author_name for post in left if len(post.author_name) >= _SHORTEST_NAME}
        self._names = compile_names(names)

    def may_name(self, handle: str) -> bool:
        """Return whether somebody of this handle has a post left, or never had one taken out."""
        return handle.casefold() not in self._handles

    def clear_block(self, block: Block) -> Block:
        """Return a block without anything of the posts that are gone."""
        names_gone = any(one in self._ids for one in _list_posts(block))
        if names_gone or any(map(self._is_misquoted, _list_block_quotes(block))):
            block = self._keeper.keep_block(block)
        block = self._clear_themes(block)
        if not any(map(self._tells, _list_words(block))):
            return block
        if isinstance(block, PointBlock):
            return self._keeper.say_again(block)
        if isinstance(block, HeadingBlock) and block.question:
            return msgspec.structs.replace(block, text="", reworded=False)
        return GoneBlock(why=make_note("edition-words-gone"))

    def _clear_themes(self, block: Block) -> Block:
        """Return a block without themes that have a word which nobody says any more."""
        if not isinstance(block, PointBlock):
            return block
        bullet, *voices = (
            msgspec.structs.replace(one, theme="")
            if one.theme and not self._said.issuperset(split_words(one.theme))
            else one
            for one in (block.bullet, *block.voices)
        )
        return msgspec.structs.replace(block, bullet=bullet, voices=tuple(voices))

    def _is_misquoted(self, quote: Quote) -> bool:
        post = self._there.get(quote.post)
        return post is not None and not stands_in(quote.text, post.text)

    def _tells(self, words: str) -> bool:
        """Return whether words repeat what is gone, or name its author."""
        if self._names and self._names.search(words):
            return True
        return not self._runs.isdisjoint(_list_runs(words))


def _list_posts(block: Block) -> Iterator[str]:
    """Yield the ids of the posts that a block names."""
    match block:
        case PointBlock():
            for bullet in (block.bullet, *block.voices):
                yield from (bullet.quoted, *bullet.posts)
                yield from (quote.post for quote in (*bullet.parts, *bullet.replies))
        case QuotationBlock():
            yield block.quote.post
        case LinkBlock():
            yield from block.posts


def _list_block_quotes(block: Block) -> Iterator[Quote]:
    """Yield all that a block quotes."""
    if isinstance(block, QuotationBlock):
        yield block.quote
    if isinstance(block, PointBlock):
        for bullet in (block.bullet, *block.voices):
            yield from (*list_quotes(bullet), *bullet.replies)


def _list_words(block: Block) -> Iterator[str]:
    """Yield the words of a block that are no quotation."""
    match block:
        case PointBlock():
            if block.bullet.origin != "quoted":
                yield block.bullet.text
        case ParagraphBlock() | HeadingBlock():
            yield block.text
        case PictureBlock():
            yield block.description
        case LinkBlock():
            yield block.words


def _list_runs(text: str) -> Iterator[Run]:
    """Yield every run of RUN words in a text, and a shorter text as a whole."""
    words = split_words(text)
    if _FEWEST <= len(words) < RUN:
        yield words
    for start in range(len(words) - RUN + 1):
        yield words[start : start + RUN]
