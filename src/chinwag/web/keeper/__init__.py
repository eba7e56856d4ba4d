"""KEEPER: the one process that writes chat folders, and the index of them in the database.

What lives here: `loop` (what is due, again and again), `index` (a folder into entries), `imports`,
`captures`, `backup`. The only code of `web` that calls workflows. May import: `chats.models`,
`chats.actions`, `live.tell`, workflows, stores. May not import: views.
Example: `index_folder(chat, SITE.chats / chat.folder)`.
"""
