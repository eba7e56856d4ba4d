"""REWORDING: the write-up's points, worded by a language model that is believed in nothing.

What lives here: prompts (every word that is sent beside the posts), model (what is asked of an
engine), machine_talk (posts that give orders to a machine, which are never sent), sources (the
words that a point may be worded from), plan (what would be asked), read_answer (what came back),
judge (what of it may stand), apply (the summary with it).
May import: `tracing`, `text`, `model`, `errors`. May not import: an engine, or anything that reads.
Example: `requests = plan_requests(summary, posts, chat)`, then `model.answer(...)`, then
`judge_answer(request, answer)`, then `apply_rewordings(summary, posts, wordings)`.
"""

from chinwag.steps.rewording.apply import (
    apply_rewordings,
    keep_rewordings,
    match_rewordings,
)
from chinwag.steps.rewording.judge import OTHER_REASONS, Judged, judge_answer
from chinwag.steps.rewording.machine_talk import speaks_to_machine
from chinwag.steps.rewording.model import Model
from chinwag.steps.rewording.plan import (
    MOST_POINTS,
    Estimate,
    Plan,
    Request,
    guess_tokens,
    plan_requests,
)
from chinwag.steps.rewording.prompts import INSTRUCTIONS, SCHEMA
from chinwag.steps.rewording.read_answer import find_values

__all__ = [
    "INSTRUCTIONS",
    "MOST_POINTS",
    "OTHER_REASONS",
    "SCHEMA",
    "Estimate",
    "Judged",
    "Model",
    "Plan",
    "Request",
    "apply_rewordings",
    "find_values",
    "guess_tokens",
    "judge_answer",
    "keep_rewordings",
    "match_rewordings",
    "plan_requests",
    "speaks_to_machine",
]
