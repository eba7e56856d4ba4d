"""What others would choose of the same posts: LexRank (Erkan and Radev, 2004), and chance.

Every post that is placed on a question and does not ask it may be chosen, cleaned as ours are; as
many are chosen as we print bullets.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence

from chinwag.steps.summarise.statement import Statement
from chinwag.text.stopwords import STOP_WORDS
from chinwag.text.words import split_words
from summary import Tokenizer

Shares = Mapping[str, float]  # of posts, by their ids: how often each is chosen


def choose_by_chance(statements: Sequence[Statement], number: int) -> Shares:
    """Return how often each post is chosen where any `number` of them are, on average."""
    said = [one for one in statements if split_words(one.text)]
    share = min(1.0, number / max(1, len(said)))
    return {one.post.id: share for one in said}


def choose_by_lexrank(statements: Sequence[Statement], number: int) -> Shares:
    """Return the posts that sumy's LexRank chooses. Raises ImportError without sumy."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer

    said = [one for one in statements if split_words(one.text)]
    if not said or not number:
        return {}
    ranks = LexRankSummarizer(Stemmer("english"))
    ranks.stop_words = STOP_WORDS
    tokenizer = Tokenizer()
    sentences = [Sentence(one.text, tokenizer) for one in said]
    document = ObjectDocumentModel([Paragraph(sentences)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # no two posts resemble each other
        chosen = Counter(str(one) for one in ranks(document, number))
    shares = {}
    for one in said:  # two posts may say the same words
        if chosen[one.text] > 0:
            chosen[one.text] -= 1
            shares[one.post.id] = 1.0
    return shares
