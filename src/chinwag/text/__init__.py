"""WORDS: pure functions on text that several rooms need.

What lives here: what stands in a text (labels such as A3 or Q9 part 2, openings and numerals in any
notation, parts such as 1/2, hashtags, mentions, links, sentences, words, stopwords, language), what
is taken off it (html, cleaning), cells of spreadsheets, posts as pasted, names, captions, `reach`
(how much of a text is read), and `encoder`, the promise of what compares texts by their meaning,
with `vectors`.
May import: `model`, `errors`. May not import: anything that reads a file, a clock or a network.
Every function takes text and gives text or small values; none changes a word that a person wrote.
Example: `find_labels("A3: we do, too")`.
"""
