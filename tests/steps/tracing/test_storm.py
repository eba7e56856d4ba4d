"""Sentences with every slip that a model makes, and summaries with every fault of a file.

The slips are made by a seed, the same at every run; what each check says of each is held.
`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from tests.steps.sample import hold_rows
from tests.steps.storm import tell_storm
from tests.steps.summarise.test_storm import STORM, place_storm

from chinwag.model import Bullet, Correction, Ledger, Placement, Post, Quote, Summary, make_note
from chinwag.steps.summarise import summarise_chat
from chinwag.steps.tracing import (
    compare_placements,
    compare_posts,
    compare_summary,
    find_untraceable,
    stands_in,
)
from chinwag.steps.tracing.claims import Known, Source, check_sentence
from chinwag.steps.tracing.claims.form import find_bad_form, find_misused_names
from chinwag.steps.tracing.claims.neighbours import find_mixed
from chinwag.steps.tracing.claims.numbers import find_digits
from chinwag.steps.tracing.claims.reading import read_text
from chinwag.steps.tracing.claims.strength import (
    find_negations,
    find_other_contraries,
    find_rounded,
    find_strengthened,
)
from chinwag.steps.tracing.claims.support import find_support, find_unsupported

ROWS = Path(__file__).parent / "storm"
TOLD: dict[str, Any] = tomllib.loads((ROWS / "sentences.toml").read_text(encoding="utf-8"))
KNOWN = Known(question=TOLD["question"], people=tuple(TOLD["people"]))
SOURCES = [
    Source(author=post["author"], name=post["name"], text=post["text"]) for post in TOLD["post"]
]
SLIPS = 18  # of each sentence
KINDS = (
    *("lose", "add", "add", "change", "change", "turn"),
    *("join", "join", "cut", "stop", "quote", "repeat"),
)

Dice = random.Random


def slip(dice: Dice, sentence: str, others: Sequence[str]) -> str:
    """Return a sentence with one slip in it: a word lost, added, turned round, or another's."""
    words = sentence.split(" ")
    at = dice.randrange(len(words))
    kind = dice.choice(KINDS)
    if kind == "lose":
        del words[at]
    elif kind == "add":
        words.insert(at, dice.choice(TOLD["slipped"]))
    elif kind == "change":
        words[at] = dice.choice([*TOLD["slipped"], *dice.choice(others).split(" ")])
    elif kind == "turn":
        other = dice.randrange(len(words))
        words[at], words[other] = words[other], words[at]
    elif kind == "join":
        joint = dice.choice(("and", "because", "when", "so that"))
        words = [*words, joint, *dice.choice(others).split(" ")]
    elif kind == "cut":
        words = words[: at + 1]
    elif kind == "stop":
        words[at] += dice.choice((".", ";", ",", ":", "?", " —"))
    elif kind == "quote":
        words[at:] = [f"“{' '.join(words[at:])}”"]
    else:
        words = words * 2
    return " ".join(words)


def slip_often() -> Iterator[tuple[str, list[Source]]]:
    """Yield each sentence as it is and with slips, and the posts that it is to stand on."""
    dice = random.Random("slips")
    others = [sentence for post in TOLD["post"] for sentence in post["sentences"]]
    for at, post in enumerate(TOLD["post"]):
        for sentence in post["sentences"]:
            yield sentence, [SOURCES[at]]
            for _ in range(SLIPS):
                slipped = slip(dice, sentence, post["sentences"] if dice.random() < 0.6 else others)
                if dice.random() < 0.3:
                    slipped = slip(dice, slipped, others)
                yield slipped, [SOURCES[at], *dice.choices(SOURCES, k=dice.choice((0, 0, 1)))]


def list_refusals(sentence: str, sources: Sequence[Source]) -> Iterator[str]:
    """Yield all that the checks say, not the first alone."""
    said = read_text(sentence)
    support = find_support(said, sources, KNOWN, {source.name.casefold() for source in sources})
    for name, found in (
        ("form", find_bad_form(said, sentence, sources)),
        ("names", find_misused_names(said, sources, KNOWN)),
        ("support", find_unsupported(said, support)),
        ("negations", find_negations(said, support)),
        ("rounded", find_rounded(said, support)),
        ("contraries", find_other_contraries(said, support)),
        ("strength", find_strengthened(said, support)),
        ("mixed", find_mixed(said, support)),
    ):
        if refusals := [f"{one.reason} {one.words!r}" for one in found]:
            yield f"{name}: {', '.join(refusals)}"


def test_every_slip_is_seen_by_the_checks_that_see_it() -> None:
    rows = []
    for sentence, sources in slip_often():
        first = check_sentence(sentence, sources, KNOWN)
        reason = first.reason if first else "stands"
        by = "+".join(source.author for source in sources)
        rows.append(f"{sentence}\t{by}\t{reason}\t{'; '.join(list_refusals(sentence, sources))}")
    hold_rows(ROWS / "slips.tsv", rows)


def test_what_is_read_of_the_sentences() -> None:
    rows = []
    for sentence in dict.fromkeys(one for one, _ in slip_often()):
        reading = read_text(sentence)
        words = " ".join(
            f"{word.stem or '-'}{'!' * word.negates}{'“' * word.quoted}{word.marker and '^'}"
            f"{word.marker}/{word.sentence}{word.clause}{word.part}"
            for word in reading.words
        )
        denied = [(one.word, one.sentence, one.reaches) for one in reading.negations]
        rows.append(f"{words}\t{denied}\t{[value for *_, value in find_digits(sentence)]}")
    hold_rows(ROWS / "read.tsv", rows[::2])


