"""From settings to models: the language model and the encoder that a person names."""

from __future__ import annotations

from chinwag.config import Settings
from chinwag.engines.language_model import LanguageModel
from chinwag.engines.remote_encoder import RemoteEncoder
from chinwag.workflows.encoders import FindEncoder, find_encoder, use_words


def open_model(settings: Settings, name: str) -> LanguageModel:
    """Return the model of that name at the address in the settings; nothing is sent yet.

    Raises SettingsError where the settings give no address for it.
    """
    return LanguageModel(
        settings.model_address, name, settings.model_key, timeout=settings.model_timeout
    )


def open_encoder(settings: Settings, name: str) -> FindEncoder:
    """Return a function that finds the encoder called "installed", "words" (none) or "address".

    Raises SettingsError where the settings give no address for it.
    """
    if name == "words":
        return use_words
    if name == "installed":
        return find_encoder
    encoder = RemoteEncoder(
        settings.embeddings_address, settings.embeddings_model, settings.embeddings_key
    )
    return lambda: encoder


def find_cost(tokens_in: int, tokens_out: int, settings: Settings) -> float | None:
    """Return the cost of tokens by the prices in the settings, None where there are no prices."""
    if not settings.model_price_in and not settings.model_price_out:
        return None
    return (tokens_in * settings.model_price_in + tokens_out * settings.model_price_out) / 1_000_000
