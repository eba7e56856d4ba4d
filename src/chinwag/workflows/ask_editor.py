"""Let a language model help as an editor: it places posts in doubt and chooses the points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec

from chinwag.model import Chat, Decision, Placement, Post, Summary
from chinwag.steps import deciding
from chinwag.steps.deciding import Estimate, Plan
from chinwag.steps.rewording import Model
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.ask_decisions import Asking
from chinwag.workflows.encoders import FindEncoder, find_encoder
from chinwag.workflows.place_chat import draft_placements, place_chat
from chinwag.workflows.progress import Progress, say_nothing
from chinwag.workflows.reword_summary import Failure
from chinwag.workflows.summarise_chat import summarise_chat

Approves = Callable[[Estimate], bool]


class EditorReport(msgspec.Struct, frozen=True, kw_only=True):
    """What asking a model as an editor came to.

    `asked` counts the messages sent; none where nothing was to be asked or it was not approved.
    `points` counts the points that it chose and that stand in the summary, on `questions`
    questions; `placed` the posts that stand where it put them. `dropped` counts by reason (see
    `deciding.DROPPED`) what it said in this run that does not hold. `tokens_in` and `tokens_out`
    are the server's count, or a guess where `counted` is false. `withheld` counts posts that were
    not sent since they speak to a machine. `failures` tell what could not be had.
    """

    model: str
    asked: int
    estimate: Estimate
    points: int
    questions: int
    placed: int
    dropped: dict[str, int]
    tokens_in: int
    tokens_out: int
    counted: bool
    withheld: int
    failures: tuple[Failure, ...]


def ask_editor(
    into: Path,
    model: Model,
    approves: Approves,
    progress: Progress = say_nothing,
    *,
    encoder: FindEncoder = find_encoder,
) -> EditorReport:
    """Let a model place the posts in doubt, then choose the points; give what came of it.

    Nothing is sent before `approves` has seen about how much would be and said yes. What the same
    model was asked before, to the letter, is not asked again; every answer is kept as it comes, so
    that a run that was cut off goes on where it was. Where the model fails, the built-in placing
    and choice stand, and the report says why. Raises what `place_chat` and `summarise_chat` do.
    """
    folder = ChatFolder.open(into)
    chat, posts, base = draft_placements(folder, encoder=encoder)
    asking = Asking(model, partial(_keep, folder))
    places = deciding.plan_places(chat, posts, base, kept=folder.read_decisions(), model=model.name)
    choices = _plan_choices(folder, model, chat, posts, base)
    estimate = _add_up(places, choices)
    if estimate.requests and approves(estimate):
        asking.ask_all(places, progress)
        if not asking.is_given_up:
            asking.ask_all(_plan_choices(folder, model, chat, posts, base), progress)
    placements = place_chat(into, encoder=encoder)[1]
    summary = summarise_chat(into, encoder=encoder)
    withheld = len({*places.withheld, *choices.withheld})
    return _report(folder, asking, estimate, summary, placements, withheld)


def forget_decisions(into: Path, *, encoder: FindEncoder = find_encoder) -> Summary:
    """Take out what models decided: the built-in placing and choice stand again."""
    with ChatFolder.open(into).change() as change:
        change.write_decisions(())
    place_chat(into, encoder=encoder)
    return summarise_chat(into, encoder=encoder)


def _plan_choices(
    folder: ChatFolder, model: Model, chat: Chat, posts: Sequence[Post], base: Sequence[Placement]
) -> Plan:
    """Return what to ask about the points, by where the posts in doubt were put meanwhile."""
    kept = folder.read_decisions()
    placing = [one for one in kept if one.task == "place"]
    placements = deciding.place_by_decisions(chat, posts, base, placing)
    return deciding.plan_choices(chat, posts, placements, kept=kept, model=model.name)


def _add_up(one: Plan, other: Plan) -> Estimate:
    """Return what two plans would send together; a post in both is counted once."""
    requests = (*one.requests, *other.requests)
    return Plan(requests=requests, all_requests=requests, withheld=()).estimate


def _keep(folder: ChatFolder, decision: Decision, current: Sequence[str]) -> None:
    """Keep a decision at once. A post may have been taken out while the model was asked."""
    with folder.change() as change:
        put_in = deciding.put_in(folder.read_decisions(), decision, current)
        change.write_decisions(deciding.keep_decisions(put_in, folder.read_posts()))


def _report(
    folder: ChatFolder,
    asking: Asking,
    estimate: Estimate,
    summary: Summary,
    placements: Sequence[Placement],
    withheld: int,
) -> EditorReport:
    """Return what came of it, once the summary has been made with it."""
    decisions = folder.read_decisions()
    chosen = {(one.post, one.text) for kept in decisions for one in kept.choices}
    points = [
        (question.label, bullet)
        for question in summary.questions
        for bullet in question.bullets
        if (bullet.quoted, bullet.text) in chosen
    ]
    return EditorReport(
        model=asking.model.name,
        asked=asking.asked,
        estimate=estimate,
        points=len(points),
        questions=len({label for label, _ in points}),
        placed=sum(one.by == "model" for one in placements),
        dropped=dict(asking.dropped.most_common()),
        tokens_in=asking.tokens_in,
        tokens_out=asking.tokens_out,
        counted=asking.counted,
        withheld=withheld,
        failures=tuple(asking.failures),
    )
