"""Matching: records of one post that share no id, because different tools wrote them.

Three things show it, the surest first: the address of the post's page, the number in its id, and,
where one of the two files kept no id of the network, author, time and text. Nothing here decides
what the post then says: `merge` does.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta

import msgspec

from chinwag.model import Note, Post, make_note
from chinwag.records.permalinks import read_permalink
from chinwag.records.repairs import looks_rounded
from chinwag.text.links import LINK, strip_tracking

_NUMBER = re.compile(r"(?:\A|[/:])(\d{15,20})\Z")
_BLUESKY = re.compile(r"at://[^/]+/app\.bsky\.feed\.post/(\w+)\Z")
_X = re.compile(r"https?://(?:[\w-]+\.)?(?:x|twitter)\.com/\S+/status(?:es)?/(\d+)")
_STATUS = re.compile(r"https?://([^/\s]+)/users/[^/\s]+/statuses/(\d+)\Z")
_ALIAS = re.compile(r"mastodon:([^:]+):(\d+)\Z")
_REPOST = re.compile(r"\A\s*RT @[\w.@-]+:?\s*")
_BARE_ADDRESS = re.compile(r"(?<![\w.-])[\w-]+(?:\.[\w-]+)+/\S*")
_PUNCTUATION = re.compile(r"[\W_]+")
_CUT = 20  # letters and digits by which a text that was cut short is known
_READ = 20_000  # characters of a text that are compared
_MINUTE = timedelta(minutes=1)
_TO_THE_SECOND = timedelta(seconds=2)
_MOST_OPEN = 200  # posts of the same words within a minute that are compared with each other


class Matches(msgspec.Struct, frozen=True, kw_only=True):
    """Pairs of ids that are of one post, and how many were found in each way."""

    pairs: tuple[tuple[str, str], ...] = ()
    by_address: int = 0
    by_number: int = 0
    by_content: int = 0


class _Entry(msgspec.Struct):
    """A post as far as its id tells: one record of it, and the files in which that id stands."""

    post: Post
    files: set[str]


class _Group(msgspec.Struct):
    """Entries that are taken for one post; `first` is the one met first."""

    first: _Entry
    files: set[str]
    network_id: str


def match_records(records: Iterable[Post]) -> Matches:
    """Return which ids are of one post although they differ.

    The address of a page and the number of an id count only between records of one author or of the
    same words, so that no server can put its words into another's post. Records of one file are
    never matched, for a person may say the same twice; nor, by content, are two posts that networks
    tell apart by ids of their own, for then it was said on two networks.
    """
    records = tuple(records)
    if _share_a_file(map(_list_files, records)):
        return Matches()
    entries = _list_entries(records)
    if _share_a_file(entry.files for entry in entries):
        return Matches()
    ways = {
        "address": _match_keys(entries, list_pages),
        "number": _match_keys(entries, list_numbers),
        "content": _match_contents(entries),
    }
    found: dict[tuple[str, str], str] = {}
    for way, pairs in ways.items():
        for one, other in pairs:
            found.setdefault((min(one, other), max(one, other)), way)
    counts = Counter(found.values())
    return Matches(
        pairs=tuple(sorted(found)),
        by_address=counts["address"],
        by_number=counts["number"],
        by_content=counts["content"],
    )


def tell_matches(matches: Matches) -> tuple[Note, ...]:
    """Return how many posts of one file were recognised in another, in each way that found any."""
    ways = (
        (matches.by_address, make_note("recognised-by-address", posts=matches.by_address)),
        (matches.by_number, make_note("recognised-by-number", posts=matches.by_number)),
        (matches.by_content, make_note("recognised-by-content", posts=matches.by_content)),
    )
    return tuple(note for number, note in ways if number)


def has_network_id(post: Post) -> bool:
    """Return whether a post's id is one that a network gave it, to the last digit."""
    if post.id.startswith(("http", "at://", "mastodon:")):
        return True
    return _NUMBER.match(post.id) is not None and not looks_rounded(post.id)


def _list_entries(records: Iterable[Post]) -> list[_Entry]:
    """Return an entry for each id, the earliest first."""
    entries: dict[str, _Entry] = {}
    for post in records:
        entry = entries.setdefault(post.id, _Entry(post, set()))
        entry.files |= _list_files(post)
    return sorted(entries.values(), key=lambda entry: (entry.post.created_at, entry.post.id))


def _list_files(post: Post) -> set[str]:
    return {seen.address for seen in post.sightings}


def _share_a_file(places: Iterable[set[str]]) -> bool:
    """Return whether all stand in one file, so that none can be matched with another."""
    common: set[str] | None = None
    for files in places:
        common = files if common is None else common & files
        if not common:
            return False
    return True


