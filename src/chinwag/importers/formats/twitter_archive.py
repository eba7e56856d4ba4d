"""The archive of one's own posts that Twitter (X) gives its users: a zip with `data/tweets.js`.

Its files are JSON behind an assignment (`window.YTD.tweets.part0 = [...]`). Whose posts they are
stands in `data/account.js` alone, so a loose `tweets.js` is read with the `account.js` beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from chinwag.errors import InputError
from chinwag.importers.json_doubles import refuse_doubles
from chinwag.importers.json_parsing import decode_item
from chinwag.importers.json_values import cut_json
from chinwag.importers.source import Source
from chinwag.importers.tweets_v1 import Tweet, User, convert_tweet
from chinwag.model import AsideRow, Deletion, Post, RawPost
from chinwag.records.contract import ReadOptions
from chinwag.records.tweets import split_repost

_TWEETS = re.compile(r"tweets?(?:-part\d+)?\.js")
_DELETED = re.compile(r"deleted-tweets?(?:-part\d+)?\.js")
_ASSIGNED = re.compile(r"\s*window\.YTD\.(tweets?|deleted_tweets?)\.part\d+\s*=\s*\[")
_PICTURED = re.compile(r"twitter\.com/(\w{1,20})/status/(\d+)/(?:photo|video)/1")


class _Item(msgspec.Struct, frozen=True, gc=False):
    tweet: Tweet | None = None


class _Account(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    username: str = ""
    account_id: str = ""
    account_display_name: str = ""


class _Owner(msgspec.Struct, frozen=True, gc=False):
    account: _Account = _Account()


_decode_item = msgspec.json.Decoder(_Item, strict=False).decode
_decode_bare = msgspec.json.Decoder(Tweet, strict=False).decode
_decode_owner = msgspec.json.Decoder(_Owner, strict=False).decode


class OwnedTweet(msgspec.Struct, frozen=True):
    """One post as received, and whose archive it came in."""

    text: str
    owner: User
    deleted: bool

    def __str__(self) -> str:
        return self.text


class TwitterArchive:
    """An account's own archive."""

    name = "twitter-archive"
    title = "archive of a Twitter (X) account"
    about = "The zip of their own posts that Twitter (X) gives its users, or `tweets.js` out of it."

    def sniff(self, head: Source) -> float:
        """Return how sure it is: a zip with the file of posts, or the assignment that begins it."""
        if _list_parts(head):
            return 0.95
        return 0.95 if _ASSIGNED.match(head.peek().lstrip("\ufeff")) else 0.0

    def split(self, source: Source, options: ReadOptions) -> Iterator[RawPost | AsideRow]:
        """Yield each post with its owner; raises InputError where nothing says who that is."""
        parts = [source.member(name) for name in _list_parts(source)] or [source]
        owner = _find_owner(source, parts[0], options)
        for part in parts:
            deleted = "deleted_tweet" in part.peek()[:200]
            for line, text in cut_json(part):
                payload = OwnedTweet(text, owner, deleted)
                yield RawPost(route=self.name, address=part.name, line=line, payload=payload)
            yield from part.take_aside()
            source.position = max(source.position, part.position)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        """Return the post, or its deletion for one that the archive lists as deleted."""
        payload: OwnedTweet = raw.payload
        refuse_doubles(payload.text, "full_text", 1)
        item = decode_item(_decode_item, payload.text, "post of an archive")
        tweet = item.tweet or decode_item(_decode_bare, payload.text, "post of an archive")
        posts = [
            _mark_repost(post)
            for post in convert_tweet(tweet, self.name, options, author=payload.owner)
        ]
        if not payload.deleted:
            return posts
        return [
            Deletion(id=post.id, source=self.name, author=post.author, reply_to=post.reply_to)
            for post in posts
        ]


def _mark_repost(post: Post) -> Post:
    """Return a post as a repost if its text says so: an archive says it in no other way."""
    repost = split_repost(post.text)
    if repost is None or post.repost_of:
        return post
    return msgspec.structs.replace(post, text=repost[1], repost_of="?", repost_count=0)


def _list_parts(source: Source) -> list[str]:
    """Return the names of a zip's files of posts, the deleted ones last."""
    found = _find_files(source, _TWEETS)
    deleted = _find_files(source, _DELETED)
    return found + deleted if found else []


def _find_files(source: Source, pattern: re.Pattern[str]) -> list[str]:
    return [name for name in source.names() if pattern.fullmatch(name.rpartition("/")[2])]


def _find_owner(source: Source, part: Source, options: ReadOptions) -> User:
    """Return the owner, whom the person names, or `account.js`, or the address of a picture."""
    given = options.columns.get("author", "")
    if given.startswith("@"):
        return User(screen_name=given[1:])
    account = _open_account(source)
    owner = _read_account(account) if account else None
    if owner is not None:
        return owner
    if handle := _find_pictured(part.peek()):
        return User(screen_name=handle)
    raise InputError(
        "{file} does not say whose posts it holds.", code="archive-without-owner", file=source.name
    )


def _open_account(source: Source) -> Source | None:
    for name in source.names():
        if name.rpartition("/")[2] == "account.js":
            return source.member(name)
    beside = source.path.parent / "account.js"
    if not source.names() and beside.is_file():
        return Source.open(beside)
    return None


def _read_account(account: Source) -> User | None:
    owners = (_read_owner(text) for _, text in cut_json(account))
    return next(filter(None, owners), None)


def _read_owner(text: str) -> User | None:
    try:
        account = _decode_owner(text).account
    except (msgspec.DecodeError, RecursionError):
        return None
    if not account.username:
        return None
    return User(
        screen_name=account.username, name=account.account_display_name, id_str=account.account_id
    )


def _find_pictured(head: str) -> str:
    """Return the handle in the address of a picture of one of the posts that begin the file."""
    for handle, identifier in _PICTURED.findall(head):
        if re.search(rf'"id(?:_str)?"\s*:\s*"{identifier}"', head):
            return str(handle)
    return ""


IMPORTER = TwitterArchive()
