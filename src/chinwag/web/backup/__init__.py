"""BACKUP: copies of a site, and a site made of a copy.

What lives here: `rows` (what the database alone knows, as lines), `dumps` (kept before migrations),
`copies` (a whole site into a place of backups), `manifest` (what a copy holds), `restore` (a site
again). May import: `chats.models`, `keeper`, workflows, stores. May not import: views.
Example: `make_backup(site, Path("/media/usb/chats"))`.
"""