def _match_keys(
    entries: Sequence[_Entry], list_keys: Callable[[Post], set[str]]
) -> Iterator[tuple[str, str]]:
    """Yield the ids of entries that share a key, and an author or the words."""
    groups: defaultdict[str, list[_Group]] = defaultdict(list)
    for entry in entries:
        for key in sorted(list_keys(entry.post)):
            need_words = "/" in key  # an address that no network is known by may be of an article
            open_groups = groups[key][-_MOST_OPEN:]
            fitting = (one for one in open_groups if _may_be_one(one, entry, need_words=need_words))
            group = next(fitting, None)
            if group is None:
                groups[key].append(_begin(entry))
            else:
                group.files |= entry.files
                yield group.first.post.id, entry.post.id


def _may_be_one(group: _Group, entry: _Entry, *, need_words: bool) -> bool:
    if not group.files.isdisjoint(entry.files):
        return False
    one, other = group.first.post, entry.post
    has_words = _is_one_text(find_essence(one), find_essence(other))
    has_author = _is_one_author(one, other)
    return has_words if need_words else has_words or has_author


def _match_contents(entries: Sequence[_Entry]) -> Iterator[tuple[str, str]]:
    """Yield the ids of entries with one author, one text and one time."""
    groups: defaultdict[str, deque[_Group]] = defaultdict(lambda: deque(maxlen=_MOST_OPEN))
    for entry in entries:
        if entry.post.text_lost or entry.post.deleted:
            continue
        open_groups = groups[find_essence(entry.post)[:_CUT]]
        while open_groups and _is_past(open_groups[0], entry):
            open_groups.popleft()
        group = next((one for one in open_groups if _says_the_same(one, entry)), None)
        if group is None:
            open_groups.append(_begin(entry))
        else:
            group.files |= entry.files
            group.network_id = group.network_id or _begin(entry).network_id
            yield group.first.post.id, entry.post.id


def _begin(entry: _Entry) -> _Group:
    network_id = entry.post.id if has_network_id(entry.post) else ""
    return _Group(entry, set(entry.files), network_id)


def _is_past(group: _Group, entry: _Entry) -> bool:
    return entry.post.created_at - group.first.post.created_at >= _MINUTE


def _says_the_same(group: _Group, entry: _Entry) -> bool:
    if not group.files.isdisjoint(entry.files):
        return False
    if group.network_id and has_network_id(entry.post):
        return False
    one, other = group.first.post, entry.post
    if not _is_one_time(one, other) or not _is_one_author(one, other):
        return False
    return _is_one_text(find_essence(one), find_essence(other))


def _is_one_time(one: Post, other: Post) -> bool:
    """Return whether two times are one; some files tell the minute alone."""
    apart = abs(one.created_at - other.created_at)
    is_rough = _is_whole_minute(one) or _is_whole_minute(other)
    return apart < (_MINUTE if is_rough else _TO_THE_SECOND)


def _is_whole_minute(post: Post) -> bool:
    return post.created_at.second == 0 and post.created_at.microsecond == 0


def _is_one_author(one: Post, other: Post) -> bool:
    """Return whether a handle or a name of one post is that of the other, server apart."""
    return not _list_names(one).isdisjoint(_list_names(other))


def _list_names(post: Post) -> set[str]:
    names = {post.author.casefold(), post.author_name.casefold()}
    names.add(post.author.casefold().lstrip("@").partition("@")[0])
    return names - {""}


def find_essence(post: Post) -> str:
    """Return a post's text as it compares: letters and digits alone, without addresses."""
    return fold_text(post.text)


def fold_text(text: str) -> str:
    """Return a text as it compares: letters and digits alone, without addresses."""
    said = text[:_READ]
    if said.startswith("RT @"):
        said = _REPOST.sub("", said, count=1)
    said = _BARE_ADDRESS.sub("", LINK.sub("", said))
    return _PUNCTUATION.sub("", said.casefold())


def _is_one_text(one: str, other: str) -> bool:
    """Return whether two essences are of one text, of which one may be cut short."""
    short, long = sorted((one, other), key=len)
    return long == short or (len(short) >= _CUT and long.startswith(short))


def list_pages(post: Post) -> set[str]:
    """Return the page of a post, by whatever address a file knows it."""
    found = (name_page(address) for address in (post.id, post.url, *post.aliases))
    return {page for page in found if page}


def name_page(address: str) -> str:
    """Return one name for all the addresses of a page, "" for a text that is no address."""
    for pattern in (_STATUS, _ALIAS):
        if status := pattern.match(address):
            return f"{status[1].casefold()}:{status[2]}"
    if record := _BLUESKY.match(address):
        return f"bluesky:{record[1]}"
    if status := _X.match(address):
        return f"x:{status[1]}"
    if not address.startswith(("http://", "https://")):
        return ""
    if page := read_permalink(address):
        return f"{page.host if page.network == 'mastodon' else page.network}:{page.number}"
    bare = strip_tracking(address).partition("://")[2].partition("#")[0]
    return bare.removeprefix("www.").rstrip("/")


def list_numbers(post: Post) -> set[str]:
    """Return the numbers that networks gave to a post, whatever stands before them."""
    pages = list_pages(post)
    found = (_NUMBER.search(name) for name in (post.id, *post.aliases, *pages))
    return {number[1] for number in found if number}
