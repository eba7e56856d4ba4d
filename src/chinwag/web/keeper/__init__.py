"""KEEPER: the one process that writes chat folders, and the index of them in the database.

What lives here: `loop` (what is due, again and again), `kinds`, `rows` and `staff` (work, and who
does it), `index` and `following` (a folder into entries), `changes`, `drafts` and `files` (what
people changed), `imports`, `captures`, `advice`, `sharing`, `removals`. The only code of `web` that
calls workflows.
May import: `chats.models`, `chats.actions`, `live.tell`, workflows, stores. May not import: views.
Example: `index_folder(chat, SITE.chats / chat.folder)`.
"""
