"""SUMMARISE: per question, what several people said first, then single bright ideas.

What lives here: group (who says the same), choose (which points), word (the bullet's text),
check_sources (letter for letter), one file a method.
May import: `text`, `model`, `errors`. May not import: the other steps.
Example: `summary = summarise_chat(chat, posts, placements)`.
"""
