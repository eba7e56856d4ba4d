"""Let a language model word the points of a summary, and believe it in nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from chinwag.errors import EngineError
from chinwag.model import Rewording, Summary
from chinwag.steps import rewording
from chinwag.steps.rewording import Estimate, Judged, Model
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.encoders import FindEncoder, find_encoder
from chinwag.workflows.progress import Progress, say_nothing
from chinwag.workflows.summarise_chat import draft_summary, summarise_chat

Approves = Callable[[Estimate], bool]


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong when a model was asked about one question, by the question's label."""

    question: str
    error: EngineError


class RewordingReport(msgspec.Struct, frozen=True, kw_only=True):
    """What asking a model came to.

    `asked` is false where nothing was sent, since nothing was to be asked or it was not approved.
    `judged` are the sentences offered, in order, `accepted` counts those that stand, `refused` the
    others by reason, the commonest first; `missing` counts points without one. `tokens_in`
    and `tokens_out` are the server's count, or a guess where `counted` is false. `machine` counts
    the summary's bullets in a model's words, those of earlier answers among them, and `own` the
    others. `withheld` counts posts that were not sent since they speak to a machine. `failures`
    tell what could not be had.
    """

    model: str
    asked: bool
    estimate: Estimate
    judged: tuple[Judged, ...]
    accepted: int
    refused: dict[str, int]
    missing: int
    tokens_in: int
    tokens_out: int
    counted: bool
    machine: int
    own: int
    withheld: int
    failures: tuple[Failure, ...]


def reword_summary(
    into: Path,
    model: Model,
    approves: Approves,
    progress: Progress = say_nothing,
    *,
    most_points: int = rewording.MOST_POINTS,
    encoder: FindEncoder = find_encoder,
) -> RewordingReport:
    """Word the summary's points with a model, keep what may stand, give what came of it.

    Nothing is sent before `approves` has seen what would be and said yes. One message holds at most
    `most_points`. Points that this model was asked about before are not asked again. Each
    question's answers are kept as they come; where the model fails, what it was not asked keeps its
    own words, and the report says why. `encoder` is that of `summarise_chat`, and so are the errors
    raised.
    """
    folder = ChatFolder.open(into)
    chat, posts, summary = draft_summary(folder, encoder=encoder)
    kept = folder.read_rewordings()
    plan = rewording.plan_requests(
        chat,
        summary,
        posts,
        folder.read_placements(),
        kept=kept,
        model=model.name,
        most_points=most_points,
    )
    asking = _Asking(folder, model)
    if plan.requests and approves(plan.estimate):
        asking.ask_all(plan.requests, progress)
    return asking.report(plan, summarise_chat(into, encoder=encoder))


def forget_rewordings(into: Path, *, encoder: FindEncoder = find_encoder) -> Summary:
    """Give the points their own words back: what models said is taken out of the folder."""
    folder = ChatFolder.open(into)
    with folder.change() as change:
        change.write_rewordings(())
    return summarise_chat(into, encoder=encoder)


class _Asking:
    """One run of asking: what came back, counted as it goes by."""

    def __init__(self, folder: ChatFolder, model: Model) -> None:
        self.folder = folder
        self.model = model
        self.asked = False
        self.counted = True
        self.judged: list[Judged] = []
        self.missing = self.tokens_in = self.tokens_out = 0
        self.failures: list[Failure] = []

    def ask_all(self, requests: Sequence[rewording.Request], progress: Progress) -> None:
        """Ask about every question until the model fails for good."""
        for number, request in enumerate(requests):
            progress(f"Asking {self.model.name}", number, len(requests))
            try:
                self._ask(request)
            except EngineError as failure:
                self.failures.append(Failure(question=request.question, error=failure))
                if failure.is_final:
                    break
        progress(f"Asking {self.model.name}", len(requests), len(requests))

    def report(self, plan: rewording.Plan, worded: Summary) -> RewordingReport:
        """Return what came of it, once the summary has been made with it."""
        machine, own = _count_wordings(worded)
        refused = Counter(one.reason for one in self.judged if one.reason)
        return RewordingReport(
            model=self.model.name,
            asked=self.asked,
            estimate=plan.estimate,
            judged=tuple(self.judged),
            accepted=sum(not one.reason for one in self.judged),
            refused=dict(refused.most_common()),
            missing=self.missing,
            tokens_in=self.tokens_in,
            tokens_out=self.tokens_out,
            counted=self.counted,
            machine=machine,
            own=own,
            withheld=len(plan.withheld),
            failures=tuple(self.failures),
        )

    def _ask(self, request: rewording.Request) -> None:
        self.asked = True
        answer = self.model.answer(
            rewording.INSTRUCTIONS, request.message, rewording.SCHEMA, request.most_tokens
        )
        self.counted = self.counted and None not in (answer.tokens_in, answer.tokens_out)
        guess = rewording.guess_tokens
        self.tokens_in += answer.tokens_in or guess(rewording.INSTRUCTIONS + request.message)
        self.tokens_out += answer.tokens_out or guess(answer.text)
        wordings, judged = rewording.judge_answer(request, answer, self.model.name)
        self.judged += judged
        self.missing += sum(one.refused == "missing" for one in wordings)
        if not judged:
            error = EngineError(
                "{model} gave no sentence that could be read.",
                code="model-answer-without-sentence",
                model=self.model.name,
            )
            self.failures.append(Failure(question=request.question, error=error))
            return
        with self.folder.change() as change:
            put_in = _put_in(self.folder.read_rewordings(), wordings)
            # A post may have been taken out while the model was asked about it.
            change.write_rewordings(rewording.keep_rewordings(put_in, self.folder.read_posts()))


def _put_in(kept: Iterable[Rewording], new: Sequence[Rewording]) -> list[Rewording]:
    """Return the kept wordings with the new ones in place of earlier ones for the same point."""
    points = {(one.question, one.quoted, one.posts, one.point) for one in new}
    earlier = [
        one for one in kept if (one.question, one.quoted, one.posts, one.point) not in points
    ]
    return [*earlier, *new]


def _count_wordings(summary: Summary) -> tuple[int, int]:
    bullets = [bullet for question in summary.questions for bullet in question.bullets]
    machine = sum(bullet.origin == "machine" for bullet in bullets)
    return machine, len(bullets) - machine
