"""PLACE: every post finds its question, with a confidence and a reason that a person can read.

What lives here: questions (and moderators) found in the posts; kinds of post; by_label, by_reply,
by_time, by_sequence, by_wording, by_meaning, one file a method; combine, which decides.
May import: `text`, `model`, `errors`. May not import: the other steps.
Example: `chat = find_questions(chat, posts); placements = place_posts(chat, posts)`; while a chat
runs, `placer = LivePlacer(chat); placement = placer.add(post)`.
"""

from chinwag.steps.place.announced import mark_announced
from chinwag.steps.place.combine import place_posts
from chinwag.steps.place.inferred_replies import infer_replies
from chinwag.steps.place.live import LivePlacer
from chinwag.steps.place.questions import find_questions

__all__ = ["LivePlacer", "find_questions", "infer_replies", "mark_announced", "place_posts"]
