"""One file an export format. Each keeps the promise of `importers/contract`, blind to the others.

What lives here: how a record of one tool looks, and nothing that two of them would share.
May import: what lies below it in `importers` (contract, source, csv_rows, json_values, times,
repairs, tweets), `text`, `model`.
May not import: another file of this folder.
Example: copy the format nearest to yours, name it in `registry`, add a payload pair.
"""
