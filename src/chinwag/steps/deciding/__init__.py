"""DECIDING: a language model as an editor, which answers with numbers and stretches, not sentences.

What lives here: prompts (every word that is sent beside the posts), sent (what of the posts is
sent), requests (one message, and what all would cost), plan_choices and plan_places (what would be
asked), follow (which replies go with what they answer), read_answer (what came back), stretches
(which words of a post were meant), judge (what of it holds), apply (decisions put to use).
May import: `rewording`, `summarise`, `tracing`, `reading`, `text`, `model`. May not import: an
engine, or anything that reads files.
Example: `plan = plan_choices(chat, posts, placements)`, then `model.answer(...)`, then
`judge_answer(request, answer, model)`, then `choose_bullets(chat, posts, placements, decisions)`.
"""

from chinwag.steps.deciding.apply import (
    choose_bullets,
    keep_decisions,
    note_decisions,
    place_by_decisions,
    put_in,
)
from chinwag.steps.deciding.judge import DROPPED, judge_answer
from chinwag.steps.deciding.plan_choices import plan_choices
from chinwag.steps.deciding.plan_places import plan_places
from chinwag.steps.deciding.requests import Estimate, Plan, Request

__all__ = [
    "DROPPED",
    "Estimate",
    "Plan",
    "Request",
    "choose_bullets",
    "judge_answer",
    "keep_decisions",
    "note_decisions",
    "place_by_decisions",
    "plan_choices",
    "plan_places",
    "put_in",
]
