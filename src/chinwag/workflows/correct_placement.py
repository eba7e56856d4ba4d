"""Overrule the machine: a person says where a post belongs, or what kind it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from chinwag.errors import InputError, Kept
from chinwag.model import KINDS, Chat, Correction, Placement, make_note, quote_note
from chinwag.steps.kinds.kinds import NOWHERE
from chinwag.stores.folder import ChatFolder, layout
from chinwag.workflows.find_post import find_post
from chinwag.workflows.kept import tell_kept
from chinwag.workflows.make_again import Remade, make_again
from chinwag.workflows.progress import Progress, say_nothing


class CorrectionReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was corrected, and what has been made again in its light."""

    corrections: tuple[Correction, ...]
    remade: Remade


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of posts: their question (None for none), their kind, or both.

    What is not said stays as it is, except that a post given a kind that belongs to no question
    leaves its question. `because` is for whoever reads it later.
    """

    question: str | msgspec.UnsetType | None = msgspec.UNSET
    kind: str = ""
    because: str = ""


def correct_placement(
    into: Path,
    said: Sequence[str],
    verdict: Verdict,
    *,
    at: datetime,
    who: str = "",
    progress: Progress = say_nothing,
) -> CorrectionReport:
    """Note a correction as `note_correction` does, and make again what follows from it.

    The other posts are placed again in its light, and the summary and the story are made again,
    each where there was one. Raises what both raise; the correction is noted where only the making
    again fails, and the error says so.
    """
    made = note_correction(into, said, verdict, at=at, who=who)
    with tell_kept(Kept.NOTED):
        remade = make_again(into, progress)
    return CorrectionReport(corrections=made, remade=remade)


def note_correction(
    into: Path, said: Sequence[str], verdict: Verdict, *, at: datetime, who: str = ""
) -> tuple[Correction, ...]:
    """Note what `who` says of the posts that `said` names; return the corrections.

    A post is named by its id, its permalink, or the end of either, as long as only one post ends
    so. A correction outranks every method and survives every later run. Nothing else is done: see
    `make_again`. Raises InputError where no post, more than one, no question or no kind is so
    named; nothing is noted then.
    """
    folder = ChatFolder.open(into)
    with folder.change() as change:
        _check(folder.read_chat(), verdict)
        posts, earlier = folder.read_posts(), folder.read_corrections()
        ids = [find_post(posts, name).id for name in said]
        standing = _read_standing(folder, earlier)
        made = tuple(_correct(id_, standing.get(id_), verdict, who, at) for id_ in ids)
        change.write_corrections((*earlier, *made))
    return made


def _read_standing(folder: ChatFolder, corrections: Sequence[Correction]) -> dict[str, Placement]:
    """Return how each post stands, with corrections by which nothing has been placed yet."""
    placements = folder.read_placements() if folder.has(layout.PLACEMENTS) else ()
    return {one.post: one for one in (*placements, *corrections)}


def _correct(
    post: str, before: Placement | None, verdict: Verdict, who: str, at: datetime
) -> Correction:
    question = before.question if before else None
    if verdict.question is not msgspec.UNSET:
        question = verdict.question
    elif verdict.kind in NOWHERE:
        question = None
    return Correction(
        post=post,
        question=question,
        reason=quote_note(verdict.because) if verdict.because else make_note("by-a-person"),
        confidence=1.0,
        by="person",
        kind=verdict.kind or (before.kind if before else "answer"),
        who=who,
        at=at,
    )


def _check(chat: Chat, verdict: Verdict) -> None:
    labels = [question.label for question in chat.questions]
    wanted = verdict.question
    if isinstance(wanted, str) and wanted not in labels:
        raise InputError(
            "This chat has no question {label}.",
            code="question-unknown",
            label=wanted,
            known=labels,
        )
    if verdict.kind and verdict.kind not in KINDS:
        raise InputError(
            "There is no kind of post called {kind!r}.",
            code="kind-unknown",
            kind=verdict.kind,
            known=list(KINDS),
        )
