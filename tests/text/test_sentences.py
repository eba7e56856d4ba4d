"""A text is cut where a reader would cut it, and nothing of it is lost."""

from __future__ import annotations

import pytest

from chinwag.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is so. No it is not.", ("It is so.", "No it is not.")),
        ("It is so. no it is not.", ("It is so. no it is not.",)),  # a small letter goes on
        ("Why? because. Yes! of course.", ("Why?", "because.", "Yes!", "of course.")),
        ("Well... then. Well… Then.", ("Well... then.", "Well…", "Then.")),
        ("We met at e.g. Rome. Dr. Who came.", ("We met at e.g. Rome.", "Dr. Who came.")),
        ("He is no. 5 of us. We sat.", ("He is no. 5 of us.", "We sat.")),
        ("Dr. Who came. She sat.", ("Dr. Who came.", "She sat.")),
        ("1. Read it. Go.", ("1. Read it.", "Go.")),
        ("Do it: 2. Read it. 3. Go.", ("Do it: 2. Read it.", "3. Go.")),
        ("It cost 250. We paid.", ("It cost 250.", "We paid.")),
        ("She said “No.” We left.", ("She said “No.”", "We left.")),
        ("We lend. #tools too", ("We lend.", "#tools too")),
        ("これは本。あれは？」はい！", ("これは本。", "あれは？」", "はい！")),
        ("ما هذا؟ كتاب.", ("ما هذا؟", "كتاب.")),
        ("Done. Über uns. Éric came. “Ça va.”", ("Done.", "Über uns.", "Éric came.", "“Ça va.”")),
        ("", ()),
        ("   ", ()),
    ],
)
def test_sentences(text: str, sentences: tuple[str, ...]) -> None:
    assert split_sentences(text) == sentences
    assert "".join("".join(sentences).split()) == "".join(text.split())
