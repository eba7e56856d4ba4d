"""Posts in several parts joined: what one person said in one breath is one statement.

People write "(1/2)" and "(2/2)", end in "…" and begin the next post with it, or answer themselves
with words that make no sense alone ("Which is why we stopped"). Such posts are one statement. A
person's posts that each stand alone stay apart, even where they answer one another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from chinwag.model import Placement
from chinwag.steps.judging.phrase_classes import leans_back
from chinwag.steps.judging.surroundings import is_labelled
from chinwag.steps.reading.read_post import ReadPost
from chinwag.steps.reading.view import WITHIN
from chinwag.steps.summarise.statement import QUOTABLE_KINDS, clean
from chinwag.text.cleaning import clean_post
from chinwag.text.parts import breaks_off, find_counters, takes_up

Run = tuple[tuple[ReadPost, Placement], ...]

SOON = timedelta(minutes=3)  # a part follows one without a mark this soon
MOST_PARTS = 8

_AT_START = 40  # letters within which a counter opens a post, after names, tags and a label
_WRAPPING = re.compile(r"(?<![\s])(?:\s++|[#@]\w++|https?://\S++){1,60}$")


class _Part(NamedTuple):
    """One post as a possible part: its count ("2" of "2/3", 0 without), and the words cleaned."""

    read: ReadPost
    placement: Placement
    number: int
    words: str


def join_parts(
    said: Sequence[tuple[ReadPost, Placement]], hashtag: str, people: frozenset[str] = frozenset()
) -> list[Run]:
    """Return the posts of a question as runs: most of one post, a statement in parts of several.

    `said` is in time order. A run is in that order, and runs are in the order of their first post.
    `people` are as `clean_post` takes them.
    """
    runs: list[list[_Part]] = []
    latest: dict[str, list[_Part]] = {}  # the run to which each person's latest post belongs
    for read, placement in said:
        part = _Part(read, placement, _find_number(read.text), clean(read, hashtag, people))
        run = latest.get(read.author)
        if run and placement.kind in QUOTABLE_KINDS and _goes_on(run, part):
            run.append(part)
        else:
            latest[read.author] = [part]
            runs.append(latest[read.author])
    return [tuple((part.read, part.placement) for part in run) for run in runs]


def _find_number(text: str) -> int:
    """Return which part a post says it is: 2 for "(2/3)", where that opens or ends it; else 0."""
    bare = _WRAPPING.sub("", text)
    for counter in find_counters(bare):
        ends = not bare[counter.end :].strip(" )].…")
        near = counter.start <= _AT_START
        opens = near and not clean_post(bare[: counter.start]).strip("( [")
        if ends or opens:
            return counter.number
    return 0


def _goes_on(run: Sequence[_Part], part: _Part) -> bool:
    """Return whether a post goes on with what its author said before."""
    last = run[-1]
    if len(run) == MOST_PARTS or not _may_go_on(last, part):
        return False
    if part.number or last.number:
        return _counts_on(last, part)
    reply_to = part.read.post.reply_to
    if reply_to not in (None, "", last.read.id, last.read.post.reply_to):
        return False
    if is_labelled(part.read) and not is_labelled(last.read):
        return False  # an answer's number begins it
    answers_itself, soon = _answers_itself(last, part), _follows_soon(last, part)
    if takes_up(_skip_label(part.read)):
        return answers_itself or soon
    if breaks_off(_WRAPPING.sub("", last.read.text)):
        return soon and part.words[:1].islower()
    return answers_itself and leans_back(part.words)


def _may_go_on(last: _Part, part: _Part) -> bool:
    """Return whether both posts say something that could be quoted, one in time after the other."""
    if last.placement.kind not in QUOTABLE_KINDS or not part.words:
        return False
    if last.read.is_silent or part.read.is_silent:
        return False
    return part.read.created_at - last.read.created_at <= WITHIN


def _counts_on(last: _Part, part: _Part) -> bool:
    """Return whether "2/3" follows "1/3", or a first part without a count."""
    if part.number < 2 or part.number != (last.number or 1) + 1:
        return False
    return last.number > 0 or _answers_itself(last, part) or _follows_soon(last, part)


def _answers_itself(last: _Part, part: _Part) -> bool:
    return part.read.post.reply_to == last.read.id


def _follows_soon(last: _Part, part: _Part) -> bool:
    return part.read.created_at - last.read.created_at <= SOON


def _skip_label(read: ReadPost) -> str:
    """Return a post's text from where it begins to speak: past names, tags and its label."""
    text, labels = read.text, read.labels
    start = labels[0].end if labels and labels[0].where == "start" else 0
    continued = re.match(r".{0,12}\bcont(?:['’]?d|inued)?\b", text[:start], re.IGNORECASE)
    if continued:
        return "cont"
    return re.sub(r"^(?:[#@.]?\w*[#@]\w+[\s:,]*)+", "", text[start:])
