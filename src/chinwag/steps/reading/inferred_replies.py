"""Who answers whom, where the source does not say: transcripts, IRC, Storify, old spreadsheets.

Each post without a parent looks at a few posts before it: the last ones by people it names and by
its own author, those that it quotes, and those just before. The signs for each (names, order,
wording, quotation, who spoke to whom) are weighed by a conditional logit model (McFadden, 1974) in
which "answers nobody" is one of the choices.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from chinwag.model import InferredReply, Post
from chinwag.steps.reading.read_post import TYPING, Readings, ReadPost, read_in_time
from chinwag.text.parts import is_next
from chinwag.text.words import WordWeights, weigh_words

WEIGHTS = Path(__file__).parent / "weights" / "replies.json"
_LEAST = 0.25  # a link less likely than this is not given
# Whoever was called by a bare name answers when they next speak; set by hand, since no source that
# tells parents calls people so.
_CALLED = 4.4
_WITHIN = timedelta(days=1)
_LONG = 30.0  # minutes after which the time of an answer tells nothing more
_READING = 5.0  # seconds to read a post
_OF_NAMED = 6  # posts of each person named that are looked at
_NEAR = 3  # posts that are looked at just before, by anybody, and of the author's own
_REACTS = re.compile(
    r"^(?:[@＠]\S{1,60}\s++|\W)*+(?:yes|yeah|yep|yup|no|nope|true|agree[ds]?|exactly|same|this|that|ha"
    r"|haha|lol|thanks|thank you|good|great|nice|love|wow|oui|ja|nein|sí|si|não|sim|evet|merci"
    r"|danke|gracias|obrigad[oa]|grazie|teşekkür\w*)\b",
    re.IGNORECASE,
)


class Candidate(NamedTuple):
    """A post that may be answered: its place, and what speaks for it by name of circumstance."""

    at: int
    says: dict[str, float]


class _Seen(NamedTuple):
    """One post as it is compared with others of its chat."""

    read: ReadPost

    author: str
    led: tuple[str, ...]  # whom it opens with
    named: frozenset[str]  # people whom it names elsewhere
    words: dict[str, float]  # each with what it tells
    told: float  # by all of them


class _Custom(NamedTuple):
    """How a chat is written: times to the minute alone; people called by bare names, without @."""

    to_the_minute: bool
    calls: bool


def infer_replies(
    posts: Sequence[Post], *, readings: Readings | None = None
) -> tuple[InferredReply, ...]:
    """Return what posts that do not say so themselves answer, with how likely each link is.

    Posts may be in any order; the links come in time order. A post that has `reply_to`, whose
    text is not its own, or that is a repost gets none. `readings` are the run's, where there are
    some. Cost is linear in posts.
    """
    return tuple(find_links(read_in_time(posts, readings)))


def find_links(posts: Sequence[ReadPost]) -> Iterator[InferredReply]:
    """Yield the links of `infer_replies` for posts that are read already, in time order."""
    for at, candidates in enumerate(find_candidates(posts)):
        best = choose_answered(candidates)
        if best is not None:
            chosen, confidence = best
            answered = posts[chosen.at].post
            yield InferredReply(
                post=posts[at].post.id,
                answers=answered.id,
                confidence=round(confidence, 3),
                reason=_explain(chosen, answered),
            )


def choose_answered(candidates: Sequence[Candidate]) -> tuple[Candidate, float] | None:
    """Return the likeliest candidate and how likely it is, None where it is unlikely."""
    scores = [weigh(candidate.says) for candidate in candidates]
    score, at = max(((score, -at) for at, score in enumerate(scores)), default=(0.0, 0))
    likely = 1 / math.fsum(math.exp(other - score) for other in (0.0, *scores))
    return (candidates[-at], likely) if candidates and likely >= _LEAST else None


def weigh(says: Mapping[str, float]) -> float:
    """Return how much speaks for a candidate; 0 is as likely as answering nobody."""
    weights = load_weights()
    return math.fsum(weights.get(name, 0.0) * value for name, value in says.items())


@cache  # the package's own file, read once
def load_weights() -> dict[str, float]:
    """Return what each circumstance weighs: `benchmarks/learn.py` wrote most."""
    learned = msgspec.json.decode(WEIGHTS.read_bytes(), type=dict[str, float])
    return {**learned, "none, called just before": _CALLED}


def find_candidates(posts: Sequence[ReadPost]) -> Iterator[list[Candidate]]:
    """Yield, post by post, what it may answer; `posts` are in time order."""
    seen: list[_Seen] = []
    own: defaultdict[str, list[int]] = defaultdict(list)
    people = {post.author.casefold() for post in posts}
    weights = weigh_words(read.words for read in posts)
    custom = _Custom(
        to_the_minute=all(read.created_at.second == 0 for read in posts),
        calls=20 * sum("@" in post.text for post in posts) < len(posts),
    )
    for at, read in enumerate(posts):
        now = _look_at(read, people, weights)
        seen.append(now)
        if _answers_unsaid(now, custom):
            yield [
                Candidate(other, _compare(seen, own, at, other, custom))
                for other in _look_back(seen, own, at)
            ]
        else:
            yield []
        own[now.author].append(at)


def _answers_unsaid(seen: _Seen, custom: _Custom) -> bool:
    """Return whether a post may answer another without the source saying so."""
    if seen.read.post.reply_to or seen.read.is_silent:
        return False
    if custom.calls or seen.led or seen.named:
        return True
    return bool(seen.read.quotations)


def _look_at(read: ReadPost, people: set[str], weights: WordWeights) -> _Seen:
    led, called, named = read.names
    if read.post.reply_to_author:
        led = (read.post.reply_to_author.casefold(), *led)
    if not led and called in people:
        led = (called,)
    words = {word: weights.of[word] for word in dict.fromkeys(read.words)}
    return _Seen(
        read=read,
        author=read.author.casefold(),
        led=led,
        named=named.difference(led),
        words=words,
        told=math.fsum(words.values()),
    )


def _reacts(read: ReadPost) -> bool:
    """Return whether a post opens as a reaction to another: "Yes", "Exactly", "Thanks"."""
    return _REACTS.match(read.text) is not None


def _look_back(seen: Sequence[_Seen], own: Mapping[str, list[int]], at: int) -> list[int]:
    """Return the places of posts that post `at` may answer, the latest first."""
    now = seen[at]
    found = set(range(max(0, at - _NEAR), at)) | {*own.get(now.author, ())[-_NEAR:]}
    for name in {*now.led, *now.named}:
        found |= {*own.get(name, ())[-_OF_NAMED:]}
    since = now.read.created_at - _WITHIN
    earlier = ((place, seen[place].read.post) for place in found)
    fit = (place for place, post in earlier if post.created_at >= since and not post.repost_of)
    return sorted(fit, reverse=True)


def _compare(
    seen: Sequence[_Seen], own: Mapping[str, list[int]], at: int, other: int, custom: _Custom
) -> dict[str, float]:
    """Return what speaks for post `at` answering post `other`, by name of circumstance."""
    read, said = seen[at], seen[other]
    post, earlier = read.read.post, said.read.post
    by_them = own[said.author]
    rank = len(by_them) - 1 - bisect_left(by_them, other)
    seconds = (post.created_at - earlier.created_at).total_seconds()
    writing = _READING + TYPING * len(post.text)
    names = _tell_naming(read, said.author)
    says = {
        names: 1.0,
        f"{names}, latest": float(rank == 0),
        f"{names}, posts since": math.log1p(rank),
        "minutes": math.log1p(min(_LONG, seconds / 60)),
        "no time to write": 0.0 if custom.to_the_minute else max(0.0, 1 - seconds / writing),
        "posts between": math.log1p(at - other - 1),
        "words": _liken(read, said),
        "quotes": float(_quotes(read.read.quotations, earlier.text)),
        "spoken to": float(read.author in said.led),
        "speaks to others": float(bool(said.led) and read.author not in said.led),
        "named before": float(read.author in said.named),
        "asks": float(said.read.asks and not read.read.asks),
        "of their circle": float(bool({*read.led[1:]} & {*said.led, said.author})),
    }
    if names in ("own", "none"):
        spoken = custom.calls and at - other <= _NEAR and read.author in said.led
        says |= {
            f"{names}, called just before": float(spoken),
            f"{names}, next in row": float(is_next(read.read.counter, said.read.counter)),
            f"{names}, goes on": float(read.read.goes_on),
            f"{names}, reacts": float(read.read.recall(_reacts)),
            f"{names}, numbered": float(bool(read.read.usual_labels)),
            f"{names}, names others": float(bool(read.led or read.named)),
        }
    return {name: value for name, value in says.items() if value}


def _tell_naming(read: _Seen, author: str) -> str:
    """Return how a post names somebody: first, among the first, in passing, or not at all."""
    if author == read.author:
        return "own" if author not in read.led else "own, led"
    if read.led and read.led[0] == author:
        return "led"
    if author in read.led:
        return "led with others"
    return "named" if author in read.named else "none"


def _liken(one: _Seen, other: _Seen) -> float:
    """Return the share of what two posts say that both say: 0 to 1."""
    both = math.fsum(one.words[word] for word in one.words.keys() & other.words.keys())
    return both / math.sqrt(one.told * other.told) if both else 0.0


def _quotes(quotations: Sequence[str], earlier: str) -> bool:
    """Return whether some quotation stands in an earlier text, letter for letter."""
    if not quotations:
        return False
    said = " ".join(earlier.split()).casefold()
    return any(" ".join(words.split()).casefold().rstrip(".…") in said for words in quotations)


def _explain(chosen: Candidate, answered: Post) -> str:
    says, who = chosen.says, f"@{answered.author}"
    if "quotes" in says:
        return f"quotes {who}"
    if "own" in says or "own, led" in says:
        return "goes on from the same person's post"
    if not {"led", "led with others", "named"} & {*says}:
        return f"follows {who} and takes up what was said"
    latest = any(name.endswith(", latest") for name in says)
    if latest:
        return f"speaks to {who}, whose latest post this was"
    return f"speaks to {who}, and this post of theirs fits best"
