"""Ask a language model what it would change in a story or where posts belong; nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from chinwag.errors import InputError
from chinwag.model import Block, Chat, Decision, Placement, Post, Suggestion
from chinwag.steps import deciding, editing
from chinwag.steps.deciding import Estimate, Plan
from chinwag.steps.rewording import Model
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.ask_decisions import Asking, Keep
from chinwag.workflows.progress import Progress, say_nothing
from chinwag.workflows.reword_summary import Failure

_MARGIN = 1.2  # times as much as was agreed to may be sent, since posts may have come meanwhile


class AdviceReport(msgspec.Struct, frozen=True, kw_only=True):
    """What asking for advice came to.

    `asked` counts the messages sent, `dropped` by reason (see `deciding.DROPPED`) what was answered
    and does not hold. `tokens_in` and `tokens_out` are the server's count, or a guess where
    `counted` is false. `failures` tell what could not be had.
    """

    asked: int
    dropped: dict[str, int]
    tokens_in: int
    tokens_out: int
    counted: bool
    failures: tuple[Failure, ...]


class _Given(NamedTuple):
    chat: Chat
    posts: tuple[Post, ...]
    placements: tuple[Placement, ...]


def count_advice(
    into: Path, model: str, kept: Sequence[Decision] = (), *, task: str = "choose"
) -> Estimate:
    """Return what asking the model of that name would send; nothing is sent.

    `task` is that of a Decision: "choose" (which points) or "place" (where posts in doubt belong).
    `kept` are decisions of earlier tries: what was asked then is not asked again. Raises
    FolderError where nothing is placed yet.
    """
    return _plan(ChatFolder.open(into), model, kept, task).estimate


def ask_advice(
    into: Path,
    model: Model,
    agreed: Estimate,
    keep: Keep,
    progress: Progress = say_nothing,
    *,
    kept: Sequence[Decision] = (),
    task: str = "choose",
) -> AdviceReport:
    """Ask a model which points it would choose, or where posts belong; `keep` gets each answer.

    Somebody has agreed to what `agreed` says. Raises InputError, and sends nothing, where much more
    would be sent now; FolderError where nothing is placed yet.
    """
    plan = _plan(ChatFolder.open(into), model.name, kept, task)
    if plan.estimate.letters > agreed.letters * _MARGIN:
        raise InputError(
            "What would be sent now is longer than what was agreed to: {letters}, not {agreed}.",
            code="advice-grown",
            letters=plan.estimate.letters,
            agreed=agreed.letters,
        )
    asking = Asking(model, keep)
    asking.ask_all(plan, progress)
    return AdviceReport(
        asked=asking.asked,
        dropped=dict(asking.dropped.most_common()),
        tokens_in=asking.tokens_in,
        tokens_out=asking.tokens_out,
        counted=asking.counted,
        failures=tuple(asking.failures),
    )


def draw_suggestions(
    into: Path, decisions: Sequence[Decision], blocks: Sequence[Block]
) -> tuple[Suggestion, ...]:
    """Return what decisions would change in blocks, each held against today's posts."""
    chat, posts, placements = _read(ChatFolder.open(into))
    true = deciding.keep_decisions(decisions, posts)
    placed = deciding.place_by_decisions(chat, posts, placements, true)
    chosen = deciding.choose_bullets(chat, posts, placed, true)
    return editing.suggest_edits(blocks, chosen, posts)


def draw_places(into: Path, decisions: Sequence[Decision]) -> tuple[Placement, ...]:
    """Return where decisions would put posts that stand elsewhere now, in the order of the folder.

    What a person has placed is not among them, and no post that is gone.
    """
    chat, posts, placements = _read(ChatFolder.open(into))
    placed = deciding.place_by_decisions(
        chat, posts, placements, deciding.keep_decisions(decisions, posts)
    )
    return tuple(
        new
        for old, new in zip(placements, placed, strict=True)
        if (new.question, new.kind) != (old.question, old.kind)
    )


def _plan(folder: ChatFolder, model: str, kept: Sequence[Decision], task: str) -> Plan:
    chat, posts, placements = _read(folder)
    plan = deciding.plan_places if task == "place" else deciding.plan_choices
    return plan(chat, posts, placements, kept=kept, model=model)


def _read(folder: ChatFolder) -> _Given:
    return folder.read_steadily(
        lambda: _Given(folder.read_chat(), folder.read_posts(), folder.read_placements())
    )
