"""What an encoder gives: a vector for each text, near each other where the texts mean the same.

This is the whole interface. Whatever has these three members can be put in place: a model in this
process, one behind an address, a table in a test.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Encoder(Protocol):
    """Turns texts into vectors whose cosine tells how near their meanings are."""

    @property
    def name(self) -> str:
        """Return what the summary was made with, for people to read."""
        ...

    @property
    def languages(self) -> frozenset[str]:
        """Return the languages it was made for (ISO 639-1); empty where that is not known."""
        ...

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return one vector for each text, in their order: as many numbers each, of any length.

        The same texts give the same vectors. Raises EngineError where there is no usable answer,
        SettingsError where the engine is not installed.
        """
        ...
