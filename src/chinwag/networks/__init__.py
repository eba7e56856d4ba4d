"""NETWORKS: live sources, a folder each, and all of them the same small promise (`contract.py`).

What lives here: clients that read a hashtag as it happens and post a host's questions. They give
records as received (RawPost); what a record says is read by `importers`, now and ever after.
May import: `text`, `model`, `errors`. May not import: importers, steps, stores, or each other.
Example: `async for item in route.receive(watch, cursor): ...`; copy `example/` for a new network.
"""
