"""Ordering: the posts as they were said, where clocks tell the minute alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby, pairwise

from chinwag.model import Post
from chinwag.steps.reading.moment import find_line, find_number


def order_posts(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Return the posts by time; posts of one moment by their networks' ids or their file's order.

    Ids that are long numbers grow with time. Otherwise the lines of the file decide, read upwards
    in a file that has its newest posts first.
    """
    in_time = sorted(posts, key=lambda post: post.created_at)
    turn = _find_directions(in_time)
    ordered: list[Post] = []
    for _at, together in groupby(in_time, key=lambda post: post.created_at):
        ordered.extend(_order_moment(list(together), turn))
    return tuple(ordered)


def _order_moment(posts: list[Post], turn: dict[str, int]) -> list[Post]:
    if len(posts) == 1:
        return posts
    numbers = {post.id: find_number(post) for post in posts}
    if all(numbers.values()):
        return sorted(posts, key=lambda post: numbers[post.id])
    return sorted(posts, key=lambda post: (*_find_line(post, turn), post.id))


def _find_line(post: Post, turn: dict[str, int]) -> tuple[str, int]:
    address, line = find_line(post)
    return address, line * turn.get(address, 1)


def _find_directions(in_time: list[Post]) -> dict[str, int]:
    """Return -1 for each file whose lines run against time, and 1 for the others."""
    lines: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for post in in_time:
        for seen in post.sightings[:1]:
            lines[seen.address].append((seen.line, post.created_at.timestamp()))
    return {address: _find_direction(sorted(rows)) for address, rows in lines.items()}


def _find_direction(rows: list[tuple[int, float]]) -> int:
    steps = [after[1] - before[1] for before, after in pairwise(rows)]
    up, down = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    return -1 if down > up else 1
