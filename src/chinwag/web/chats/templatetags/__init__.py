"""TAGS: what templates say about chats, times and pages. May import: queries, models."""
