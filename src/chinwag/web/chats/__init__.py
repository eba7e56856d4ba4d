"""CHATS: the app. Its parts look one way: views, forms, actions, queries, access, models.

What lives here: `models/` (nouns of the database), `access` (the only way to an object), `queries/`
(named questions), `actions/` (verbs, each one transaction), `forms/`, `views/` and what they show.
May import: `steps`, `messages`, `text`, `model`, `errors`. May not import: workflows, stores.
Example: `chat = access.find_chat(request.user, "uklibchat", "2026-12-01")`.
"""
