"""WORDS: pure helpers on text that several rooms need.

What lives here: html, labels (A3, Q9 part 2), hashtags, mentions, links, words, cleaning.
May import: `model`, `errors`. May not import: anything that reads a file, a clock or a network.
Every function takes text and gives text or small values; none changes a word that a person wrote.
Example: `find_labels("A3: we do, too")`.
"""
