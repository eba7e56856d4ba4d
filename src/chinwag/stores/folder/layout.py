"""The names in a chat folder. Other programs rely on them: they change only with FORMAT."""

from __future__ import annotations

FORMAT = 2

CHAT = "chat.toml"
RAW = "raw"
POSTS = "posts.jsonl"
ASIDE = "aside.jsonl"
CORRECTIONS = "corrections.jsonl"
EDITS = "edits.jsonl"
REMOVED = "removed.jsonl"
REMOVAL_KEY = "removed.key"
PLACEMENTS = "placements.jsonl"
SUMMARY = "summary.json"
WORDINGS = "wordings.jsonl"
DECISIONS = "decisions.jsonl"
EDITION = "edition.json"
EDITIONS = "editions.jsonl"
LEDGER = "ledger.json"
STORY = "story"
README = "README.txt"
MADE_FROM = "made-from.json"
CHECKSUMS = "SHA256SUMS"
CURSORS = "cursors.json"
OUTBOX = "outbox.jsonl"
PUBLISHED = "published.jsonl"
KEPT_FILES = "files.jsonl"

PENDING = ".pending"  # where a change gathers its files before it is made
COMMIT = "COMMIT"  # in PENDING: the list of what is to move; once there, the change will be made
PUBLISHING = ".publishing"  # locked by the process that publishes on a blog
REBUILD = ".rebuild"  # locked by the process that makes files again
PART = ".part"  # the ending of a hidden file that is being written and will replace another
