"""Captions: "Slide 4: What do people borrow?" is written on a picture, and asks nobody."""

from __future__ import annotations

import re

# What is numbered and shown, in nine languages.
_SHOWN = (
    "slide slides figure fig table chart image img photo picture exhibit plate screenshot"
    " folie abbildung abb tabelle bild foto grafik diapositive diapo planche tableau graphique"
    " diapositiva lámina figura tabla gráfico tabela imagem imagen immagine tabella grafico"
    " slayt şekil tablo fotoğraf スライド 図 表 شريحة شكل جدول صورة sleid ffigur tabl llun"
)
CAPTIONED = frozenset(_SHOWN.split())
_CAPTION = re.compile(
    r"[\s\[(*“\"]*+(?P<word>[^\W\d_]++)\.?\s*+(?:no\.?|nr\.?|#|№)?\s*+\d", re.IGNORECASE
)


def is_caption(text: str) -> bool:
    """Return whether a text opens as the caption of something numbered that is shown."""
    found = _CAPTION.match(text)
    return found is not None and found["word"].casefold() in CAPTIONED
