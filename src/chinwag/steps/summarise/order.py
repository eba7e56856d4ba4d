"""In which order the bullets of a question stand: shared first, then theme by theme, then by time.

Two single ideas are of one theme where one answers the other, or where they share enough of their
weight in words. Themes stand in the order in which they came up, and so do the ideas of each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chinwag.steps.summarise.choose import Point

OF_ONE_THEME = 0.12  # nearness from which two ideas stand together

Nearness = Callable[[Point, Point], float]


def order_points(points: Sequence[Point], nearness: Nearness) -> tuple[Point, ...]:
    """Return the points as a reader wants them; `nearness` of two runs from 0 to 1.

    Those that most people share come first, the earlier first among equals.
    """
    shared = sorted((one for one in points if one.people > 1), key=lambda p: (-p.people, p.when))
    single = sorted((one for one in points if one.people == 1), key=lambda point: point.when)
    return (*shared, *(one for theme in _find_themes(single, nearness) for one in theme))


def _find_themes(points: Sequence[Point], nearness: Nearness) -> list[list[Point]]:
    """Return points in time order as themes: each joins the theme that holds the nearest before."""
    themes: list[list[Point]] = []
    for point in points:
        near = [max(_relate(point, other, nearness) for other in theme) for theme in themes]
        best = max(near, default=0.0)
        if best >= OF_ONE_THEME:
            themes[near.index(best)].append(point)
        else:
            themes.append([point])
    return themes


def _relate(one: Point, other: Point, nearness: Nearness) -> float:
    ids = {post.id for post in other.quoted.posts}
    answers = any(post.reply_to in ids for post in one.quoted.posts)
    return 1.0 if answers else nearness(one, other)
