"""Merging: one record for each post, however often and wherever it was seen; deletions honoured.

What two records of a post say is weighed field by field, never by which came first in the files:
the same records in any order give the same posts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from chinwag.model import Deletion, Media, Note, Post, Sighting, Version, make_note
from chinwag.records.repairs import ORIGINAL_ROUNDED, PARENT_ROUNDED
from chinwag.steps.collect.match import has_network_id
from chinwag.steps.collect.parents import ORIGINAL_RESTORED, PARENT_RESTORED, restore_parents
from chinwag.text.links import LINK

_DAWN = datetime.min.replace(tzinfo=UTC)
_SHORTENED = ("https://t.co/", "http://t.co/")
_SAME_TIME = timedelta(minutes=2)
_SHOWN = 5
_SIGHTINGS = Post.__struct_fields__.index("sightings")


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """The posts, one each, in the order in which each was first met.

    `repeated` are the records that were seen before; `unknown` the deletions of posts that are
    not here; `notes` tell what the records disagree about.
    """

    posts: tuple[Post, ...]
    repeated: int = 0
    unknown: tuple[Deletion, ...] = ()
    notes: tuple[Note, ...] = ()


def merge_posts(
    posts: Iterable[Post],
    deletions: Iterable[Deletion] = (),
    same: Iterable[tuple[str, str]] = (),
) -> Merged:
    """Return each post once, with all its sightings; a deleted one becomes a tombstone.

    Records are of one post where they share an id or an alias, or where `same` pairs their ids. A
    later edit wins and the earlier text goes to `versions`; a text cut short yields to the whole;
    where nothing tells which text is later the longest stays, and a note says so. Missing fields
    are filled from the others. Ids of parents that are aliases become the ids of the posts they
    mean, and rounded ones are restored where one post alone fits.
    """
    records = tuple(posts)
    groups, ids = _group_records(records, same)
    deleted, unknown = _match_deletions(deletions, groups, ids)
    known = restore_parents(
        [
            _merge_group(id_, [_point_at_ids(record, ids) for record in group])
            for id_, group in groups.items()
        ]
    )
    deleted = _add_reposts(deleted, known)
    merged = tuple(make_tombstone(post) if post.id in deleted else post for post in known)
    return Merged(
        posts=merged,
        repeated=len(records) - len(merged),
        unknown=unknown,
        notes=_tell_conflicts(groups),
    )


def make_tombstone(post: Post) -> Post:
    """Return what may be kept of a deleted post: that it was there, when, and what it answered.

    Text, author, pictures, links, earlier versions and the permalink go: its author took them
    back. Reposts that were folded under it go with it.
    """
    return Post(
        id=post.id,
        author="",
        text="",
        created_at=post.created_at,
        reply_to=post.reply_to,
        url="",
        source=post.source,
        thread=post.thread,
        aliases=post.aliases,
        deleted=True,
        removed=post.removed,
        sightings=post.sightings,
    )


def _group_records(
    records: Sequence[Post], same: Iterable[tuple[str, str]]
) -> tuple[dict[str, list[Post]], dict[str, str]]:
    """Return the records of each post under the id it will have, and that id by every other id."""
    roots = _join_ids(records, same)
    by_root: dict[str, list[Post]] = {}
    for post in records:
        by_root.setdefault(_find_root(roots, post.id), []).append(post)
    groups: dict[str, list[Post]] = {}
    ids: dict[str, str] = {}
    for group in by_root.values():
        if len(group) == 1 and not group[0].aliases:
            groups[group[0].id] = group
            continue
        is_one = len({post.id for post in group}) == 1
        id_ = group[0].id if is_one else max(group, key=_rank_id).id
        groups[id_] = group
        others = {known for post in group for known in (post.id, *post.aliases)} - {id_}
        ids.update(dict.fromkeys(others, id_))
    return groups, ids


def _join_ids(records: Sequence[Post], same: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Join every id with its aliases (union-find): each points at another, or is a root."""
    aliases = ((post.id, alias) for post in records for alias in post.aliases)
    roots: dict[str, str] = {}
    for pair in (*aliases, *same):
        one, other = (_find_root(roots, id_) for id_ in pair)
        if one != other:
            roots[other] = one
    return roots


def _find_root(roots: dict[str, str], id_: str) -> str:
    while id_ in roots:
        id_ = roots[id_]
    return id_


def _merge_group(id_: str, group: list[Post]) -> Post:
    """Return one post for the records of one id."""
    if len(group) == 1 and group[0].id == id_:
        return group[0]
    records = _join_alike(group)
    if len(records) > 1:
        records.sort(key=_rank_record, reverse=True)
    elif records[0] is group[0] and records[0].id == id_:
        return records[0]
    return _fill_fields(id_, records)


def _join_alike(records: Iterable[Post]) -> list[Post]:
    """Return the records, with those that say the same joined in one that was seen in more places.

    An original that a hundred reposts bring along is a hundred records that differ in nothing else;
    weighing them against one another would be the longest part of a merge.
    """
    alike: dict[tuple[Any, ...], list[Post]] = {}
    for post in records:
        said = msgspec.structs.astuple(post)
        alike.setdefault(said[:_SIGHTINGS] + said[_SIGHTINGS + 1 :], []).append(post)
    return list(map(_join, alike.values()))


