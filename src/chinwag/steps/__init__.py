"""VERBS: pure functions, nouns in, nouns out, one file a method.

What lives here: collect, reading, kinds, questions, placing, tracing, summarise, rewording,
publish, measure: in the order in which a chat goes through them; attend, for its hosts meanwhile.
May import: `records`, `text`, `model`, `errors`. May not import: importers, stores, a clock.
A step never changes what it was given, and gives the same for the same.
Example: `placements = place_posts(chat, posts)`.
"""
