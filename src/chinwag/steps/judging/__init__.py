"""JUDGING: how likely a post is of each kind, a sentence stands alone, a post is worth quoting.

What lives here: small linear models with their weights as data (`weights/`, learned by
`benchmarks/learn.py`), the features they are told of, and the phrases of each language
(`phrases/`).
May import: `reading`, and below. May not import: kinds or a later step.
Example: `likely = judge_kind(read, around)`.
"""
