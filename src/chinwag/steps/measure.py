"""Measuring: the figures of a chat, each countable by hand from its lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from chinwag.model import Chat, Measures, Placement, Post
from chinwag.steps.reading.appended import appends_links, find_appended
from chinwag.steps.reading.people import People


def measure_chat(
    posts: Sequence[Post], placements: Iterable[Placement], chat: Chat | None = None
) -> Measures:
    """Count a chat: those who spoke apart from those who passed it on.

    `posts` are merged and folded. Tombstones count as `deleted` alone. A repost that stands for an
    original which is not in the archive counts as a repost, not as speech. Handles that differ in
    case alone are one person, shown as first written; so are the accounts of one host of the
    `chat`. What reads like spam counts as `spam` alone. Posts whose words are lost were said, so
    they and their authors count; their links do not, since these are another post's.
    """
    alive = [post for post in posts if not post.deleted]
    placed = tuple(placements)
    spam = {placement.post for placement in placed if placement.kind == "spam"}
    spoken = [post for post in alive if post.is_spoken and post.id not in spam]
    people, names = People(chat, alive), dict[str, str]()
    counts = Counter(names.setdefault(people.find(post.author), post.author) for post in spoken)
    own = [post for post in spoken if not post.text_lost]
    passed_on = _list_reposters(alive)
    by_method = _count_methods({post.id for post in spoken}, placed)
    return Measures(
        posts=len(spoken),
        people=len(counts),
        reposts=len(passed_on),
        reposters=len({people.find(author) for author in passed_on} - names.keys()),
        replies=sum(post.reply_to is not None for post in spoken),
        links=len(_list_links(own)),
        pictures=sum(len(post.media) for post in own),
        deleted=len(posts) - len(alive),
        placed=sum(by_method.values()),
        by_method=by_method,
        spam=sum(post.id in spam for post in alive),
        removed=sum(bool(post.removed) for post in posts),
        by_person=dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold()))),
    )


def _list_links(posts: Sequence[Post]) -> set[str]:
    """Return the links of posts, without those that a client appended where nobody shared one."""
    appended = appends_links(posts)
    return {
        link
        for post in posts
        for link in post.links
        if not (appended and link == find_appended(post))
    }


def _list_reposters(alive: Sequence[Post]) -> list[str]:
    """Return the author of every repost, folded or standing."""
    folded = [repost.author for post in alive for repost in post.reposts]
    return folded + [post.author for post in alive if post.repost_of]


def _count_methods(spoken: set[str], placements: Iterable[Placement]) -> dict[str, int]:
    """Return how many posts each method placed on a question, most first."""
    counts = Counter(
        placement.by
        for placement in placements
        if placement.question is not None and placement.post in spoken
    )
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
