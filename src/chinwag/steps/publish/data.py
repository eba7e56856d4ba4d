"""The story for programs and spreadsheets: one JSON document, and two tables as CSV.

Both are described field by field in docs/developers/story-files.md.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec

from chinwag.messages import Catalogue, open_catalogue
from chinwag.model import (
    Bullet,
    Chat,
    Ledger,
    Measures,
    Note,
    Placement,
    PointBlock,
    Post,
    SharedLink,
    Story,
    StoryEdition,
    Theme,
)
from chinwag.steps.publish.hours import write_iso
from chinwag.text.spreadsheet import guard_cell

FORMAT = "chinwag-story"
FORMAT_VERSION = 2
POST_COLUMNS = (
    "id",
    "time",
    "author",
    "text",
    "question",
    "reason",
    "confidence",
    "by",
    "kind",
    "url",
    "reply_to",
    "reposts",
    "author_name",
    "deleted",
    "text_lost",
)
BULLET_COLUMNS = (
    "question",
    "question_text",
    "number",
    "kind",
    "people",
    "author",
    "text",
    "quoted",
    "posts",
    "url",
    "origin",
    "answers",
    "agreed",
)
_WITH_NOTES = ("questions", "placements", "ledger", "edition")
_NOTE_FIELDS = set(Note.__struct_fields__)


class _QuestionFile(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    text: str
    asked_at: datetime | None
    by: str
    asked: tuple[str, ...]
    posts: tuple[str, ...]
    people: int
    lead: tuple[Note, ...]
    bullets: tuple[Bullet, ...]
    themes: tuple[Theme, ...]
    links: tuple[SharedLink, ...]
    left_out: tuple[str, ...]


class _StoryFile(msgspec.Struct, frozen=True, kw_only=True):
    format: str
    version: int
    made_with: str
    chat: Chat
    measures: Measures
    questions: tuple[_QuestionFile, ...]
    unplaced: tuple[str, ...]
    posts: tuple[Post, ...]
    placements: tuple[Placement, ...]
    ledger: Ledger
    edition: StoryEdition | None


def render_json(story: Story, language: str = "en") -> bytes:
    """Return the whole story as one JSON document in UTF-8, indented, ending with a line feed.

    Every note has its `words` beside its code and its parts, in the `language`, a key of
    `messages.LANGUAGES`.
    """
    document = _StoryFile(
        format=FORMAT,
        version=FORMAT_VERSION,
        made_with=story.made_with,
        chat=msgspec.structs.replace(story.chat, one_person=()),  # it names who may be hidden
        measures=story.measures,
        questions=tuple(_list_questions(story)),
        unplaced=_list_ids(story.unplaced),
        posts=story.posts,
        placements=story.placements,
        ledger=story.ledger,
        edition=story.edition,
    )
    words = open_catalogue(language)
    values = {
        name: _add_words(value, words) if name in _WITH_NOTES else value
        for name, value in msgspec.to_builtins(document).items()
    }
    return msgspec.json.format(msgspec.json.encode(values), indent=1) + b"\n"


def render_posts_csv(story: Story, language: str = "en") -> str:
    """Return every post with its question and the reason as CSV (RFC 4180, CRLF, comma).

    `language` is a key of `messages.LANGUAGES`, for the reasons.
    """
    words = open_catalogue(language)
    placements = {placement.post: placement for placement in story.placements}
    return _write_table(
        POST_COLUMNS, (_make_post_row(post, placements.get(post.id), words) for post in story.posts)
    )


def render_bullets_csv(story: Story) -> str:
    """Return every point with the posts behind it as CSV; ids in one cell are parted by spaces."""
    urls = {post.id: post.url for post in story.posts}
    rows = (
        (
            label,
            text,
            str(number),
            bullet.kind,
            str(bullet.people),
            bullet.author,
            bullet.text,
            bullet.quoted,
            " ".join(bullet.posts),
            urls.get(bullet.quoted, ""),
            bullet.origin,
            "\n".join(f"{reply.author}: {reply.text}" for reply in bullet.replies),
            str(bullet.agreed),
        )
        for label, text, bullets in _list_bullets(story)
        for number, bullet in enumerate(bullets, start=1)
    )
    return _write_table(BULLET_COLUMNS, rows)


def _list_bullets(story: Story) -> Iterator[tuple[str, str, Sequence[Bullet]]]:
    """Yield label, wording and points of each question, then of the hosts' own headings."""
    for question in story.questions:
        yield question.summary.label, question.summary.text, question.summary.bullets
    known = {question.summary.label for question in story.questions}
    for section in story.edition.sections if story.edition else ():
        heading = section.heading
        if heading is None or heading.question not in known:
            points = [one.bullet for one in section.blocks if isinstance(one, PointBlock)]
            yield "", heading.text if heading else "", points


def _list_questions(story: Story) -> Iterable[_QuestionFile]:
    for question in story.questions:
        asked, summary = question.question, question.summary
        yield _QuestionFile(
            label=summary.label,
            text=asked.text if asked else summary.text,
            asked_at=asked.asked_at if asked else None,
            by=asked.by if asked else "",
            asked=_list_ids(question.asked),
            posts=_list_ids(question.posts),
            people=summary.people,
            lead=summary.lead,
            bullets=summary.bullets,
            themes=summary.themes,
            links=summary.links,
            left_out=summary.left_out,
        )


def _add_words(value: Any, words: Catalogue) -> Any:
    """Return plain values in which every note says itself in words, too."""
    if isinstance(value, list | tuple):
        return [_add_words(one, words) for one in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == _NOTE_FIELDS:
        return {**value, "words": words.word_note(msgspec.convert(value, Note))}
    return {name: _add_words(one, words) for name, one in value.items()}


def _list_ids(posts: Sequence[Post]) -> tuple[str, ...]:
    return tuple(post.id for post in posts)


def _make_post_row(post: Post, placement: Placement | None, words: Catalogue) -> tuple[str, ...]:
    return (
        post.id,
        write_iso(post.created_at),
        post.author,
        "" if post.text_lost else post.text,
        (placement.question or "") if placement else "",
        words.word_note(placement.reason) if placement else "",
        f"{placement.confidence:.2f}" if placement else "",
        placement.by if placement else "",
        placement.kind if placement else "",
        post.url,
        post.reply_to or "",
        str(max(len(post.reposts), post.repost_count)),
        post.author_name,
        "yes" if post.deleted else "",
        "yes" if post.text_lost else "",
    )


def _write_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([guard_cell(cell) for cell in row] for row in rows)
    return table.getvalue()
