"""The site's sentences in other languages: kept as text, laid out as Django reads them.

`locale/fr.po` is French. `locale/en_GB.po` holds what packages say otherwise than this house does.
"""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("en_GB", "fr")


def lay_out_sentences(folder: Path) -> None:
    """Write the catalogues below a folder as gettext reads them. Raises OSError."""
    for language in LANGUAGES:
        inside = folder / language / "LC_MESSAGES"
        inside.mkdir(parents=True, exist_ok=True)
        part = inside / "django.mo.part"
        part.write_bytes(compile_sentences(language))
        part.replace(inside / "django.mo")


def compile_sentences(language: str) -> bytes:
    """Return the catalogue of a language as gettext reads it."""
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(read_sentences(language)), locale=language))
    return compiled.getvalue()


def read_sentences(language: str) -> bytes:
    """Return the catalogue of a language as it is edited."""
    return files("chinwag.web").joinpath(f"locale/{language}.po").read_bytes()
