"""MEMORY: where a chat is kept.

What lives here: `folder`, the chat folder, an open format described in docs/chat-folder-format.md;
`disk_queue`, the rows of a large import on their way into one.
May import: `text`, `model`, `errors`. May not import: steps, importers, a door.
A store writes whole sets of files or nothing, and never changes what a person wrote.
Example: `folder = ChatFolder.open(Path("my-chat")); posts = folder.read_posts()`.
"""
