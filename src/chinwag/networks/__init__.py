"""NETWORKS: live sources, a folder each, and all of them the same small promise (`contract.py`).

What lives here: clients that read a hashtag as it happens and post a host's questions. They return
records as received (RawPost); what a record says is read by `records`, now and ever after. Beside
the folders: `declaration` (what a network says of itself), `registry` (all of them), `cursors`,
`socket_log` (what a web socket may log).
May import: `records`, `http`, `text`, `model`, `errors`. May not import: importers, steps, stores,
config, or each other.
Example: `async for item in route.receive(watch, cursor): ...`; copy `example/` for a new network.
"""
