"""KINDS: what a post does in the chat: answer, ask, agree, greet, thank, keep house, promote.

What lives here: kinds (which one), asking (which posts ask), halves (a question put in two posts).
May import: `judging`, `reading`, and below. May not import: questions, placing or another step.
Example: `kinds = find_kinds(view)`.
"""
