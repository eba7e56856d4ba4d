"""A post as the Twitter API v1.1 gives it, and what it becomes.

Collected files hold them bare, account archives without their author: both convert here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from chinwag.model import Media, Post
from chinwag.records import repairs
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.times import parse_time
from chinwag.records.tweets import clean_text, find_address, read_language
from chinwag.text.mentions import bare_handle

_Found = TypeVar("_Found")
DEEPEST = 4  # levels of reposts and quotations inside each other; the API stops at 2


class Link(msgspec.Struct, frozen=True, gc=False):
    """An address in a text: as it stands there, and in full."""

    url: str | None = None
    expanded_url: str | None = None


class Tag(msgspec.Struct, frozen=True, gc=False):
    """A hashtag."""

    text: str = ""


class Mention(msgspec.Struct, frozen=True, gc=False):
    """Somebody named in a text."""

    screen_name: str | None = ""


class Picture(msgspec.Struct, frozen=True, gc=False):
    """A picture or film."""

    url: str | None = None
    expanded_url: str | None = None
    media_url: str | None = None
    media_url_https: str | None = None
    type: str | None = None
    ext_alt_text: str | None = None


class Entities(msgspec.Struct, frozen=True, gc=False):
    """What Twitter found in a text."""

    urls: tuple[Link, ...] | None = ()
    hashtags: tuple[Tag, ...] | None = ()
    user_mentions: tuple[Mention, ...] | None = ()
    media: tuple[Picture, ...] | None = ()


class LongText(msgspec.Struct, frozen=True, gc=False):
    """The whole of a text that was cut at 140 characters."""

    full_text: str | None = None
    entities: Entities | None = None
    extended_entities: Entities | None = None


class User(msgspec.Struct, frozen=True, gc=False):
    """An author."""

    screen_name: str | None = ""
    name: str | None = ""
    id: int | str | None = None
    id_str: str | None = None


class Tweet(msgspec.Struct, frozen=True, gc=False):
    """A post; whatever Chinwag has no use for is passed over."""

    id: int | str | None = None
    id_str: str | None = None
    text: str | None = None
    full_text: str | None = None
    created_at: str | None = None
    truncated: bool = False
    extended_tweet: LongText | None = None
    entities: Entities | None = None
    extended_entities: Entities | None = None
    user: User | None = None
    lang: str | None = None
    in_reply_to_status_id: int | str | None = None
    in_reply_to_status_id_str: str | None = None
    in_reply_to_screen_name: str | None = None
    retweet_count: int = 0
    retweeted_status: Tweet | None = None
    quoted_status: Tweet | None = None
    quoted_status_id: int | str | None = None
    quoted_status_id_str: str | None = None


def say_id(text: str | None, number: int | str | None) -> str:
    """Return an id as text, from either of the two ways in which the API writes it."""
    found = text or str(number)
    return found if found.isdecimal() else ""


def convert_tweet(
    tweet: Tweet, source: str, options: ReadOptions, *, author: User | None = None, depth: int = 0
) -> Iterator[Post]:
    """Yield a post, then the one that it reposts and the one that it quotes, if they are within it.

    `author` is the author of a post that does not name its own.
    """
    yield build_post(tweet, source, options, author)
    if depth >= DEEPEST:
        return
    for inner in (tweet.retweeted_status, tweet.quoted_status):
        if inner is not None and inner.user is not None:
            yield from convert_tweet(inner, source, options, depth=depth + 1)


def build_post(tweet: Tweet, source: str, options: ReadOptions, author: User | None = None) -> Post:
    """Return one post alone; raises RowError where it has no id, author, text or time.

    A repost carries the text, the links and the pictures of its original.
    """
    identifier = say_id(tweet.id_str, tweet.id)
    if not identifier:
        raise RowError("it has no id", code="no-id")
    user, handle = _find_author(tweet, author)
    original = tweet.retweeted_status
    shown = original or tweet
    text, entities = _choose_text(shown)
    if text is None:
        raise RowError("it has no text", code="no-text")
    text, mended = clean_text(text, map_addresses(entities), find_picture_addresses(entities))
    mended.extend(_name_completed(tweet))
    return Post(
        id=identifier,
        author=handle,
        text=text,
        created_at=parse_time(tweet.created_at, options),
        reply_to=say_id(tweet.in_reply_to_status_id_str, tweet.in_reply_to_status_id) or None,
        url=find_address(handle, identifier),
        source=source,
        author_name=(user.name or "").strip(),
        author_id=say_id(user.id_str, user.id),
        reply_to_author=tweet.in_reply_to_screen_name or "",
        lang=read_language(tweet.lang),
        hashtags=list_tags(entities),
        mentions=list_mentions(entities),
        links=list_links(entities),
        media=list_media(_choose_media(shown, entities)),
        quote_of=_find_quoted(shown),
        repost_of=_find_reposted(original),
        repost_count=0 if original else max(0, tweet.retweet_count),
        repairs=tuple(mended),
    )


def _each(found: tuple[_Found, ...] | None) -> tuple[_Found, ...]:
    """Return what Twitter found, nothing where it wrote `null`."""
    return found or ()


def list_tags(entities: Entities) -> tuple[str, ...]:
    """Return the hashtags of a text, without `#`."""
    names = [tag.text for tag in _each(entities.hashtags)]
    return tuple(filter(None, names))


def list_mentions(entities: Entities) -> tuple[str, ...]:
    """Return the handles that a text names."""
    names = [mention.screen_name for mention in _each(entities.user_mentions)]
    return tuple(filter(None, names))


def list_links(entities: Entities) -> tuple[str, ...]:
    """Return the addresses of a text in full, pictures apart."""
    return tuple(
        link.expanded_url or link.url
        for link in _each(entities.urls)
        if link.url  # an address that does not stand in the text is none of its links
    )


def list_media(pictures: tuple[Picture, ...] | None) -> tuple[Media, ...]:
    """Return pictures and films with their descriptions."""
    return tuple(map(_describe_picture, _each(pictures)))


def map_addresses(entities: Entities) -> dict[str, str]:
    """Return the full address of each short one in a text; a link outranks a picture."""
    found: list[Link | Picture] = [*_each(entities.media), *_each(entities.urls)]
    full: dict[str, str] = {}
    for address in found:
        if address.url and address.expanded_url:
            full[address.url] = address.expanded_url
    return full


def find_picture_addresses(entities: Entities) -> set[str]:
    """Return the short addresses in a text that stand for pictures."""
    addresses = {picture.url for picture in _each(entities.media)}
    return set(filter(None, addresses))


def _describe_picture(picture: Picture) -> Media:
    address = picture.media_url_https or picture.media_url or picture.expanded_url
    return Media(
        url=address or "",
        alt=picture.ext_alt_text or "",
        kind="image" if picture.type in _STILL else "video",
    )


_NOTHING = Entities()
_NO_LONG_TEXT = LongText()
_STILL = (None, "photo")


def _find_author(tweet: Tweet, author: User | None) -> tuple[User, str]:
    """Return the author and the author's handle; raises RowError where there is none."""
    user = tweet.user or author or User()
    handle = bare_handle(user.screen_name or "")
    if not handle:
        raise RowError("it has no author", code="no-author")
    return user, handle


