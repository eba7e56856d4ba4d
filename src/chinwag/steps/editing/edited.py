"""What an edition makes of the story: its sections, its summary, and what does not stand in it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

import msgspec

from chinwag.errors import TraceError
from chinwag.model import (
    Block,
    Bullet,
    Chat,
    Edition,
    HeadingBlock,
    LinkBlock,
    PointBlock,
    Post,
    QuestionSummary,
    QuotationBlock,
    Section,
    SharedLink,
    StoryEdition,
    Summary,
)
from chinwag.steps.editing.keep import list_points
from chinwag.steps.tracing import find_untraceable, stands_in


def show_edition(edition: Edition) -> StoryEdition:
    """Return an edition, true to the posts, as a story shows it: section by section."""
    sections: list[tuple[HeadingBlock | None, list[Block]]] = [(None, [])]
    for block in edition.blocks:
        if isinstance(block, HeadingBlock) and block.level == 2:
            sections.append((block, []))
        else:
            sections[-1][1].append(block)
    return StoryEdition(
        number=edition.number,
        at=edition.at,
        sections=tuple(
            Section(heading=heading, blocks=tuple(blocks))
            for heading, blocks in sections
            if heading or blocks
        ),
        hidden=len(edition.hidden),
    )


def reword_questions(chat: Chat, edition: Edition) -> Chat:
    """Return the chat with the questions as the host has reworded them in an edition."""
    worded = {
        block.question: block.text
        for block in edition.blocks
        if isinstance(block, HeadingBlock) and block.reworded
    }
    questions = tuple(
        msgspec.structs.replace(one, text=worded.get(one.label, one.text)) for one in chat.questions
    )
    return msgspec.structs.replace(chat, questions=questions)


def check_edition(edition: Edition, posts: Sequence[Post]) -> None:
    """Raise TraceError where words of an edition do not stand in the posts that they name."""
    faults = find_edition_faults(edition, posts)
    if faults:
        raise TraceError(
            "Edition {number} cannot be traced: {fault}",
            code="edition-untraceable",
            number=edition.number,
            fault=faults[0],
        )


def find_edition_faults(edition: Edition, posts: Sequence[Post]) -> tuple[str, ...]:
    """Return a sentence for each point and quotation that its posts do not carry."""
    summary = summarise_edition(edition, Summary(questions=(), unplaced=()))
    faults = [
        f"{one.reason} It says: “{one.bullet.text}”" for one in find_untraceable(summary, posts)
    ]
    known = {post.id: post for post in posts}
    for block in edition.blocks:
        if isinstance(block, QuotationBlock):
            post = known.get(block.quote.post)
            if post is None or not stands_in(block.quote.text, post.text):
                faults.append(f"“{block.quote.text}” is quoted, and does not stand in its post.")
    return tuple(faults)


def summarise_edition(edition: Edition, summary: Summary) -> Summary:
    """Return the summary that an edition makes of the one that Chinwag made.

    Its questions are in the edition's order, then come those that the edition leaves out, without
    points. Points under no question are those of a question with the label "", the last one.
    """
    points, links = _sort_blocks(edition.blocks)
    used = {one for point in list_points(edition) for one in point.bullet.posts}
    used |= {one.post for point in list_points(edition) for one in point.bullet.replies}
    used |= {block.quote.post for block in edition.blocks if isinstance(block, QuotationBlock)}
    known = {question.label: question for question in summary.questions}
    order = dict.fromkeys((*(label for label in points if label), *known))
    order |= {"": None} if points.get("") else {}
    questions = [
        _edit_question(known.get(label), label, points.get(label, ()), links.get(label, ()), used)
        for label in order
    ]
    return msgspec.structs.replace(summary, questions=tuple(questions))


def _sort_blocks(
    blocks: Sequence[Block],
) -> tuple[Mapping[str, list[Bullet]], Mapping[str, list[LinkBlock]]]:
    """Return the points and the links under each question, by its label; "" for none."""
    points: dict[str, list[Bullet]] = {}
    links: dict[str, list[LinkBlock]] = {}
    label = ""
    for block in blocks:
        if isinstance(block, HeadingBlock) and block.level == 2:
            label = block.question
            points.setdefault(label, [])
        elif isinstance(block, PointBlock):
            points.setdefault(label, []).append(block.bullet)
        elif isinstance(block, LinkBlock):
            links.setdefault(label, []).append(block)
    return points, links


def _edit_question(
    question: QuestionSummary | None,
    label: str,
    bullets: Sequence[Bullet],
    links: Sequence[LinkBlock],
    used: Container[str],
) -> QuestionSummary:
    base = question or QuestionSummary(
        label=label, text="", posts=0, people=0, bullets=(), links=(), left_out=()
    )
    behind = [one for bullet in base.bullets for one in bullet.posts]
    behind += [reply.post for bullet in base.bullets for reply in bullet.replies]
    return msgspec.structs.replace(
        base,
        bullets=tuple(bullets),
        links=tuple(SharedLink(url=link.url, posts=link.posts) for link in links),
        left_out=tuple(one for one in dict.fromkeys((*base.left_out, *behind)) if one not in used),
        lead=(),
    )
