"""Which encoder a chat is read with, where nobody names one: the one on this machine, if any."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from chinwag.engines.universal_encoder import UniversalEncoder, is_installed
from chinwag.text.encoder import Encoder

FindEncoder = Callable[[], Encoder | None]


def find_encoder() -> Encoder | None:
    """Return the encoder of `pip install 'chinwag[meaning]'`, None where it is not installed.

    It works in this process; nothing is sent anywhere.
    """
    return _keep_encoder() if is_installed() else None


def warm_encoder() -> None:
    """Load the encoder on this machine, if any, before it is needed: that takes a second."""
    encoder = find_encoder()
    if encoder is not None:
        encoder.encode(("What is loaded by now need not be waited for.",))


@cache
def _keep_encoder() -> UniversalEncoder:
    """Return the one encoder of this process: it loads for seconds, and keeps no text."""
    return UniversalEncoder()


def use_words() -> None:
    """Return no encoder: posts are compared by their words alone."""
