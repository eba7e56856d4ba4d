"""A language model behind an OpenAI-compatible chat address: on this machine or anywhere.

The messages, the model's name and the key are sent to that address only. A redirect is not
followed, because it would carry the key to somebody else.
"""

from __future__ import annotations

import ipaddress
import random
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from chinwag.backoff import draw_wait
from chinwag.engines.exchange import AnswerTooLarge, AnswerTooSlow, Reply, post_json
from chinwag.errors import EngineError, SettingsError
from chinwag.model import ModelAnswer, Secret

if TYPE_CHECKING:
    import httpx2

SEED = 20261013  # the same for every message: the same question has the same answer
MOST_BYTES = 8 << 20  # of one answer
FIRST_WAIT = 4.0  # seconds to wait for a busy server that says nothing, at most
LONGEST_WAIT = 30.0  # seconds to wait for a busy server's leave; beyond, the caller is told
MOST_TRIES = 3  # of a message that a busy or broken server refuses

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
# What some servers do not know: it is left out of a message that they refuse because of it.
_OPTIONAL = ("json_schema", "response_format", "seed", "temperature", "max_tokens")


class _Said(msgspec.Struct, frozen=True):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct, frozen=True):
    message: _Said = _Said()


class _Usage(msgspec.Struct, frozen=True):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Answer(msgspec.Struct, frozen=True):
    choices: tuple[_Choice, ...] = ()
    usage: _Usage | None = None


