"""Who answers whom, worked out: how often is it right where the source knows, and does it help?

In chats whose source tells each post's parent, the parents are hidden (mentions stay) and worked
out again. A link is right when it names that very parent; a post without a parent among the posts
should get none. Beside it, in the same run: the latest post of the first person mentioned. Each
collection is judged with weights learned on the others alone; "ships" uses those of the package,
which `learn.py --write` learns on all.

    python benchmarks/reply_links.py             # a table, then one line of JSON
    python benchmarks/reply_links.py --errors 30 # readable errors, too
    python benchmarks/reply_links.py --irc 30    # links worked out in an IRC meeting, to read
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from chinwag.importers import read_file
from chinwag.model import Post
from chinwag.records.contract import ReadOptions
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions
from chinwag.steps.reading import Readings, inferred_replies, view
from chinwag.steps.reading.inferred_replies import Candidate, find_candidates, infer_replies
from placing import HERE, SHARED, RealChat, hide_labels, read_chats

SAMPLE = HERE.parent / "examples" / "stackschat"
RAW = {
    "twarc v2": "raw/twarc-v2/flat.jsonl",
    "Bluesky search": "raw/bluesky/bluesky_searchPosts_tidytuesday_2025.json",
}
LEARNED = ("critlib", "nephjc", "twarc v2", "Bluesky search")  # enough links to learn from
AS_IRC = ", as on IRC"  # the same chat again, with names as there: half the talk of its collection
STRENGTH = 0.1  # of what pulls weights to nothing
STEPS, RATE = 500, 0.05
LEAD = re.compile(r"^[\s.“\"]*@([\w.-]*\w)")

Links = Mapping[str, str]  # a post's id to its parent's


class Talk(NamedTuple):
    """One chat with hidden parents: `parents` says who truly answers whom."""

    collection: str
    name: str
    posts: list[Post]
    parents: dict[str, str]


class Learned(NamedTuple):
    """One post to learn from: what speaks for each candidate, and which is right (-1: none)."""

    rows: np.ndarray
    right: int
    weight: float


def read_talks(data: Path) -> list[Talk]:
    """Give every chat whose source tells parents, with the parents hidden."""
    talks: list[Talk] = []
    if (data / "chats").is_dir():
        telling = (r for r in read_chats(data) if any(post.reply_to for post in r.posts))
        talks += [hide_parents(real.collection, real.name, real.posts) for real in telling]
        for collection, path in RAW.items():
            talks.append(hide_parents(collection, path, _read(data / path)))
        talks += [_write_as_irc(t) for t in talks if t.collection in ("critlib", "nephjc")]
    for name in ("mastodon-glam.json", "bluesky-search.json"):
        talks.append(hide_parents("sample (invented)", name, _read(SAMPLE / name)))
    return talks


def _read(path: Path) -> list[Post]:
    records = read_file(path, ReadOptions(time_zone="America/New_York"))
    return [record for record in records if isinstance(record, Post) and not record.repost_of]


def hide_parents(collection: str, name: str, posts: Sequence[Post]) -> Talk:
    """Hide who answers whom, and keep it as the truth where the parent came before."""
    ordered = sorted(posts, key=lambda post: post.created_at)
    places = {post.id: at for at, post in enumerate(ordered)}
    parents = {
        post.id: post.reply_to
        for at, post in enumerate(ordered)
        if post.reply_to and places.get(post.reply_to, at) < at
    }
    hidden = [
        msgspec.structs.replace(post, reply_to=None, reply_to_author="", thread="")
        for post in ordered
    ]
    return Talk(collection, name, hidden, parents)


def _write_as_irc(talk: Talk) -> Talk:
    """Write a chat as IRC would: "ann: yes" in place of "@ann yes"."""
    posts = [
        msgspec.structs.replace(post, text=LEAD.sub(r"\1:", post.text), mentions=())
        for post in talk.posts
    ]
    return Talk(talk.collection + AS_IRC, talk.name, posts, talk.parents)


def link_latest(posts: Sequence[Post]) -> Links:
    """Give the baseline: the latest post of the person whom a post mentions first."""
    last: dict[str, str] = {}
    links: dict[str, str] = {}
    for post in posts:
        found = LEAD.match(post.text) or re.match(r"^([\w.-]+):", post.text)
        if found and found[1].casefold() in last:
            links[post.id] = last[found[1].casefold()]
        last[post.author.casefold()] = post.id
    return links


def link_inferred(posts: Sequence[Post]) -> Links:
    """Give the links that the package works out."""
    return {link.post: link.answers for link in infer_replies(posts)}


def score(talks: Sequence[Talk], method: Callable[[Sequence[Post]], Links]) -> dict[str, float]:
    """Give links there are, links given, precision, recall and F1."""
    true = given = right = 0
    for talk in talks:
        links = method(talk.posts)
        true, given = true + len(talk.parents), given + len(links)
        right += sum(talk.parents.get(post) == parent for post, parent in links.items())
    return {
        "links": true,
        "given": given,
        "precision": round(right / max(1, given), 3),
        "recall": round(right / max(1, true), 3),
        "f1": round(2 * right / max(1, true + given), 3),
    }


def learn_all(data: Path = SHARED) -> dict[str, float]:
    """Learn the weights that ship, on every collection that tells enough parents."""
    return learn([talk for talk in read_talks(data) if _name_root(talk) in LEARNED])


def learn(talks: Sequence[Talk]) -> dict[str, float]:
    """Learn the weights: a conditional logit, by gradient (Adam), held near nothing.

    A collection counts as the root of its posts, so that the largest does not speak for all.
    """
    sizes: dict[str, int] = defaultdict(int)
    for talk in talks:
        sizes[_name_root(talk)] += len(talk.posts)
    found = [
        (talk, at, candidates)
        for talk in talks
        for at, candidates in enumerate(find_candidates(Readings().read(talk.posts)))
        if candidates
    ]
    names = sorted({name for _, _, some in found for one in some for name in one.says})
    columns = {name: at for at, name in enumerate(names)}
    cases = [
        _list_case(columns, talk, at, some, sizes[_name_root(talk)] ** -0.5)
        for talk, at, some in found
    ]
    weights = np.zeros(len(names))
    mean, square = np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        slope = -STRENGTH * weights
        for case in cases:
            scores = np.append(case.rows @ weights, 0.0)
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            aim = -shares[:-1]
            if case.right >= 0:
                aim[case.right] += 1.0
            slope += case.weight * (aim @ case.rows)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        weights += RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(weights[at]), 2) for name, at in columns.items()}


def _name_root(talk: Talk) -> str:
    """Return the collection of a talk, however it is written."""
    return talk.collection.removesuffix(AS_IRC)


def _list_case(
    columns: Mapping[str, int], talk: Talk, at: int, some: Sequence[Candidate], weight: float
) -> Learned:
    rows = np.zeros((len(some), len(columns)))
    right = -1
    parent = talk.parents.get(talk.posts[at].id)
    for row, candidate in enumerate(some):
        for name, value in candidate.says.items():
            rows[row, columns[name]] = value
        if talk.posts[candidate.at].id == parent:
            right = row
    return Learned(rows, right, weight)


def set_weights(weights: Mapping[str, float]) -> None:
    """Let the package weigh so, in this run."""
    used = inferred_replies.load_weights()
    used.clear()
    used.update({"none, called just before": inferred_replies._CALLED, **weights})


def write_links(weights: Mapping[str, float]) -> None:
    """Write the weights into the package."""
    text = json.dumps(dict(sorted(weights.items())), indent=1)
    inferred_replies.WEIGHTS.write_text(f"{text}\n", encoding="utf-8")


def measure(talks: Sequence[Talk]) -> dict[str, dict[str, dict[str, float]]]:
    """Give, per collection, the scores of the baseline and of the links, left out and shipped."""
    shipped = dict(inferred_replies.load_weights())
    groups: dict[str, list[Talk]] = defaultdict(list)
    for talk in talks:
        groups[talk.collection].append(talk)
    table: dict[str, dict[str, dict[str, float]]] = {}
    for name, group in groups.items():
        table[name] = {"latest": score(group, link_latest), "ships": score(group, link_inferred)}
        root = name.removesuffix(AS_IRC)
        others = [t for t in talks if _name_root(t) in LEARNED and _name_root(t) != root]
        if root in LEARNED and others:
            set_weights(learn(others))
            table[name]["left out"] = score(group, link_inferred)
            set_weights(shipped)
    return table


def measure_help(talks: Sequence[Talk], chats: Sequence[RealChat]) -> dict[str, dict[str, float]]:
    """Give the share of replies placed, parents hidden, as they are placed with parents told.

    With labels visible and hidden; by the latest post of whom each names, and by the links worked
    out with weights of the other collections.
    """
    shipped, sure = dict(inferred_replies.load_weights()), view.SURE
    shares: dict[str, dict[str, float]] = {}
    for collection in ("critlib", "nephjc"):
        group = [real for real in chats if real.collection == collection]
        set_weights(learn([t for t in talks if _name_root(t) in set(LEARNED) - {collection}]))
        row = shares.setdefault(collection, {})
        for method, least in (("latest", 2.0), ("links", sure)):
            view.SURE = least
            for labels in ("visible", "hidden"):
                same = [one for real in group for one in _place_replies(real, labels == "hidden")]
                row["replies"] = len(same)
                row[f"{method}, labels {labels}"] = round(sum(same) / max(1, len(same)), 3)
    set_weights(shipped)
    view.SURE = sure
    return shares


def _place_replies(real: RealChat, hidden: bool) -> list[bool]:
    """Tell of each reply whether it is placed alike with its parent told and hidden."""
    found = find_questions(real.chat, real.posts)
    asking = {identifier for question in found.questions for identifier in question.posts}
    known = {post.id for post in real.posts}
    told = {p.post: p.question for p in place_posts(found, real.posts) if p.question}
    replies = {post.id for post in real.posts if post.reply_to in known and post.id in told}
    posts = hide_labels(real.posts, asking) if hidden else real.posts
    bare = [msgspec.structs.replace(post, reply_to=None, reply_to_author="") for post in posts]
    return [p.question == told[p.post] for p in place_posts(found, bare) if p.post in replies]


def show_errors(talks: Sequence[Talk], number: int) -> None:
    """Print links that are wrong or missing, drawn by chance, to read."""
    wrong = []
    for talk in talks:
        posts = {post.id: post for post in talk.posts}
        links = {link.post: link for link in infer_replies(talk.posts)}
        for post in talk.posts:
            link = links.get(post.id)
            parent = talk.parents.get(post.id)
            if (link.answers if link else None) != parent:
                wrong.append((talk.name, post, posts.get(parent or ""), link, posts))
    for name, post, true, link, posts in random.Random(4).sample(wrong, min(number, len(wrong))):
        print(f"{name[-20:]} {post.created_at:%H:%M:%S} {post.author}: {_cut(post)}")
        print(f"    true: {_cut(true) if true else 'nobody'}")
        print(
            f"    said: {f'{_cut(posts[link.answers])} ({link.confidence})' if link else 'nobody'}"
        )


def show_irc(data: Path, number: int) -> None:
    """Print links worked out in the meeting of the middle of the review-club logs, to read."""
    lines = (data / "review-club" / "meetings.jsonl").read_bytes().splitlines()
    meeting = msgspec.json.decode(lines[len(lines) // 2])
    day = datetime.fromisoformat(meeting["date"]).replace(tzinfo=UTC)
    posts = []
    for row in (row for row in meeting["posts"] if row["author"]):
        hours, minutes = map(int, row["time"].split(":")[:2])
        at = day + timedelta(hours=hours, minutes=minutes, microseconds=row["line"])
        posts.append(
            Post(
                id=str(row["line"]), author=row["author"], text=row["text"], created_at=at,
                reply_to=None, url="", source="irc",
            )
        )  # fmt: skip
    links = {link.post: link for link in infer_replies(posts)}
    known = {post.id: post for post in posts}
    print(f"{meeting['id']}: {len(posts)} posts, {len(links)} links")
    for post in sorted(
        random.Random(5).sample(posts, min(number, len(posts))), key=lambda post: post.created_at
    ):
        link = links.get(post.id)
        print(f"{post.id} {post.author}: {_cut(post)}")
        if link is None:
            print("    answers nobody")
        else:
            said = known[link.answers]
            print(
                f"    answers {said.id} {said.author}: {_cut(said)} "
                f"({link.confidence}, {link.reason})"
            )


def _cut(post: Post) -> str:
    return " ".join(post.text.split())[:140]


def print_figures(table: Mapping[str, Mapping[str, Mapping[str, float]]]) -> None:
    """Print precision, recall and F1 of each method per collection."""
    print(f"{'':22}{'links':>6}  " + "".join(f"{n:>24}" for n in ("latest", "left out", "ships")))
    for name, row in table.items():
        cells = ""
        for method in ("latest", "left out", "ships"):
            one = row.get(method)
            cells += (
                f"{one['precision']:>12.3f}{one['recall']:>6.3f}{one['f1']:>6.3f}"
                if one
                else " " * 24
            )
        print(f"{name:22}{row['latest']['links']:>6}  {cells}")
    print()


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--errors", type=int, default=0, help="how many errors to print")
    parser.add_argument("--irc", type=int, default=0, help="how many posts of a meeting to print")
    parser.add_argument("--quick", action="store_true", help="two collections only")
    options = parser.parse_args()
    talks = read_talks(options.data)
    if options.quick:
        talks = [talk for talk in talks if talk.collection in ("nephjc", "sample (invented)")]
    show_errors([talk for talk in talks if talk.collection in LEARNED], options.errors)
    if options.irc:
        show_irc(options.data, options.irc)
    table = measure(talks)
    print_figures(table)
    there = (options.data / "chats").is_dir() and not options.quick
    help_ = measure_help(talks, read_chats(options.data)) if there else {}
    print(f"replies placed as with parents told: {help_}\n")
    beside = "the latest post of the person mentioned first"
    print(
        json.dumps(
            {"benchmark": "reply_links", "collections": table, "placing": help_, "beside": beside}
        )
    )


if __name__ == "__main__":
    main()
