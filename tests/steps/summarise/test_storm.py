"""An evening in which everything happens, summed up: every step of it, to the digit.

What is learned of worth is asked in the last test alone; the others give each statement a worth.
`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
import pytest
from tests.steps.placing.test_storm import LetterEncoder
from tests.steps.sample import hold_rows
from tests.steps.storm import CHAT, HOST, tell_storm
from tests.steps.village import START

from chinwag.model import Bullet, Moderator, Placement, Post, Question, Summary, Theme, make_note
from chinwag.steps.summarise import summarise_chat
from chinwag.steps.summarise.agree import find_answered, find_supporters
from chinwag.steps.summarise.belonging import doubt_strangers
from chinwag.steps.summarise.choose import Point, choose_points
from chinwag.steps.summarise.group import find_shared, group_statements
from chinwag.steps.summarise.meaning import compare_meanings
from chinwag.steps.summarise.order import order_points
from chinwag.steps.summarise.pairs import describe_pairs, describe_reply, find_same
from chinwag.steps.summarise.relevance import find_signs
from chinwag.steps.summarise.replies import find_replies
from chinwag.steps.summarise.statement import Statement
from chinwag.steps.summarise.summarise import Said, list_candidates, list_statements
from chinwag.steps.summarise.themes import find_themes
from chinwag.steps.summarise.voices import count_in, split_copies
from chinwag.text.words import Vector, content_words, cosine, make_vector

ROWS = Path(__file__).parent / "storm"
SEEDS = (7, 8)
ASKED = (
    Question(label="1", text="Which tools does your village lend out?", asked_at=START),
    Question(label="2", text="How do newcomers hear about the plots?", asked_at=START),
    Question(label="3", text="", asked_at=START),
)
STORM = msgspec.structs.replace(CHAT, questions=ASKED, moderators=(Moderator(author=HOST),))
_KINDS = ("answer", "answer", "answer", "answer", "agreement", "announcement", "housekeeping")


def place_storm(posts: Sequence[Post]) -> list[Placement]:
    """Return places for the posts by their order; replies are replies, and hosts ask."""
    return [
        Placement(
            post=post.id,
            question=None
            if at % 23 == 5
            else "4"
            if at % 31 == 7
            else str(1 + 3 * at // len(posts)),
            by="person" if at % 17 == 3 else "label",
            reason=make_note("greets"),
            confidence=0.4 + at % 7 / 10,
            kind=_tell_kind(at, post),
        )
        for at, post in enumerate(posts)
    ]


def _tell_kind(at: int, post: Post) -> str:
    if post.author == HOST:
        return "question"
    return "reply" if post.reply_to else _KINDS[at % len(_KINDS)]


def list_said(seed: int) -> list[Said]:
    """Return what is said on each question, each statement with a worth of its own."""
    posts = tell_storm(seed)
    return [
        said._replace(
            statements=[
                msgspec.structs.replace(
                    one, quality=(at * 37 % 90 + 10) / 100 if one.point else 0.0
                )
                for at, one in enumerate(said.statements)
            ]
        )
        for said in list_statements(STORM, posts, place_storm(posts))
    ]


def show(values: Mapping[str, float]) -> str:
    return " ".join(f"{name}={value:.3f}" for name, value in values.items())


@pytest.mark.parametrize("seed", SEEDS)
def test_what_each_post_of_the_storm_states(seed: int) -> None:
    rows = [
        f"{said.question.label}\t{' '.join(post.id for post in one.posts)}\t{one.kind}\t{one.point!r}"
        f"\t{one.text!r}\t{len(one.said)} {len(one.told)} {len(one.words)}\t{one.numbered:d}"
        f"\t{one.confidence:.1f}\t{[(part.post, part.text) for part in one.parts]}"
        for said in list_said(seed)
        for one in said.statements
    ]
    hold_rows(ROWS / f"stated{seed}.tsv", rows)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_words_of_the_storm_tell(seed: int) -> None:
    rows = []
    for said in list_said(seed):
        asked = said.question.text
        for expected in (True, False):
            doubted = doubt_strangers(
                said.statements, said.weights, asked, numbers_expected=expected
            )
            rows.append(f"doubted\t{show({one.post.id: one.quality for one in doubted})}")
        for word, signs in find_signs(said.statements, said.weights, asked):
            rows.append(f"{word}\t{show(signs._asdict())}")
        rows += [f"theme\t{theme.phrase}\t{theme.people}\t{theme.posts}" for theme in _themes(said)]
    hold_rows(ROWS / f"words{seed}.tsv", rows)


def _themes(said: Said) -> tuple[Theme, ...]:
    statements = said.statements
    return find_themes(statements, said.question.text, statements[:9])


@pytest.mark.parametrize("seed", SEEDS)
def test_who_says_the_same_in_the_storm(seed: int) -> None:
    rows: list[str] = []
    for said in list_said(seed):
        rows += _tell_same(said)
        supporters = find_supporters(said.statements)
        for post, some in supporters.by_post.items():
            rows.append(f"{post}\tis agreed with by\t{' '.join(one.post.id for one in some)}")
        for one, answered in find_answered(said.statements):
            signs = [show(describe_reply(one, answered, agrees)) for agrees in (True, False)]
            rows.append(f"{one.post.id}\tanswers {answered.post.id}\t{signs}")
    hold_rows(ROWS / f"same{seed}.tsv", rows)


def _tell_same(said: Said) -> Iterator[str]:
    quotable = [one for one in said.statements if one.point]
    vectors = {one.post.id: make_vector(one.told, said.weights) for one in quotable}
    shared = find_shared(quotable, vectors)
    meanings = compare_meanings(quotable, shared, LetterEncoder())
    told = find_same(quotable, shared, meanings, said.question.text)
    for (one, other), signs in describe_pairs(quotable, shared, _ask(said)).items():
        pair = (one, other)
        yield (
            f"{quotable[one].post.id} {quotable[other].post.id}\t{show(signs)}"
            f"\t{meanings.get(pair, 0):.3f}\t{pair in told.same}\t{pair in told.alike}"
        )
    for group in group_statements(quotable, shared, dict.fromkeys(shared, 0.7)):
        if len(group) > 1:
            voices, copies = split_copies(group)
            counted = count_in(voices, copies, find_supporters(said.statements))
            ids = [" ".join(one.post.id for one in some) for some in (voices, copies, counted)]
            yield f"group\t{ids}"


def _ask(said: Said) -> tuple[str, ...]:
    return content_words(said.question.text)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("fewest", "most"), [(1, 3), (3, 8), (12, 20)])
def test_which_points_of_the_storm_are_chosen(seed: int, fewest: int, most: int) -> None:
    rows: list[str] = []
    for said in list_said(seed):
        quotable = [one for one in said.statements if one.point]
        vectors = {one.post.id: make_vector(one.told, said.weights) for one in quotable}
        shared = find_shared(quotable, vectors)
        groups = group_statements(quotable, shared, dict.fromkeys(shared, 0.6))
        gains = {word: 1 / len(word) for one in quotable for word in one.words}
        chosen = choose_points(
            list(map(_make_point, groups)), vectors, gains, _ask(said), fewest=fewest, most=most
        )
        rows.append(f"{said.question.label}\t{' '.join(one.quoted.post.id for one in chosen)}")
        rows.append(f"ordered\t{' '.join(_order(chosen, vectors))}")
        for post, quotes in find_replies(chosen, said.statements).items():
            rows.append(f"under {post}\t{[(quote.post, quote.text) for quote in quotes]}")
    hold_rows(ROWS / f"chosen{seed}.{most}.tsv", rows)


def _make_point(group: Sequence[Statement]) -> Point:
    people = len({one.post.author for one in group})
    return Point(quoted=group[0], behind=tuple(group), people=people, agreed=len(group) % 2)


def _order(chosen: Sequence[Point], vectors: Mapping[str, Vector]) -> Iterator[str]:
    ordered = order_points(
        chosen,
        lambda one, other: cosine(vectors[one.quoted.post.id], vectors[other.quoted.post.id]),
    )
    yield from (one.quoted.post.id for one in ordered)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_summary_of_the_storm(seed: int) -> None:
    posts = tell_storm(seed)
    placed = place_storm(posts)
    plain = summarise_chat(STORM, posts, placed)
    meant = summarise_chat(STORM, posts, placed, encoder=LetterEncoder(), fewest=1, most=20)
    rows = [*_tell_summary(plain), *_tell_summary(meant)]
    for label, bullets in list_candidates(STORM, posts, placed).items():
        rows += [f"candidate {label}\t{_tell_bullet(bullet)}" for bullet in bullets]
    hold_rows(ROWS / f"summary{seed}.tsv", rows)


def _tell_summary(summary: Summary) -> Iterator[str]:
    yield f"unplaced\t{' '.join(summary.unplaced)}"
    for note in summary.lead:
        yield f"lead\t{note.code}\t{note.parts}"
    for one in summary.questions:
        yield f"{one.label}\t{one.posts} {one.people}\tleft out {' '.join(one.left_out)}"
        yield from (f"link\t{link.url}\t{' '.join(link.posts)}" for link in one.links)
        yield from (f"theme\t{theme.phrase}\t{theme.people}" for theme in one.themes)
        yield from (f"note\t{note.code}\t{note.parts}" for note in one.lead)
        yield from map(_tell_bullet, one.bullets)


def _tell_bullet(bullet: Bullet) -> str:
    quotes = [(one.post, one.text) for one in (*bullet.parts, *bullet.replies)]
    return (
        f"{bullet.quoted}\t{bullet.text}\t{' '.join(bullet.posts)}\t{bullet.people}+{bullet.agreed}"
        f"\t{bullet.kind}\t{' '.join(bullet.agreeing)}\t{quotes}"
    )
