"""SUMMARISE: per question, what several people said first, then single bright ideas.

What lives here: join (posts in parts), word (the bullet's text) with its phrases, statement (a post
ready to be compared), group (who says the same), agree (who says yes), voices (whose word counts),
choose (which points), replies (what answers them), order, lead (how many answered), links
(resources), check_sources (letter for letter), summarise (all of them in order).
May import: `text`, `model`, `errors`. May not import: the other steps.
Example: `summary = summarise_chat(chat, posts, placements)`.
"""

from chinwag.steps.summarise.check_sources import Untraceable, check_summary, find_untraceable
from chinwag.steps.summarise.summarise import summarise_chat

__all__ = ["Untraceable", "check_summary", "find_untraceable", "summarise_chat"]
