"""An evening in which everything happens: what a model is told of every post of it.

`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

from pathlib import Path

from tests.steps.sample import hold_rows
from tests.steps.storm import CHAT, tell_storm

from chinwag.steps.judging.judgements import describe_kind, describe_sentence, describe_worth
from chinwag.steps.judging.phrase_classes import find_classes, leans_back, skip_ties
from chinwag.steps.judging.surroundings import expects_labels, is_labelled, surround
from chinwag.steps.questions import find_questions
from chinwag.steps.reading.read_post import read_in_time
from chinwag.steps.reading.view import view_chat

ROWS = Path(__file__).parent / "storm"


def test_what_is_told_of_every_post_of_the_storm() -> None:
    posts = tell_storm()
    reads = read_in_time(posts)
    view = view_chat(find_questions(CHAT, posts), reads)
    rows = [f"expects labels\t{expects_labels(reads)}{expects_labels(reads[:9])}"]
    for at, read in enumerate(reads):
        around = surround(view, at, labels_expected=at % 2 == 0)
        form, words = describe_kind(read, around)
        worth, _ = describe_worth(reads[at : at + 1 + at % 3], around, at % 5, at % 4)
        rows.append(
            f"{read.id}\t{is_labelled(read):d}\t{'; '.join(form)}\t{'; '.join(words[-4:])}"
            f"\t{'; '.join(one for one in worth if one not in form)}"
        )
    hold_rows(ROWS / "told.tsv", rows)


def test_what_is_told_of_the_sentences_of_the_storm() -> None:
    rows = []
    for read in read_in_time(tell_storm(8)):
        form, words = describe_sentence(read.speech, "midst")
        classes = " ".join(f"{name}@{at}" for name, at in find_classes(read.speech_words))
        rows.append(
            f"{read.id}\t{'; '.join(form)}\t{len(words)}\t{classes}\t{skip_ties(read.speech)}"
            f"\t{leans_back(read.speech):d}"
        )
    hold_rows(ROWS / "sentences.tsv", rows)
