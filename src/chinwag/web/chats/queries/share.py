"""What is shared of a chat, and where: the targets, and who is quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from chinwag.web.chats.models import Account, Chat, Comments, EntryKind, Publication
from chinwag.web.chats.queries.problems import Problem, tell_problem

_LENGTHS = {"mastodon": 480, "bluesky": 290}  # characters of one post, with room to spare


class Target(NamedTuple):
    """A blog on which the story can be put, and what became of it there.

    `comments` are those that readers see under it, with what went wrong when they were counted.
    """

    account: Account
    publication: Publication | None
    problem: Problem | None
    is_behind: bool
    comments: Comments | None
    comments_problem: Problem | None


class Told(NamedTuple):
    """Texts that tell people of one network that they are quoted, each short enough for a post."""

    network: str
    texts: tuple[str, ...]


def list_targets(chat: Chat, language: str) -> list[Target]:
    """Return the series' blogs, each with this chat's post there."""
    posts = {one.account_id: one for one in chat.publications.select_related("comments")}
    targets = []
    for account in chat.series.accounts.all():
        post = posts.get(account.pk)
        problem = tell_problem(post.problem, language) if post else None
        is_behind = bool(post and post.url and post.edition != chat.published_edition)
        comments: Comments | None = getattr(post, "comments", None)
        not_counted = tell_problem(comments.problem, language) if comments else None
        targets.append(Target(account, post, problem, is_behind, comments, not_counted))
    return targets


def list_quoted(chat: Chat) -> dict[str, list[str]]:
    """Return the handles of the people whom the points quote, by network, each once."""
    points = chat.entries.filter(kind=EntryKind.POINT).exclude(author="").order_by("said_at", "id")
    quoted = list(dict.fromkeys(points.values_list("author", flat=True)))
    networks = dict(
        chat.entries.filter(kind=EntryKind.POST, author__in=quoted).values_list("author", "network")
    )
    by_network: defaultdict[str, list[str]] = defaultdict(list)
    for author in quoted:
        if author in networks and not author.startswith("name-hidden-"):
            by_network[networks[author]].append(author)
    return dict(by_network)


def write_told(chat: Chat, words: str, address: str) -> list[Told]:
    """Return for each network the texts that tell its people that they are quoted.

    `words` open each text, and `address` ends it.
    """
    return [
        Told(network, tuple(_fill(words, address, people, _LENGTHS[network])))
        for network, people in list_quoted(chat).items()
        if network in _LENGTHS
    ]


def _fill(words: str, address: str, people: Iterable[str], length: int) -> Iterable[str]:
    """Yield texts of at most so many characters, with as many mentions in each as fit."""
    mentions: list[str] = []
    for person in people:
        more = [*mentions, f"@{person}"]
        if mentions and len(_write(words, address, more)) > length:
            yield _write(words, address, mentions)
            more = [f"@{person}"]
        mentions = more
    if mentions:
        yield _write(words, address, mentions)


def _write(words: str, address: str, mentions: list[str]) -> str:
    return f"{words} {' '.join(mentions)} {address}"
