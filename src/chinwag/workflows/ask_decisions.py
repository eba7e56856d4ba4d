"""Ask a language model for decisions, message by message, each kept as it comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from chinwag.errors import EngineError
from chinwag.model import Decision
from chinwag.steps import deciding
from chinwag.steps.deciding import Plan, Request
from chinwag.steps.rewording import Model, guess_tokens
from chinwag.workflows.progress import Progress
from chinwag.workflows.reword_summary import Failure

Keep = Callable[[Decision, Sequence[str]], None]


class Asking:
    """One run of asking: what came back, counted as it goes by.

    `keep` is given each decision as it comes, with the digests of all that is asked now.
    """

    def __init__(self, model: Model, keep: Keep) -> None:
        self.model = model
        self._keep = keep
        self.asked = self.tokens_in = self.tokens_out = 0
        self.counted = True
        self.is_given_up = False
        self.dropped: Counter[str] = Counter()
        self.failures: list[Failure] = []

    def ask_all(self, plan: Plan, progress: Progress) -> None:
        """Ask every message of a plan until the model fails for good."""
        current = [one.digest(self.model.name) for one in plan.all_requests]
        for number, request in enumerate(plan.requests):
            progress(f"Asking {self.model.name}", number, len(plan.requests))
            try:
                self._ask(request, current)
            except EngineError as failure:
                self.failures.append(Failure(question=request.question, error=failure))
                self.is_given_up = failure.is_final
                if self.is_given_up:
                    break
        progress(f"Asking {self.model.name}", len(plan.requests), len(plan.requests))

    def _ask(self, request: Request, current: Sequence[str]) -> None:
        self.asked += 1
        answer = self.model.answer(
            request.instructions, request.message, request.schema, request.most_tokens
        )
        self.counted = self.counted and None not in (answer.tokens_in, answer.tokens_out)
        self.tokens_in += answer.tokens_in or guess_tokens(request.instructions + request.message)
        self.tokens_out += answer.tokens_out or guess_tokens(answer.text)
        decision = deciding.judge_answer(request, answer, self.model.name)
        self.dropped.update(decision.dropped)
        if "unreadable" in decision.dropped:
            raise EngineError(
                "{model} gave no decision that could be read.",
                code="model-answer-without-decision",
                model=self.model.name,
            )
        self._keep(decision, current)
