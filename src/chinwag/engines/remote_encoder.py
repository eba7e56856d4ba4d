"""An encoder behind an OpenAI-compatible embeddings address: on this machine or anywhere.

The texts, the model's name and the key are sent to that address only. A redirect is not followed,
because it would carry the key to somebody else.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from chinwag.engines.exchange import AnswerTooLarge, AnswerTooSlow, post_json
from chinwag.errors import EngineError, SettingsError
from chinwag.model import Secret

if TYPE_CHECKING:
    import httpx2

BATCH = 64  # texts in one request
MOST_BYTES = 64 << 20  # of one answer


class _Embedding(msgspec.Struct, frozen=True):
    index: int
    embedding: tuple[float, ...]


class _Answer(msgspec.Struct, frozen=True):
    data: tuple[_Embedding, ...]


class RemoteEncoder:
    """An encoder at `address` (such as http://127.0.0.1:8081/v1), called `model` there.

    `timeout` is in seconds and holds for one request of up to 64 texts. Which languages it knows is
    unknown.
    """

    languages: frozenset[str] = frozenset()

    def __init__(
        self,
        address: str,
        model: str,
        key: Secret = Secret(),  # noqa: B008 - frozen
        timeout: float = 60.0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        if not address.startswith(("http://", "https://")):
            raise SettingsError(
                "The encoder's address {address!r} does not begin with http:// or https://.",
                code="encoder-address-invalid",
                address=address,
            )
        self.name = f"{model or 'encoder'} at {address}"
        self._address = address.rstrip("/")
        self._model = model
        self._key = key
        self._timeout = timeout
        self._now = now

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return a vector for each text. Raises EngineError, with what the address answered."""
        import httpx2  # noqa: PLC0415 - slow to load

        headers = {"Authorization": f"Bearer {self._key.reveal()}"} if self._key else {}
        vectors: list[tuple[float, ...]] = []
        with httpx2.Client(headers=headers, timeout=self._timeout) as client:
            for first in range(0, len(texts), BATCH):
                vectors += self._ask(client, texts[first : first + BATCH])
        if len({len(vector) for vector in vectors}) > 1:
            raise self._refuse("vectors of different lengths")
        return vectors

    def _ask(self, client: httpx2.Client, texts: Sequence[str]) -> list[tuple[float, ...]]:
        import httpx2  # noqa: PLC0415 - slow to load

        asked = {"model": self._model, "input": list(texts), "encoding_format": "float"}
        try:
            answer = post_json(
                client,
                f"{self._address}/embeddings",
                asked,
                key=self._key,
                most=MOST_BYTES,
                seconds=self._timeout,
                now=self._now,
            )
        except AnswerTooLarge:
            raise self._refuse(f"more than {MOST_BYTES >> 20} MB") from None
        except AnswerTooSlow:
            raise EngineError(
                "The encoder at {address} did not answer within {seconds:g} s.",
                code="encoder-too-slow",
                address=self._address,
                seconds=self._timeout,
            ) from None
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise EngineError(
                "The encoder at {address} cannot be reached: {fault}.",
                code="encoder-not-reached",
                address=self._address,
                fault=str(error),
            ) from error
        if answer.status != 200:
            said = self._key.hide_parts_in(answer.body).decode(errors="replace")
            raise self._refuse(f"status {answer.status}: {said[:200]!r}")
        try:
            told = msgspec.json.decode(answer.body, type=_Answer).data
        except msgspec.DecodeError as error:
            raise self._refuse(f"what is no list of embeddings ({error})") from error
        return self._put_in_order(told, len(texts))

    def _put_in_order(self, told: Sequence[_Embedding], number: int) -> list[tuple[float, ...]]:
        """Return the vectors in the order of the texts. Raises EngineError for a wrong number."""
        by_index = {one.index: one.embedding for one in told}
        if len(told) != number or set(by_index) != set(range(number)):
            raise self._refuse(f"{len(told)} of {number} vectors")
        vectors = [by_index[index] for index in range(number)]
        if any(not vector or not all(map(math.isfinite, vector)) for vector in vectors):
            raise self._refuse("a vector that is empty or holds what is no number")
        return vectors

    def _refuse(self, told: str) -> EngineError:
        return EngineError(
            "The encoder at {address} answered with {told}.",
            code="encoder-answer-unusable",
            address=self._address,
            told=told,
        )
