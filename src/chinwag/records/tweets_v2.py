"""A post as the Twitter API v2 gives it, with its page, and what it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import msgspec

from chinwag.model import Deletion, Media, Post, RawPost, Version
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
    """A post; as a reference, `type` says how the other refers to it."""

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


_KINDS = ("retweeted", "replied_to", "quoted")


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

    `whole` is false for what is no answer but a post that stands alone.
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
    """Open one answer of the API; raises msgspec.DecodeError where it is no sound JSON.

    An author, a picture or a referenced post in it that cannot be read is left out.
    """
    answer = _decode_answer(text)
    data = bytes(answer.data)
    includes = bytes(answer.includes)
    found = _decode_includes(includes) if includes.startswith(b"{") else _Includes()
    parts = (data, includes, bytes(answer.errors), bytes(answer.meta))
    return Page(
        whole=any(parts) and not bytes(answer.text),
        data=_decode_list(data) if data.startswith(b"[") else (answer.data,) if data else (),
        errors=answer.errors,
        users={user.id: user for user in _decode_all(_decode_user, found.users)},
        tweets={tweet.id: tweet for tweet in _decode_all(_decode_tweet, found.tweets)},
        media={one.media_key: one for one in _decode_all(_decode_picture, found.media)},
    )


def _decode_all(
    decoder: msgspec.json.Decoder[_Value], values: Iterable[msgspec.Raw]
) -> Iterator[_Value]:
    for value in values:
        try:
            yield decoder.decode(value)
        except (msgspec.DecodeError, RecursionError):
            continue


def convert_record(raw: RawPost, options: ReadOptions) -> Iterator[Post | Deletion]:
    """Give what a record of a live search says: a post and those it refers to, or deletions.

    The payload is an answer of the API with one post. Raises RowError for what is none.
    """
    try:
        page = open_page(msgspec.json.encode(raw.payload))
        tweets = [_decode_tweet.decode(one) for one in page.data]
    except (msgspec.DecodeError, RecursionError) as error:
        raise RowError(f"it is no answer of X's API ({error})") from error
    if not page.whole:
        raise RowError("it is no answer of X's API")
    for tweet in tweets:
        yield from convert_tweet(tweet, page, raw.route, options)
    if page.errors:
        yield from find_deletions(page, raw.route)


def find_deletions(page: Page, source: str) -> Iterator[Deletion]:
    """Give the posts of which a page says that they are no longer there.

    Posts that may only not be seen (protected, withheld, of a suspended account) are not among
    them: nobody deleted those.
    """
    try:
        errors = _decode_errors(page.errors)
    except (msgspec.DecodeError, RecursionError) as error:
        raise RowError(f"the errors of the page cannot be read ({error})") from error
    for one in errors:
        identifier = one.resource_id or one.value
        gone = one.type.endswith("resource-not-found") and one.title == "Not Found Error"
        if one.resource_type == "tweet" and gone and identifier.isdecimal():
            yield Deletion(id=identifier, source=source)


def convert_tweet(tweet: Tweet, page: Page, source: str, options: ReadOptions) -> Iterator[Post]:
    """Give a post in its latest version, and those that it refers to, as far as they are there."""
    latest, earlier = _find_versions(tweet, page)
    yield build_post(latest, earlier, page, source, options)
    for reference in latest.referenced_tweets:
        other = _complete(reference, page)
        if other.text is not None and other.created_at is not None:
            found, versions = _find_versions(other, page)
            yield build_post(found, versions, page, source, options)


def build_post(
    tweet: Tweet, earlier: tuple[Tweet, ...], page: Page, source: str, options: ReadOptions
) -> Post:
    """Give one post alone; raises RowError where it has no id, author, text or time."""
    author = _find_author(tweet, page)
    handle = bare_handle(author.username)
    _check_whole(tweet, handle)
    named = _name_references(tweet, page)
    reposted, parent, quoted = (named.get(kind) for kind in _KINDS)
    text, mended, entities = _read_text(tweet, reposted)
    created_at = parse_time(tweet.created_at, options)
    versions = tuple(_say_version(one, options) for one in earlier)
    return Post(
        id=tweet.id,
        author=handle,
        text=text,
        created_at=next((one.at for one in versions if one.at), created_at),
        reply_to=parent.id if parent else None,
        url=find_address(handle, tweet.id),
        source=source,
        author_name=author.name,
        author_id=author.id,
        reply_to_author=_find_answered(tweet, page),
        thread=tweet.conversation_id,
        lang="" if tweet.lang in NO_LANGUAGE else tweet.lang,
        hashtags=tuple(one.tag for one in entities.hashtags if one.tag),
        mentions=tuple(one.username for one in entities.mentions if one.username),
        links=tuple(one.expanded_url or one.url for one in entities.urls if not one.media_key),
        media=_list_media(reposted or tweet, page),
        quote_of=quoted.id if quoted else "",
        repost_of=reposted.id if reposted else "",
        repost_count=_count(tweet) if not reposted else 0,
        edited_at=created_at if earlier else None,
        versions=versions,
        aliases=tuple(one for one in tweet.edit_history_tweet_ids if one != tweet.id),
        repairs=mended,
    )


def _check_whole(tweet: Tweet, handle: str) -> None:
    if not tweet.id.isdecimal():
        raise RowError("it has no id")
    if not handle:
        raise RowError("it has no author")
    if tweet.text is None:
        raise RowError("it has no text")


def _find_versions(tweet: Tweet, page: Page) -> tuple[Tweet, tuple[Tweet, ...]]:
    """Give the latest version of a post that is there, and the earlier ones, oldest first."""
    history = tweet.edit_history_tweet_ids
    if len(history) < 2:
        return tweet, ()
    there = {**page.tweets, tweet.id: tweet}
    versions = [there[one] for one in history if one in there and there[one].text is not None]
    if not versions:
        return tweet, ()
    return versions[-1], tuple(versions[:-1])


def _say_version(tweet: Tweet, options: ReadOptions) -> Version:
    text, _, _ = _read_text(tweet, None)
    when = parse_time(tweet.created_at, options) if tweet.created_at else None
    return Version(text=text, at=when, id=tweet.id)


def _name_references(tweet: Tweet, page: Page) -> dict[str, Tweet]:
    """Give what a post refers to by how it does so, the first of each kind."""
    named = reversed([one for one in tweet.referenced_tweets if one.id])
    return {one.type: _complete(one, page) for one in named}


def _complete(reference: Tweet, page: Page) -> Tweet:
    """Give a referenced post whole, from within the reference or from the page."""
    if reference.text is not None:
        return reference
    return page.tweets.get(reference.id, reference)


def _find_author(tweet: Tweet, page: Page) -> User:
    """Give the author; one whose name the file does not tell goes by the number."""
    user = tweet.author or page.users.get(tweet.author_id)
    if user is not None and user.username:
        return user
    return User(id=tweet.author_id, username=tweet.author_id)


def _find_answered(tweet: Tweet, page: Page) -> str:
    number = tweet.in_reply_to_user_id
    if not number:
        return ""
    user = tweet.in_reply_to_user or page.users.get(number)
    if user is not None:
        return user.username
    named = tweet.entities.mentions if tweet.entities else ()
    return next((one.username for one in named if one.id == number), "")


def _choose_text(tweet: Tweet) -> tuple[str, Entities]:
    note = tweet.note_tweet
    if note is not None and note.text:
        return note.text, note.entities or tweet.entities or Entities()
    return tweet.text or "", tweet.entities or Entities()


def _read_text(tweet: Tweet, reposted: Tweet | None) -> tuple[str, tuple[str, ...], Entities]:
    """Give the text, what was mended in it, and what Twitter found in it.

    A repost's text is its original's, whole where that is there.
    """
    text, entities = _choose_text(tweet)
    named: list[str] = []
    if reposted is not None:
        if reposted.text is not None:
            named = [repairs.REPOST_COMPLETED] if text.endswith("…") else []
            text, entities = _choose_text(reposted)
        elif told := split_repost(text):
            text = told[1]
    full = {one.url: one.expanded_url for one in entities.urls if one.expanded_url}
    pictures = {one.url for one in entities.urls if one.media_key or _shows_picture(one)}
    text, mended = clean_text(text, full, pictures)
    return text, (*named, *mended), entities


def _shows_picture(link: Link) -> bool:
    address = link.expanded_url or ""
    return address.startswith("https://twitter.com/") and address.endswith(("/photo/1", "/video/1"))


def _list_media(tweet: Tweet, page: Page) -> tuple[Media, ...]:
    attached = tweet.attachments
    if attached is None:
        return ()
    found = attached.media or tuple(
        page.media[key] for key in attached.media_keys if key in page.media
    )
    return tuple(
        Media(
            url=one.url or one.preview_image_url or "",
            alt=one.alt_text or "",
            kind="image" if one.type == "photo" else "video",
        )
        for one in found
    )


def _count(tweet: Tweet) -> int:
    return max(0, tweet.public_metrics.retweet_count) if tweet.public_metrics else 0
