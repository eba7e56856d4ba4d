"""A post as the Twitter API v1.1 gives it, and what it becomes.

Collected files hold them bare, account archives without their author: both convert here.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chinwag.model import Media, Post
from chinwag.records import repairs
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.times import parse_time
from chinwag.records.tweets import clean_text, find_address
from chinwag.text.mentions import bare_handle

DEEPEST = 4  # reposts of posts that quote posts that quote posts: the API stops at 2


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
    """Give an id as text, from either of the two ways in which the API writes it."""
    found = text or ("" if number is None else str(number))
    return found if found.isdecimal() else ""


def convert_tweet(
    tweet: Tweet, source: str, options: ReadOptions, *, author: User | None = None, depth: int = 0
) -> Iterator[Post]:
    """Give a post, after it the one it reposts and the one it quotes, where they are within it.

    `author` is whose post it is where the post itself does not say so.
    """
    yield build_post(tweet, source, options, author)
    inner = (tweet.retweeted_status, tweet.quoted_status)
    for other in inner if depth < DEEPEST else ():
        if other is not None and other.user is not None:
            yield from convert_tweet(other, source, options, depth=depth + 1)


def build_post(tweet: Tweet, source: str, options: ReadOptions, author: User | None = None) -> Post:
    """Give one post alone; raises RowError where it has no id, author, text or time."""
    identifier = say_id(tweet.id_str, tweet.id)
    if not identifier:
        raise RowError("it has no id")
    user = tweet.user or author
    handle = bare_handle(user.screen_name or "") if user else ""
    if user is None or not handle:
        raise RowError("it has no author")
    told = tweet.retweeted_status or tweet
    text, entities = _choose_text(told)
    if text is None:
        raise RowError("it has no text")
    links, pictures = entities.urls or (), entities.media or ()
    full = {one.url: one.expanded_url for one in pictures if one.url and one.expanded_url}
    full |= {one.url: one.expanded_url for one in links if one.url and one.expanded_url}
    text, mended = clean_text(text, full, {one.url for one in pictures if one.url})
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
        lang="" if tweet.lang in (None, "und") else tweet.lang or "",
        hashtags=tuple(tag.text for tag in entities.hashtags or () if tag.text),
        mentions=tuple(one.screen_name for one in entities.user_mentions or () if one.screen_name),
        links=tuple(one.expanded_url or one.url or "" for one in links if one.url),
        media=_list_media(tweet, entities),
        quote_of=_find_quoted(tweet),
        repost_of=_find_reposted(tweet),
        repost_count=0 if tweet.retweeted_status else max(0, tweet.retweet_count),
        repairs=tuple(mended),
    )


_NOTHING = Entities()


def _choose_text(tweet: Tweet) -> tuple[str | None, Entities]:
    """Give the longest form of a text, with what Twitter found in that form."""
    long = tweet.extended_tweet
    if long is not None and long.full_text is not None:
        return long.full_text, long.entities or tweet.entities or _NOTHING
    text = tweet.full_text if tweet.full_text is not None else tweet.text
    return text, tweet.entities or _NOTHING


def _name_completed(tweet: Tweet) -> list[str]:
    short = tweet.full_text if tweet.full_text is not None else tweet.text
    cut = short is not None and short.rstrip().endswith("…")
    if tweet.retweeted_status is not None:
        return [repairs.REPOST_COMPLETED] if cut else []
    whole = tweet.extended_tweet is not None and tweet.extended_tweet.full_text is not None
    return [repairs.TEXT_COMPLETED] if whole and tweet.truncated else []


def _list_media(tweet: Tweet, entities: Entities) -> tuple[Media, ...]:
    told = tweet.retweeted_status or tweet
    long = told.extended_tweet
    extended = (long.extended_entities if long else None) or told.extended_entities
    found = (extended.media if extended else None) or entities.media or ()
    return tuple(
        Media(
            url=one.media_url_https or one.media_url or one.expanded_url or "",
            alt=one.ext_alt_text or "",
            kind="image" if one.type in (None, "photo") else "video",
        )
        for one in found
    )


def _find_quoted(tweet: Tweet) -> str:
    told = tweet.retweeted_status or tweet
    quoted = told.quoted_status
    return (quoted and say_id(quoted.id_str, quoted.id)) or say_id(
        told.quoted_status_id_str, told.quoted_status_id
    )


def _find_reposted(tweet: Tweet) -> str:
    original = tweet.retweeted_status
    if original is None:
        return ""
    return say_id(original.id_str, original.id) or "?"
