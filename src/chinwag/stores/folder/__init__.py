"""THE CHAT FOLDER: one chat as plain files, described field by field in docs/chat-folder-format.md.

What lives here: `layout` (the names), `chat_toml`, `checksums`; `change`, `commit` and `lock` (all
or nothing, one after the other), `steady` (files of one moment), `made_from` and `rebuild` (what is
out of date, and who makes it again), `raw` (files as received), `journal` (a capture's records),
`captured` (who captures it), `upgrade`, `readme`, `inside` (no name may lead out of it), `flush`
and `failures` (what the disk does), and `folder`, which is what other rooms call.
May import: `text`, `model`, `errors`. May not import: steps, importers, a door.
Example: `with ChatFolder.at(path).change() as change: change.write_posts(posts)`.
"""

from chinwag.stores.folder.change import Change
from chinwag.stores.folder.folder import ChatFolder
from chinwag.stores.folder.layout import FORMAT

__all__ = ["FORMAT", "Change", "ChatFolder"]
