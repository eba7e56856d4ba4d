"""READING: the posts of a chat as every judgement sees them, read once.

What lives here: read_post (a post and what its text says, worked out once), numbering (what the
chat's ways to number mean), view (the posts in time order, who answers whom), inferred_replies
(parents that a file does not record), people (which accounts are one person's), appended (short
links that nobody shared), moment (which of two posts of one moment came first).
May import: `text`, `records`, `model`, `errors`. May not import: another step.
Example: `view = view_chat(chat, read_in_time(posts))`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chinwag.steps.reading.inferred_replies import infer_replies
    from chinwag.steps.reading.read_post import Readings, ReadPost

__all__ = ["ReadPost", "Readings", "infer_replies"]

_PLACES = {"ReadPost": "read_post", "Readings": "read_post", "infer_replies": "inferred_replies"}


def __getattr__(name: str) -> Any:
    """Load what reads texts when it is asked for, so that telling two moments apart does not."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
