"""COLLECT: from records of several files to the posts of one chat.

What lives here: merge (one post a post, however often it was seen), fold (reposts under their
originals), window (when the chat ran), gaps (what is missing, and why).
May import: `text`, `model`, `errors`. May not import: importers or stores.
Example: `collected = collect_posts(records, hashtag="uklibchat")`.
"""
