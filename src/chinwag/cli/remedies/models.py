"""What can be done about a language model or an encoder that gives no usable answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chinwag.cli.remedies.extras import word_install

_AN_ADDRESS = (
    "Set CHINWAG_MODEL_ADDRESS, or model_address in the configuration, to something like"
    " http://127.0.0.1:8080/v1."
)
_BY_STATUS = {
    401: "Check that model_key is the key for that address.",
    403: "Check that model_key may use this model.",
    404: "Check that model_address is right (it often ends in /v1), and that --model names a model"
    " that is there.",
    413: "Use a model that takes longer messages.",
    429: "Wait a while, or see what your plan allows; what was answered is not asked again.",
}


def _word_status(fields: Mapping[str, Any]) -> str:
    otherwise = "Read what the server says, and try again later."
    return _BY_STATUS.get(fields["status"], otherwise)


MODELS: dict[str, str | Callable[[Mapping[str, Any]], str]] = {
    "model-address-missing": _AN_ADDRESS,
    "model-address-invalid": _AN_ADDRESS,
    "model-address-with-secret": "Take it out of model_address, and give the key as model_key.",
    "model-key-unencrypted": "Use its https:// address, or leave the key out.",
    "model-not-reached": "Check that it runs there, and that model_address is right.",
    "model-too-slow": "Give it longer with model_timeout, or take a smaller model.",
    "model-busy": "Run the command again then: what was answered is not asked again.",
    "model-status": _word_status,
    "model-answer-too-large": "Check that model_address is that of an OpenAI-compatible API.",
    "model-answer-unreadable": (
        "Check that model_address is that of an OpenAI-compatible API; it often ends in /v1."
    ),
    "model-answer-empty": "Try a larger model.",
    "model-refuses": "Try another model.",
    "model-answer-without-sentence": "Try a larger model, or a smaller model_points.",
    "model-answer-without-decision": "Try a larger model.",
    "advice-grown": "Have it counted again, and agree to that.",
    "encoder-address-invalid": (
        "Set embeddings_address to something like http://127.0.0.1:8081/v1."
    ),
    "encoder-not-reached": "Check that it runs there, or do without it: --encoder words.",
    "encoder-too-slow": "Check whether it is busy, or do without it: --encoder words.",
    "encoder-answer-unusable": (
        "Check that embeddings_address and embeddings_model are right, or do without it:"
        " --encoder words."
    ),
    "encoder-not-installed": lambda _fields: f"Install it with: {word_install('meaning')}",
}
