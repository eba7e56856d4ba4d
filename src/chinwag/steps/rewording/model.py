"""What is asked of an engine: one answer to one message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from chinwag.model import ModelAnswer


class Model(Protocol):
    """A language model, wherever it runs."""

    @property
    def name(self) -> str:
        """Return what the model is called, for people to read."""
        ...

    def answer(
        self, instructions: str, message: str, schema: Mapping[str, Any], most_tokens: int
    ) -> ModelAnswer:
        """Return the answer to a message, as JSON of the `schema` where the model can.

        It is at most `most_tokens` long. The same message gives the same answer as nearly as the
        model can. Raises EngineError where there is none.
        """
        ...
