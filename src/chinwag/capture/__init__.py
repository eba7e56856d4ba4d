"""CAPTURE: a chat while it runs, from the routes to the disk, with nothing lost on the way.

What lives here, in the order in which a record goes through it: capture (puts one run together),
watch (what routes may ask), routes (each tried again), sifting and reading (what is news), writer
and cursors (to the disk), live_chat (the chat in memory), decisions (what people change in the
folder meanwhile), placing, state and keeper (the folder's files), ahead (what its end will ask
for), redaction, clearing, journals, received and editions (text that is gone, in journals, in given
files and in the hosts' editions), people (whom a file names), overview and view (what a host sees),
disk (full or not), threads.
May import: steps, stores, importers, records, the contract of networks. May not import: workflows,
a network.
Example: `await Capture(chat, reader, journal, clock, listener, ending).run(routes, stop, jitter)`.
"""
