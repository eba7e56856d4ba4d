"""CAPTURE: a chat while it runs, from the routes to the disk, with nothing lost on the way.

What lives here: capture (one run: routes, writer, keeper), routes (one route, tried again),
live_chat (the chat in memory), journals and redaction, view (what a host sees), disk (when full).
May import: steps, stores, records, the contract of networks. May not import: workflows, a network.
Example: `await Capture(chat, journal, clock, listener, ending).run(routes, stop, jitter)`.
"""
