"""SUMMARISE: per question, what several people said first, then single bright ideas.

What lives here: join (posts in parts), quoting (the bullet's text) with its phrases, statement (a
post ready to be compared), group, pairs, meaning and agree (who says the same), belonging, voices,
worth, choose, replies, order, lead, links, themes, relevance; summarise (all of them in order). May
import: `tracing`, `kinds`, `reading`, and below. May not import: placing or another step. Example:
`summary = summarise_chat(chat, posts, placements)`.
"""

from chinwag.steps.summarise.statement import read_ahead
from chinwag.steps.summarise.summarise import list_candidates, summarise_chat

__all__ = ["list_candidates", "read_ahead", "summarise_chat"]
