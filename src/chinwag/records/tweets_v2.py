"""A post as the Twitter API v2 gives it, with its page, and what it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple, TypeVar

import msgspec

from chinwag.model import Deletion, Media, Post, RawPost, Sighting, Version
from chinwag.records import repairs
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.times import parse_time
from chinwag.records.tweets import NO_LANGUAGE, clean_text, find_address, split_repost
from chinwag.text.mentions import bare_handle


class Link(msgspec.Struct, frozen=True, gc=False):
    """An address in a text: as it stands there, and in full; `media_key` for a picture."""

    url: str = ""
    expanded_url: str | None = None
    media_key: str | None = None


class Tag(msgspec.Struct, frozen=True, gc=False):
    """A hashtag."""

    tag: str = ""


class Mention(msgspec.Struct, frozen=True, gc=False):
    """Somebody named in a text."""

    username: str = ""
    id: str = ""


class Entities(msgspec.Struct, frozen=True, gc=False):
    """What Twitter found in a text."""

    urls: tuple[Link, ...] = ()
    hashtags: tuple[Tag, ...] = ()
    mentions: tuple[Mention, ...] = ()


class LongText(msgspec.Struct, frozen=True, gc=False):
    """The whole of a text beyond 280 characters."""

    text: str = ""
    entities: Entities | None = None


class User(msgspec.Struct, frozen=True, gc=False):
    """An author."""

    id: str = ""
    username: str = ""
    name: str = ""


class Picture(msgspec.Struct, frozen=True, gc=False):
    """A picture or film."""

    media_key: str = ""
    type: str = "photo"
    url: str | None = None
    preview_image_url: str | None = None
    alt_text: str | None = None


class Attachments(msgspec.Struct, frozen=True, gc=False):
    """The pictures of a post: their keys, and themselves where the post was flattened."""

    media_keys: tuple[str, ...] = ()
    media: tuple[Picture, ...] = ()


class Metrics(msgspec.Struct, frozen=True, gc=False):
    """How often a post was passed on."""

    retweet_count: int = 0


class Tweet(msgspec.Struct, frozen=True, gc=False):
    """A post; in a reference, `type` says how the post refers to another, whose `id` it has."""

    id: str = ""
    text: str | None = None
    created_at: str | None = None
    author_id: str = ""
    author: User | None = None
    conversation_id: str = ""
    in_reply_to_user_id: str = ""
    in_reply_to_user: User | None = None
    lang: str = ""
    entities: Entities | None = None
    note_tweet: LongText | None = None
    attachments: Attachments | None = None
    public_metrics: Metrics | None = None
    referenced_tweets: tuple[Tweet, ...] = ()
    edit_history_tweet_ids: tuple[str, ...] = ()
    type: str = ""


_NONE = Tweet()  # in place of a reference that is not there
_NOTHING = Entities()


class _References(NamedTuple):
    """The posts that a post refers to, each without an id where there is none."""

    reposted: Tweet
    answered: Tweet
    quoted: Tweet


_NO_REFERENCES = _References(_NONE, _NONE, _NONE)


class _Includes(msgspec.Struct, frozen=True, gc=False):
    users: tuple[msgspec.Raw, ...] = ()
    tweets: tuple[msgspec.Raw, ...] = ()
    media: tuple[msgspec.Raw, ...] = ()


class _Answer(msgspec.Struct, frozen=True, gc=False):
    data: msgspec.Raw = msgspec.Raw()
    includes: msgspec.Raw = msgspec.Raw()
    meta: msgspec.Raw = msgspec.Raw()
    text: msgspec.Raw = msgspec.Raw()
    errors: msgspec.Raw = msgspec.Raw()


class _Error(msgspec.Struct, frozen=True, gc=False):
    resource_type: str = ""
    resource_id: str = ""
    value: str = ""
    title: str = ""
    type: str = ""


class Page(msgspec.Struct, frozen=True):
    """One answer of the API: its posts as received, and what they refer to by id or key.

    `whole` is false for a post that stands alone, without an answer around it.
    """

    whole: bool
    data: tuple[msgspec.Raw, ...]
    errors: msgspec.Raw
    users: Mapping[str, User]
    tweets: Mapping[str, Tweet]
    media: Mapping[str, Picture]


_decode_answer = msgspec.json.Decoder(_Answer).decode
_decode_list = msgspec.json.Decoder(tuple[msgspec.Raw, ...]).decode
_decode_includes = msgspec.json.Decoder(_Includes).decode
_decode_errors = msgspec.json.Decoder(tuple[_Error, ...], strict=False).decode
_decode_user = msgspec.json.Decoder(User, strict=False)
_decode_tweet = msgspec.json.Decoder(Tweet, strict=False)
_decode_picture = msgspec.json.Decoder(Picture, strict=False)
_Value = TypeVar("_Value")


def open_page(text: str | bytes) -> Page:
    """Open one answer of the API.

    Raises msgspec.DecodeError where it is no sound JSON. An author, a picture or a referenced post
    in it that cannot be read is left out.
    """
    answer = _decode_answer(text)
    parts = (answer.data, answer.includes, answer.errors, answer.meta)
    is_answer = any(map(bytes, parts)) and not bytes(answer.text)
    found = _open_includes(bytes(answer.includes))
    return Page(
        whole=is_answer,
        data=_list_posts(answer.data),
        errors=answer.errors,
        users={user.id: user for user in _decode_all(_decode_user, found.users)},
        tweets={tweet.id: tweet for tweet in _decode_all(_decode_tweet, found.tweets)},
        media={one.media_key: one for one in _decode_all(_decode_picture, found.media)},
    )


def _open_includes(includes: bytes) -> _Includes:
    return _decode_includes(includes) if includes.startswith(b"{") else _Includes()


def _list_posts(data: msgspec.Raw) -> tuple[msgspec.Raw, ...]:
    """Return the posts of an answer: it holds a list, one post alone, or nothing."""
    text = bytes(data)
    if not text:
        return ()
    return _decode_list(text) if text.startswith(b"[") else (data,)


def _decode_all(
    decoder: msgspec.json.Decoder[_Value], values: Iterable[msgspec.Raw]
) -> Iterator[_Value]:
    for value in values:
        try:
            yield decoder.decode(value)
        except (msgspec.DecodeError, RecursionError):
            continue


def convert_record(raw: RawPost, options: ReadOptions) -> Iterator[Post | Deletion]:
    """Return what a record of a live search says: a post and those it refers to, or deletions.

    The payload is an answer of the API with one post. Raises RowError for anything else.
    """
    try:
        page = open_page(msgspec.json.encode(raw.payload))
        tweets = [_decode_tweet.decode(one) for one in page.data]
    except (msgspec.DecodeError, RecursionError) as error:
        raise RowError(
            "it is not an answer of X's API ({fault})",
            code="answer-of-x-unreadable",
            fault=str(error),
        ) from error
    if not page.whole:
        raise RowError("it is not an answer of X's API", code="not-an-answer-of-x")
    for tweet in tweets:
        yield from convert_tweet(tweet, page, raw, options)
    if page.errors:
        yield from find_deletions(page, raw.route)


def find_deletions(page: Page, source: str) -> Iterator[Deletion]:
    """Return the posts of which a page says that they are no longer there.

    Posts that strangers may not see (protected, withheld, of a suspended account) are not among
    them: nobody deleted those.
    """
    try:
        errors = _decode_errors(page.errors)
    except (msgspec.DecodeError, RecursionError) as error:
        raise RowError(
            "the errors of the page cannot be read ({fault})",
            code="page-errors-unreadable",
            fault=str(error),
        ) from error
    for told in filter(_is_deletion, errors):
        identifier = told.resource_id or told.value
        if identifier.isdecimal():
            yield Deletion(id=identifier, source=source)


def _is_deletion(error: _Error) -> bool:
    is_gone = error.type.endswith("resource-not-found") and error.title == "Not Found Error"
    return is_gone and error.resource_type == "tweet"


def convert_tweet(tweet: Tweet, page: Page, raw: RawPost, options: ReadOptions) -> Iterator[Post]:
    """Return a post in its latest version, and the posts that it refers to where they are whole.

    They were seen where the record `raw` was.
    """
    seen = Sighting(route=raw.route, address=raw.address, line=raw.line, at=raw.at)
    latest, earlier = _find_versions(tweet, page)
    yield build_post(latest, earlier, page, seen, options)
    for reference in latest.referenced_tweets:
        other = _complete(reference, page)
        is_whole = other.text is not None and other.created_at is not None
        if is_whole:
            found, versions = _find_versions(other, page)
            yield build_post(found, versions, page, seen, options)


def build_post(
    tweet: Tweet, earlier: tuple[Tweet, ...], page: Page, seen: Sighting, options: ReadOptions
) -> Post:
    """Return one post; raises RowError where it has no id, author, text or time."""
    author = _find_author(tweet, page)
    handle = bare_handle(author.username)
    _check_whole(tweet, handle)
    reposted, answered, quoted = _find_references(tweet, page)
    text, mended, entities = _read_text(tweet, reposted)
    written_at = parse_time(tweet.created_at, options)
    versions = tuple(_read_version(one, options) for one in earlier)
    return Post(
        id=tweet.id,
        author=handle,
        text=text,
        created_at=_find_first_time(versions, written_at),
        reply_to=answered.id or None,
        url=find_address(handle, tweet.id),
        source=seen.route,
        author_name=author.name,
        author_id=author.id,
        reply_to_author=_find_answered(tweet, page),
        thread=tweet.conversation_id,
        lang=_read_language(tweet),
        hashtags=_list_hashtags(entities),
        mentions=_list_mentions(entities),
        links=_list_links(entities),
        media=_list_media(reposted if reposted.id else tweet, page),
        quote_of=quoted.id,
        repost_of=reposted.id,
        repost_count=0 if reposted.id else _count_reposts(tweet),
        edited_at=written_at if earlier else None,
        versions=versions,
        aliases=_list_other_ids(tweet),
        repairs=mended,
        sightings=(seen,),
    )


def _check_whole(tweet: Tweet, handle: str) -> None:
    if not tweet.id.isdecimal():
        raise RowError("it has no id", code="no-id")
    if not handle:
        raise RowError("it has no author", code="no-author")
    if tweet.text is None:
        raise RowError("it has no text", code="no-text")


def _find_versions(tweet: Tweet, page: Page) -> tuple[Tweet, tuple[Tweet, ...]]:
    """Return the latest version of a post that is there, and the earlier ones, oldest first."""
    history = tweet.edit_history_tweet_ids
    if len(history) < 2:
        return tweet, ()
    there = {**page.tweets, tweet.id: tweet}
    kept = filter(None, map(there.get, history))
    versions = [version for version in kept if version.text is not None]
    if not versions:
        return tweet, ()
    return versions[-1], tuple(versions[:-1])


def _read_version(tweet: Tweet, options: ReadOptions) -> Version:
    text, _, _ = _read_text(tweet, _NONE)
    at = parse_time(tweet.created_at, options) if tweet.created_at else None
    return Version(text=text, at=at, id=tweet.id)


def _find_first_time(versions: tuple[Version, ...], written_at: datetime) -> datetime:
    """Return when a post was first written: each later version has a time of its own."""
    return next((version.at for version in versions if version.at), written_at)


def _find_references(tweet: Tweet, page: Page) -> _References:
    """Return what a post refers to, the first of each kind, as whole as it is there."""
    if not tweet.referenced_tweets:
        return _NO_REFERENCES
    reposted = answered = quoted = _NONE
    for reference in filter(_has_id, reversed(tweet.referenced_tweets)):
        if reference.type == "retweeted":
            reposted = _complete(reference, page)
        elif reference.type == "replied_to":
            answered = _complete(reference, page)
        elif reference.type == "quoted":
            quoted = _complete(reference, page)
    return _References(reposted, answered, quoted)


def _has_id(reference: Tweet) -> bool:
    return reference.id != ""


def _complete(reference: Tweet, page: Page) -> Tweet:
    """Return a referenced post whole, from within the reference or from the page."""
    if reference.text is not None:
        return reference
    return page.tweets.get(reference.id, reference)


def _find_author(tweet: Tweet, page: Page) -> User:
    """Return the author; one whose name the file does not hold goes by the number."""
    user = tweet.author or page.users.get(tweet.author_id)
    if user is not None and user.username:
        return user
    return User(id=tweet.author_id, username=tweet.author_id)


def _find_answered(tweet: Tweet, page: Page) -> str:
    """Return the handle of the person answered, "" where the file does not hold it."""
    number = tweet.in_reply_to_user_id
    if not number:
        return ""
    user = tweet.in_reply_to_user or page.users.get(number)
    if user is not None:
        return user.username
    mentions = _find_entities(tweet).mentions
    return next((mention.username for mention in mentions if mention.id == number), "")


def _find_entities(tweet: Tweet) -> Entities:
    return tweet.entities or _NOTHING


def _choose_text(tweet: Tweet) -> tuple[str, Entities]:
    """Return the whole text, and what Twitter found in it."""
    note = tweet.note_tweet
    if note is None or not note.text:
        return tweet.text or "", _find_entities(tweet)
    return note.text, note.entities or _find_entities(tweet)


def _read_text(tweet: Tweet, reposted: Tweet) -> tuple[str, tuple[str, ...], Entities]:
    """Return the text, the names of its repairs, and what Twitter found in it.

    A repost's text is its original's, whole where that is there.
    """
    text, entities, completed = _choose_said(tweet, reposted)
    full: dict[str, str] = {}
    pictures: set[str] = set()
    if entities.urls:
        full = {link.url: link.expanded_url for link in entities.urls if link.expanded_url}
        pictures = {link.url for link in entities.urls if _shows_picture(link)}
    text, mended = clean_text(text, full, pictures)
    return text, (*completed, *mended), entities


def _choose_said(tweet: Tweet, reposted: Tweet) -> tuple[str, Entities, tuple[str, ...]]:
    """Return the text to read, what Twitter found in it, and whether a repost was completed."""
    text, entities = _choose_text(tweet)
    if not reposted.id:
        return text, entities, ()
    if reposted.text is None:
        parts = split_repost(text)
        return parts[1] if parts else text, entities, ()
    completed = (repairs.REPOST_COMPLETED,) if text.endswith("…") else ()
    return (*_choose_text(reposted), completed)


def _shows_picture(link: Link) -> bool:
    """Return whether a link stands for a picture of the post."""
    if link.media_key:
        return True
    address = link.expanded_url or ""
    is_own = address.startswith("https://twitter.com/")
    return is_own and address.endswith(("/photo/1", "/video/1"))


def _read_language(tweet: Tweet) -> str:
    return "" if tweet.lang in NO_LANGUAGE else tweet.lang


def _list_hashtags(entities: Entities) -> tuple[str, ...]:
    if not entities.hashtags:
        return ()
    return tuple([hashtag.tag for hashtag in entities.hashtags if hashtag.tag])


def _list_mentions(entities: Entities) -> tuple[str, ...]:
    if not entities.mentions:
        return ()
    return tuple([mention.username for mention in entities.mentions if mention.username])


def _list_links(entities: Entities) -> tuple[str, ...]:
    """Return the links in full, without those of pictures."""
    if not entities.urls:
        return ()
    return tuple([link.expanded_url or link.url for link in entities.urls if not link.media_key])


def _list_media(tweet: Tweet, page: Page) -> tuple[Media, ...]:
    attached = tweet.attachments
    if attached is None:
        return ()
    if attached.media:
        return tuple(map(_read_picture, attached.media))
    found = filter(None, map(page.media.get, attached.media_keys))
    return tuple(map(_read_picture, found))


def _read_picture(picture: Picture) -> Media:
    address = picture.url or picture.preview_image_url
    kind = "image" if picture.type == "photo" else "video"
    return Media(url=address or "", alt=picture.alt_text or "", kind=kind)


def _count_reposts(tweet: Tweet) -> int:
    metrics = tweet.public_metrics or Metrics()
    return max(0, metrics.retweet_count)


def _list_other_ids(tweet: Tweet) -> tuple[str, ...]:
    """Return the ids of the post's other versions."""
    history = tweet.edit_history_tweet_ids
    return tuple(other for other in history if other != tweet.id) if history else ()
