"""PLACING: every post finds its question, with a confidence and a reason that a person can read.

What lives here: combine, the recipe, and its steps in order: turns, told, pace, evidence, ties,
beliefs, decide with reasons; by_label, by_reply, by_time, by_turn, by_words, by_meaning, one
file a method; propagate and weights, which carry them; live and post_index, for a
running chat.
May import: `questions`, `kinds`, `reading`, and below. May not import: another step.
Example: `placements = place_posts(chat, posts)`; while a chat runs, `placer = LivePlacer(chat)`,
then `placement = placer.add(post)`.
"""

from chinwag.steps.placing.combine import place_posts
from chinwag.steps.placing.live import LivePlacer

__all__ = ["LivePlacer", "place_posts"]
