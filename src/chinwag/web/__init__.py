"""DOOR 2: the site of a team's chats, in the browser. The only room that knows Django.

What lives here: the project (`settings`, `urls`, `asgi`, `serve`), the one app `chats` (what the
database holds, who may see what, what people do), `live/` (events to open pages), `keeper/` (the
one process that writes chat folders), `backup/` (copies of a site), and what the site's processes
share: opening, environment, listening, sealing and the like.
May import: every room but `cli`. May not import: `cli`.
Example: `chinwag serve --site DIR` starts all of it.
"""
