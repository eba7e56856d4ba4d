"""Do the files of a chat agree with each other? Each is made of others, and must say what they say.

Checksums tell whether a file is as it was written, `made-from.json` whether it was written before
its sources changed. Both can be right although the files are from two different days: after copies
were put back one by one, say. So what they say is compared, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from chinwag.messages import open_catalogue
from chinwag.model import Chat, Correction, Ledger, Placement, Post, QuestionSummary, Summary
from chinwag.steps.reading.people import People
from chinwag.steps.tracing.askings import asks_question

Placed = Mapping[str, Placement]


class Disagreement(msgspec.Struct, frozen=True):
    """Two files that do not agree: the name of the one that is wrong, and how, as a sentence."""

    file: str
    what: str


def compare_posts(
    posts: Sequence[Post], ledger: Ledger | None, is_left_out: Callable[[Post], bool]
) -> Iterator[Disagreement]:
    """Yield where the posts do not agree with what was taken out, or with the ledger."""
    if more := len(posts) - len({post.id for post in posts}):
        yield Disagreement("posts.jsonl", f"posts.jsonl holds {_count(more, 'post')} twice.")
    if left := sum(is_left_out(post) and not post.deleted for post in posts):
        what = f"posts.jsonl still holds {_count(left, 'post')} that should have been taken out."
        yield Disagreement("posts.jsonl", what)
    if ledger is None:
        return
    figures = {
        "post": (ledger.archived, len(posts)),
        "repost": (ledger.folded, sum(len(post.reposts) for post in posts)),
        "gone_post": (ledger.deleted, sum(post.deleted for post in posts)),
        "lost_own_text": (ledger.text_lost, sum(post.text_lost for post in posts)),
    }
    for noun, (said, found) in figures.items():
        if said != found:
            what = f"ledger.json counts {_count(said, noun)}, and posts.jsonl holds {found:,}."
            yield Disagreement("posts.jsonl", what)  # reading the files again mends both


def compare_placements(
    chat: Chat,
    posts: Sequence[Post],
    placements: Sequence[Placement],
    corrections: Sequence[Correction],
) -> Iterator[Disagreement]:
    """Yield where the placements disagree with the posts, the questions or the corrections."""
    ids = {post.id for post in posts}
    by_post = {placement.post: placement for placement in placements}
    labels = {question.label for question in chat.questions}
    told = {one.post: one for one in corrections if one.post in ids}
    strange = {one.question for one in placements if one.question} - labels
    found = {
        "posts without a place": len(ids - by_post.keys()),
        "places of posts that are not in posts.jsonl": len(by_post.keys() - ids),
        "posts with two places": len(placements) - len(by_post),
        "posts that do not stand where a person put them": sum(
            not _stands(by_post.get(post), one) for post, one in told.items()
        ),
        "posts placed by a person, with no correction that says so": sum(
            one.by == "person" and one.post not in told for one in placements
        ),
    }
    for what, number in found.items():
        if number:
            yield _placed_wrongly(f"{what}, {number:,}")
    if strange:
        yield _placed_wrongly(f"posts stand on questions that chat.toml lacks: {_join(strange)}")


def _stands(placement: Placement | None, correction: Correction) -> bool:
    """Return whether a post stands where, and as what, a person said."""
    if placement is None:
        return False
    said = (correction.question, correction.kind)
    return placement.by == "person" and (placement.question, placement.kind) == said


def _placed_wrongly(what: str) -> Disagreement:
    return Disagreement("placements.jsonl", f"placements.jsonl: {what}.")


def compare_summary(
    chat: Chat, posts: Sequence[Post], placements: Sequence[Placement], summary: Summary
) -> Iterator[Disagreement]:
    """Yield where the summary does not agree with the questions and where their posts stand."""
    asked = [(question.label, question.text) for question in chat.questions]
    said = [(question.label, question.text) for question in summary.questions]
    if said[: len(asked)] != asked:
        yield _summed_wrongly("its questions are not those of chat.toml")
        return
    alive = {post.id for post in posts}
    placed = {one.post: one for one in placements}
    nowhere = {one for one in alive if one not in placed or placed[one].question is None}
    if set(summary.unplaced) != nowhere:
        yield _summed_wrongly("the posts that it has under no question are not those of now")
    asking = {question.label: set(question.posts) for question in chat.questions}
    accounts = People(chat, posts)
    authors = {post.id: accounts.find(post.author) for post in posts if post.is_spoken}
    for question in summary.questions:
        on_it = {
            one.post
            for one in placements
            if one.question == question.label
            and one.post in alive
            and not asks_question(one, asking.get(question.label, set()))
        }
        yield from _compare_question(question, on_it, authors)


def _compare_question(
    question: QuestionSummary, on_it: set[str], authors: Mapping[str, str]
) -> Iterator[Disagreement]:
    """Yield where one question's figures and points are not of the posts placed on it.

    `authors` has those posts alone that are counted.
    """
    name = f"Q{question.label}"
    counted = [authors[post] for post in on_it if post in authors]
    people = {author for author in counted if author}
    if (question.posts, question.people) != (len(counted), len(people)):
        yield _summed_wrongly(
            f"it counts {_count(question.posts, 'post')} by {question.people:,} on {name}, and"
            f" there are {len(counted):,} by {len(people):,}"
        )
    used = [post for bullet in question.bullets for post in bullet.posts]
    used += [reply.post for bullet in question.bullets for reply in bullet.replies]
    if away := set(used) - on_it:
        yield _summed_wrongly(
            f"{_count(len(away), 'post')} behind points of {name} no longer on that question"
        )
    if set(question.left_out) != on_it - set(used):
        yield _summed_wrongly(f"the posts that it leaves out on {name} are not those of now")


def _summed_wrongly(what: str) -> Disagreement:
    return Disagreement("summary.json", f"summary.json: {what}.")


def _count(number: int, noun: str) -> str:
    return open_catalogue().count(number, noun)


def _join(labels: set[str]) -> str:
    return ", ".join(f"Q{label}" for label in sorted(labels))
