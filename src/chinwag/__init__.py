"""Chinwag runs hashtag chats: plan, run, archive, place, summarise, publish, measure, follow up.

What lives here: the names a program needs, gathered from the rooms below (see ARCHITECTURE.md).
May import: every library room. May not import: the doors (`cli`), Django or click.
Example: `import chinwag; chinwag.recap_files(["chat.csv"], into="my-chat")`.
"""

__version__ = "0.1.0"