def _join(alike: list[Post]) -> Post:
    """Return one record for several that differ in nothing but where they were seen."""
    if len({post.sightings for post in alike}) == 1:
        return alike[0]
    return msgspec.structs.replace(alike[0], sightings=_unite_sightings(alike))


def _rank_record(post: Post) -> tuple[Any, ...]:
    """Order records of one post by how far their text is to be believed, the best last."""
    return (
        not post.text_lost,
        post.edited_at or _DAWN,
        not _is_cut(post.text),
        not any(short in post.text for short in _SHORTENED),
        len(post.text),
        post.text,
        _count_filled(post),
        msgspec.json.encode(post),
    )


def _rank_id(post: Post) -> tuple[Any, ...]:
    """Order records of one post by how surely their id is the network's own, the surest last."""
    is_own = has_network_id(post) and post.id != post.url
    return (is_own, bool(post.aliases), *_rank_record(post))


def _is_cut(text: str) -> bool:
    return LINK.sub("", text).rstrip().endswith("…")


def _count_filled(post: Post) -> int:
    return sum(bool(getattr(post, field)) for field in post.__struct_fields__)


def _fill_fields(id_: str, ranked: list[Post]) -> Post:
    """Return the best record, its empty fields filled from the others."""
    changes: dict[str, Any] = {field: _choose_value(field, ranked) for field in _PLAIN}
    known = {known for post in ranked for known in (post.id, *post.aliases)}
    sightings = _unite_sightings(ranked)
    return msgspec.structs.replace(
        ranked[0],
        id=id_,
        aliases=tuple(sorted(known - {id_})),
        reposts=_unite([post.reposts for post in ranked]),
        deleted=any(post.deleted for post in ranked),
        sightings=sightings,
        source=sightings[0].route if sightings else min(post.source for post in ranked),
        created_at=_choose_time(ranked),
        repost_count=max(post.repost_count for post in ranked),
        links=max((post.links for post in ranked), key=_rank_links),
        media=_unite_media(ranked),
        versions=_gather_versions(ranked),
        **_choose_ids(ranked),
        **changes,
    )


# Fields of which the best record's value holds, or the next one's where it has none.
_PLAIN = (
    *("author", "author_name", "author_id", "reply_to_author", "thread", "url"),
    *("lang", "hashtags", "mentions", "content_warning", "quote_of", "edited_at", "removed"),
)


def _choose_value(field: str, ranked: list[Post]) -> Any:
    """Return the value of the best record that has one."""
    values = [getattr(post, field) for post in ranked]
    return next(filter(None, values), values[0])


class _Reference(NamedTuple):
    """An id that a record names, in the order in which such ids are to be believed."""

    is_known: bool
    is_exact: bool
    is_global: bool
    id: str


def _choose_ids(ranked: list[Post]) -> dict[str, Any]:
    """Return the ids of parent and original, exact ones before rounded ones, and the repairs."""
    repairs = set(_unite([post.repairs for post in ranked]))
    parents = [
        _refer(post.reply_to, is_exact=PARENT_ROUNDED not in post.repairs)
        for post in ranked
        if post.reply_to
    ]
    originals = [
        _refer(post.repost_of, is_exact=ORIGINAL_ROUNDED not in post.repairs)
        for post in ranked
        if post.repost_of
    ]
    if any(parent.is_exact for parent in parents):
        repairs -= {PARENT_ROUNDED, PARENT_RESTORED}
    if any(original.is_known and original.is_exact for original in originals):
        repairs -= {ORIGINAL_ROUNDED, ORIGINAL_RESTORED}
    return {
        "reply_to": max(parents).id if parents else None,
        "repost_of": max(originals).id if originals else "",
        "repairs": tuple(sorted(repairs)),
    }


def _refer(id_: str, *, is_exact: bool) -> _Reference:
    return _Reference(id_ != "?", is_exact, not _is_local(id_), id_)


def _is_local(id_: str) -> bool:
    """Return whether only one server calls a post so: an alias that no post here goes by."""
    return id_.startswith("mastodon:")


def _unite(lists: Iterable[Sequence[Any]]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))


def _choose_time(ranked: list[Post]) -> datetime:
    """Return the most exact time (to the minute, the second, its fraction), else the earliest."""
    moments = [post.created_at for post in ranked]
    return min(moments, key=lambda at: (at.second == 0, at.microsecond == 0, at))


def _rank_links(links: tuple[str, ...]) -> tuple[Any, ...]:
    full = [link for link in links if not link.startswith(_SHORTENED)]
    return len(full), len(links), links


def _unite_sightings(ranked: list[Post]) -> tuple[Sighting, ...]:
    """Return where the post was seen, each place once, with the earliest time of those told."""
    places: dict[tuple[str, int, str], Sighting] = {}
    for seen in sorted(_unite([post.sightings for post in ranked]), key=_tell_time):
        places.setdefault((seen.address, seen.line, seen.route), seen)
    return tuple(places[place] for place in sorted(places))


