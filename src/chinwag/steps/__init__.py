"""VERBS: pure functions, nouns in, nouns out, one file a method.

What lives here: collect (merge, fold, find the window), place, summarise, publish, measure.
May import: `text`, `model`, `errors`. May not import: importers, stores, a clock, a network.
A step never changes what it was given, and gives the same for the same.
Example: `placements = place_posts(chat, posts)`.
"""
