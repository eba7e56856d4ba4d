"""BLOGS: where a write-up is published, a folder each, all of one promise (`contract.py`).

What lives here: clients that keep one post a chat, and the files that belong to it. Beside the
folders: `declaration` (what a blog says of itself: its settings, and how it is opened) and
`registry` (all of them).
May import: `http`, `text`, `model`, `errors`. May not import: steps, stores, networks, config, or
each other.
Example: `async with find_blog("wordpress").open(settings, "", clock) as blog: await blog.test()`.
"""
