"""JUDGING: how likely a post is of each kind, a sentence stands alone, a post is worth quoting.

What lives here: judgements (what the others ask), model and same (small linear models, their
weights as data in `weights/`, learned by `benchmarks/learn.py` and `benchmarks/groups.py`), the
features and surroundings that they are told of, and phrase_classes, which reads the phrases of each
language (`phrases/`).
May import: `reading`, and below. May not import: kinds or a later step.
Example: `likely = judge_kind(read, around)`.
"""
