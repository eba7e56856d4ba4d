"""HTTP: one polite client, for everything that is asked over the web with somebody's account.

What lives here: `client` (asks one server), `bodies` and `server_names` (what answers and addresses
say), `limits` (how fast), `addresses` (what is inside a private network) with `transport`
(connections to those that were judged), `login` (a name with a password), `faults` (why a
connection failed), `clock` (the time, and a way to wait).
May import: `text`, `model`, `errors`. May not import: whoever asks.
Example: `async with Client("glammr.us", bearer=token) as client: await client.get(clock, "/api")`
"""
