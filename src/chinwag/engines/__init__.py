"""ENGINES: language models and encoders, in this process or behind an address.

What lives here: `language_model` and `remote_encoder`, which ask an OpenAI-compatible address over
HTTP, through `exchange`, which counts an answer while it reads it; `universal_encoder`, which runs
in this process, with its `word_pieces`. A language model does what `steps/rewording/model` asks of
it, an encoder what `text/encoder` does.
May import: `text`, `model`, `errors`. May not import: steps, importers, stores, networks. Nothing
here reads a setting: an address and a key are arguments.
"""