FAULTS: tuple[dict[str, Any], ...] = (
    {"text": "Nobody said this at all."},
    {"text": " "},
    {"author": "somebody"},
    {"people": 9},
    {"agreed": 3},
    {"kind": "single"},
    {"kind": "shared"},
    {"quoted": "s0"},
    {"quoted": "gone"},
    {"posts": ()},
    {"agreeing": ("s0",)},
    {"origin": "person"},
    {"origin": "person", "text": " "},
    {"origin": "machine"},
    {"origin": "machine", "text": "The shed lends ladders and drills to all."},
    {"origin": "nobody"},
    {"parts": (Quote(post="s0", author="storm_host", text="Welcome to"),)},
    {"replies": (Quote(post="s0", author="ann", text="Welcome to"),)},
    {"replies": (Quote(post="s0", author="storm_host", text="Welcome"),)},
)


def sum_up() -> tuple[list[Post], list[Placement], Summary]:
    posts = tell_storm()
    placed = place_storm(posts)
    return posts, placed, summarise_chat(STORM, posts, placed)


def test_every_fault_of_a_bullet_is_told() -> None:
    posts, _, summary = sum_up()
    rows = []
    for question in summary.questions:
        for bullet in question.bullets[:3]:
            doubled = msgspec.structs.replace(bullet, posts=(*bullet.posts, bullet.posts[-1]))
            agreeing = msgspec.structs.replace(bullet, agreeing=bullet.posts)
            spoilt = [msgspec.structs.replace(bullet, **fault) for fault in FAULTS]
            rows += [
                f"{bullet.quoted}\t{_trace(summary, one, posts)}"
                for one in (bullet, doubled, agreeing, *spoilt)
            ]
            for loss in ({"deleted": True}, {"text_lost": True}, {"repost_of": "?"}):
                lost = [
                    msgspec.structs.replace(post, **loss) if post.id == bullet.quoted else post
                    for post in posts
                ]
                rows.append(f"{bullet.quoted}\t{_trace(summary, bullet, lost)}")
    hold_rows(ROWS / "faults.tsv", rows)


def _trace(summary: Summary, bullet: Bullet, posts: Sequence[Post]) -> str:
    asked = msgspec.structs.replace(summary.questions[0], bullets=(bullet,))
    alone = msgspec.structs.replace(summary, questions=(asked,))
    return " ".join(one.reason for one in find_untraceable(alone, posts)) or "stands"


def test_what_stands_in_a_text() -> None:
    dice = random.Random("stretches")
    text = "We lend drills, ladders and 12 saws; the drills come back 道具を貸します bent."
    rows = []
    for _ in range(120):
        start, end = sorted(dice.choices(range(len(text) + 1), k=2))
        later = dice.randrange(len(text))
        said = (
            f"{text[start:end]} […] {text[later : later + 9]}"
            if dice.random() < 0.4
            else text[start:end]
        )
        rows.append(f"{said!r}\t{stands_in(said, text)}")
    hold_rows(ROWS / "stretches.tsv", rows)


def test_every_fault_of_the_files_of_a_chat_is_told() -> None:
    posts, placed, summary = sum_up()
    ledger = Ledger(
        files=(), archived=len(posts), folded=1, merged=0, outside=0, deleted=2, text_lost=3,
        gaps=(), notes=(),
    )  # fmt: skip
    told = [
        Correction(
            post=one.post, question=one.question, kind=one.kind, reason=make_note("greets"),
            confidence=1.0, by="person",
        )
        for one in placed
        if one.by == "person"
    ]  # fmt: skip
    rows = [*_compare(posts, ledger, placed, told, summary)]
    for at in range(0, len(posts), 12):
        rows.append(f"without {posts[at].id}")
        rows += _compare(posts[:at] + posts[at + 1 :], ledger, placed, told, summary)
        rows.append(f"twice {posts[at].id}")
        rows += _compare([*posts, posts[at]], ledger, [*placed, placed[at]], told[:-1], summary)
        moved = msgspec.structs.replace(placed[at], question="9", by="label", kind="question")
        rows.append(f"moved {posts[at].id}")
        rows += _compare(posts, ledger, [*placed[:at], moved, *placed[at + 1 :]], told, summary)
        rows.append(f"unplaced {posts[at].id}")
        rows += _compare(posts, ledger, placed[:at] + placed[at + 1 :], told, summary)
    for change in (
        {"unplaced": ()},
        {"questions": summary.questions[1:]},
        {"questions": [msgspec.structs.replace(one, people=99) for one in summary.questions]},
        {"questions": [msgspec.structs.replace(one, posts=1) for one in summary.questions]},
        {"questions": [msgspec.structs.replace(one, left_out=()) for one in summary.questions]},
    ):
        rows.append(f"changed {sorted(change)}")
        changed = msgspec.structs.replace(summary, **change)
        rows += _compare(posts, ledger, placed, told, changed)
    hold_rows(ROWS / "files.tsv", rows)


def _compare(
    posts: Sequence[Post],
    ledger: Ledger,
    placed: Sequence[Placement],
    told: Sequence[Correction],
    summary: Summary,
) -> Iterator[str]:
    yield from (one.what for one in compare_posts(posts, ledger, lambda post: post.author == "jo"))
    yield from (one.what for one in compare_placements(STORM, posts, placed, told))
    yield from (one.what for one in compare_summary(STORM, posts, placed, summary))