class LanguageModel:
    """The model that is called `name` at `address` (such as http://127.0.0.1:8080/v1).

    `timeout` is in seconds and holds for one answer. `wait` is called with the seconds to wait
    before a busy server is asked again, and `jitter` returns numbers from 0 to 1, so that several
    do not ask again at once. Raises SettingsError for an address that is not valid, or that would
    carry the key over the open network unencrypted.
    """

    def __init__(
        self,
        address: str,
        name: str,
        key: Secret = Secret(),  # noqa: B008 - frozen
        timeout: float = 120.0,
        wait: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        check_address(address, has_key=bool(key))
        self.name = name
        self.address = address.rstrip("/")
        self._key = key
        self._timeout = timeout
        self._wait = wait
        self._jitter = jitter
        self._now = now
        self._left_out: set[str] = set()  # options that this server has refused

    def answer(
        self, instructions: str, message: str, schema: Mapping[str, Any], most_tokens: int
    ) -> ModelAnswer:
        """Return the answer to a message, at most `most_tokens` long, as JSON of the schema.

        A server that knows no schemas may answer with other text. Raises EngineError with what the
        address answered; it `is_final` where asking again now would end the same way.
        """
        asked = {
            "model": self.name,
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": message},
            ],
            "temperature": 0,
            "seed": SEED,
            "max_tokens": most_tokens,
            "response_format": schema,  # put into the server's own form by `_fit`
        }
        return self._read(self._send(asked))

    def _send(self, asked: dict[str, Any]) -> bytes:
        """Send a message until it is answered, without the options that the server refuses."""
        import httpx2  # noqa: PLC0415 - slow to load

        headers = {"Authorization": f"Bearer {self._key.reveal()}"} if self._key else {}
        tries = 0
        with httpx2.Client(headers=headers, timeout=self._timeout) as client:
            while True:
                answer = self._post(client, self._fit(asked))
                if answer.status == 200:
                    return answer.body
                if self._leave_out(answer):
                    continue
                tries += 1
                if answer.status not in _BUSY or tries == MOST_TRIES:
                    raise self._refuse(answer)
                self._pause(answer, tries)

    def _fit(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Return the message without the options that this server has refused before."""
        fitted = {name: value for name, value in asked.items() if name not in self._left_out}
        if "max_tokens" in self._left_out:
            fitted["max_completion_tokens"] = asked["max_tokens"]
        if "response_format" in fitted:
            schema = dict(asked["response_format"])
            fitted["response_format"] = (
                {"type": "json_object", "schema": schema}
                if "json_schema" in self._left_out
                else {
                    "type": "json_schema",
                    "json_schema": {"name": "sentences", "strict": True, "schema": schema},
                }
            )
        return fitted

    def _leave_out(self, answer: Reply) -> bool:
        """Note which option of a message a server refused; return False where none can be left out.

        Servers differ in what they know and in the status with which they say so, even 500.
        """
        status, said = answer.status, answer.text[:4000].lower()
        named = [one for one in _OPTIONAL if one in said and one not in self._left_out]
        if not named and status in (400, 422):
            named = [one for one in _OPTIONAL[:2] if one not in self._left_out]
        if not named or status not in (400, 404, 415, 422, 500, 501):
            return False
        first = named[0]
        if first == "response_format" and "json_schema" not in self._left_out:
            first = "json_schema"  # a plainer form of the same comes first
        self._left_out.add(first)
        return True

    def _post(self, client: httpx2.Client, asked: dict[str, Any]) -> Reply:
        import httpx2  # noqa: PLC0415 - slow to load

        try:
            return post_json(
                client,
                f"{self.address}/chat/completions",
                asked,
                key=self._key,
                most=MOST_BYTES,
                seconds=self._timeout,
                now=self._now,
            )
        except AnswerTooLarge:
            raise EngineError(
                "The language model at {address} answered with more than {megabytes} MB.",
                code="model-answer-too-large",
                address=self.address,
                megabytes=MOST_BYTES >> 20,
            ) from None
        except AnswerTooSlow as error:
            raise EngineError(
                "The language model at {address} did not answer within {seconds:g} s.",
                code="model-too-slow",
                address=self.address,
                seconds=self._timeout,
            ) from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise EngineError(
                "The language model at {address} cannot be reached: {fault}.",
                code="model-not-reached",
                is_final=True,
                address=self.address,
                fault=str(error),
            ) from error

    def _pause(self, answer: Reply, tries: int) -> None:
        """Wait as long as a busy server says. Raises EngineError where that is too long."""
        told = answer.headers.get("retry-after", "")
        if told.replace(".", "", 1).isdecimal():
            seconds = float(told)
        else:
            seconds = draw_wait(tries, self._jitter, first=FIRST_WAIT, longest=LONGEST_WAIT)
        if seconds > LONGEST_WAIT:
            raise EngineError(
                "The language model at {address} is busy (status {status}) and asks to wait"
                " {seconds:g} s.",
                code="model-busy",
                is_final=True,
                address=self.address,
                status=answer.status,
                seconds=seconds,
            )
        self._wait(seconds)

    def _read(self, body: bytes) -> ModelAnswer:
        try:
            answer = msgspec.json.decode(body, type=_Answer)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise EngineError(
                "The language model at {address} gave no chat answer, but {said!r}.",
                code="model-answer-unreadable",
                address=self.address,
                said=self._quote(body, 120),
            ) from error
        said = answer.choices[0].message if answer.choices else _Said()
        if not said.content or not said.content.strip():
            raise self._make_empty_error(said.refusal or "")
        usage = answer.usage or _Usage()
        return ModelAnswer(
            text=said.content, tokens_in=usage.prompt_tokens, tokens_out=usage.completion_tokens
        )

    def _make_empty_error(self, refusal: str) -> EngineError:
        if refusal:
            return EngineError(
                "The language model {model} refuses to answer: it says {said!r}.",
                code="model-refuses",
                model=self.name,
                said=refusal[:200],
            )
        return EngineError(
            "The language model {model} gave an empty answer.",
            code="model-answer-empty",
            model=self.name,
        )

    def _quote(self, body: bytes, most: int) -> str:
        """Return the beginning of an answer for an error, without the key however short it is."""
        return self._key.hide_parts_in(body).decode(errors="replace")[:most]

    def _refuse(self, answer: Reply) -> EngineError:
        status = answer.status
        body = " ".join(self._quote(answer.body, 300).split())
        return EngineError(
            "The language model {model} at {address} answered with status {status}: {said}.",
            code="model-status",
            is_final=status not in (400, 413, 422),
            model=self.name,
            address=self.address,
            status=status,
            said=body or "nothing more",
        )


def check_address(address: str, *, has_key: bool) -> None:
    """Raise SettingsError for an address that is not valid, or would show the key on its way."""
    parts = urlsplit(address)
    if parts.username or parts.password:
        raise SettingsError(
            "The model's address on {host} has a name or a password in it.",
            code="model-address-with-secret",
            host=parts.hostname,
        )
    if not address:
        raise SettingsError(
            "No model_address is set: nobody knows where the language model answers.",
            code="model-address-missing",
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(
            "model_address is {address!r}, which is not the address of a server.",
            code="model-address-invalid",
            address=address,
        )
    if parts.scheme == "http" and has_key and not _is_near(parts.hostname):
        raise SettingsError(
            "The key for {address} would cross the open network unencrypted.",
            code="model-key-unencrypted",
            address=address,
        )


def _is_near(host: str) -> bool:
    """Return whether a host is this machine or on its own network."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".lan", ".internal", ".home.arpa"))
