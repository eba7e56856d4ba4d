"""KINDS: what a post does in the chat: answer, ask, agree, greet, thank, keep house, promote.

What lives here: kinds (which one), kind_phrases (what it goes by), asking (who asks everybody).
May import: `reading`, and below. May not import: questions, placing or another step.
Example: `kind = find_kind(view, number, questions)`.
"""