def _tell_time(seen: Sighting) -> tuple[bool, datetime]:
    """Return the sorting key for sightings of one place: the earliest first, without time last."""
    return seen.at is None, seen.at or _DAWN


def _unite_media(ranked: list[Post]) -> tuple[Media, ...]:
    """Return every picture once, with its description where any record has it."""
    media: dict[str, Media] = {}
    for found in _unite([post.media for post in ranked]):
        known = media.get(found.url)
        if known is None or (found.alt and not known.alt):
            media[found.url] = found
    return tuple(media.values())


def _gather_versions(ranked: list[Post]) -> tuple[Version, ...]:
    """Return what the post said before, oldest first: texts of records known to be earlier."""
    best = ranked[0]
    versions = list(_unite([post.versions for post in ranked]))
    versions += [
        Version(text=post.text, at=post.edited_at or post.created_at)
        for post in ranked[1:]
        if _is_earlier(post, best)
    ]
    texts: dict[str, Version] = {}
    for version in sorted(versions, key=lambda version: (version.at or _DAWN, version.text)):
        texts.setdefault(version.text, version)
    texts.pop(best.text, None)
    return tuple(texts.values())


def _is_earlier(post: Post, best: Post) -> bool:
    """Return whether a record is known to hold an earlier text than the best one."""
    if (post.edited_at or _DAWN) >= (best.edited_at or _DAWN):
        return False
    return not post.text_lost and not _is_same(_find_essence(best.text), _find_essence(post.text))


def _find_essence(text: str) -> str:
    """Return a text as it compares: no links, no spaces, nothing of what a cut leaves behind."""
    return "".join(LINK.sub("", text).split()).rstrip("…")


def _is_same(one: str, other: str) -> bool:
    """Return whether two essences are one text, of which one may be cut short."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and (len(short) >= 40 or short == long)


def _tell_conflicts(groups: dict[str, list[Post]]) -> tuple[Note, ...]:
    """Return where records of a post differ, and nothing tells which of them is right."""
    several = {id_: group for id_, group in groups.items() if len(group) > 1}
    texts = {
        (id_, text): _choose_best(group).text
        for id_, group in several.items()
        for text in _find_other_texts(group)
    }
    notes = [
        make_note("two-texts", post=id_, kept=kept, other=other)
        for (id_, other), kept in sorted(texts.items())
    ]
    times = sorted(id_ for id_, group in several.items() if _differ_in_time(group))
    if times:
        first = tuple(times[:_SHOWN])
        notes.insert(0, make_note("differing-times", posts=len(times), first=first))
    return tuple(notes)


def _differ_in_time(group: list[Post]) -> bool:
    moments = [post.created_at for post in group]
    return max(moments) - min(moments) > _SAME_TIME


def _choose_best(group: list[Post]) -> Post:
    return max(group, key=_rank_record)


def _find_other_texts(group: list[Post]) -> set[str]:
    """Return the texts of a post beside the best record's that may be as late as that one."""
    if all(post.text == group[0].text for post in group):
        return set()
    best = _choose_best(group)
    return {post.text for post in group if _contradicts(post, best)}


def _contradicts(post: Post, best: Post) -> bool:
    """Return whether a record's text differs, and nothing tells which of the two is later."""
    if not post.text or post.text_lost or post.deleted or best.deleted:
        return False
    if (post.edited_at or _DAWN) != (best.edited_at or _DAWN):
        return False
    return not _is_same(_find_essence(best.text), _find_essence(post.text))


def _match_deletions(
    deletions: Iterable[Deletion], groups: dict[str, list[Post]], ids: dict[str, str]
) -> tuple[set[str], tuple[Deletion, ...]]:
    """Return the ids that are deleted, and the deletions of posts that are not here."""
    deleted: set[str] = set()
    unknown: dict[str, Deletion] = {}
    for deletion in deletions:
        id_ = ids.get(deletion.id, deletion.id)
        deleted.add(id_)
        if id_ not in groups:
            unknown.setdefault(id_, deletion)
    return deleted, tuple(unknown.values())


def _add_reposts(deleted: set[str], posts: Sequence[Post]) -> set[str]:
    """Return the ids of all that is deleted, and of what only repeats it, directly or not."""
    gone = deleted | {post.id for post in posts if post.deleted}
    repeating: dict[str, list[str]] = {}
    for post in posts:
        if post.repost_of:
            repeating.setdefault(post.repost_of, []).append(post.id)
    to_follow = list(gone)
    while to_follow:
        new = set(repeating.get(to_follow.pop(), ())) - gone
        gone |= new
        to_follow.extend(new)
    return gone


def _point_at_ids(post: Post, ids: dict[str, str]) -> Post:
    """Replace aliases of other posts by their ids."""
    if not ids:
        return post
    changes = {
        field: ids[value]
        for field in ("reply_to", "thread", "quote_of", "repost_of")
        if (value := getattr(post, field)) in ids
    }
    return msgspec.structs.replace(post, **changes) if changes else post
