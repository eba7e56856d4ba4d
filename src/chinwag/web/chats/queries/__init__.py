"""QUERIES: named questions to the database. They are given objects that `access` let through.

What lives here: `find_next_chat`, `search_entries`, `count_people` and the like, one file a noun.
May import: `models`, `access`, `steps`, `model`. May not import: actions, forms, views.
Example: `page = search_entries(access.list_entries(user), Search(words="opening hours"))`.
"""
