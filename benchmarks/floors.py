"""Does every judgement stand above its floor? The build fails where one does not.

On the sample chat and its truth everywhere; on real chats, editors' grades and readers' kinds
where these are beside the checkout. A floor is a point under what was measured when it was set; a
ceiling a point above. Weights are those that ship: what they are worth to communities that they
have not seen tells `learn.py`. That they are what learning makes today is told by the examples,
which must look as they did when they were learned from (`origins.py`).

    python benchmarks/floors.py            # all of it, half a minute
    python benchmarks/floors.py --sample   # the sample chat alone
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import grades
import kinds
import origins
import placing
import reply_links
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions
from labelled import CHAT, read_sample
from placing import SHARED, RealChat, read_chats

# Of what is learned, the share whose examples look as they did then. Where it falls, learn them
# again: `learn.py --write`.
AS_LEARNED = 1.0
SAMPLE = {"question": 0.98, "kind": 0.95, "talk_lost": 0.01}
PLACED = {"critlib": 0.852, "ngsschat 2012": 0.99, "ngsschat 2013-15": 0.88, "ngsschat 2021": 0.862}
CALIBRATION = 0.032  # at most
# How far the confidence in leaving a post out is from being right, at most. The shipped weights
# learned from these posts and are right more often than they say: left out by community, 0.01.
LEFT_OUT = 0.059
KINDS = {"right": 0.939, "macro_f1": 0.929}
GRADES = {"mean": 2.57, "must_in": 0.622, "must_cited": 0.541}
STRUCK = 0.014  # of the bullets, at most
LINKS = {"critlib": 0.675, "nephjc": 0.682}  # F1 of who answers whom, where it is worked out
SHARED_RIGHT = 6  # bullets that several people make, and a group of the editor's with them
FOUND = 24  # groups of the editors' of which two people stand behind one bullet
PAIRS_RIGHT = 0.701  # of the pairs of people behind one bullet, of one group


class Floor(NamedTuple):
    """One figure with the least, or the most, that it may be."""

    name: str
    figure: float
    bound: float
    most: bool = False

    @property
    def holds(self) -> bool:
        """Whether the figure is not under its floor, nor above its ceiling."""
        return self.figure <= self.bound if self.most else self.figure >= self.bound


def check_sample() -> Iterator[Floor]:
    """Yield how the sample chat is placed and told, beside its truth."""
    posts, truth = read_sample()
    placements = place_posts(find_questions(CHAT, posts), posts)
    told = {one.post: one for one in placements}
    asked = [post for post in posts if truth[post.id]["question"]]
    right = [told[post.id].question == truth[post.id]["question"] for post in asked]
    yield Floor("sample, placed", _share(right), SAMPLE["question"])
    kept = [told[post.id].kind == truth[post.id]["kind"] for post in posts]
    yield Floor("sample, kinds", _share(kept), SAMPLE["kind"])
    talk = [post for post in posts if truth[post.id]["kind"] in ("answer", "reply")]
    lost = [told[post.id].kind in kinds.NOWHERE for post in talk]
    yield Floor("sample, talk lost", _share(lost), SAMPLE["talk_lost"], most=True)
    same = origins.share_unchanged(origins.SAMPLE, origins.digest_sample())
    yield Floor("sample, as learned from", same, AS_LEARNED)


def check_real(data: Path) -> Iterator[Floor]:
    """Yield how real chats are placed, told and summed up."""
    chats = read_chats(data)
    figures: dict[str, Any] = placing.measure(chats, 0.0)[1]
    for name, least in PLACED.items():
        yield Floor(f"placed, {name}", figures["collections"][name]["placed"], least)
    yield Floor("placed, calibration", figures["calibration_error"], CALIBRATION, most=True)
    yield from _check_links(chats)
    told = kinds.measure(kinds.judge_chats(chats))
    for name, least in KINDS.items():
        yield Floor(f"kinds, {name}", float(str(told[name])), least)
    yield Floor("kinds, left out as surely", float(str(told["doubt"])), LEFT_OUT, most=True)
    graded = grades.sum_up(data)
    same = origins.share_unchanged(origins.REAL, origins.digest_real(data, graded))
    yield Floor("chats, as learned from", same, AS_LEARNED)
    row = grades.score(graded)
    for name, least in GRADES.items():
        yield Floor(f"bullets, {name}", row[name], least)
    yield Floor("bullets, struck", row["strike"], STRUCK, most=True)
    yield Floor("bullets, shared and right", row["shared_right"], SHARED_RIGHT)
    yield Floor("shared points, found", row["found"], FOUND)
    yield Floor("shared points, right", row["pairs_right"] / row["pairs"], PAIRS_RIGHT)


def _check_links(chats: Sequence[RealChat]) -> Iterator[Floor]:
    """Yield how often whom a post answers is worked out rightly, its parent hidden."""
    for name, least in LINKS.items():
        talks = [
            reply_links.hide_parents(name, real.name, real.posts)
            for real in chats
            if real.collection == name
        ]
        row = reply_links.score(talks, reply_links.link_inferred)
        yield Floor(f"reply links, {name}", row["f1"], least)


def _share(these: list[bool]) -> float:
    return sum(these) / max(1, len(these))


def main() -> None:
    """Measure, print, and fail where a figure is out of its bound."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--sample", action="store_true", help="the sample chat alone")
    options = parser.parse_args()
    floors = list(check_sample())
    if (options.data / "editors").is_dir() and not options.sample:
        floors += check_real(options.data)
    for one in floors:
        bound = "at most" if one.most else "at least"
        state = "" if one.holds else "   FAILS"
        print(f"{one.name:28}{one.figure:8.3f}   {bound} {one.bound:.3f}{state}")
    print(json.dumps({"benchmark": "floors", "figures": {one.name: one.figure for one in floors}}))
    if not all(one.holds for one in floors):
        sys.exit(1)


if __name__ == "__main__":
    main()
