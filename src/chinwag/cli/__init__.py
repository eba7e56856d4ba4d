"""DOOR 1: the command line. No logic: it asks a workflow and says what happened.

What lives here: `main` (the commands), one file a group of commands; `say` (words, tables,
progress bars).
May import: everything below. May not import: `web`.
Example: `chinwag recap chat.csv --into my-chat`.
"""
