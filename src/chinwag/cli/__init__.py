"""DOOR 1: the command line. No logic: it asks a workflow and says what happened.

What lives here: `main` (the commands), one file for each group of commands; `say` (paragraphs,
tables, progress bars), `notes` and `describe` (results in words), `remedies/` (what to do about an
error).
May import: everything below. May not import: `web`.
Example: `chinwag recap chat.csv --into my-chat`.
"""
