"""ENGINES: language models and encoders behind an address.

What lives here: one file an engine, each speaking to an OpenAI-compatible address over HTTP. They
take an address and a key as arguments and do what the protocols in `steps/summarise` ask.
May import: `text`, `model`, `errors`. May not import: steps, importers, stores, networks; nothing
here reads a setting or a file.
"""
