"""An edition held against today's posts: what stands, what is shown of it, what has gone.

Nothing of the edition is changed on the disk here: a post that comes back brings its point back.
What a removal takes out for good is the business of `clear`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from chinwag.model import (
    Block,
    Bullet,
    Edition,
    GoneBlock,
    LinkBlock,
    PointBlock,
    Post,
    QuotationBlock,
    Quote,
    make_note,
)
from chinwag.steps.editing.points import (
    is_fit,
    is_full,
    list_agreeing,
    list_quotes,
    put_behind,
    quote_post,
)
from chinwag.steps.tracing import stands_in


def list_points(edition: Edition) -> tuple[PointBlock, ...]:
    """Return the points of an edition, in order."""
    return tuple(block for block in edition.blocks if isinstance(block, PointBlock))


def keep_edition(edition: Edition, posts: Iterable[Post]) -> Edition:
    """Return an edition as it stands on these posts.

    A point loses the voices whose posts are gone, and goes with the last of them; a note stands in
    its place. Words that their author has changed since are quoted as they are now.
    """
    keeper = Keeper(posts)
    blocks = tuple(keeper.keep_block(block) for block in edition.blocks)
    return msgspec.structs.replace(edition, blocks=blocks)


class Keeper:
    """Holds the blocks of editions against one chat's posts."""

    def __init__(self, posts: Iterable[Post]) -> None:
        held = tuple(posts)
        self._posts = {post.id: post for post in held if is_fit(post)}
        self._known_as = {
            other: post.id
            for post in held
            for other in (*post.aliases, *(version.id for version in post.versions))
            if other and other not in self._posts
        }
        tags = Counter(tag.casefold() for post in held for tag in post.hashtags)
        self._hashtag = next((tag for tag, _times in tags.most_common(1)), "")

    def keep_block(self, block: Block) -> Block:
        """Return a block as it stands on the posts, or a note in its place."""
        match block:
            case PointBlock():
                return self._keep_point(block)
            case QuotationBlock():
                kept = self._keep_quote(block.quote)
                return QuotationBlock(quote=kept) if kept else _leave_note(1)
            case LinkBlock():
                there = tuple(one for one in map(self._find, block.posts) if one)
                return msgspec.structs.replace(block, posts=there)
        return block

    def _find(self, id_: str) -> str:
        """Return the id that a post goes by now, "" where its words are not there."""
        now = self._known_as.get(id_, id_)
        return now if now in self._posts else ""

    def _keep_quote(self, quote: Quote) -> Quote | None:
        """Return a quotation where it still stands, else None."""
        post = self._posts.get(self._find(quote.post))
        if post is None or not stands_in(quote.text, post.text):
            return None
        return Quote(post=post.id, author=post.author, text=quote.text)

    def _keep_point(self, block: PointBlock) -> Block:
        voices = tuple(kept for one in block.voices if (kept := self._keep_voice(one)))
        if not voices:
            return _leave_note(len(block.voices))
        bullet = self._keep_bullet(block.bullet)
        if bullet is None:
            return self.say_again(PointBlock(bullet=block.bullet, voices=voices))
        return PointBlock(bullet=bullet, voices=voices)

    def _keep_bullet(self, bullet: Bullet) -> Bullet | None:
        """Return a bullet in its words where they may stay, else None.

        The host's own stay while a post is left on which they rest; a quotation and a model's words
        only while all that they are made of still stands.
        """
        quotes = [self._keep_quote(quote) for quote in list_quotes(bullet)]
        there = [self._find(one) for one in bullet.posts]
        quoted = self._find(bullet.quoted)
        if bullet.origin == "person":
            quoted = quoted or next(filter(None, there), "")
        elif None in quotes:
            return None
        if not quoted:
            return None
        kept = msgspec.structs.replace(
            bullet,
            quoted=quoted,
            author=self._posts[quoted].author,
            parts=tuple(quote for quote in quotes if quote) if bullet.parts else (),
            agreeing=self._find_agreeing(bullet),
            replies=tuple(kept for one in bullet.replies if (kept := self._keep_quote(one))),
        )
        return put_behind(kept, filter(None, there), self._posts)

    def _keep_voice(self, voice: Bullet) -> Bullet | None:
        """Return a voice in its words, or else in those of the fullest post that is left to it."""
        kept = self._keep_bullet(voice)
        if kept is not None:
            return kept
        left = [self._posts[one] for one in map(self._find, voice.posts) if one]
        own = [post for post in left if post.id == self._find(voice.quoted)]
        full = [post for post in left if is_full(post)]
        best = next(iter((*own, *sorted(full, key=lambda post: -len(post.text)))), None)
        if best is None:
            return None
        again = msgspec.structs.replace(
            quote_post(best, self._hashtag), agreeing=self._find_agreeing(voice)
        )
        return put_behind(again, (post.id for post in left), self._posts)

    def _find_agreeing(self, bullet: Bullet) -> tuple[str, ...]:
        return tuple(one for one in map(self._find, bullet.agreeing) if one)

    def say_again(self, point: PointBlock) -> PointBlock:
        """Return a point in the words of its first voice, with all that is left behind it."""
        replies = [kept for one in point.bullet.replies if (kept := self._keep_quote(one))]
        first = msgspec.structs.replace(
            point.voices[0], replies=tuple(replies), agreeing=list_agreeing(point.voices)
        )
        ids = [one for voice in point.voices for one in voice.posts]
        ids += [one for one in map(self._find, point.bullet.posts) if one]
        bullet = put_behind(first, ids, self._posts)
        return PointBlock(bullet=bullet, voices=point.voices)


def _leave_note(posts: int) -> GoneBlock:
    return GoneBlock(why=make_note("edition-point-gone", posts=posts))