def _choose_text(tweet: Tweet) -> tuple[str | None, Entities]:
    """Return the longest form of a text, with what Twitter found in that form."""
    entities = tweet.entities or _NOTHING
    long = tweet.extended_tweet or _NO_LONG_TEXT
    if long.full_text is None:
        return _find_short_text(tweet), entities
    return long.full_text, long.entities or entities


def _find_short_text(tweet: Tweet) -> str | None:
    """Return the text that stands in the post itself, which may be cut."""
    return tweet.text if tweet.full_text is None else tweet.full_text


def _name_completed(tweet: Tweet) -> list[str]:
    """Return the name of the repair where a longer text took the place of a cut one."""
    if tweet.retweeted_status is None:
        long = tweet.extended_tweet or _NO_LONG_TEXT
        is_whole = tweet.truncated and long.full_text is not None
        return [repairs.TEXT_COMPLETED] if is_whole else []
    short = _find_short_text(tweet) or ""
    is_cut = short.rstrip().endswith("…")
    return [repairs.REPOST_COMPLETED] if is_cut else []


def _choose_media(tweet: Tweet, entities: Entities) -> tuple[Picture, ...] | None:
    """Return a post's pictures from the longest list that Twitter made of them."""
    long = tweet.extended_tweet or _NO_LONG_TEXT
    extended = long.extended_entities or tweet.extended_entities or _NOTHING
    return extended.media or entities.media


def _find_quoted(tweet: Tweet) -> str:
    quoted = tweet.quoted_status
    found = say_id(quoted.id_str, quoted.id) if quoted else ""
    return found or say_id(tweet.quoted_status_id_str, tweet.quoted_status_id)


def _find_reposted(original: Tweet | None) -> str:
    """Return the id of the original, "?" for one without an id, "" where there is none."""
    if original is None:
        return ""
    return say_id(original.id_str, original.id) or "?"
