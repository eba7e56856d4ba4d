"""The window: when the chat ran, in files that may hold a week or a year of its hashtag.

A chat shows as a burst: many posts by several people within an hour or two. The liveliness of a
quarter of an hour is the square root of its posts times its people, so that neither a flood from
one person nor a trickle from strangers looks like a chat. From each peak the burst is followed both
ways for as long as it keeps a share of its peak (the share rises until the burst is no longer than
a chat can be), and must stand out from the hours around it. The talk that leads in and that lingers
is then taken along. The idea of a burst as a state with a higher rate than what surrounds it is
Kleinberg's ("Bursty and hierarchical structure in streams", 2002); fixed levels stand in for his
automaton, because they can be explained to a host in one sentence.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from heapq import nlargest
from itertools import groupby

import msgspec

from chinwag.errors import NoChat
from chinwag.model import Note, Window, make_note
from chinwag.steps.collect.hashtag import is_firehose
from chinwag.steps.collect.moments import Moments
from chinwag.steps.collect.timeline import Timeline

_MINUTE = 60
_HOUR = 3600
_DAY = 24 * _HOUR
_BIN = 5 * _MINUTE

_SHARES = (0.15, 0.3, 0.5)  # of the peak's liveliness; the first that gives a short burst holds
_FLOOR = 2.0  # liveliness below which nobody chats
_LULL = 4  # bins below that which a chat may hold
_LONGEST = 5 * _HOUR
_SHORTEST = 10 * _MINUTE
_FEWEST_POSTS = 12
MOST_POSTS = 50_000  # posts; with more, a person has to say when the chat was
_FEWEST_PEOPLE = 3
_CONTRAST = 3.0  # times as many posts an hour as in the hours around
_AROUND = 6 * _HOUR
_LEAD_IN = _HOUR
_AFTER_TALK = 90 * _MINUTE
_LEAD_GAP = 25 * _MINUTE
_AFTER_GAP = 25 * _MINUTE

_SAME_DAY = 24 * _HOUR  # files that span no more, and hold little else, hold one chat
_BESIDE = 0.25
_MANY_DAYS = 2  # without an hour that stands out: rather a hashtag than a chat
_FAINT = 0.05  # a burst with less than this share of the best one's peak is no chat
_SHARE = 0.2  # bursts with less of all posts are chance, unless they are strong
_STRONG_PEOPLE = 6
_COMPARABLE = 0.25  # of the largest chat's people and of its posts; the latest of those is best
_SMALL = 0.1  # of the liveliest burst's posts; with fewer, and no question, it is small talk
_STRAY = 30 * _DAY  # seconds; a handful of posts so far from all others have wrong dates
_HANDFUL = 0.02


class FoundWindow(msgspec.Struct, frozen=True, kw_only=True):
    """A window found in the posts: how many posts (reposts apart) and people, and why.

    `takes` is the stretch whose posts are the chat's: the window itself, or more where the files
    hold this one chat alone, with what announced it and what followed.
    """

    window: Window
    takes: Window
    posts: int
    people: int
    notes: tuple[Note, ...] = ()


class _Burst(msgspec.Struct, frozen=True):
    start: float
    end: float
    posts: int
    people: int
    asked: int
    peak: float


def find_windows(timeline: Timeline, hashtag: str = "") -> tuple[FoundWindow, ...]:
    """Return the windows in which a chat ran, the best first, at least one.

    The best is the latest of those with at least a quarter of the people and of the posts of the
    largest, for archives are usually made just after a chat; the others follow, latest first.
    Files of one day that hold little beside its bursts are one chat's, whole. The whole time is
    the window where no burst stands out. Raises NoChat where there is no post.
    """
    tag = hashtag if is_firehose(timeline, hashtag) else ""
    moments = timeline.list_moments(tag) or timeline.list_moments(tag, reposts=True)
    if not moments:
        raise NoChat("The files hold no posts.", code="files-without-posts")
    body = _leave_strays(moments)
    span = body[-1].at - body[0].at
    everything = _leave_strays(timeline.list_moments(tag, reposts=True))
    takes = Window(start=_to_time(everything[0].at), end=_to_time(everything[-1].at))
    bursts = _find_bursts(body) or _find_meetings(body)
    windows = tuple(_widen(burst, body) for burst in _rank(bursts)) if bursts else ()
    if not windows:
        whole = _take_unbursting(body, len(moments) - len(body))
        return (msgspec.structs.replace(whole, takes=takes),)
    beside = len(body) - sum(found.posts for found in windows)
    if span > _SAME_DAY or beside > _BESIDE * len(body):
        return windows
    day = _take_day(windows, body, len(moments) - len(body))
    return (msgspec.structs.replace(day, takes=takes),)


def keep_window(
    windows: Sequence[FoundWindow], known: Window, *, whole: bool = True
) -> tuple[FoundWindow, ...]:
    """Return the windows with the one first that shares most time with a window known before.

    So a chat stays the same chat when files come that hold others besides; with `whole` it stays as
    long as it was, too, so that no post falls out. The windows stay as they are where none shares
    any time.
    """
    same = max(windows, key=lambda found: _share(found, known))
    if not _share(same, known):
        return tuple(windows)
    others = tuple(found for found in windows if found is not same)
    return (_unite(same, known) if whole else same, *others)


def _share(found: FoundWindow, known: Window) -> float:
    """Return the seconds that two stretches of time share, counting both ends."""
    start, end = max(found.takes.start, known.start), min(found.takes.end, known.end)
    return max(0.0, (end - start).total_seconds() + 1)


def _unite(found: FoundWindow, known: Window) -> FoundWindow:
    """Return the window with all of the time that the chat had before."""
    window, takes = (_span(one, known) for one in (found.window, found.takes))
    if window == found.window and takes == found.takes:
        return found
    note = make_note("window-as-before", start=known.start, end=known.end)
    return msgspec.structs.replace(found, window=window, takes=takes, notes=(*found.notes, note))


def _span(one: Window, other: Window) -> Window:
    return Window(start=min(one.start, other.start), end=max(one.end, other.end))


def find_busiest_hours(
    timeline: Timeline, hashtag: str = "", *, most: int = 5
) -> tuple[FoundWindow, ...]:
    """Return those of the clock's hours in which most people wrote, the earliest first."""
    moments = timeline.list_moments(hashtag, reposts=True)
    starts = dict.fromkeys(at // _HOUR * _HOUR for at in moments.list_times())
    hours = [_take_hour(moments, start) for start in starts]
    best = nlargest(most, hours, key=lambda hour: (hour.people, hour.posts))
    return tuple(sorted(best, key=lambda hour: hour.window.start))


def _take_hour(moments: Moments, start: float) -> FoundWindow:
    inside = moments.cut(moments.find_from(start), moments.find_from(start + _HOUR))
    window = Window(start=_to_time(start), end=_to_time(start + _HOUR))
    people = inside.count_people()
    return FoundWindow(window=window, takes=window, posts=len(inside), people=people)


def tell_windows(windows: Sequence[FoundWindow], *, most: int = 10) -> tuple[Note, ...]:
    """Return how the window was found, and which other chats the files seem to hold."""
    best, *others = windows
    told = list(best.notes)
    if others:
        told.append(make_note("other-chats", chats=len(others)))
        told.extend(_tell_stretch(other) for other in others[:most])
    if len(others) > most:
        told.append(make_note("more-chats", chats=len(others) - most))
    return tuple(told)


def _tell_stretch(found: FoundWindow) -> Note:
    start, end = found.window.start, found.window.end
    return make_note("stretch", posts=found.posts, people=found.people, start=start, end=end)


def _leave_strays(moments: Moments) -> Moments:
    """Leave out the few posts whose dates lie far from all others: clocks set wrong."""
    handful = max(1, _HANDFUL * len(moments))
    runs = moments.split_at_pauses(_STRAY)
    kept = [run for run in runs if len(run) > handful]
    if not kept or len(kept) == len(runs):
        return moments
    return kept[0].join(kept[1:])


def _take_whole(body: Moments) -> FoundWindow:
    """Return the window from the first post to the last; nothing is told of it yet."""
    window = Window(start=_to_time(body[0].at), end=_to_time(body[-1].at))
    people = body.count_people()
    return FoundWindow(window=window, takes=window, posts=len(body), people=people)


def _tell(found: FoundWindow, *notes: Note, far_off: int = 0) -> FoundWindow:
    """Return a window with what is told of it; `far_off` posts were left out for their dates."""
    left_out = [make_note("posts-far-off", posts=far_off)] if far_off else []
    return msgspec.structs.replace(found, notes=(*notes, *left_out))


def _take_unbursting(body: Moments, far_off: int) -> FoundWindow:
    """Take everything where no hour stands out from the others."""
    whole = _take_whole(body)
    note = make_note("window-whole", start=whole.window.start, end=whole.window.end)
    days = int(body[-1].at - body[0].at) // _DAY
    warnings = [make_note("window-of-many-days", days=days)] if days >= _MANY_DAYS else []
    return _tell(whole, note, *warnings, far_off=far_off)


def _take_day(windows: Sequence[FoundWindow], body: Moments, far_off: int) -> FoundWindow:
    """Take all that files of one day hold: a chat held twice that day is one chat."""
    if len(windows) > 1:
        return _take_bursts(windows, body, far_off)
    (found,) = windows
    around = len(body) - found.posts
    if around:
        return _tell(found, *found.notes, make_note("posts-around", posts=around))
    whole = _take_whole(body)
    note = make_note("window-of-hours", start=whole.window.start, end=whole.window.end)
    return _tell(whole, note, far_off=far_off)


def _take_bursts(windows: Sequence[FoundWindow], body: Moments, far_off: int) -> FoundWindow:
    """Take several bursts of a day as one chat, and tell of each."""
    whole = _take_whole(body)
    note = make_note("window-of-day", start=whole.window.start, end=whole.window.end)
    told = _tell(whole, note, far_off=far_off)
    bursts = make_note("bursts", bursts=len(windows))
    return _tell(told, *told.notes, bursts, *map(_tell_stretch, windows))


def _find_bursts(body: Moments) -> list[_Burst]:
    """Return the bursts that could be chats, each once, the liveliest first."""
    bursts = list(_follow_peaks(body))
    bursts = [burst for burst in bursts if burst.asked or burst.posts >= _SMALL * bursts[0].posts]
    if sum(burst.posts for burst in bursts) >= _SHARE * len(body):
        return bursts
    return [burst for burst in bursts if burst.people >= _STRONG_PEOPLE]


def _follow_peaks(body: Moments) -> Iterator[_Burst]:
    """Yield the burst around each peak that could be a chat and overlaps none before it."""
    lively = _measure_liveliness(body)
    fewest = min(_FEWEST_PEOPLE, body.count_people())
    taken: set[int] = set()
    least = _FLOOR
    for peak in sorted(lively, key=lambda at: (-lively[at], at)):
        if lively[peak] < least:
            return
        if peak in taken:
            continue
        first, last = _follow(lively, peak)
        stands_apart = taken.isdisjoint(range(first, last + 1))
        taken.update(range(first - _LULL, last + _LULL + 1))
        burst = _describe(body, (first * _BIN, (last + 1) * _BIN), lively[peak])
        if stands_apart and _is_chat(burst, body, fewest):
            least = max(least, _FAINT * burst.peak)
            yield burst


def _find_meetings(body: Moments) -> list[_Burst]:
    """Return chats too quiet for a burst: numbered questions asked, then silence for half a day.

    There are two of them at least, or none: one alone is the whole.
    """
    runs = body.split_at_pauses(_DAY / 2)
    meetings = [run for run in runs if _is_meeting(run)]
    if len(meetings) < 2:
        return []
    return [_make_burst(run, len(run)) for run in meetings]


def _is_meeting(run: Moments) -> bool:
    is_short = run[-1].at - run[0].at <= _LONGEST and len(run) <= MOST_POSTS
    return is_short and bool(run.count_asking())


def _make_burst(inside: Moments, peak: float) -> _Burst:
    return _Burst(
        start=inside[0].at,
        end=inside[-1].at,
        posts=len(inside),
        people=inside.count_people(),
        asked=inside.count_asking(),
        peak=peak,
    )


def _measure_liveliness(body: Moments) -> dict[int, float]:
    """Return for each five minutes the liveliness of the quarter of an hour around it."""
    posts: dict[int, int] = {}
    people: dict[int, set[int]] = {}  # of the last three stretches: the file may hold a million
    lively: dict[int, float] = {}
    for at, inside in groupby(body, key=lambda moment: int(moment.at // _BIN)):
        authors: set[int] = set()
        posts[at] = 0
        for moment in inside:
            posts[at] += 1
            if len(authors) < MOST_POSTS:  # with more people than that, it is no chat
                authors.add(moment.author)
        people = {near: people[near] for near in (at - 2, at - 1) if near in people}
        people[at] = authors
        for middle in (at - 1, at):
            if middle in posts:
                lively[middle] = _measure_around(middle, posts, people)
    return lively


def _measure_around(middle: int, posts: dict[int, int], people: dict[int, set[int]]) -> float:
    near = [at for at in (middle - 1, middle, middle + 1) if at in posts]
    voices = len(set().union(*(people[at] for at in near)))
    return math.sqrt(sum(posts[at] for at in near) * voices)


def _follow(lively: dict[int, float], peak: int) -> tuple[int, int]:
    """Return the first and last bin of the burst around a peak."""
    first = last = peak
    for share in _SHARES:
        least = max(_FLOOR, share * lively[peak])
        first = _walk(lively, peak, -1, least)
        last = _walk(lively, peak, 1, least)
        if (last - first + 1) * _BIN <= _LONGEST:
            break
    return first, last


def _walk(lively: dict[int, float], peak: int, step: int, least: float) -> int:
    reached = at = peak
    while abs(at - reached) <= _LULL:
        at += step
        if lively.get(at, 0.0) >= least:
            reached = at
    return reached


def _describe(body: Moments, span: tuple[int, int], peak: float) -> _Burst:
    """Return the burst of the posts within a span (seconds), cut to its posts."""
    start, end = span
    return _make_burst(body.cut(body.find_from(start), body.find_from(end)), peak)


def _is_chat(burst: _Burst, body: Moments, fewest: int) -> bool:
    """Return whether a burst could be a chat; `fewest` are the people whom it needs."""
    length = burst.end - burst.start
    if not _FEWEST_POSTS <= burst.posts <= MOST_POSTS or not _SHORTEST <= length <= _LONGEST:
        return False
    if burst.people < fewest:
        return False
    before = body.find_from(burst.start) - body.find_from(burst.start - _AROUND)
    after = body.find_after(burst.end + _AROUND) - body.find_after(burst.end)
    return burst.posts / length >= _CONTRAST * (before + after) / (2 * _AROUND)


def _rank(bursts: list[_Burst]) -> list[_Burst]:
    """Put the latest of the comparable bursts first, then the others, the latest first."""
    by_time = sorted(bursts, key=lambda burst: -burst.start)
    best = _choose_best(by_time)
    return [best, *(burst for burst in by_time if burst is not best)]


def _choose_best(by_time: list[_Burst]) -> _Burst:
    """Return the latest of the comparable bursts, the liveliest where none is.

    Where some of them number their questions, one in which nobody does is no chat like them.
    """
    people = _COMPARABLE * max(burst.people for burst in by_time)
    posts = _COMPARABLE * max(burst.posts for burst in by_time)
    likely = [burst for burst in by_time if burst.people >= people and burst.posts >= posts]
    if not likely:
        return max(by_time, key=lambda burst: burst.peak)
    asking = [burst for burst in likely if burst.asked]
    return asking[0] if asking else likely[0]


def _widen(burst: _Burst, body: Moments) -> FoundWindow:
    """Take along the talk that leads in (an hour at most) and that lingers (an hour and a half)."""
    first, last = _find_lead_in(body, burst.start), _find_after_talk(body, burst.end)
    found = _take_whole(body.cut(first, last + 1))
    return _tell(found, _tell_burst(found, burst.asked))


def _find_lead_in(body: Moments, start: float) -> int:
    """Return the place of the first post that leads in to what begins at `start`."""
    first = body.find_from(start)
    while first and body[first].at - body[first - 1].at <= _LEAD_GAP:
        if start - body[first - 1].at > _LEAD_IN:
            break
        first -= 1
    return first


def _find_after_talk(body: Moments, end: float) -> int:
    """Return the place of the last post that lingers on what ends at `end`."""
    last = body.find_after(end) - 1
    while last + 1 < len(body) and body[last + 1].at - body[last].at <= _AFTER_GAP:
        if body[last + 1].at - end > _AFTER_TALK:
            break
        last += 1
    return last


def _tell_burst(found: FoundWindow, asked: int) -> Note:
    """Return how a window was found, and its time; what is archived is counted elsewhere."""
    start, end = found.window.start, found.window.end
    if asked:
        return make_note("window-by-asking-burst", asked=asked, start=start, end=end)
    return make_note("window-by-burst", start=start, end=end)


def _to_time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
