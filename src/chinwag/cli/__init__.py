"""DOOR 1: the command line. No logic: it asks a workflow and says what happened.

What lives here: `main` (the commands), one file for each group of commands; `say` (paragraphs,
tables, progress bars), `notes` and `describe` (results in words), `remedies/` (what to do about an
error).
May import: everything below. May not import: `web`.
Example: `chinwag recap chat.csv --into my-chat`.
"""

import gc

# Values that are made before Python looks for circles among them. Posts hold none, and at Python's
# own 700 it goes through all of a large file's again and again, and through what a command loads.
gc.set_threshold(50_000)
