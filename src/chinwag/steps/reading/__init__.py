"""READING: the posts of a chat as every judgement sees them, read once.

What lives here: view (the posts, who answers whom, what each says), inferred_replies (parents that
a file does not record).
May import: `text`, `records`, `model`, `errors`. May not import: another step.
Example: `view = view_chat(posts)`.
"""

from chinwag.steps.reading.inferred_replies import infer_replies

__all__ = ["infer_replies"]
