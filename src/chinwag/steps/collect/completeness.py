"""Completeness: how many posts there were, estimated from two ways of looking that are independent.

Two groups of routes that look in different places are two captures of the same posts. The second
group found a share of what the first found; it will have found about that share of all. The number
is Chapman's estimator (D. G. Chapman, "Some properties of the hypergeometric distribution with
applications to zoological sample censuses", 1951). Its interval is the exact one: how many of the
first group's posts the second finds is hypergeometric, and the interval holds every number of posts
under which what was seen is not too unlikely at either end (C. J. Clopper and E. S. Pearson, "The
use of confidence or fiducial limits illustrated in the case of the binomial", 1934). Unlike
intervals that take the estimate for normal, it holds where nearly everything was found twice.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set

import msgspec

from chinwag.model import Completeness, Note, Post, RouteRecord, make_note
from chinwag.steps.collect.tagging import has_tag

METHOD = "Chapman's estimator, exact 95 % hypergeometric interval"
FEWEST_COMMON = 7  # found by both: with fewer the estimator is biased (Robson and Regier, 1964)
_UNLIKELY = 0.025  # at either end of the interval
_NOTHING = 1e-12  # further terms of a sum no longer matter
_THREAD = "thread"  # such routes find posts through other posts: not independently


def estimate_completeness(
    posts: Iterable[Post], routes: Sequence[RouteRecord], hashtag: str
) -> tuple[Completeness, ...]:
    """Return an estimate for each network with live routes, in the order of their names.

    Only posts with the hashtag count, since only routes that follow threads can find others, and
    only those that have not been deleted. Where nothing can be estimated, it says why.
    """
    tagged = [post for post in posts if _is_found(post, hashtag)]
    networks = sorted({route.network for route in routes})
    return tuple(
        _estimate_network(
            name, tagged, [route for route in routes if route.network == name], hashtag
        )
        for name in networks
    )


def estimate_number(first: int, second: int, both: int) -> tuple[float, float, float]:
    """Return how many there are, and the 95 % interval's ends.

    `first` were found in one way, `second` in another, `both` in both. The lower end is never
    below what was found.
    """
    estimate = (first + 1) * (second + 1) / (both + 1) - 1
    found = first + second - both
    if not both:
        return estimate, found, math.inf
    low = _find_number(found, lambda there: _sum_tail(there, first, second, both, -1) > _UNLIKELY)
    end = _find_number(found, lambda there: _sum_tail(there, first, second, both, 1) <= _UNLIKELY)
    return estimate, low, max(end - 1, low)


def _find_number(least: int, holds: Callable[[int], bool]) -> int:
    """Return the least number, from `least` on, for which `holds`; once true, that stays true."""
    step = 1
    while not holds(least + step - 1):
        step *= 2
    low, high = least + step // 2, least + step - 1  # it holds at `high`
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return high


def _sum_tail(there: int, first: int, second: int, both: int, step: int) -> float:
    """Return how likely it is to find `both` in common or more (`step` 1), or fewer (-1)."""
    rest = there - first - second
    term = total = math.exp(
        _log_choose(first, both)
        + _log_choose(there - first, second - both)
        - _log_choose(there, second)
    )
    common = both
    while term > total * _NOTHING:
        if step > 0:
            term *= (first - common) * (second - common) / ((common + 1) * (rest + common + 1))
        else:
            term *= common * (rest + common) / ((first - common + 1) * (second - common + 1))
        common += step
        total += term
    return total


def _log_choose(of: int, some: int) -> float:
    return math.lgamma(of + 1) - math.lgamma(some + 1) - math.lgamma(of - some + 1)


class _Groups(msgspec.Struct, frozen=True):
    """Two groups of routes by name, and the ids of what each found."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    by_first: frozenset[str]
    by_second: frozenset[str]


def _is_found(post: Post, hashtag: str) -> bool:
    """Return whether looking for the hashtag finds a post."""
    return has_tag(post, hashtag) and not (post.deleted or post.repost_of)


def _estimate_network(
    network: str, tagged: Sequence[Post], routes: Sequence[RouteRecord], hashtag: str
) -> Completeness:
    found_by = _find_origins(tagged, routes)
    found = len(frozenset[str]().union(*found_by.values()))
    unknown = Completeness(
        network=network,
        method=METHOD,
        found=found,
        said=make_note("completeness-unknown", network=network, hashtag=hashtag, posts=found),
    )
    groups = _split_groups(found_by, routes)
    if groups is None:
        return msgspec.structs.replace(unknown, why=make_note("one-origin"))
    both = groups.by_first & groups.by_second
    counted = msgspec.structs.replace(
        unknown,
        first=groups.first,
        second=groups.second,
        by_first=len(groups.by_first),
        by_second=len(groups.by_second),
        by_both=len(both),
    )
    if len(both) < FEWEST_COMMON:
        why = make_note("few-in-common", posts=len(both), needed=FEWEST_COMMON)
        return msgspec.structs.replace(counted, why=why)
    estimate, low, high = estimate_number(len(groups.by_first), len(groups.by_second), len(both))
    estimate = max(estimate, found)
    return msgspec.structs.replace(
        counted,
        estimate=round(estimate, 1),
        low=low,
        high=high,
        said=_tell_estimate(network, hashtag, found, round(estimate), math.ceil(high)),
    )


def _find_origins(
    tagged: Sequence[Post], routes: Sequence[RouteRecord]
) -> dict[str, frozenset[str]]:
    """Return the ids that each origin found by looking for the hashtag."""
    looking = [route for route in routes if route.kind != _THREAD]
    origins = {seen: route.origin for route in looking for seen in route.seen_as}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for post in tagged:
        seen_as = {f"{sighting.route} {sighting.address}" for sighting in post.sightings}
        for seen in seen_as & origins.keys():
            found[origins[seen]].add(post.id)
    return {origin: frozenset(ids) for origin, ids in found.items()}


def _split_groups(
    found_by: Mapping[str, frozenset[str]], routes: Sequence[RouteRecord]
) -> _Groups | None:
    """Put the origin that found most against all the others; None where there is only one."""
    if len(found_by) < 2:
        return None
    best = max(sorted(found_by), key=lambda origin: len(found_by[origin]))
    others = found_by.keys() - {best}
    return _Groups(
        first=_name_routes(routes, {best}),
        second=_name_routes(routes, others),
        by_first=found_by[best],
        by_second=frozenset[str]().union(*map(found_by.__getitem__, others)),
    )


def _name_routes(routes: Sequence[RouteRecord], origins: Set[str]) -> tuple[str, ...]:
    """Return the names of the routes that look for the hashtag at these `origins`."""
    looking = [route for route in routes if route.kind != _THREAD]
    return tuple(route.name for route in looking if route.origin in origins)


def _tell_estimate(network: str, hashtag: str, found: int, estimate: int, high: int) -> Note:
    """Return what an estimate says: `found` of about `estimate` posts, of `high` at most."""
    missing, most = estimate - found, high - found
    if most <= 0:
        return make_note("nothing-missing", network=network, hashtag=hashtag, posts=found)
    if missing <= 0:
        return make_note(
            "hardly-any-missing", network=network, hashtag=hashtag, posts=found, most=most
        )
    return make_note(
        "some-missing", network=network, hashtag=hashtag, posts=found, missing=missing, most=most
    )
