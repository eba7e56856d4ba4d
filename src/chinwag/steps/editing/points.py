"""Points: joined, reworded and quoted; whatever happens, they keep their sources."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

import msgspec

from chinwag.model import LEFT_OUT_MARK, Block, Bullet, PointBlock, Post, Quote
from chinwag.steps.editing.shorten import share_out
from chinwag.steps.tracing import count_voices, stands_in
from chinwag.text.cleaning import clean_post
from chinwag.text.words import content_words

Posts = Mapping[str, Post]

_FEWEST_WORDS = 4  # content words of a post that can stand for a point alone
_QUOTATION_MARKS = (("“", "”"), ('"', '"'), ("„", "“"), ("«", "»"))


def is_fit(post: Post) -> bool:
    """Return whether a post's words may be quoted: they are there, and are its author's own."""
    return not (post.deleted or post.text_lost or post.repost_of)


def is_full(post: Post) -> bool:
    """Return whether a post says enough to stand for a point alone."""
    return len(set(content_words(post.text))) >= _FEWEST_WORDS


def take_point(bullet: Bullet) -> PointBlock:
    """Return a bullet as a point of an edition: one voice, in its own words."""
    return PointBlock(bullet=bullet, voices=(bullet,))


def quote_post(post: Post, hashtag: str = "") -> Bullet:
    """Return a point that quotes one post: its words without its label and the chat's tag."""
    whole = " ".join(post.text.split())
    cleaned = clean_post(post.text, hashtag)
    text = cleaned if cleaned and stands_in(cleaned, post.text) else whole
    return Bullet(
        text=text, posts=(post.id,), people=1, kind="single", quoted=post.id, author=post.author
    )


def list_quotes(bullet: Bullet) -> tuple[Quote, ...]:
    """Return the quotations that a bullet is made of or rests on."""
    if bullet.parts or bullet.origin != "quoted":
        return bullet.parts
    return (Quote(post=bullet.quoted, author=bullet.author, text=bullet.text),)


def put_behind(bullet: Bullet, ids: Iterable[str], posts: Posts) -> Bullet:
    """Return a bullet with these posts behind it, the quoted one first, and its people counted.

    Those of them that only agreed with the bullet still do.
    """
    behind = tuple(dict.fromkeys((bullet.quoted, *ids)))
    agreeing = tuple(one for one in behind if one in bullet.agreeing and one != bullet.quoted)
    voices = count_voices(((one, posts[one].author) for one in behind), agreeing)
    return msgspec.structs.replace(
        bullet,
        posts=behind,
        people=voices.people,
        kind=voices.kind,
        agreed=voices.agreed,
        agreeing=agreeing,
        replies=tuple(reply for reply in bullet.replies if reply.post not in behind),
    )


def list_agreeing(bullets: Iterable[Bullet]) -> tuple[str, ...]:
    """Return the ids of the posts that only agree with some bullets and are quoted in none."""
    some = tuple(bullets)
    quoted = {bullet.quoted for bullet in some}
    ids = dict.fromkeys(one for bullet in some for one in bullet.agreeing)
    return tuple(one for one in ids if one not in quoted)


def join_points(points: Sequence[PointBlock], posts: Posts) -> PointBlock:
    """Return one point of several: in the words of the first, with all their posts behind it."""
    first = points[0]
    if len(points) == 1:
        return first
    replies = dict.fromkeys(reply for point in points for reply in point.bullet.replies)
    ids = [one for point in points for one in point.bullet.posts]
    bullet = msgspec.structs.replace(
        first.bullet,
        replies=tuple(replies),
        agreeing=list_agreeing(point.bullet for point in points),
    )
    voices: dict[str, Bullet] = {}
    for voice in (voice for point in points for voice in point.voices):
        voices.setdefault(voice.quoted, voice)
    return PointBlock(bullet=put_behind(bullet, ids, posts), voices=tuple(voices.values()))


def word_point(points: Sequence[PointBlock], words: str, posts: Posts) -> PointBlock:
    """Return one point of several, in these words; "" stands for those of the first.

    Words that a point or a voice had before stand as they did. Others are a quotation where they
    stand letter for letter in one of the posts behind the points, or in those over which one author
    went on, else the host's own.
    """
    point = join_points(points, posts)
    said = _plain(words)
    if not said or said == _plain(point.bullet.text):
        return point
    known = (*(one.bullet for one in points), *point.voices)
    for form in dict.fromkeys((said, _strip_quotation_marks(said))):
        before = next((one for one in known if _plain(one.text) == form), None)
        bullet = before or _find_quotation(form, point.bullet, posts) or _shorten(form, known)
        if bullet is not None:
            bullet = msgspec.structs.replace(
                bullet, replies=point.bullet.replies, agreeing=point.bullet.agreeing
            )
            return _use(point, put_behind(bullet, point.bullet.posts, posts))
    own = msgspec.structs.replace(
        point.bullet, text=said, origin="person", parts=_gather_quotes(point.voices)
    )
    return _use(point, own)


def part_points(blocks: Sequence[Block], posts: Posts) -> tuple[Block, ...]:
    """Return blocks in which no joined point has a voice that is a point of its own as well."""
    own = {block.voices[0].quoted for block in blocks if isinstance(block, PointBlock)}
    return tuple(
        _part_point(block, own, posts) if isinstance(block, PointBlock) else block
        for block in blocks
    )


def _part_point(point: PointBlock, own: Container[str], posts: Posts) -> PointBlock:
    first, *others = point.voices
    kept = (first, *(voice for voice in others if voice.quoted not in own))
    if len(kept) == len(point.voices):
        return point
    behind = {one for voice in kept for one in voice.posts}
    words = point.bullet.text if point.bullet.quoted in behind else ""
    parted = word_point([take_point(voice) for voice in kept], words, posts)
    replies = tuple(one for one in point.bullet.replies if one.post not in behind)
    return _use(parted, msgspec.structs.replace(parted.bullet, replies=replies))


def _gather_quotes(voices: Sequence[Bullet]) -> tuple[Quote, ...]:
    return tuple(dict.fromkeys(quote for voice in voices for quote in list_quotes(voice)))


def _find_quotation(words: str, bullet: Bullet, posts: Posts) -> Bullet | None:
    """Return the words as a quotation of the first post behind a bullet in which they stand."""
    for one in bullet.posts:
        post = posts[one]
        if stands_in(words, post.text):
            return Bullet(
                text=words,
                posts=bullet.posts,
                people=bullet.people,
                kind=bullet.kind,
                quoted=one,
                author=post.author,
            )
    return None


def _shorten(words: str, known: Iterable[Bullet]) -> Bullet | None:
    """Return the words as those of an author who went on over several posts, shortened."""
    for bullet in known:
        parts = share_out(words, bullet.parts) if bullet.origin == "quoted" else ()
        if parts:
            return msgspec.structs.replace(bullet, text=words, quoted=parts[0].post, parts=parts)
    return None


def _use(point: PointBlock, bullet: Bullet) -> PointBlock:
    return msgspec.structs.replace(point, bullet=bullet)


def _plain(words: str) -> str:
    """Return words on one line, with the mark of what was left out as the posts' points have it."""
    return " ".join(words.replace("[...]", LEFT_OUT_MARK).split())


def _strip_quotation_marks(words: str) -> str:
    for opening, closing in _QUOTATION_MARKS:
        if len(words) > 2 and words.startswith(opening) and words.endswith(closing):
            return words[1:-1].strip()
    return words
