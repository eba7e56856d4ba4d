"""LIVE: what changes, told to the pages that are open.

What lives here: `tell` (append an event), `tail` (wake and read), `frames` (an event as HTML),
`hub` (the open connections). May import: `chats.models`, `chats.access`, `chats.queries`. May not
import: workflows, stores. Example: `tell(chat, "post", entry_key=post.id)` inside a transaction.
"""
