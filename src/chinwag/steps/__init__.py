"""VERBS: pure functions, nouns in, nouns out, one file a method.

What lives here, in the order in which a chat goes through them: collect, reading, judging, kinds,
questions, placing, tracing, summarise, rewording, deciding, editing, publish, measure; and attend,
for its hosts meanwhile.
May import: `records`, `text`, `model`, `errors`. May not import: importers, stores, a clock.
A step never changes what it was given, and gives the same for the same.
Example: `placements = place_posts(chat, posts)`.
"""
